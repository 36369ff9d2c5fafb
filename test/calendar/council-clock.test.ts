/** The council's clock in a demonstration that lives on another day, across the changes of the clocks. */
import { describe, expect, it } from '@jest/globals';
import { createCouncilClock, instantOf, londonDay, offsetFor } from '../../libs/calendar/council-clock.js';

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
