/** What a changed meeting does to the dates that follow from it: worked out once, for the preview and for the change itself. */
import { firstDay } from '../domain/financial-year.js';
import type { Route } from '../domain/route.js';
import { standingMeetings, type KnownMeeting } from './change-meeting.js';
import { clashesOf, type Clash } from './clashes.js';
import { weekdayInWords } from './dates.js';
import { isOfLateAgenda } from './notice-clashes.js';
import { reportClashes } from './quarter-clashes.js';
import {
  cycleTimetable,
  paperDates,
  quarterTimetable,
  type CycleTimetable,
  type QuarterTimetable,
  type TimetableSource,
} from './timetable.js';
import type { CalendarSettings } from './timetable-settings.js';

/** What each date of a cycle is called. */
export const CYCLE_DATE_TITLES: Record<Exclude<keyof CycleTimetable, 'year'>, string> = {
  cycleOpens: 'Cycle opens, drafts are rolled forward',
  draftDue: 'Drafts are due',
  gmtMeeting: 'General Management Team meets',
  finalReportDue: 'Final report deadline',
  agendaPublished: 'Agenda is published',
  committeeMeeting: 'Overview and Scrutiny Committee meets',
  cabinetMeeting: 'Cabinet meets',
  councilMeeting: 'Council meets',
  fullPlanOpens: 'The full plan is asked for',
  fullPlanDue: 'The full plan is due',
  publication: 'Plans are published',
  guardFirstAlarm: 'First alarm for plans that are not yet certain for 1 April',
};

/** What each date of a quarter is called. */
export const QUARTER_DATE_TITLES: Record<Exclude<keyof QuarterTimetable, 'year' | 'quarter'>, string> = {
  opens: 'Quarterly update opens',
  due: 'Quarterly update is due',
  preparedForGmt: 'Report is prepared for GMT',
  gmtMeeting: 'GMT sees the report',
  finalReportDue: 'Final report deadline',
  agendaPublished: 'Agenda is published',
  cabinetMeeting: 'Cabinet considers the report',
};

/** One date that a move changes. */
export interface MovedDate<Name extends string = string> {
  name: Name;
  /** 'YYYY-MM-DD' */
  before: string;
  after: string;
}

export type CycleDateName = keyof typeof CYCLE_DATE_TITLES;
export type QuarterDateName = keyof typeof QUARTER_DATE_TITLES;

/** The dates of a cycle by other meetings, and which of them are others than before. */
export function movedCycle(before: CycleTimetable, source: TimetableSource): { dates: CycleTimetable; moved: MovedDate<CycleDateName>[] } {
  const dates = cycleTimetable({ year: before.year, ...source });
  return { dates, moved: movedDates(Object.keys(CYCLE_DATE_TITLES) as CycleDateName[], before, dates) };
}

/** Which dates of a plan are others than before. */
export function movedPlanDates(before: CycleTimetable, after: CycleTimetable): MovedDate<CycleDateName>[] {
  return movedDates(Object.keys(CYCLE_DATE_TITLES) as CycleDateName[], before, after);
}

/** The same for a quarter. */
export function movedQuarter(
  before: QuarterTimetable,
  source: TimetableSource,
): { dates: QuarterTimetable; moved: MovedDate<QuarterDateName>[] } {
  const dates = quarterTimetable({ year: before.year, quarter: before.quarter, ...source });
  return { dates, moved: movedDates(Object.keys(QUARTER_DATE_TITLES) as QuarterDateName[], before, dates) };
}

function movedDates<Name extends string>(
  names: readonly Name[],
  before: Record<Name, string | null>,
  after: Record<Name, string | null>,
): MovedDate<Name>[] {
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    return was !== null && is !== null && was !== is ? [{ name, before: was, after: is }] : [];
  });
}

/** The rules that a council's meetings are looked at by; with the council's day, notice that is late by then is told too. */
export type MeetingRules = { bodies: CalendarSettings['bodies']; today?: string } & Omit<TimetableSource, 'meetings'>;

