/** Working days against England's bank holidays as the law sets them, worked out here by other means than the product's. */
import { describe, expect, it } from '@jest/globals';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { bankHolidays, daysOfYear, isWeekday } from '../support/bank-holidays.js';

const calendar = createCalendar({ closures: [] });

function weekdaysOff(year: number): string[] {
  return daysOfYear(year).filter((day) => isWeekday(day) && !calendar.isWorkingDay(day));
}

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
    expect(weekdaysOff(year)).toEqual(bankHolidays(year));
  });

  it.each([
    // Proclaimed for once: a jubilee, a coronation, a funeral, and holidays that were put on another day for them.
    [2020, ['2020-05-08'], ['2020-05-04']],
    [2022, ['2022-06-02', '2022-06-03', '2022-09-19'], ['2022-05-30']],
    [2023, ['2023-05-08'], []],
    // Scotland alone had the Monday of the World Cup.
    [2026, [], ['2026-06-15']],
  ])('knows what was different in %i', (year, off, worked) => {
    expect(weekdaysOff(year)).toEqual(expect.arrayContaining(off));
    for (const day of worked) expect(calendar.isWorkingDay(day)).toBe(true);
    const usual = bankHolidays(year).filter((day) => !worked.includes(day));
    expect(weekdaysOff(year)).toEqual([...new Set([...usual, ...off])].sort());
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
