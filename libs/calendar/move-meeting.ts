/** What a moved meeting does to the dates that follow from it: worked out once, for the preview and for the move itself. */
import { DomainError } from '../domain/domain-error.js';
import { inWords, parseDay, weekdayInWords } from './dates.js';
import { clashesOf, type Clash } from './clashes.js';
import { cycleTimetable, quarterTimetable, type CycleTimetable, type QuarterTimetable, type TimetableSource } from './timetable.js';
import type { CalendarSettings, Meeting } from './timetable-settings.js';

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
  guardFirstAlarm: 'First alarm for plans that are not on course for 1 April',
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

/** A meeting with the id by which it is moved. */
export type KnownMeeting = Meeting & { id: string };

/** The meetings as they will be. @throws DomainError 'not-found' or 'invalid', with what to do */
export function withMeetingMoved(meetings: readonly KnownMeeting[], id: string, to: string, today: string): KnownMeeting[] {
  const moved = meetings.find((meeting) => meeting.id === id);
  if (!moved) throw new DomainError('not-found', 'There is no such meeting.');
  const date = parseDay(to).toString();
  const refuse = (detail: string): never => {
    throw new DomainError('invalid', detail, [{ pointer: '/date', detail }]);
  };
  if (moved.date < today) refuse(`The meeting was on ${inWords(moved.date)}; a meeting that is over stays where it was.`);
  if (date === moved.date) refuse(`The meeting is on ${weekdayInWords(date)} already. Choose another day.`);
  if (date < today) refuse(`${weekdayInWords(date)} has passed. Choose a day from today on.`);
  if (meetings.some((meeting) => meeting.id !== id && meeting.body === moved.body && meeting.date === date))
    refuse(`The same body meets on ${weekdayInWords(date)} already. Choose another day.`);
  return meetings.map((meeting) => (meeting.id === id ? { ...meeting, date } : meeting)).sort((a, b) => a.date.localeCompare(b.date));
}

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

/** The clashes that these meetings bring for a year's plans and the others do not. */
export function newClashes(
  year: string,
  before: readonly Meeting[],
  after: readonly Meeting[],
  rules: { bodies: CalendarSettings['bodies'] } & Omit<TimetableSource, 'meetings'>,
): Clash[] {
  const known = new Set(clashesOf(year, before, before, rules).map(({ what, why }) => `${what} ${why}`));
  return clashesOf(year, after, after, rules).filter(({ what, why }) => !known.has(`${what} ${why}`));
}
