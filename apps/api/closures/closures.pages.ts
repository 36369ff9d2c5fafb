/** The page of closures and polling days, and changing them with what follows shown before anything changes. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CalendarChange } from '../../../libs/domain/calendar-change.js';
import { SAY_WHAT, SAY_WHY } from '../../../libs/calendar/special-days.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import { may, requireMay, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { dayFromForm, groupOf, inOrder, type DayTyped } from '../meetings/day-from-form.js';
import { changedSince } from '../rendering/changed-since.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { change as changeSchema } from './closures.schemas.js';
import { Closures } from './closures.service.js';

const ACTS = ['close', 'open-again', 'add-poll', 'remove-poll'] as const;
type Act = (typeof ACTS)[number];

/** A form names its days in one field each; what a person typed comes in three. */
const sent = z.object({ key: formKey });

const TITLES: Record<Act, { title: string; button: string; told: string }> = {
  close: { title: 'Add a closure', button: 'Add the closure', told: 'The closure has been added.' },
  'open-again': { title: 'Remove a closure', button: 'Remove the closure', told: 'The closure has been removed.' },
  'add-poll': { title: 'Add a polling day', button: 'Add the polling day', told: 'The polling day has been added.' },
  'remove-poll': { title: 'Remove a polling day', button: 'Remove the polling day', told: 'The polling day has been removed.' },
};

@Controller('/closures')
@ApiExcludeController()
export class ClosuresPages {
  constructor(private readonly closures: Closures) {}

  @Get()
  @Policy('cycle.read')
  async list(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    const mayManage = may('calendar.manage', person, '');
    return page('closures/list.njk', { title: 'Closures and polling days', mayManage, ...(await this.closures.list(person)) });
  }

  /** With days in the address it shows what the change would bring. */
  @Get(':act')
  @Policy('calendar.manage')
  async ask(@CurrentPerson() person: SignedInPerson, @Param('act') word: string, @Query() typed: DayTyped): Promise<Page> {
    const act = actOf(word);
    requireMay('calendar.manage', person, '');
    // A suggestion fills in the day; what is elected is still to be said.
    if (Object.keys(typed).length === 0 || typed['suggested'] !== undefined) return form(act, typed, []);
    const read = changeTyped(act, typed);
    if (!read.change) return form(act, typed, read.errors);
    return this.check(person, act, { typed, change: read.change });
  }

  /** @param errors what has changed since it was shown before */
  private async check(
    person: SignedInPerson,
    act: Act,
    { typed, change }: { typed: DayTyped; change: CalendarChange },
    errors: FormError[] = [],
  ): Promise<Page> {
    try {
      const effects = await this.closures.preview(person, change);
      const model = { ...TITLES[act], effects, act, change, typed, key: randomUUID(), errors };
      return page('closures/check.njk', model, errors.length > 0 ? 412 : 200);
    } catch (error) {
      return refused(act, typed, error);
    }
  }

  @Post(':act')
  @Policy('calendar.manage')
  async change(
    @CurrentPerson() person: SignedInPerson,
    @Param('act') word: string,
    @Body() body: DayTyped | null,
  ): Promise<Page | SeeOther> {
    const act = actOf(word);
    const typed = body ?? {};
    const [key, read] = [readForm(sent, typed), changeTyped(act, typed)];
    if (key.errors || !read.change) return form(act, typed, [...(read.errors ?? []), ...(key.errors ?? [])]);
    try {
      const recorded = await this.closures.change(person, read.change, key.value.key, typed['previewHash'] ?? '');
      return seeOther('/closures', `${TITLES[act].told} ${await this.closures.whoIsTold(person, recorded)}`);
    } catch (error) {
      const changed = changedSince(error);
      if (changed) return this.check(person, act, { typed, change: read.change }, changed);
      return refused(act, typed, error);
    }
  }
}

/** @throws DomainError 'not-found' for a word that is no such change */
function actOf(word: string): Act {
  const act = ACTS.find((one) => one === word);
  if (!act) throw new DomainError('not-found', 'There is nothing at this address.');
  return act;
}

/** A closure of one day has no last day. */
function changeTyped(act: Act, typed: DayTyped): { change: CalendarChange; errors: null } | { change: null; errors: FormError[] } {
  const errors: FormError[] = [];
  const day = (name: DayName): string => {
    if (typed[name] !== undefined) return typed[name];
    const read = dayFromForm(name, DAYS[name], typed);
    if (read.error) errors.push(read.error);
    return read.date ?? '';
  };
  const isOneDay = ['to', 'to-day', 'to-month', 'to-year'].every((name) => (typed[name] ?? '').trim() === '');
  const span = (): { from: string; to: string } => {
    const from = day('from');
    return { from, to: isOneDay ? from : day('to') };
  };
  const days = act === 'close' || act === 'open-again' ? span() : { date: day('date') };
  if (errors.length > 0) return { change: null, errors: [...errors, ...wordsMissing(act, typed)] };
  const words = act === 'close' ? { reason: typed['reason'] ?? '' } : act === 'add-poll' ? { name: typed['name'] ?? '' } : {};
  const parsed = changeSchema.safeParse({ act, ...days, ...words });
  if (parsed.success) return { change: parsed.data, errors: null };
  return { change: null, errors: parsed.error.issues.map(({ path, message }) => ({ field: fieldOf(String(path[0])), text: message })) };
}

/** What the council itself would ask for, told together with days that it cannot be asked about. */
function wordsMissing(act: Act, typed: DayTyped): FormError[] {
  const isEmpty = (name: string): boolean => (typed[name] ?? '').trim() === '';
  if (act === 'close' && isEmpty('reason')) return [{ field: 'reason', text: SAY_WHY }];
  return act === 'add-poll' && isEmpty('name') ? [{ field: 'name', text: SAY_WHAT }] : [];
}

/** What the days are called in a sentence. */
const DAYS = { from: 'first day', to: 'last day', date: 'polling day' };
type DayName = keyof typeof DAYS;

function fieldOf(name: string): string {
  return name in DAYS ? `${name}-day` : name;
}

function refused(act: Act, typed: DayTyped, error: unknown): Page {
  const { errors, status } = refusedForm(error);
  // The whole refusal says again what its first field says.
  const found = errors.filter(({ text }, index) => !(index === 0 && errors.slice(1).some((other) => `${other.text}.` === text)));
  const fields = found.map(({ field, text }) => ({ field: fieldOf(field), text }));
  return form(act, typed, inOrder(fields, ['from', 'to', 'date', 'reason', 'name']), status);
}

/** What is removed is chosen in the list, so its form is the list's link; what cannot be removed is told there. */
function form(act: Act, typed: DayTyped, errors: FormError[], status?: number): Page {
  const problems: Record<string, string> = {};
  for (const { field, text } of errors) problems[groupOf(field)] ??= text;
  // A day that came in one field, as from the list or the suggestion, is shown in three.
  const shown = { ...typed };
  for (const name of Object.keys(DAYS)) {
    const [year, month, day] = (typed[name] ?? '').split('-');
    if (day)
      Object.assign(shown, { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year });
  }
  return page('closures/form.njk', { ...TITLES[act], act, typed: shown, errors, problems }, status);
}
