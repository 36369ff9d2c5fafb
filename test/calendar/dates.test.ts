/** Days in the words that pages and e-mails use. */
import { describe, expect, it } from '@jest/globals';
import { countdown, inWords, weekdayInWords } from '../../libs/calendar/dates.js';
import { createCalendar } from '../../libs/calendar/working-days.js';

const calendar = createCalendar({ closures: [] });

describe('days in words', () => {
  it('says a day with its month and year', () => {
    expect(inWords('2026-03-31')).toBe('31 March 2026');
  });

  it('says a day with its weekday', () => {
    expect(weekdayInWords('2025-11-18')).toBe('Tuesday 18 November 2025');
  });

  it('refuses what is no day', () => {
    expect(() => inWords('2026-02-29')).toThrow('"2026-02-29" is not a date.');
  });

  it.each([
    ['2025-11-03', '2025-11-18', 'in 11 working days'],
    ['2025-11-17', '2025-11-18', 'in 1 working day'],
    ['2025-11-18', '2025-11-18', 'today'],
    ['2025-11-19', '2025-11-18', '1 working day ago'],
    ['2025-11-21', '2025-11-18', '3 working days ago'],
    ['2025-12-24', '2025-12-29', 'in 1 working day'],
    ['2025-11-21', '2025-11-22', 'in 1 day'],
    ['2025-11-21', '2025-11-23', 'in 2 days'],
  ])('on %s says of %s: %s', (today, date, words) => {
    expect(countdown(today, date, calendar)).toBe(words);
  });
});