/** A calendar that timetables and clashes follow from. */
export interface CalendarOfMeetings {
  meetings: readonly KnownMeeting[];
  rules: MeetingRules;
}

/** Every clash of a calendar as it stands for a year's plans: only meetings that take place can clash. */
export function clashesOfCalendar(year: string, { meetings, rules }: CalendarOfMeetings): Clash[] {
  const standing = standingMeetings(meetings).map((one) => ({ ...one, agendaIsPublished: one.state !== 'planned' }));
  return clashesOf(year, standing, standing, rules);
}

/** The clashes that one calendar brings for a year's plans and the other does not; a day off is told by `warningsOfDay`. */
export function newClashes(year: string, was: CalendarOfMeetings, is: CalendarOfMeetings): Clash[] {
  return clashesBrought(year, was, is).filter(({ kind }) => kind !== 'day-off');
}

/** The same with days off, where several meetings are added at once. */
export function clashesBrought(year: string, was: CalendarOfMeetings, is: CalendarOfMeetings): Clash[] {
  return brought(clashesOfCalendar(year, was), clashesOfCalendar(year, is));
}

/** The same for the reports on quarters, whatever year they belong to. */
export function newReportClashes(was: CalendarOfMeetings, is: CalendarOfMeetings): Clash[] {
  const of = ({ meetings, rules }: CalendarOfMeetings): Clash[] => reportClashes(standingMeetings(meetings), rules);
  return brought(of(was), of(is));
}

function brought(before: readonly Clash[], after: readonly Clash[]): Clash[] {
  const known = new Set(before.map(clashInWords));
  return after.filter((clash) => !known.has(clashInWords(clash)));
}

/** A clash that belongs to no year is found for each of them, and told once. */
export function eachOnce<Told extends { what: string; why: string }>(clashes: readonly Told[]): Told[] {
  return [...new Map(clashes.map((clash) => [clashInWords(clash), clash])).values()];
}

function clashInWords({ what, why }: { what: string; why: string }): string {
  return `${what} ${why}`;
}

/**
 * What speaks against a meeting on a day: nobody works then, or its agenda cannot be published in time any more.
 * @param found the clashes that are told beside it: one of the late agenda says more about it, so that it is not said twice
 */
export function warningsOfDay(
  body: string,
  date: string,
  today: string,
  rules: MeetingRules,
  found: readonly Partial<Clash>[] = [],
): Pick<Clash, 'what' | 'why'>[] {
  const { settings, calendar, bodies } = rules;
  const what = `${bodies.find(({ id }) => id === body)?.name ?? body} on ${weekdayInWords(date)}`;
  const dayOff = 'That is a weekend, a bank holiday or a day on which the council is closed.';
  const { agendaPublished } = paperDates(date, rules);
  const tooShort =
    `Its agenda would have to be published by ${weekdayInWords(agendaPublished)}, ${settings.clearDaysOfNotice} clear working days before, which has passed. ` +
    `A meeting called at shorter notice publishes it at once (${body === settings.bodies.cabinet ? 'SI 2012/2089 reg 6' : 'Local Government Act 1972 s100B'}).`;
  const isTold = found.some((clash) => isOfLateAgenda(clash, { body, date }));
  return [
    ...(calendar.isWorkingDay(date) ? [] : [{ what, why: dayOff }]),
    ...(body !== settings.bodies.review && agendaPublished < today && !isTold ? [{ what, why: tooShort }] : []),
  ];
}

/** Whether every body that a year's plans go to meets before the day on which they are published. */
export function isDecidedInTime(dates: CycleTimetable, { stages }: Pick<Route, 'stages'>): boolean {
  return stages.every(({ body, deadline }) => body === null || (dates[deadline] ?? '') < dates.publication);
}

/** Whether Council meets in time to set the council tax for a year (Local Government Finance Act 1992 s30); yes where no meeting is known. */
export function isTaxSetInTime({ year, councilMeeting }: CycleTimetable, { settings }: Pick<MeetingRules, 'settings'>): boolean {
  return councilMeeting === null || councilMeeting < `${firstDay(year).slice(0, 4)}-${settings.taxSetBefore}`;
}
