/** Closures and polling days: how they are told, what changes them, and what is refused. */
import { describe, expect, it } from '@jest/globals';
import {
  calendarChangeInWords,
  closuresOf,
  ordinaryElectionDay,
  pollingDaysOf,
  withCalendarChanged,
  type SpecialDays,
} from '../../libs/calendar/special-days.js';
import type { CalendarChange } from '../../libs/domain/calendar-change.js';
import { DomainError } from '../../libs/domain/domain-error.js';

const today = '2025-11-03';
const none: SpecialDays = { closures: [], pollingDays: [], names: { closures: {}, polls: {} } };
const after = (days: SpecialDays, ...changes: CalendarChange[]): SpecialDays =>
  changes.reduce((known, change) => withCalendarChanged(known, change, today), days);
const christmas = { act: 'close', from: '2025-12-29', to: '2026-01-02', reason: ' Christmas closure ' } as const;

describe('the closures of a council', () => {
  it('are told as days that follow each other and have one reason', () => {
    const days = after(none, christmas, { act: 'close', from: '2026-01-05', to: '2026-01-05', reason: 'Heating works' });
    expect(closuresOf(days)).toEqual([
      { from: '2025-12-29', to: '2026-01-02', reason: 'Christmas closure' },
      { from: '2026-01-05', to: '2026-01-05', reason: 'Heating works' },
    ]);
    expect(days.closures).toHaveLength(6);
    // Days from a file have no reason, and one beside them with another reason stays apart.
    expect(closuresOf({ ...days, closures: ['2026-01-06', ...days.closures] }).at(-1)).toEqual({
      ...{ from: '2026-01-06', to: '2026-01-06', reason: '' },
    });
  });

  it('are opened again in part or in whole', () => {
    const days = after(none, christmas, { act: 'open-again', from: '2025-12-31', to: '2025-12-31' });
    expect(closuresOf(days).map(({ from, to }) => [from, to])).toEqual([
      ['2025-12-29', '2025-12-30'],
      ['2026-01-01', '2026-01-02'],
    ]);
    expect(after(none, christmas, { act: 'open-again', from: '2025-12-29', to: '2026-01-02' })).toEqual(none);
  });

  it.each<[string, CalendarChange, string, string]>([
    ['begin in the past', { ...christmas, from: '2025-11-01', to: '2025-11-04' }, '/from', 'has passed'],
    ['end before they begin', { ...christmas, to: '2025-12-28' }, '/to', 'The last day must be the first day or later'],
    ['last a year', { ...christmas, to: '2026-12-29' }, '/to', 'Is the year right?'],
    ['have no reason', { ...christmas, reason: '  ' }, '/reason', 'Say why'],
    ['are known', { ...christmas, from: '2026-01-30', to: '2026-02-02' }, '/from', 'closed on 1 February 2026 already'],
    ['are none', { act: 'open-again', from: '2026-01-30', to: '2026-01-30' }, '/from', 'not recorded as closed'],
    ['are over', { act: 'open-again', from: '2025-10-01', to: '2025-10-01' }, '/from', 'What is over stays'],
  ])('are refused that %s', (_, change, pointer, words) => {
    const days = { ...none, closures: ['2025-10-01', '2026-02-01'] };
    const refusal = refusalOf(() => withCalendarChanged(days, change, today));
    expect(refusal.fields).toContainEqual({ pointer, detail: expect.stringContaining(words) as unknown });
  });

  it('need days that exist', () => {
    expect(refusalOf(() => withCalendarChanged(none, { ...christmas, to: '2026-02-30' }, today)).message).toContain('is not a date');
  });
});

describe('the polling days of a council', () => {
  const poll = { act: 'add-poll', date: '2026-05-07', name: 'Borough Council' } as const;

  it('are added with what is elected, and removed', () => {
    expect(pollingDaysOf(after(none, poll))).toEqual([{ date: '2026-05-07', name: 'Borough Council' }]);
    expect(after(none, poll, { act: 'remove-poll', date: '2026-05-07' })).toEqual(none);
  });

  it.each<[string, CalendarChange, string]>([
    ['are known', poll, '/date'],
    ['have passed', { ...poll, date: '2025-05-01' }, '/date'],
    ['have no name', { ...poll, date: '2026-06-04', name: '' }, '/name'],
    ['are none', { act: 'remove-poll', date: '2026-06-04' }, '/date'],
  ])('are refused that %s', (_, change, pointer) => {
    expect(refusalOf(() => withCalendarChanged(after(none, poll), change, today)).fields.map((field) => field.pointer)).toEqual([pointer]);
  });

  it('are suggested as the next first Thursday in May that is not on record', () => {
    const on = (day: string, ...pollingDays: string[]) => ordinaryElectionDay({ pollingDays }, day);
    expect([on(today), on('2026-05-07'), on('2026-05-08'), on(today, '2026-05-07'), on('2028-01-01')]).toEqual([
      ...['2026-05-07', '2026-05-07', '2027-05-06', '2027-05-06', '2028-05-04'],
    ]);
  });
});

it.each<[CalendarChange, string]>([
  [christmas, 'The council is closed from Monday 29 December 2025 to Friday 2 January 2026: Christmas closure.'],
  [{ act: 'open-again', from: '2026-01-02', to: '2026-01-02' }, 'The council is not closed on Friday 2 January 2026 after all.'],
  [{ act: 'add-poll', date: '2026-05-07', name: 'County Council' }, 'Thursday 7 May 2026 is a polling day: County Council.'],
  [{ act: 'remove-poll', date: '2026-05-07' }, 'Thursday 7 May 2026 is no polling day after all.'],
])('the change %j is told in a sentence', (change, words) => expect(calendarChangeInWords(change)).toBe(words));

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('It was not refused.');
}
