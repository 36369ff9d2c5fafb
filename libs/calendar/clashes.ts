/** What in a year's meetings cannot work, or leaves no second chance: each clash with its reason, for the clerk who keeps the calendar. */
import { firstDay, quarterEnd } from '../domain/financial-year.js';
import { weekdayInWords } from './dates.js';
import { bodyNamed, type CalendarRules, type ListedMeeting } from './listed-meetings.js';
import { paperDates, publicationDates } from './timetable.js';
import type { Meeting } from './timetable-settings.js';

/** The kinds of clash there are. */
export type ClashKind =
  | 'unknown-body'
  | 'day-off'
  | 'twice'
  | 'no-committee'
  | 'no-review'
  | 'out-of-order'
  | 'after-publication'
  | 'last-chance'
  | 'tax-day'
  | 'report-before-data'
  | 'pre-election';

export interface Clash {
  kind: ClashKind;
  /** What clashes. */
  what: string;
  /** Why, and what would help. */
  why: string;
}

/**
 * Every clash in the meetings for a year's plans.
 * @param listed the meetings as they were given
 * @param meetings the same with what each considers
 */
export function clashesOf(year: string, listed: readonly ListedMeeting[], meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  const of = (body: string): Meeting | undefined =>
    meetings.find((meeting) => meeting.body === body && meeting.considers.some((item) => item.what === 'plans' && item.year === year));
  const { bodies } = rules.settings;
  const plans = { review: of(bodies.review), committee: of(bodies.committee), cabinet: of(bodies.cabinet), council: of(bodies.council) };
  return [
    ...unknownBodies(listed, rules),
    ...onDaysOff(listed, rules),
    ...twice(listed),
    ...missing(year, plans, rules),
    ...outOfOrder(plans, meetings, year, rules),
    ...pressed(year, plans, meetings, rules),
    ...quarterReports(meetings, rules),
    ...preElection(year, rules),
  ];
}

type PlanMeetings = Record<'review' | 'committee' | 'cabinet' | 'council', Meeting | undefined>;

function unknownBodies(listed: readonly ListedMeeting[], { bodies }: CalendarRules): Clash[] {
  const unknown = [...new Set(listed.map(({ body }) => body).filter((body) => bodyNamed(body, bodies) === null))];
  return unknown.map((body) => ({
    kind: 'unknown-body',
    what: `“${body}” is not one of the council’s bodies`,
    why: `No deadline of the plans follows from it. If it is another name of ${bodies.map(({ name }) => name).join(', ')}, add that name to the settings.`,
  }));
}

function onDaysOff(listed: readonly ListedMeeting[], { calendar }: CalendarRules): Clash[] {
  return listed
    .filter(({ date }) => !calendar.isWorkingDay(date))
    .map(({ body, date }) => ({
      kind: 'day-off',
      what: `${body} on ${weekdayInWords(date)}`,
      why: 'That is a weekend, a bank holiday or a day on which the council is closed. Choose a working day.',
    }));
}

function twice(listed: readonly ListedMeeting[]): Clash[] {
  const keys = listed.map(({ body, date }) => `${body} on ${date}`);
  return listed
    .filter((_, index) => keys.indexOf(keys[index] ?? '') !== index)
    .map(({ body, date }) => ({
      kind: 'twice',
      what: `${body} on ${weekdayInWords(date)}`,
      why: 'The meeting stands in the list twice. Remove one of them.',
    }));
}

function missing(year: string, { review, committee }: PlanMeetings, rules: CalendarRules): Clash[] {
  const { bodies } = rules.settings;
  const clashes: Clash[] = [];
  if (!committee)
    clashes.push({
      kind: 'no-committee',
      what: `No meeting of ${nameOf(bodies.committee, rules)} considers the plans of ${year}`,
      why: `It would have to meet between 1 January and 31 March ${firstDay(year).slice(0, 4)}, so that the plans can be published before 1 April. Add a meeting.`,
    });
  if (!review)
    clashes.push({
      kind: 'no-review',
      what: `No meeting of ${nameOf(bodies.review, rules)} reviews the plans of ${year} in time`,
      why: committee
        ? `It would have to meet by ${weekdayInWords(paperDates(committee.date, rules).finalReportDue)}, when the final report is due. Add a meeting.`
        : 'Add a meeting before the committee’s.',
    });
  return clashes;
}

