/** The guard of 1 April: the alarms that are raised while a plan is neither published nor certain to be (domain.md section f). */
import { firstDay } from '../domain/financial-year.js';
import { firstAfter, within, type EndlessDays } from './endless-days.js';
import type { TimetableSettings } from './timetable-settings.js';
import type { Calendar } from './working-days.js';

export interface GuardAlarm {
  /** 'YYYY-MM-DD', a working day. */
  date: string;
  /** Counts the alarms of a year from 1. */
  occurrence: number;
  /** The titles of the posts that are told, the first one first. */
  told: string[];
}

/** The alarms before a year begins, and every working day from then on for as long as anyone asks. */
export interface PublicationGuard {
  /** The first alarm after a day; there always is one, so that the guard never falls silent. */
  nextAlarm: (year: string, after: string) => GuardAlarm;
  /** The alarms after the first day up to and with the second, the oldest first. */
  alarmsDue: (year: string, fromExclusive: string, toInclusive: string) => GuardAlarm[];
}

/** Makes a council's guard from its settings. */
export function createPublicationGuard({
  settings,
  calendar,
}: {
  settings: Pick<TimetableSettings, 'guard'>;
  calendar: Calendar;
}): PublicationGuard {
  const { first, every, daily, told } = settings.guard;

  function* datesOf(year: string): Generator<string, never> {
    const begins = firstDay(year);
    for (let left = first; left > 0; left = left > daily ? Math.max(left - every, daily) : left - 1) {
      yield calendar.workingDaysBefore(begins, left);
    }
    for (let date = calendar.nextWorkingDay(begins); ; date = calendar.addWorkingDays(date, 1)) yield date;
  }

  function* alarmsOf(year: string): EndlessDays<GuardAlarm> {
    const dates = datesOf(year);
    for (let occurrence = 1; ; occurrence++) yield { date: dates.next().value, occurrence, told: told.slice(0, occurrence) };
  }

  return {
    nextAlarm: (year, after) => firstAfter(alarmsOf(year), after),
    alarmsDue: (year, fromExclusive, toInclusive) => within(alarmsOf(year), fromExclusive, toInclusive),
  };
}
