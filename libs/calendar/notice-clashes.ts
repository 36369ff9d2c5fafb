/** Notice that a meeting about the plans cannot keep: the five clear days of its papers, and the 28 of a key decision. */
import type { Clash, PlanMeetings } from './clash.js';
import { parseDay, weekdayInWords } from './dates.js';
import { bodyTitle, type CalendarRules } from './listed-meetings.js';
import { keyDecisionNotice, paperDates } from './timetable.js';
import type { Meeting } from './timetable-settings.js';

/** The notice that a general exception asks for, in clear days (SI 2012/2089 reg 10(1)(c)): the law's number, no setting of a council. */
const GENERAL_EXCEPTION = 5;

/** Every clash of notice; what is late by now only where `rules.today` says which day it is. */
export function noticeClashes({ committee, cabinet, council }: PlanMeetings, rules: CalendarRules): Clash[] {
  return [
    ...(cabinet ? beforeTheOutcome(cabinet, [committee], rules) : []),
    ...(council ? beforeTheOutcome(council, [committee, cabinet], rules) : []),
    ...[committee, cabinet, council].flatMap((meeting) => (meeting ? lateAgenda(meeting, rules) : [])),
    ...(cabinet ? lateNotice(cabinet, council, rules) : []),
  ];
}

/** An agenda that is published before the bodies whose outcome it should bring have met. */
function beforeTheOutcome(meeting: Meeting, steps: (Meeting | undefined)[], rules: CalendarRules): Clash[] {
  const { calendar, settings } = rules;
  const { agendaPublished } = paperDates(meeting.date, rules);
  const waitedFor = steps.flatMap((step) => (step && step.date >= agendaPublished && step.date <= meeting.date ? [step] : []));
  if (waitedFor.length === 0) return [];
  const last = waitedFor
    .map(({ date }) => date)
    .sort()
    .at(-1)!;
  // The agenda goes out on the first working day after the last of them, and the clear days lie between.
  const soonest = calendar.addWorkingDays(last, settings.clearDaysOfNotice + 2);
  const told = waitedFor.map((step) => `${titleOf(step, rules)} meets only on ${weekdayInWords(step.date)}`).join(' and ');
  const [outcome, others] = waitedFor.length === 1 ? ['its outcome', 'that meeting'] : ['their outcome', 'those meetings'];
  return [
    {
      kind: 'clear-days',
      what: `The agenda of ${meetingInWords(meeting, rules)}`,
      why:
        `It is published on ${weekdayInWords(agendaPublished)}, but ${told}: a report with ${outcome} could only follow in a supplement. ` +
        `Move ${titleOf(meeting, rules)} to ${weekdayInWords(soonest)} or later, or ${others} to a day before the agenda is published.`,
      meetings: [meeting, ...waitedFor],
    },
  ];
}

/** An agenda whose day has passed: nobody knows here whether it was published, so the sentence says what follows if it was not. */
function lateAgenda(meeting: Meeting, rules: CalendarRules): Clash[] {
  const { calendar, settings, today } = rules;
  const { agendaPublished } = paperDates(meeting.date, rules);
  if (today === undefined || meeting.agendaIsPublished || meeting.date < today || agendaPublished >= today) return [];
  const soonest = calendar.addWorkingDays(calendar.nextWorkingDay(today), settings.clearDaysOfNotice + 1);
  // Only the executive has no chair's urgency: an item without five clear days needs a meeting that is called at shorter notice.
  const remedy =
    meeting.body === settings.bodies.cabinet
      ? 'the meeting would have to be called at shorter notice, with its agenda open to the public from then on (SI 2012/2089 reg 6)'
      : 'the chair would have to take the plans as urgent, with the reason in the minutes (Local Government Act 1972 s100B(4)(b))';
  return [
    {
      kind: 'clear-days',
      what: `The agenda of ${meetingInWords(meeting, rules)}`,
      why:
        `It was to be published by ${weekdayInWords(agendaPublished)}. If it was not, ${settings.clearDaysOfNotice} clear working days can no longer be kept: ` +
        `${remedy}, or the meeting be moved to ${weekdayInWords(soonest)} or later.`,
      meetings: [meeting],
    },
  ];
}

/** Whether a clash is that of a meeting's own late agenda: one that waits for another meeting's outcome names that meeting too. */
export function isOfLateAgenda({ kind, meetings = [] }: Partial<Clash>, { body, date }: Pick<Meeting, 'body' | 'date'>): boolean {
  return kind === 'clear-days' && meetings.length === 1 && meetings[0]?.body === body && meetings[0].date === date;
}

/** A key decision that was not announced in time (SI 2012/2089 reg 9 to 11). */
function lateNotice(cabinet: Meeting, council: Meeting | undefined, rules: CalendarRules): Clash[] {
  const { calendar, settings, today } = rules;
  const notice = keyDecisionNotice(cabinet.date, rules);
  if (today === undefined || cabinet.noticeIsGiven || cabinet.date < today || notice >= today) return [];
  const chair = `the chair of ${bodyTitle(settings.bodies.committee, rules.bodies)}`;
  const lastDay = calendar.clearWorkingDaysBefore(cabinet.date, GENERAL_EXCEPTION);
  const remedy =
    today <= lastDay
      ? `tell ${chair} in writing and publish that by ${weekdayInWords(lastDay)}, five clear working days before the meeting (general exception, reg 10)`
      : `and with five clear working days gone too, Cabinet may decide only if ${chair} agrees that it is urgent and cannot reasonably be deferred (special urgency, reg 11)`;
  const soonest = soonestWithNotice(today, rules);
  return [
    {
      kind: 'key-decision',
      what: `Notice of the key decision of ${meetingInWords(cabinet, rules)}`,
      why:
        `It was to be given by ${weekdayInWords(notice)}, ${settings.keyDecisionNotice} clear days before (SI 2012/2089 reg 9). ` +
        `If it was not, ${remedy}. Or move the meeting to ${weekdayInWords(soonest)} or later.${recommendation(cabinet, council, rules)}`,
      meetings: [cabinet],
    },
  ];
}

/** The first working day for which notice that is given now is in time. */
function soonestWithNotice(today: string, { calendar, settings }: CalendarRules): string {
  const given = parseDay(calendar.nextWorkingDay(today));
  return calendar.nextWorkingDay(given.add({ days: settings.keyDecisionNotice + 1 }).toString());
}

function recommendation(cabinet: Meeting, council: Meeting | undefined, rules: CalendarRules): string {
  if (!council || council.date < cabinet.date || rules.settings.cabinetAlwaysDecides) return '';
  return ` A recommendation to ${titleOf(council, rules)} alone is no key decision and needs no such notice.`;
}

function titleOf({ body }: Meeting, { bodies }: CalendarRules): string {
  return bodyTitle(body, bodies);
}

function meetingInWords(meeting: Meeting, rules: CalendarRules): string {
  return `${titleOf(meeting, rules)} on ${weekdayInWords(meeting.date)}`;
}