function outOfOrder({ committee }: PlanMeetings, meetings: readonly Meeting[], year: string, rules: CalendarRules): Clash[] {
  if (!committee) return [];
  const { bodies } = rules.settings;
  const from = `${firstDay(year).slice(0, 4)}-01-01`;
  return [bodies.cabinet, bodies.council].flatMap((body): Clash[] => {
    const all = meetings.filter((meeting) => meeting.body === body && meeting.date >= from && meeting.date < firstDay(year));
    const early = all.filter(({ date }) => date < committee.date);
    if (early.length === 0 || all.length > early.length) return [];
    return [
      {
        kind: 'out-of-order',
        what: `${nameOf(body, rules)} meets before ${nameOf(bodies.committee, rules)}`,
        why: `Its last meeting before 1 April is on ${weekdayInWords(early.at(-1)!.date)}, but the committee considers the plans only on ${weekdayInWords(committee.date)}. Move one of them.`,
      },
    ];
  });
}

/** Dates that are met, but with no room behind them. */
function pressed(year: string, { committee, council }: PlanMeetings, meetings: readonly Meeting[], rules: CalendarRules): Clash[] {
  const clashes: Clash[] = [];
  const { settings } = rules;
  const { publication } = publicationDates(year, rules);
  if (committee && committee.date >= publication)
    clashes.push({
      kind: 'after-publication',
      what: `${nameOf(committee.body, rules)} on ${weekdayInWords(committee.date)}`,
      why: `The plans are to be published on ${weekdayInWords(publication)}, before the committee has considered them. Move one of them.`,
    });
  const later = meetings.filter(
    (meeting) => meeting.body === committee?.body && meeting.date > committee.date && meeting.date < publication,
  );
  if (committee && later.length === 0)
    clashes.push({
      kind: 'last-chance',
      what: `${nameOf(committee.body, rules)} on ${weekdayInWords(committee.date)} is the last chance`,
      why: `The committee does not meet again before the plans are published on ${weekdayInWords(publication)}. A plan that is referred back would need an extraordinary meeting.`,
    });
  const taxDay = `${firstDay(year).slice(0, 4)}-${settings.taxSetBefore}`;
  if (council && council.date >= taxDay)
    clashes.push({
      kind: 'tax-day',
      what: `${nameOf(council.body, rules)} on ${weekdayInWords(council.date)}`,
      why: `The council tax is to be set before ${weekdayInWords(taxDay)} (Local Government Finance Act 1992 s30). Choose an earlier meeting.`,
    });
  return clashes;
}

/** A report on a quarter that no Cabinet meeting of the list can have in time, though Cabinet does meet. */
function quarterReports(meetings: readonly Meeting[], { settings, calendar, ...rules }: CalendarRules): Clash[] {
  return meetings
    .filter(({ body }) => body === settings.bodies.cabinet)
    .flatMap((meeting) => meeting.considers.flatMap((item) => (item.what === 'quarter' ? [{ meeting, item }] : [])))
    .flatMap(({ meeting, item }): Clash[] => {
      const review = meetings.find(
        ({ body, considers }) =>
          body === settings.bodies.review &&
          considers.some((each) => each.what === 'quarter' && each.year === item.year && each.quarter === item.quarter),
      );
      if (!review) return [];
      const prepared = calendar.workingDaysBefore(review.date, settings.quarterReportBeforeReview);
      const due = calendar.addWorkingDays(openingOf(item.year, item.quarter, calendar), settings.quarterlyUpdateDueAfter);
      if (prepared >= due) return [];
      return [
        {
          kind: 'report-before-data',
          what: `The report on quarter ${item.quarter} of ${item.year} for ${nameOf(meeting.body, { settings, calendar, ...rules })} on ${weekdayInWords(meeting.date)}`,
          why: `It is prepared on ${weekdayInWords(prepared)}, before the updates are due on ${weekdayInWords(due)}. Move the meeting of ${nameOf(review.body, { settings, calendar, ...rules })} on ${weekdayInWords(review.date)}.`,
        },
      ];
    });
}

function openingOf(year: string, quarter: 1 | 2 | 3 | 4, calendar: CalendarRules['calendar']): string {
  return calendar.addWorkingDays(quarterEnd(year, quarter), 1);
}

function preElection(year: string, rules: CalendarRules): Clash[] {
  const { settings, calendar } = rules;
  const { publication } = publicationDates(year, rules);
  return settings.pollingDays
    .map((poll) => ({ poll, begins: calendar.workingDaysBefore(poll, settings.preElectionPeriod) }))
    .filter(({ poll, begins }) => publication >= begins && publication <= poll)
    .map(({ poll, begins }) => ({
      kind: 'pre-election',
      what: `Publication on ${weekdayInWords(publication)}`,
      why: `The pre-election period begins on ${weekdayInWords(begins)} for the poll on ${weekdayInWords(poll)}. The Monitoring Officer decides whether plans go out without publicity.`,
    }));
}

function nameOf(body: string, { bodies }: CalendarRules): string {
  return bodies.find(({ id }) => id === body)?.name ?? body;
}
