/** Working days of an English council: Monday to Friday but for England's bank holidays and the council's own closures. */
import Holidays from 'date-holidays';
import { parseDay } from './dates.js';

/** A council's working days. All days are 'YYYY-MM-DD'; a day that does not exist is refused with a DomainError. */
export interface Calendar {
  isWorkingDay(date: string): boolean;
  /** The nth working day after a day, which itself counts for nothing; n = 0 gives the day itself. */
  addWorkingDays(date: string, n: number): string;
  /** The nth working day before a day, which itself counts for nothing; n = 0 gives the day itself. */
  workingDaysBefore(date: string, n: number): string;
  /** The day itself if it is a working day, else the first one after it. */
  nextWorkingDay(date: string): string;
  /** The day itself if it is a working day, else the last one before it. */
  lastWorkingDay(date: string): string;
  /**
   * The last day on which something can be published so that n clear working days lie between it and the meeting,
   * neither day counted. The law asks for five clear days (Local Government Act 1972 s100B; SI 2012/2089 reg 7).
   */
  clearWorkingDaysBefore(meeting: string, n: number): string;
  /** How many working days come after `from` up to and with `to`; 0 if `to` is not later. */
  workingDaysBetween(from: string, to: string): number;
}

/** Days as whole numbers from 1 January 1970: a timetable looks at thousands of them. */
const MS_A_DAY = 86_400_000;

/**
 * Makes a council's calendar.
 * @param closures days on which this council is closed besides bank holidays
 * @throws DomainError 'invalid' if a closure is not a date
 */
export function createCalendar({ closures }: { closures: readonly string[] }): Calendar {
  const closed = new Set(closures.map(numberOf));
  const works = (day: number): boolean => !isWeekend(day) && !closed.has(day) && !isBankHoliday(day);

  function step(date: string, n: number, direction: 1 | -1): string {
    if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`A number of working days is a whole number from 0, not ${n}.`);
    let day = numberOf(date);
    for (let left = n; left > 0;) {
      day += direction;
      if (works(day)) left--;
    }
    return dateOf(day);
  }

  const calendar: Calendar = {
    isWorkingDay: (date) => works(numberOf(date)),
    addWorkingDays: (date, n) => step(date, n, 1),
    workingDaysBefore: (date, n) => step(date, n, -1),
    nextWorkingDay: (date) => (works(numberOf(date)) ? date : step(date, 1, 1)),
    lastWorkingDay: (date) => (works(numberOf(date)) ? date : step(date, 1, -1)),
    clearWorkingDaysBefore: (meeting, n) => step(meeting, n + 1, -1),
    workingDaysBetween(from, to) {
      const last = numberOf(to);
      let count = 0;
      for (let day = numberOf(from) + 1; day <= last; day++) if (works(day)) count++;
      return count;
    },
  };
  return calendar;
}

/** @throws DomainError 'invalid' for a day that does not exist */
function numberOf(date: string): number {
  const known = dayNumbers.get(date);
  if (known !== undefined) return known;
  const { year, month, day } = parseDay(date);
  const number = Date.UTC(year, month - 1, day) / MS_A_DAY;
  // A council's days are few and asked for again and again; a stray one more than these is read anew.
  if (dayNumbers.size < 20_000) dayNumbers.set(date, number);
  return number;
}

const dayNumbers = new Map<string, number>();

function dateOf(day: number): string {
  return new Date(day * MS_A_DAY).toISOString().slice(0, 10);
}

function isWeekend(day: number): boolean {
  const weekday = new Date(day * MS_A_DAY).getUTCDay();
  return weekday === 0 || weekday === 6;
}

const england = new Holidays('GB', 'ENG', { types: ['public', 'bank'] });
/** England's bank holidays by year, substitute days included: each year is worked out once, whichever council asks. */
const bankHolidays = new Map<number, ReadonlySet<number>>();

function isBankHoliday(day: number): boolean {
  const year = new Date(day * MS_A_DAY).getUTCFullYear();
  let days = bankHolidays.get(year);
  if (!days) {
    // The library gives the day in England's own time, whatever the machine's time zone is.
    days = new Set(england.getHolidays(year).map((holiday) => numberOf(holiday.date.slice(0, 10))));
    bankHolidays.set(year, days);
  }
  return days.has(day);
}
