/** Rolling the seed forward to 2026/27, by domain.md section f. */
import { describe, expect, it } from '@jest/globals';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { countPlan } from '../../libs/domain/count-plan.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { actionCodeOf, isNew } from '../../libs/domain/codes.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { seedPlan, seedWith } from '../support/seed-plan.js';

describe('the plan rolled forward', () => {
  const { plan, changes } = rollForward(seedPlan(), { to: '2026/27' });
  const ofKind = (kind: string) => changes.filter((change) => change.kind === kind);

  it('is for the next three years', () => {
    expect(plan.title).toBe('Community Safety Business Plan 2026–2029');
    expect(plan.actions.heading).toContain('2026/27 – 2028/29');
    expect(plan.sections.find(({ name }) => name === 'actions')?.heading).toBe(plan.actions.heading);
    expect(plan.budget.columns.slice(2).map(({ heading }) => heading)).toEqual([
      '2026/27 Budget £',
      '2027/28 Budget £',
      '2028/29 Budget £',
    ]);
  });

  it('shows three results, the last still blank, the old target and the new', () => {
    for (const table of [...plan.objectives.map((objective) => objective.table), plan.kpis]) {
      expect(table.columns.slice(1, 7).map(({ heading }) => heading)).toEqual([
        'Achieved 2022/23',
        'Achieved 2023/24',
        'Achieved 2024/25',
        'Target 2025/26',
        'Target 2026/27',
        'Future Years',
      ]);
    }
    expect(plan.objectives[2]?.table.rows[0]?.cells).toMatchObject({
      'achieved 2023/24': '383',
      'achieved 2024/25': '',
      'target 2025/26': '420',
      'target 2026/27': '450',
      futureYears: '450',
    });
  });

  it('never puts a target under “Achieved”', () => {
    expect(indicatorRowsOf(plan).map(({ row }) => row.cells['achieved 2024/25'])).toEqual(Array(15).fill(''));
  });

  it('keeps every row with its id and code, and clears “(New)”', () => {
    const codes = (of: typeof plan): unknown[] => of.actions.rows.map((row) => [row.id, actionCodeOf(row)]);
    expect(codes(plan)).toEqual(codes(seedPlan()));
    expect(countPlan(plan)).toEqual(countPlan(seedPlan()));
    expect([...plan.actions.rows, ...indicatorRowsOf(plan).map(({ row }) => row)].filter(isNew)).toEqual([]);
    expect(ofKind('new-cleared')).toHaveLength(5);
  });

  it('proposes exactly two actions for removal and removes none', () => {
    expect(ofKind('removal-proposed').map(({ code }) => code)).toEqual(['COMS2425_06', 'BCRPMS_01']);
  });

  it('lists a wanted result and a proposed target for each indicator, and each column that leaves', () => {
    expect(ofKind('figure-wanted').filter(({ rowId }) => rowId !== null)).toHaveLength(15);
    expect(ofKind('target-proposed')).toHaveLength(15);
    expect(ofKind('column-dropped').map(({ column }) => column)).toEqual([...Array<string>(4).fill('achieved 2021/22'), 'budget 2025/26']);
    expect(ofKind('heading-moved')).toHaveLength(2);
  });

  it('shifts the budget without inventing figures', () => {
    expect(plan.budget.rows[3]?.cells).toMatchObject({ 'budget 2026/27': '-', 'budget 2028/29': '' });
    expect(Object.keys(plan.budget.rows[3]?.cells ?? {})).not.toContain('budget 2025/26');
    expect(plan.budget.rows.map(({ kind }) => kind)).toEqual(seedPlan().budget.rows.map(({ kind }) => kind));
  });

  it('can be rolled forward again', () => {
    const again = rollForward(plan, { to: '2027/28' }).plan;
    expect(again.kpis.columns.slice(1, 6).map(({ key }) => key)).toEqual([
      'achieved 2023/24',
      'achieved 2024/25',
      'achieved 2025/26',
      'target 2026/27',
      'target 2027/28',
    ]);
  });
});

describe('rolling forward', () => {
  it('leaves the old plan as it was', () => {
    const plan = seedPlan();
    rollForward(plan, { to: '2026/27' });
    expect(plan).toEqual(seedPlan());
  });

  it('proposes by the day that it is given', () => {
    const { changes } = rollForward(seedPlan(), { to: '2026/27', finishedBy: '2025-07-31' });
    expect(changes.filter(({ kind }) => kind === 'removal-proposed').map(({ code }) => code)).toEqual(['COMS2425_06']);
  });

  it('asks for a target where the old plan has no figure for future years', () => {
    const { plan, changes } = rollForward(readPlanText(seedWith('\t420\t450\t', '\t420\t\t')), { to: '2026/27' });
    expect(plan.objectives[2]?.table.rows[0]?.cells['target 2026/27']).toBe('');
    expect(changes.find(({ kind, code }) => kind === 'target-wanted' && code === 'ComS_100')?.sentence).toContain('is wanted');
  });

  it.each(['2027/28', '2025/26', 'next year'])('is refused to %s', (to) => {
    expect(() => rollForward(seedPlan(), { to })).toThrow(DomainError);
  });
});
