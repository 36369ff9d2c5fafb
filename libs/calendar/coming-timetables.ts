/** What other meetings, or other rules, make of the timetables of years and quarters that are not open yet. */
import { DomainError } from '../domain/domain-error.js';
import { considers, meetingsToTake, onAgendas } from './coming-business.js';
import { planMeetings } from './clash.js';
import { CYCLE_DATE_TITLES, QUARTER_DATE_TITLES, type CalendarOfMeetings } from './move-meeting.js';
import { cycleTimetable, quarterTimetable, type CycleTimetable, type TimetableSource } from './timetable.js';
import type { Consideration } from './timetable-settings.js';

/** A date that will be another one; null for one that there is not. */
export interface ComingDate {
  title: string;
  before: string | null;
  after: string | null;
}

/** A year's plans or a quarter that is not open yet, whose meetings or dates change. */
export interface ComingTimetable {
  business: Consideration;
  /** The dates that it will open with if nothing else changes meanwhile; empty where they cannot be worked out yet. */
  changes: ComingDate[];
  /** The ids of the bodies of which a meeting is missing afterwards, so that it has no dates yet. */
  missing: string[];
  /** Whether all its dates could be worked out before. */
  wasComplete: boolean;
}

/** What a change does to everything that is not open yet. */
export interface ComingChanges {
  /** Everything that was looked at. */
  business: readonly Consideration[];
  touched: ComingTimetable[];
  /** The timetables of years' plans afterwards, changed or not, as far as all their meetings are there. */
  years: CycleTimetable[];
  /** The years whose plans no meeting of the committee decides any more. */
  undecided: string[];
}

/** @param business in the order in which it is to be told */
export function comingChanges(business: readonly Consideration[], before: CalendarOfMeetings, after: CalendarOfMeetings): ComingChanges {
  const changes: ComingChanges = { business, touched: [], years: [], undecided: [] };
  for (const item of business) {
    const [was, is] = [workOut(item, before), workOut(item, after)];
    const dates = changedDates(was.dates, is.dates);
    const isTouched = dates.length > 0 || was.meetings !== is.meetings;
    if (isTouched) changes.touched.push({ business: item, changes: dates, missing: is.missing, wasComplete: was.dates.size > 0 });
    if (is.cycle) changes.years.push(is.cycle);
    if (item.what === 'plans' && was.committee && !is.committee) changes.undecided.push(item.year);
  }
  return changes;
}

interface WorkedOut {
  cycle: CycleTimetable | null;
  /** By their titles. */
  dates: Map<string, string>;
  missing: string[];
  /** Which meetings it has, as far as they are there. */
  meetings: string;
  committee: boolean;
}

function workOut(item: Consideration, { meetings, rules }: CalendarOfMeetings): WorkedOut {
  const { found: taking, missing } = meetingsToTake(item, meetings, rules);
  const agendas = onAgendas(item, taking, meetings);
  const having = agendas.filter((meeting) => considers(meeting, item));
  const source: TimetableSource = { ...rules, meetings: agendas };
  const found = missing.length > 0 ? null : timetableOf(item, source);
  return {
    cycle: found?.cycle ?? null,
    dates: found?.dates ?? new Map<string, string>(),
    missing,
    meetings: having.map(({ id, date }) => `${id} ${date}`).join(),
    committee: item.what === 'plans' && planMeetings(item.year, agendas, rules).committee !== undefined,
  };
}

/** null where the settings of the year do not allow one. */
function timetableOf(item: Consideration, source: TimetableSource): Pick<WorkedOut, 'cycle' | 'dates'> | null {
  try {
    if (item.what === 'quarter') return { cycle: null, dates: titled(QUARTER_DATE_TITLES, quarterTimetable({ ...item, ...source })) };
    const cycle = cycleTimetable({ year: item.year, ...source });
    return { cycle, dates: titled(CYCLE_DATE_TITLES, cycle) };
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function titled<Name extends string>(titles: Record<Name, string>, dates: Record<Name, string | null>): Map<string, string> {
  const names = Object.keys(titles) as Name[];
  return new Map(names.flatMap((name) => (dates[name] === null ? [] : [[titles[name], dates[name]] as const])));
}

function changedDates(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ComingDate[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((title) => ({ title, before: before.get(title) ?? null, after: after.get(title) ?? null }))
    .filter((date) => date.before !== date.after);
}
