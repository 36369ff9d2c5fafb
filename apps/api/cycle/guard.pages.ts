/** The page on which the alarm of 1 April is answered, for one plan or for several at once. */
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { weekdayInWords } from '../../../libs/calendar/dates.js';
import { COURSE_TITLES } from '../../../libs/calendar/plan-course.js';
import { financialYearFromId, firstDay } from '../../../libs/domain/financial-year.js';
import { GUARD_ANSWERS } from '../../../libs/domain/guard-answer.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { dayFromForm, groupOf, type DayTyped } from '../meetings/day-from-form.js';
import { REASON_LIMIT } from '../plans/plan-steps.service.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { text } from '../validation.js';
import { byUrgency, isOffCourse } from './board-order.js';
import { GuardAnswers, type AnswerAsked, type GuardQuestion, type GuardQuestions } from './guard-answers.service.js';

const slugs = z.union([z.array(z.string().max(200)), z.string().max(200)]).transform((given) => [given].flat());
const answerForm = z.object({
  plans: slugs
    .optional()
    .default([])
    .refine((chosen) => chosen.length > 0, 'Choose at least one plan'),
  kind: z.enum(GUARD_ANSWERS, 'Choose what you will do about it'),
  meetingId: z.string().max(36).optional(),
  reason: text(REASON_LIMIT, 'The reason').optional(),
  key: formKey,
});

/** What somebody has typed, to be shown again with what has to be put right. */
type Typed = Record<string, string | string[] | undefined>;

@Controller('/cycles/:year/guard')
@ApiExcludeController()
@Policy('guard.answer')
export class GuardPages {
  constructor(private readonly guard: GuardAnswers) {}

  /** With `?plan=` in the address that plan is chosen, whatever its course. */
  @Get()
  async ask(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Query('plan') plan?: unknown): Promise<Page> {
    const found = await this.guard.questions(person, year);
    const asked = found.questions.filter((one) => isAsked(one, found)).map((one) => one.plan.slug);
    // Several plans seldom have one answer, so nothing is chosen for whoever has to look at each of them.
    const wanted = typeof plan === 'string' ? [plan] : asked.length === 1 ? asked : [];
    return formPage(found, year, { plans: wanted }, []);
  }

  @Post()
  async answer(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const typed = (body ?? {}) as Typed;
    const form = readForm(answerForm, body);
    const day = form.errors ? null : dayOf(form.value.kind, typed);
    const errors = [...(form.errors ?? []), ...(day?.error ? [day.error] : [])];
    if (!form.value || errors.length > 0) return formPage(await this.guard.questions(person, year), year, typed, errors);
    const { key, plans, kind, meetingId, reason } = form.value;
    const asked: AnswerAsked = {
      ...{ plans, kind },
      ...(kind === 'other-meeting' && meetingId ? { meetingId } : {}),
      ...(day?.date ? { until: day.date } : {}),
      ...(reason?.trim() ? { reason: reason.trim() } : {}),
    };
    try {
      // Sent with another answer it is another request.
      const { until } = await this.guard.answer(person, year, asked, JSON.stringify([key, asked]));
      return seeOther(`/cycles/${year}`, `Your answer is recorded. It holds until ${weekdayInWords(until)}.`);
    } catch (error) {
      const refused = refusedForm(error);
      const fields = refused.errors.map(({ field, text: words }) => ({ field: field === 'until' ? 'until-day' : field, text: words }));
      return formPage(await this.guard.questions(person, year), year, typed, fields, refused.status);
    }
  }
}

function isAsked({ isOpenQuestion, course }: GuardQuestion, { isAlarmed }: GuardQuestions): boolean {
  return isOpenQuestion && (isAlarmed || isOffCourse({ course }));
}

/** What the day is that an answer names. */
const UNTIL: Record<Exclude<AnswerAsked['kind'], 'other-meeting'>, string> = {
  urgency: 'day by which it is settled',
  'accept-lateness': 'new day of publication',
};

function dayOf(kind: AnswerAsked['kind'], typed: Typed): ReturnType<typeof dayFromForm> | null {
  if (kind === 'other-meeting') return null;
  return dayFromForm('until', UNTIL[kind], typed as DayTyped);
}

function formPage(found: GuardQuestions, year: string, typed: Typed, errors: FormError[], status?: number): Page {
  const chosen = new Set([typed['plans'] ?? []].flat());
  // What nobody need ask about stays out of the list, unless it was asked for.
  const questions = found.questions
    .filter((one) => isAsked(one, found) || chosen.has(one.plan.slug) || one.answer)
    .sort((a, b) => byUrgency({ ...a, dueOn: a.input.dueOn }, { ...b, dueOn: b.input.dueOn }));
  const model = {
    title: `Answer the alarm: plans for ${year.replace('-', '/')}`,
    ...found,
    firstDay: firstDay(financialYearFromId(year)),
    courseTitles: COURSE_TITLES,
    questions: questions.map((one) => ({ ...one, isChosen: chosen.has(one.plan.slug) })),
    meetings: meetingsOf(questions),
    typed,
    errors,
    problems: Object.fromEntries(errors.toReversed().map(({ field, text: words }) => [groupOf(field), words])),
    key: randomUUID(),
  };
  return status ? page('cycle/guard.njk', model, status) : page('cycle/guard.njk', model);
}

/** Each meeting that helps one of the plans, once, with how many of them it helps. */
function meetingsOf(questions: readonly GuardQuestion[]): { id: string; words: string }[] {
  const meetings = new Map(questions.flatMap((one) => one.meetings).map((each) => [each.meeting.id, each]));
  return [...meetings.values()]
    .sort((a, b) => a.meeting.date.localeCompare(b.meeting.date))
    .map(({ meeting, stage, agenda }) => ({
      id: meeting.id,
      words: `${stage.title}, ${weekdayInWords(meeting.date)} (agenda by ${weekdayInWords(agenda)})`,
    }));
}
