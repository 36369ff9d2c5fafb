/** What cells mean: figures, composite measures, codes and dates. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Row } from '../../libs/domain/business-plan.js';
import {
  actionCodeOf,
  figureParts,
  indicatorCodesOf,
  isNew,
  measuresOf,
  officersTextOf,
  parseFigure,
  targetDateOf,
  withoutNewMark,
} from '../../libs/domain/parse-cell.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { seedPlan } from '../support/seed-plan.js';

function row(cells: Record<string, string>): Row {
  return { id: 'a', cells };
}

describe('a figure', () => {
  it.each([
    ['2,185', 2185, ''],
    ['60.4%', 60.4, '%'],
    ['60 %', 60, '%'],
    ['(13,000)', -13000, ''],
    ['£1,234.50', 1234.5, '£'],
    ['(£13,000)', -13000, '£'],
    ['-5', -5, ''],
    ['\u00A07 ', 7, ''],
    ['0', 0, ''],
  ])('“%s” is %d “%s”', (raw, value, unit) => {
    expect(parseFigure(raw)).toEqual({ kind: 'number', value, unit });
  });

  it.each(['', ' ', '-', '–', '\u00A0'])('“%s” is none', (raw) => {
    expect(parseFigure(raw)).toEqual({ kind: 'none' });
  });

  it.each(['*Note', 'TBC', 'n/a', '433 79%', '1,15', '40.5% (approx.)', '£43k', '(5', '5)', '(-5)', '£5%'])(
    '“%s” is not understood',
    (raw) => {
      expect(parseFigure(raw)).toEqual({ kind: 'text', text: raw });
    },
  );

  it('of any size is read back from how it is written in Britain', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (value) => {
        expect(parseFigure(value.toLocaleString('en-GB'))).toEqual({ kind: 'number', value, unit: '' });
      }),
    );
  });
});

describe('the measures of a row', () => {
  const plan = seedPlan();

  it('are the codes of the document, in order', () => {
    expect(indicatorRowsOf(plan).flatMap(({ row: each }) => indicatorCodesOf(each))).toEqual(
      '011 012 013 014 24 025 032 100 001 012 012d 013 013d 014 014d NEW 048 049'.split(' ').map((number) => `ComS_${number}`),
    );
  });

  it('of a composite row have each their own part of every cell', () => {
    const [count, share] = measuresOf(plan.kpis.rows[0]!, plan.kpis.columns);
    expect(count).toMatchObject({ code: 'ComS_012', figures: { 'achieved 2021/22': '433', 'target 2025/26': '400' } });
    expect(share).toMatchObject({
      code: 'ComS_012d',
      label: 'Closed in 3mths %',
      figures: { 'achieved 2021/22': '79%', futureYears: '82%' },
    });
  });

  it('of a single row are one, with the whole cell', () => {
    expect(measuresOf(plan.kpis.rows[4]!, plan.kpis.columns)).toMatchObject([{ code: 'ComS_048', figures: { 'achieved 2021/22': '95%' } }]);
  });

  it('find a code that is not in brackets, and take no abbreviation for one', () => {
    expect(indicatorCodesOf(row({ description: 'Residents referred to Services (CGL) ComS_100 (New)' }))).toEqual(['ComS_100']);
    expect(indicatorCodesOf(row({ description: 'Carbon saved (CO2)' }))).toEqual([]);
    expect(indicatorCodesOf(row({ description: 'Waste collected (BV 082a)' }))).toEqual(['BV 082a']);
  });

  it.each([
    ['433 79%', ['433', '79%']],
    ['(13,000) 5 %', ['(13,000)', '5 %']],
    ['n/a 79%', ['n/a', '79%']],
    ['-', ['-', '-']],
    ['', ['', '']],
    ['79%', ['', '']],
    ['1 2 3', ['1 2 3', '1 2 3']],
  ])('split “%s” only where there is one figure for each code', (raw, parts) => {
    expect(figureParts(raw, 2)).toEqual(parts);
  });
});

describe('an action', () => {
  it.each([
    ['Implement the Plan (including E-scooters) BCRP', 'BCRP'],
    ['Review Prevent Strategy COMS2528_01 (New)', 'COMS2528_01'],
    ['Deliver the scheme BCRPDA&V_15', 'BCRPDA&V_15'],
    ['Renew (COMS2224_08a)', 'COMS2224_08a'],
    ['Review the Vulnerable Persons Policy', null],
    ['', null],
  ])('“%s” has the code %s', (action, code) => {
    expect(actionCodeOf(row({ action }))).toBe(code);
  });

  it('says whether it is new', () => {
    const marked = seedPlan().actions.rows.filter(isNew);
    expect(marked.map(actionCodeOf)).toEqual(['COMS2527_01', 'COMS2528_01', 'COMS2528_02', 'ComS_2528_03']);
    expect(withoutNewMark('Review COMS2528_01 (New)')).toBe('Review COMS2528_01');
    expect(withoutNewMark('A New policy ')).toBe('A New policy ');
  });

  it('has the target dates of the document', () => {
    const dates = seedPlan().actions.rows.map((each) => targetDateOf(each));
    const months = dates.flatMap((date) => (date.kind === 'month' ? [date.month] : []));
    const tally = (month: string): number => months.filter((each) => each === month).length;
    expect(['2026-03', '2027-03', '2028-03', '2025-07', '2025-09', '2026-04', '2027-01'].map(tally)).toEqual([14, 4, 8, 1, 1, 1, 1]);
    expect(dates.filter(({ kind }) => kind !== 'month').map(({ kind }) => kind)).toEqual(['prose', 'absent']);
  });

  it.each([
    ['Head of Housing March 2026', { kind: 'month', month: '2026-03', lastDay: '2026-03-31' }, 'Head of Housing'],
    ['Head of Housing by end of Feb 2028', { kind: 'month', month: '2028-02', lastDay: '2028-02-29' }, 'Head of Housing'],
    ['Head of Housing 14 June 2026', { kind: 'month', month: '2026-06' }, 'Head of Housing'],
    ['Head of Housing Ongoing', { kind: 'prose', text: 'Ongoing' }, 'Head of Housing'],
    ['Head of Housing 2025/26', { kind: 'prose', text: '2025/26' }, 'Head of Housing'],
    ['Head of Housing', { kind: 'absent' }, 'Head of Housing'],
    ['', { kind: 'absent' }, ''],
  ])('with “%s” tells the date from the officers', (officers, date, text) => {
    expect(targetDateOf(row({ officers }))).toMatchObject(date);
    expect(officersTextOf(row({ officers }))).toBe(text);
  });
});
