/** Working days against England's bank holidays as the law sets them, worked out here by other means than the product's. */
import { describe, expect, it } from '@jest/globals';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { DomainError } from '../../libs/domain/domain-error.js';

const calendar = createCalendar({ closures: [] });

describe('working days', () => {
  it('publishes an agenda five clear working days before the meeting', () => {
    expect(calendar.clearWorkingDaysBefore('2025-01-20', 5)).toBe('2025-01-10');
    expect(calendar.clearWorkingDaysBefore('2025-03-05', 5)).toBe('2025-02-25');
    expect(calendar.clearWorkingDaysBefore('2026-01-20', 5)).toBe('2026-01-12');
  });

  it('passes over Christmas and the New Year before a January meeting', () => {
    expect(calendar.clearWorkingDaysBefore('2026-01-05', 5)).toBe('2025-12-23');
  });

  it.each(Array.from({ length: 17 }, (_, index) => 2024 + index))('knows the weekdays off of %i', (year) => {
    const daysOff: string[] = [];
    for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += DAY) {
      const date = dayOf(time);
      if (isWeekday(time) && !calendar.isWorkingDay(date)) daysOff.push(date);
    }
    expect(daysOff).toEqual(bankHolidays(year));
  });

  it('never counts a weekend', () => {
    expect(calendar.isWorkingDay('2025-11-01')).toBe(false);
    expect(calendar.isWorkingDay('2025-11-02')).toBe(false);
    expect(calendar.nextWorkingDay('2025-11-01')).toBe('2025-11-03');
    expect(calendar.lastWorkingDay('2025-11-02')).toBe('2025-10-31');
    expect(calendar.nextWorkingDay('2025-11-03')).toBe('2025-11-03');
  });

  it('counts from the day after, forwards and backwards, and nought days is the day itself', () => {
    expect(calendar.addWorkingDays('2025-12-24', 1)).toBe('2025-12-29');
    expect(calendar.workingDaysBefore('2025-12-29', 1)).toBe('2025-12-24');
    expect(calendar.addWorkingDays('2025-11-01', 0)).toBe('2025-11-01');
    expect(calendar.addWorkingDays('2025-11-01', 1)).toBe('2025-11-03');
    expect(calendar.workingDaysBetween('2025-11-03', '2025-11-18')).toBe(11);
    expect(calendar.workingDaysBetween('2025-11-18', '2025-11-03')).toBe(0);
  });

  it('counts the leap day', () => {
    expect(calendar.addWorkingDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  it("leaves out the council's own closures", () => {
    const closing = createCalendar({ closures: ['2025-12-29', '2025-12-30', '2025-12-31'] });
    expect(closing.addWorkingDays('2025-12-24', 1)).toBe('2026-01-02');
    expect(calendar.addWorkingDays('2025-12-24', 1)).toBe('2025-12-29');
  });

  it.each(['2025-02-30', '3 November 2025', '2025-11-3', ''])('refuses "%s", which is no day', (date) => {
    expect(() => calendar.isWorkingDay(date)).toThrow(DomainError);
    expect(() => createCalendar({ closures: [date] })).toThrow('Write it like 2025-11-03.');
  });
});

const DAY = 24 * 60 * 60 * 1000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const isWeekday = (time: number): boolean => ![0, 6].includes(new Date(time).getUTCDay());

/** Banking and Financial Dealings Act 1971, Schedule 1, with the substitute days that are proclaimed each time. */
function bankHolidays(year: number): string[] {
  const easter = easterSunday(year);
  const days = [easter - 2 * DAY, easter + DAY, firstMonday(year, 4), lastMonday(year, 4), lastMonday(year, 7)];
  days.push(firstFreeWeekday(Date.UTC(year, 0, 1), days), firstFreeWeekday(Date.UTC(year, 11, 25), days));
  const boxingDay = Date.UTC(year, 11, 26);
  // Christmas Day keeps its own day off if it is a weekday; where Christmas is a Sunday, Boxing Day on Monday stays and Tuesday is added.
  days.push(days.includes(boxingDay) ? boxingDay + DAY : firstFreeWeekday(boxingDay, days));
  return days.sort((a, b) => a - b).map(dayOf);
}

function firstFreeWeekday(time: number, taken: number[]): number {
  let day = time;
  while (!isWeekday(day) || taken.includes(day)) day += DAY;
  return day;
}

function firstMonday(year: number, month: number): number {
  let day = Date.UTC(year, month, 1);
  while (new Date(day).getUTCDay() !== 1) day += DAY;
  return day;
}

function lastMonday(year: number, month: number): number {
  let day = Date.UTC(year, month + 1, 0);
  while (new Date(day).getUTCDay() !== 1) day -= DAY;
  return day;
}

/** Gauss's rule in the form of Meeus, Jones and Butcher. */
function easterSunday(year: number): number {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}
