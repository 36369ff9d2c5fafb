/** The rules and meetings that a council's timetable follows from: data that the council sets (domain.md section f). */
import { z } from 'zod';
import { DomainError } from '../domain/domain-error.js';

const workingDays = z.number().int().min(0).max(260);
const monthAndDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const financialYear = z.string().regex(/^\d{4}\/\d{2}$/);

const reminderRule = z.strictObject({
  /** Working days before the day it is due. */
  before: workingDays,
  /** Working days between reminders once it is overdue. */
  every: workingDays.min(1),
  /** After so many overdue reminders the next person up is told as well, after as many again the one above, and so forth. */
  overdueBeforeEscalation: workingDays,
  /** How many persons up are told at most. */
  levels: z.number().int().min(1).max(10).default(2),
});

const timetableSettings = z.strictObject({
  /** The day of the year before ('MM-DD') on which a cycle opens, or the next working day. */
  cycleOpens: monthAndDay,
  /** How many working days before GMT meets the drafts are due. */
  draftDueBeforeReview: workingDays,
  /** How many working days a plan that comes again has at each stage, where the stage's own day is nearer or past. */
  anotherRound: workingDays,
  /** How many working days before the agenda is published a final report is due. */
  finalReportBeforeAgenda: workingDays,
  /** How many clear working days lie between the agenda's publication and the meeting; the law asks for five. */
  clearDaysOfNotice: workingDays,
  /** The day ('MM-DD') before the plan's year from which the rest of the full plan is written. */
  fullPlanOpens: monthAndDay,
  /** How many working days after it opens a quarterly update is due. */
  quarterlyUpdateDueAfter: workingDays,
  /** How many working days before its GMT meeting a quarter's report is prepared. */
  quarterReportBeforeReview: workingDays,
  reminders: reminderRule,
  /** Kinds of tasks that are reminded of by another rule. */
  remindersFor: z.record(z.string(), reminderRule).default({}),
  guard: z.strictObject({
    /** Working days before 1 April at which the first alarm is raised. */
    first: workingDays,
    every: workingDays.min(1),
    /** In so many last working days the alarm is raised daily. */
    daily: workingDays,
    /** The titles of the posts that are told: the first from the first alarm on, the second from the second on, and so forth. */
    told: z.array(z.string().min(1)).min(1),
  }),
  /** How many clear days, counted as days of the calendar, a key decision is announced before (SI 2012/2089 reg 9). */
  keyDecisionNotice: z.number().int().min(0).max(260).default(28),
  /** The day of the calendar year ('MM-DD') before which the council tax must be set (Local Government Finance Act 1992 s30). */
  taxSetBefore: monthAndDay.default('03-11'),
  /** How many working days before its year begins a plan is published, and before that the full plan is due, where no dates are set. */
  publicationBeforeYear: workingDays.min(1).default(6),
  fullPlanBeforePublication: workingDays.default(7),
  /** Polling days for which the pre-election period is kept; it begins so many working days before (Local Government Act 1986 s2). */
  pollingDays: z.array(z.iso.date()).default([]),
  preElectionPeriod: workingDays.default(25),
  /**
   * How many working days after its publication a decision of Cabinet can be called in, and within how many working days of the
   * meeting it is published (the council's own call-in rules); 0 days for a council without call-in.
   */
  callIn: z.strictObject({ days: workingDays, publishedWithin: workingDays }).default({ days: 5, publishedWithin: 2 }),
  /** Whether Cabinet decides the plans though they go on to Council; else it recommends them, and no recommendation is called in. */
  cabinetAlwaysDecides: z.boolean().default(false),
  /** Which body does what: ids of bodies. */
  bodies: z.strictObject({ review: z.string(), committee: z.string(), cabinet: z.string(), council: z.string() }),
  /** The dates that are set for a year's plans and follow from no meeting. */
  years: z.record(financialYear, z.strictObject({ fullPlanDue: z.iso.date(), publication: z.iso.date() })),
});

const consideration = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('plans'), year: financialYear }),
  z.strictObject({
    what: z.literal('quarter'),
    year: financialYear,
    quarter: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  }),
]);

const meeting = z.strictObject({
  body: z.string().min(1),
  date: z.iso.date(),
  considers: z.array(consideration),
});

const calendarSettings = z.strictObject({
  /** A body goes by its name, its id or one of its other names, capitals or not. */
  bodies: z.array(z.strictObject({ id: z.string().min(1), name: z.string().min(1), otherNames: z.array(z.string().min(1)).default([]) })),
  closures: z.array(z.iso.date()),
  meetings: z.array(meeting),
  timetable: timetableSettings,
});

/** The timetable's rules: numbers of working days, days of the year, the bodies, and the dates set for each year. */
export type TimetableSettings = z.infer<typeof timetableSettings>;

/** How somebody is reminded of a task, and who hears of it after them. */
export type ReminderRule = z.infer<typeof reminderRule>;

/** What a meeting has on its agenda: a year's plans, or the report on a quarter. */
export type Consideration = z.infer<typeof consideration>;

/** What of a coming meeting is public already; what is not said is not. */
export interface AlreadyPublic {
  agendaIsPublished?: boolean;
  /** Whether the key decision of the meeting was announced in time. */
  noticeIsGiven?: boolean;
}

/** A body's meeting on a day, and what of the plan's year it considers. */
export type Meeting = z.infer<typeof meeting> & AlreadyPublic;

/** Everything of a council that its dates follow from, as in docs/demonstration/settings.json. */
export type CalendarSettings = z.infer<typeof calendarSettings>;

/**
 * Checks settings that come from a file or a form.
 * @throws DomainError 'invalid' with every field that is missing or wrong
 */
export function readCalendarSettings(value: unknown): CalendarSettings {
  const parsed = calendarSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  throw incomplete(parsed.error);
}

/** Settings as a database keeps them, with the default of each rule that came to be a setting since. @throws as above */
export function readKeptTimetable(kept: unknown): TimetableSettings {
  const parsed = timetableSettings.safeParse(kept);
  if (parsed.success) return parsed.data;
  throw incomplete(parsed.error, '/timetable');
}

function incomplete({ issues }: z.ZodError, under = ''): DomainError {
  const fields = issues.map((issue) => ({ pointer: `${under}/${issue.path.join('/')}`, detail: issue.message }));
  const places = fields.map((field) => `${field.pointer}: ${field.detail}`).join('; ');
  return new DomainError('invalid', `The settings of the calendar are not complete. ${places}.`, fields);
}
