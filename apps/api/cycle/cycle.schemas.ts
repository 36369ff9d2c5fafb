/** What programs send and get about a cycle: where its plans stand, whether they are on course, answers to alarms, chases. */
import { z } from 'zod';
import { COURSES } from '../../../libs/calendar/plan-course.js';
import { GUARD_ANSWERS } from '../../../libs/domain/guard-answer.js';
import { planSummary } from '../plans/plans.schemas.js';
import { REASON_LIMIT } from '../plans/plan-steps.service.js';
import { text } from '../validation.js';

const day = z.iso.date();
const stage = z.object({ id: z.string(), title: z.string(), power: z.string(), role: z.string() });
const kind = z.enum(GUARD_ANSWERS);
const latestAction = z
  .object({ what: z.string(), who: z.string(), by: day })
  .meta({ id: 'LatestAction', description: 'The last thing that can still be done by ordinary notice, and the last day for it.' });
const course = {
  course: z.enum(COURSES),
  reason: z.string().nullable(),
  latestAction: latestAction.nullable(),
};
const answer = z.object({
  kind,
  inWords: z.string(),
  holdsUntil: day.nullable().meta({ description: 'Null once it holds no longer.' }),
  reason: z.string().nullable(),
  by: z.string(),
  at: z.iso.datetime(),
});
const chased = z.object({ by: z.string(), whom: z.array(z.string()), at: z.iso.datetime() });

export const cycle = z
  .object({
    year: z.string(),
    status: z.enum(['open', 'ended']),
    route: z.object({ id: z.string(), version: z.int(), stages: z.array(stage) }),
    dates: z.record(z.string(), z.string().nullable()).meta({ description: 'The approval timetable, each date YYYY-MM-DD.' }),
    plans: z.array(
      planSummary.extend({
        ...{ heldBy: z.array(z.string()), dueOn: day.nullable(), isLate: z.boolean() },
        fullPlanWith: z
          .object({ heldBy: z.array(z.string()), since: day, dueOn: day.nullable(), isLate: z.boolean() })
          .nullable()
          .meta({ description: 'Who completes the full plan, since when and by when; null unless it is asked for.' }),
        ...course,
        answer: answer.nullable(),
        chased: chased.nullable(),
      }),
    ),
  })
  .meta({ id: 'Cycle' });

export const guardQuestions = z
  .object({
    plans: z.array(
      z.object({
        ...{ slug: z.string(), title: z.string() },
        ...course,
        answeredUntil: day.nullable(),
        meetings: z.array(z.object({ id: z.uuid(), body: z.string(), date: day, agenda: day })),
      }),
    ),
  })
  .meta({ id: 'GuardQuestions', description: 'The plans that can be answered for, each with the coming meetings that help it.' });

export const guardAnswer = z
  .strictObject({
    plans: z.array(text(200, 'A plan’s address')).min(1, 'Choose at least one plan').max(500),
    kind,
    meetingId: z.uuid('Give the meeting’s id').optional(),
    until: day.optional().meta({ description: 'For urgency the day by which it is settled, for lateness the day of publication.' }),
    reason: text(REASON_LIMIT, 'The reason').optional(),
  })
  .meta({ id: 'GuardAnswer' });
export const recordedAnswer = z
  .object({ until: day, plans: z.array(z.object({ year: z.string(), slug: z.string() })) })
  .meta({ id: 'RecordedGuardAnswer' });

const again = z.boolean().default(false).meta({ description: 'Confirms a second chase on the same day.' });
export const planChase = z.strictObject({ again }).meta({ id: 'PlanChase' });
export const quarterChase = z
  .strictObject({
    again,
    post: text(500, 'The post').optional().meta({ description: 'A post’s title; left out, everybody with rows missing.' }),
  })
  .meta({ id: 'QuarterChase' });
export const chaseAnswer = z.object({ chased: z.array(z.string()), at: z.iso.datetime() }).meta({ id: 'ChaseAnswer' });
