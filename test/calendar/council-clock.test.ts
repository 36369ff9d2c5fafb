/** The council's clock in a demonstration that lives on another day, across the changes of the clocks. */
import { describe, expect, it } from '@jest/globals';
import { createCouncilClock, instantOf, londonDay, offsetFor } from '../../libs/calendar/council-clock.js';
import { daysOfYear } from '../support/bank-holidays.js';

describe('the council clock', () => {
  it('shows the server time where there is no offset', () => {
    const clock = createCouncilClock(0, () => Date.parse('2025-11-03T09:30:00Z'));
    expect(clock.now().toISOString()).toBe('2025-11-03T09:30:00.000Z');
    expect(clock.today()).toBe('2025-11-03');
  });

  it('lives on another day at the same time of day in London', () => {
    const serverNow = new Date('2026-07-15T08:30:00Z');
    const clock = createCouncilClock(offsetFor('2025-11-03', serverNow), () => serverNow.getTime());
    expect(clock.today()).toBe('2025-11-03');
    expect(clock.now().toISOString()).toBe('2025-11-03T09:30:00.000Z');
  });

  it('turns an instant into the server time and back', () => {
    const serverNow = new Date('2026-11-23T15:00:00Z');
    const clock = createCouncilClock(offsetFor('2025-11-03', serverNow), () => serverNow.getTime());
    const meeting = new Date('2025-12-02T10:00:00Z');
    expect(clock.toServerTime(meeting).toISOString()).toBe('2026-12-22T10:00:00.000Z');
    expect(clock.toCouncilTime(clock.toServerTime(meeting))).toEqual(meeting);
  });

  it('changes the day at midnight in London, in summer an hour before midnight of universal time', () => {
    expect(londonDay(new Date('2025-06-30T22:59:59Z'))).toBe('2025-06-30');
    expect(londonDay(new Date('2025-06-30T23:00:00Z'))).toBe('2025-07-01');
    expect(londonDay(new Date('2025-12-31T23:59:59Z'))).toBe('2025-12-31');
  });

  it('gives the instant of a London time in winter and in summer', () => {
    expect(instantOf('2026-01-12', '09:00')).toBe('2026-01-12T09:00:00Z');
    expect(instantOf('2026-07-01', '09:00')).toBe('2026-07-01T08:00:00Z');
    expect(instantOf('2027-03-28', '02:00')).toBe('2027-03-28T01:00:00Z');
    expect(instantOf('2027-03-28', '00:59')).toBe('2027-03-28T00:59:00Z');
  });

  it.each(['01:00', '01:30', '01:59'])('refuses %s, which comes twice in October and not at all in March', (time) => {
    expect(() => instantOf('2026-01-12', time)).toThrow('between 01:00 and 02:00 the clocks change');
  });

  it.each(['24:00', '9:00', 'noon', '09:60'])('refuses "%s", which is no time of day', (time) => {
    expect(() => instantOf('2026-01-12', time)).toThrow('is not a time of day');
  });

  it('takes only a whole number of milliseconds as its offset', () => {
    expect(() => createCouncilClock(Number.NaN, () => 0)).toThrow(RangeError);
  });
});

const HOUR = 60 * 60 * 1000;

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);
}

/** Summer time begins and ends at 01:00 UTC on the last Sundays of March and October (Summer Time Act 1972, since 2002). */
function lastSunday(year: number, month: string): string {
  const days = daysOfYear(year).filter((day) => day.startsWith(`${year}-${month}`) && new Date(day).getUTCDay() === 0);
  return days.at(-1)!;
}

describe.each(Array.from({ length: 17 }, (_, index) => 2024 + index))('the clocks of %i', (year) => {
  const [spring, autumn] = [lastSunday(year, '03'), lastSunday(year, '10')];
  const begins = `${spring}T01:00:00Z`;
  const ends = `${autumn}T01:00:00Z`;
  const summer = (day: string, time: string): boolean =>
    (day > spring && day < autumn) || (day === spring && time >= '02:00') || (day === autumn && time < '01:00');

  it('give every day its nine o’clock, and the hours around both changes', () => {
    const times = daysOfYear(year).flatMap((day) =>
      (day === spring || day === autumn ? ['00:00', '00:59', '02:00', '09:00', '23:59'] : ['09:00']).map((time) => [day, time] as const),
    );
    for (const [day, time] of times) {
      const utc = Date.parse(`${day}T${time}:00Z`) - (summer(day, time) ? HOUR : 0);
      expect([day, time, Date.parse(instantOf(day, time))]).toEqual([day, time, utc]);
      expect(londonDay(new Date(utc))).toBe(day);
    }
  });

  it('make one day of 23 hours and one of 25, and lose no day of the council', () => {
    const length = (day: string): number => Date.parse(instantOf(nextDay(day), '00:00')) - Date.parse(instantOf(day, '00:00'));
    expect([length(spring), length(autumn)]).toEqual([23 * HOUR, 25 * HOUR]);
    for (const change of [begins, ends])
      for (const around of [-1, 0, HOUR - 1, HOUR]) expect(londonDay(new Date(Date.parse(change) + around))).toBe(change.slice(0, 10));
  });

  it('show a demonstration its day and the same time of day, on whichever side of a change it lives', () => {
    for (const today of [spring, autumn])
      for (const serverNow of [new Date(`${year}-01-15T09:30:00Z`), new Date(`${year}-07-15T08:30:00Z`)]) {
        const clock = createCouncilClock(offsetFor(today, serverNow), () => serverNow.getTime());
        expect([clock.today(), clock.now().toISOString()]).toEqual([today, new Date(instantOf(today, '09:30')).toISOString()]);
      }
  });
});
