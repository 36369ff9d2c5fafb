/** When an action is due: dates beside officers, in a column of their own, and words in their place. */
import { describe, expect, it } from '@jest/globals';
import type { Row } from '../../libs/domain/business-plan.js';
import { dateColumnOf, isDateColumn, officersTextOf, targetDateOf } from '../../libs/domain/parse-date.js';
import { seedPlan } from '../support/seed-plan.js';

function row(cells: Record<string, string>): Row {
  return { id: 'a', cells };
}

describe('the target dates of the document', () => {
  it('are those that were counted', () => {
    const dates = seedPlan().actions.rows.map((each) => targetDateOf(each));
    const months = dates.flatMap((date) => (date.kind === 'date' ? [date.month] : []));
    const tally = (month: string): number => months.filter((each) => each === month).length;
    expect(['2026-03', '2027-03', '2028-03', '2025-07', '2025-09', '2026-04', '2027-01'].map(tally)).toEqual([14, 4, 8, 1, 1, 1, 1]);
    expect(dates.filter(({ kind }) => kind !== 'date').map(({ kind }) => kind)).toEqual(['prose', 'absent']);
  });
});

describe('a date beside officers', () => {
  it.each([
    ['March 2026', '2026-03-31'],
    ['by end of Feb 2028', '2028-02-29'],
    ['14 June 2026', '2026-06-14'],
    ['31st March 2027', '2027-03-31'],
    ['31/03/2027', '2027-03-31'],
    ['1.4.2026', '2026-04-01'],
    ['31/3/27', '2027-03-31'],
    ['2027-03-31', '2027-03-31'],
    ['March 27, 2027', '2027-03-27'],
    ['Mar-27', '2027-03-31'],
    ['Mar ’27', '2027-03-31'],
    ['March 27', '2027-03-31'],
    ['Mar 2027', '2027-03-31'],
    ['03/2027', '2027-03-31'],
    ['Quarter 3 2026/27', '2026-12-31'],
    ['Q3 2026/27', '2026-12-31'],
    ['end of Q4 of 2026/27', '2027-03-31'],
    ['2026/27 Q1', '2026-06-30'],
    ['2026/27', '2027-03-31'],
    ['by end of 2026-27', '2027-03-31'],
    ['(March 2026)', '2026-03-31'],
    ['January to March 2026', '2026-03-31'],
    ['March 2026 and March 2027', '2027-03-31'],
    ['Subject to funding, March 2027', '2027-03-31'],
    ['Ongoing, review March 2027', '2027-03-31'],
  ])('“%s” counts until %s', (text, lastDay) => {
    const officers = row({ officers: `Head of Housing ${text}` });
    expect(targetDateOf(officers)).toEqual({ kind: 'date', text, month: lastDay.slice(0, 7), lastDay });
    expect(officersTextOf(officers)).toBe('Head of Housing');
  });

  it.each([
    'Ongoing',
    'Annually',
    'Spring 2026',
    'by the summer',
    'end of year',
    '31 March',
    '2026',
    '2025-2028',
    '30 February 2026',
    'TBC',
    'Completion date subject to county plan being published',
    'To be agreed with partners',
  ])('is not “%s”, which is kept as words', (text) => {
    const officers = row({ officers: `Head of Housing ${text}` });
    expect(targetDateOf(officers)).toEqual({ kind: 'prose', text });
    expect(officersTextOf(officers)).toBe('Head of Housing');
  });

  it.each(['Head of Housing', 'Annual Canvass Officer', 'Winter Maintenance Manager', 'Quarterly Reporting Team', 'Officer May Smith', ''])(
    'is not found in “%s”',
    (officers) => {
      expect(targetDateOf(row({ officers }))).toEqual({ kind: 'absent' });
      expect(officersTextOf(row({ officers }))).toBe(officers);
    },
  );

  it('stands apart from the title of a post that begins with a season', () => {
    const officers = row({ officers: 'Winter Maintenance Manager March 2026' });
    expect(targetDateOf(officers)).toMatchObject({ lastDay: '2026-03-31' });
    expect(officersTextOf(officers)).toBe('Winter Maintenance Manager');
  });

  it('may stand before the officers, or behind each of them', () => {
    expect(officersTextOf(row({ officers: 'March 2026 Head of Housing' }))).toBe('Head of Housing');
    const each = row({ officers: 'Head of Housing March 2026\nLicensing Manager April 2027' });
    expect(targetDateOf(each)).toMatchObject({ text: 'March 2026 April 2027', lastDay: '2027-04-30' });
    expect(officersTextOf(each)).toBe('Head of Housing Licensing Manager');
  });
});

describe('a date in a column of its own', () => {
  it.each([
    'other Target date',
    'other Due Date',
    'other Deadline',
    'other Timescale',
    'other Completion date',
    'other By when',
    'other Dates',
  ])('is found under “%s”', (key) => {
    expect(isDateColumn(key)).toBe(true);
    const cells = row({ officers: 'Head of Housing', [key]: '31/03/2026' });
    expect(targetDateOf(cells)).toMatchObject({ lastDay: '2026-03-31' });
    expect(dateColumnOf(cells)).toBe(key);
  });

  it.each(['other Update', 'other Date started', 'other Mandate', 'partners'])('is not looked for under “%s”', (key) => {
    expect(isDateColumn(key)).toBe(false);
  });

  it('gives way to the officers’ cell where it is blank, and not where it holds words', () => {
    const officers = 'Head of Housing March 2028';
    expect(targetDateOf(row({ officers, 'other Due date': '-' }))).toMatchObject({ lastDay: '2028-03-31' });
    expect(targetDateOf(row({ officers, 'other Due date': 'Ongoing' }))).toEqual({ kind: 'prose', text: 'Ongoing' });
  });
});
