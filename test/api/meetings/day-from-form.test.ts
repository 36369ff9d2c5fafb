/** A day in three fields: what has to be put right names the day, so that two days on one page are told apart. */
import { describe, expect, it } from '@jest/globals';
import { dayFromForm, inOrder } from '../../../apps/api/meetings/day-from-form.js';

const read = (day: string, month: string, year: string) =>
  dayFromForm('last', 'last day away', { 'last-day': day, 'last-month': month, 'last-year': year });

describe('a day that people type', () => {
  it('is read with or without noughts and spaces', () => {
    expect(read(' 7', '05 ', '2026')).toEqual({ date: '2026-05-07', error: null });
  });

  it.each([
    ['', '', '', 'last-day', 'Enter the last day away'],
    ['', '5', '2026', 'last-day', 'The last day away must include a day'],
    ['7', ' ', '', 'last-month', 'The last day away must include a month and a year'],
    ['7', '5', '26', 'last-year', 'The last day away must have a year of four digits'],
    ['31', '2', '2026', 'last-day', 'The last day away must be a real date, such as 27 1 2026'],
  ])('as “%s” “%s” “%s” is refused at %s', (day, month, year, field, text) => {
    expect(read(day, month, year)).toEqual({ date: null, error: { field, text } });
  });

  it('has its errors in the order of the page, and what is no field of it last', () => {
    const errors = ['key', 'time', 'on-year', 'body'].map((field) => ({ field, text: 'x' }));
    expect(inOrder(errors, ['body', 'on', 'time']).map(({ field }) => field)).toEqual(['body', 'on-year', 'time', 'key']);
  });
});
