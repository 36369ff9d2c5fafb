/** The pages on which people see what is asked of them, and do it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Councils } from '../councils.js';
import { Absences } from '../people/absences.service.js';
import { PlanReader, standsAt } from '../plans/plan-reader.js';
import { PlanSteps } from '../plans/plan-steps.service.js';
import { page, seeOther, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { askedBy, refusedForm, stepForm } from './step-form.js';
import { TaskPages } from './task-page.js';
import { missingMeeting } from './missing-meetings.js';
import { Tasks, type TaskOfPerson } from './tasks.service.js';

@Controller()
@ApiExcludeController()
export class TasksPages {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly tasks: Tasks,
    private readonly pages: TaskPages,
    private readonly plans: PlanReader,
    private readonly steps: PlanSteps,
    private readonly absences: Absences,
  ) {}

  @Get('/tasks')
  @Policy('task.read')
  async mine(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    const standsInFor = [...new Set(person.roles.flatMap(({ forName }) => forName ?? []))];
    const away = (await this.absences.list(person, 'own')).filter(
      ({ is, lastDay }) => lastDay !== null && (is === 'now' || is === 'coming'),
    );
    return page('tasks/list.njk', { title: 'Your tasks', tasks: await this.tasks.mine(person), standsInFor, away });
  }

  @Get('/tasks/:id')
  @Policy('task.read')
  async show(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<Page | SeeOther> {
    const task = await this.tasks.one(person, id);
    if (task.task.kind === 'quarterly-update' || task.task.kind === 'guard-alarm') return seeOther(task.href);
    if (task.task.kind === 'undelivered') return seeOther(`/tasks/${task.task.id}/undelivered`);
    if (task.task.kind === 'meetings-missing') return this.missingMeetings(person, task);
    if (task.quarter) return seeOther(`/quarters/${task.quarter.year}/${task.quarter.quarter}`);
    return page('tasks/task.njk', await this.pages.model(person, task));
  }

  private async missingMeetings({ councilId }: SignedInPerson, task: TaskOfPerson & { isMine: boolean }): Promise<Page> {
    const missing = await missingMeeting(this.em, await this.councils.byId(councilId), task.task.at);
    return page('tasks/missing-meetings.njk', { ...task, missing, isOpen: !task.task.closedAt });
  }

  @Post('/tasks/:id')
  @Policy('plan.step')
  async take(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const task = await this.tasks.one(person, id);
    if (!task.plan) return seeOther(`/tasks/${id}`);
    const form = readForm(stepForm, body);
    const typed = (body ?? {}) as Record<string, string>;
    if (form.errors) return page('tasks/task.njk', await this.pages.model(person, task, typed, form.errors));
    const { key, asked } = askedBy(form.value);
    const address = { year: task.plan.year, slug: task.plan.slug };
    try {
      // A task of an earlier round must not be answered in a later one; the second of two clicks gets the answer of the first.
      const given = task.task.closedAt ? await this.steps.answerGiven(person, address, asked, key) : null;
      if (task.task.closedAt && !given)
        throw new DomainError('not-now', 'This task has been closed. Look at the plan to see where it stands now.');
      if (!given) await this.steps.take(person, address, asked, key);
    } catch (error) {
      const { status, errors } = refusedForm(error);
      return page('tasks/task.njk', await this.pages.model(person, await this.tasks.one(person, id), typed, errors), status);
    }
    const now = await this.plans.byAddress(person.councilId, address);
    return seeOther(`/plans/${address.year}/${address.slug}`, `Recorded. The plan now stands at: ${standsAt(now)}.`);
  }
}
