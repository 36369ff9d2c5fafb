/** A changed definition breaks the series of an indicator, and only that. */
import { describe, expect, it } from '@jest/globals';
import { extractHash } from '../../libs/documents/content-hash.js';
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import { withCells } from '../../libs/domain/edit-plan.js';
import { findRow } from '../../libs/domain/plan-tables.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { breakInWords, definitionOf, isMeasuredOtherwise, withSeriesBreaks, type MeasureAnswer } from '../../libs/domain/series-break.js';
import { seedPlan } from '../support/seed-plan.js';

const lastYear = seedPlan();
const rolled = rollForward(lastYear, { to: '2026/27' }).plan;
const id = 'kpi-ComS_012';

function rowWith(description: string): Row {
  return { id: 'row', cells: { description } };
}

/** The plan after somebody wrote a description, and perhaps said what that means. */
function described(plan: BusinessPlan, description: string, answer?: MeasureAnswer): BusinessPlan {
  const changed = withCells(plan, id, { description });
  return withSeriesBreaks(changed, { saved: plan, lastYear, year: '2026/27', said: { rowId: id, answer } });
}

function sinceIn(plan: BusinessPlan): string | null | undefined {
  return findRow(plan, id)?.row.definedSince;
}

const old = findRow(rolled, id)!.row.cells.description!;
const other = old.replace('less than three months', 'less than two months').replace('3mths', '2mths');

describe('what a description says it measures', () => {
  it.each([
    ['All crime (ComS_001)', 'All  crime (ComS_002) (New)'],
    ['No. received (ComS_012) Closed % (ComS_012d)', 'No. received (ComS_01) Closed % (ComS_01d)'],
    ['Residents referred ComS_100 (New)', 'residents referred (ComS_100)'],
  ])('is the same in “%s” and “%s”', (one, another) => {
    expect(definitionOf(rowWith(one))).toBe(definitionOf(rowWith(another)));
  });

  it('is another where the words are', () => {
    expect(definitionOf(rowWith('All crime (ComS_001)'))).not.toBe(definitionOf(rowWith('All recorded crime (ComS_001)')));
  });
});

describe('a description changed against last year’s plan', () => {
  it('begins a new measure from the plan’s first year, for the whole of a composite row', () => {
    const plan = described(rolled, other);
    expect(sinceIn(plan)).toBe('2026/27');
    const row = findRow(plan, id)!.row;
    expect(plan.kpis.columns.filter((column) => isMeasuredOtherwise(row, column)).map(({ key }) => key)).toEqual([
      'achieved 2022/23',
      'achieved 2023/24',
      'achieved 2024/25',
      'target 2025/26',
    ]);
    expect(plan.kpis.rows.filter(({ definedSince }) => definedSince !== undefined)).toHaveLength(1);
  });

  it('is the old measure again when the old words come back', () => {
    const plan = described(described(rolled, other), old);
    expect(plan.kpis.rows.some((row) => 'definedSince' in row)).toBe(false);
  });

  it('is the same measure where somebody says that only the words changed, until the words change again', () => {
    const same = described(rolled, other, 'same-measure');
    expect(sinceIn(same)).toBeNull();
    expect(sinceIn(described(same, other))).toBeNull();
    expect(sinceIn(described(same, `${other}, all tenures`))).toBe('2026/27');
    expect(sinceIn(described(same, other, 'new-measure'))).toBe('2026/27');
  });

  it('breaks nothing where only the code or “(New)” changed', () => {
    expect(sinceIn(described(rolled, old.replace('ComS_012', 'ComS_112')))).toBeUndefined();
    expect(sinceIn(described(rolled, `${old} (New)`))).toBeUndefined();
  });

  it('leaves what is approved as it is', () => {
    expect(extractHash(described(rolled, other))).toBe(extractHash(withCells(rolled, id, { description: other })));
  });
});

describe('a break', () => {
  it('is kept by rolling forward as long as a year before it is shown', () => {
    let plan = described(rolled, other);
    const kept = ['2027/28', '2028/29', '2029/30', '2030/31'].map((to) => {
      plan = rollForward(plan, { to }).plan;
      return sinceIn(plan);
    });
    expect(kept).toEqual(['2026/27', '2026/27', '2026/27', undefined]);
  });

  it('that somebody said there is none is no question any more in the next year', () => {
    expect(sinceIn(rollForward(described(rolled, other, 'same-measure'), { to: '2027/28' }).plan)).toBeUndefined();
  });

  it('of an earlier year is not undone by new words for the same measure', () => {
    const before = described(rolled, other);
    const next = rollForward(before, { to: '2027/28' }).plan;
    const changed = withCells(next, id, { description: `${other}.` });
    const said = { rowId: id, answer: 'same-measure' } as const;
    expect(sinceIn(withSeriesBreaks(changed, { saved: next, lastYear: before, year: '2027/28', said }))).toBe('2026/27');
  });

  it('is told in a sentence', () => {
    expect(breakInWords('ComS_012', '2026/27')).toBe(
      'ComS_012 has been measured as described here since 2026/27. Its figures for earlier years were measured otherwise, so they are not to be compared with later ones.',
    );
  });
});
