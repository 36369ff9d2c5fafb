/** Rolling forward plans whose tables are not the demonstration's: each column where its council would put it, and none of their figures lost. */
import { describe, expect, it } from '@jest/globals';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { rollForward, type RolledForward } from '../../libs/domain/roll-forward.js';
import { columnMoves, groupedChanges } from '../../libs/domain/roll-forward-summary.js';

/** A plan with one table of key performance indicators. */
function planWith(headings: string, row: string, { title = 'Housing Business Plan 2025–2028', budget = '' } = {}): BusinessPlan {
  const lines = [title, '', 'KEY PERFORMANCE INDICATORS', '', `Indicator Description (Code)\t${headings}\tOwner/Comments`, row, ''];
  return readPlanText([...lines, ...(budget === '' ? [] : ['LINK TO BUDGETS', '', budget]), ''].join('\n'));
}

function columnsOf({ plan }: RolledForward): string[] {
  return plan.kpis.columns.slice(1, -1).map(({ heading }) => heading);
}

function cellsOf({ plan }: RolledForward): string[] {
  return plan.kpis.columns.slice(1, -1).map(({ key }) => plan.kpis.rows[0]?.cells[key] ?? '(none)');
}

const to = '2026/27';

describe('a table', () => {
  it('without “Future Years” wants the new target', () => {
    const rolled = rollForward(planWith('Achieved 2023/24\tTarget 2024/25\tTarget 2025/26', 'Voids (HS_01)\t5\t6\t7\tHead of Housing'), {
      to,
    });
    expect(columnsOf(rolled)).toEqual(['Achieved 2024/25', 'Target 2025/26', 'Target 2026/27']);
    expect(cellsOf(rolled)).toEqual(['', '7', '']);
    expect(rolled.changes.map(({ kind, sentence }) => [kind, sentence])).toContainEqual([
      'target-wanted',
      'HS_01: a target for 2026/27 is wanted; the plan for 2025/26 has no figure for future years.',
    ]);
  });

  it('without results begins to show them, and says where the targets stay', () => {
    const rolled = rollForward(planWith('Target 2024/25\tTarget 2025/26\tFuture Years', 'Voids (HS_01)\t6\t7\t8\tHead'), { to });
    expect(columnsOf(rolled)).toEqual(['Achieved 2024/25', 'Target 2025/26', 'Target 2026/27', 'Future Years']);
    expect(cellsOf(rolled)).toEqual(['', '7', '8', '8']);
    expect(rolled.changes.find(({ kind }) => kind === 'column-moved')?.sentence).toBe(
      'In the table of key performance indicators, “Target 2024/25” is now “Achieved 2024/25”, blank until the results are known. The targets stay in the plan for 2025/26.',
    );
  });

  it('with targets for years ahead keeps them and goes on after the last', () => {
    const headings = 'Actual 2023/24\tTarget 2024/25\tTarget 2025/26\tTarget 2026/27\tTarget 2027/28';
    const rolled = rollForward(planWith(headings, 'Voids (HS_01)\t5\t6\t7\t8\t9\tHead'), { to });
    expect(columnsOf(rolled)).toEqual(['Actual 2024/25', 'Target 2025/26', 'Target 2026/27', 'Target 2027/28', 'Target 2028/29']);
    expect(cellsOf(rolled)).toEqual(['', '7', '8', '9', '']);
    expect(columnsOf(rollForward(rolled.plan, { to: '2027/28' }))[0]).toBe('Actual 2025/26');
  });

  it('whose years run backward goes on doing so', () => {
    const headings = 'Future Years\tTarget 2025/26\tTarget 2024/25\tAchieved 2023/24\tAchieved 2022/23';
    const rolled = rollForward(planWith(headings, 'Voids (HS_01)\t8\t7\t6\t5\t4\tHead'), { to });
    expect(columnsOf(rolled)).toEqual(['Future Years', 'Target 2026/27', 'Target 2025/26', 'Achieved 2024/25', 'Achieved 2023/24']);
    expect(cellsOf(rolled)).toEqual(['8', '8', '7', '', '5']);
  });

  it('that shows a year’s target beside its result goes on doing so', () => {
    const headings = 'Target 2023/24\tAchieved 2023/24\tTarget 2024/25\tTarget 2025/26\tFuture Years';
    const rolled = rollForward(planWith(headings, 'Voids (HS_01)\t5\t4\t6\t7\t8\tHead'), { to });
    expect(columnsOf(rolled)).toEqual(['Target 2024/25', 'Achieved 2024/25', 'Target 2025/26', 'Target 2026/27', 'Future Years']);
    expect(cellsOf(rolled)).toEqual(['6', '', '7', '8', '8']);
    expect(rolled.changes.filter(({ kind }) => kind === 'column-dropped').map(({ column }) => column)).toEqual([
      'target 2023/24',
      'achieved 2023/24',
    ]);
  });

  it('that has results only gets one for the year that has closed', () => {
    const headings = 'Achieved 2021/22\tAchieved 2022/23\tAchieved 2023/24';
    const budget = 'Revenue Budget\tCode\t2025/26 Budget £\nVan\t\t100';
    const rolled = rollForward(planWith(headings, 'Voids (HS_01)\t3\t4\t5\tHead', { budget }), { to });
    expect(columnsOf(rolled)).toEqual(['Achieved 2022/23', 'Achieved 2023/24', 'Achieved 2024/25']);
    expect(cellsOf(rolled)).toEqual(['4', '5', '']);
  });

  it('proposes words as they stand, and nothing for a dash', () => {
    const headings = 'Achieved 2023/24\tTarget 2024/25\tTarget 2025/26\tFuture Years';
    const words = rollForward(planWith(headings, 'Voids (HS_01)\t5\t6\t7\tTBC\tHead'), { to });
    expect(cellsOf(words)[2]).toBe('TBC');
    expect(words.changes.find(({ kind }) => kind === 'target-proposed')?.sentence).toContain('HS_01: “TBC”, the figure for future years,');
    const dash = rollForward(planWith(headings, 'Voids (HS_01)\t5\t6\t7\t-\tHead'), { to });
    expect(cellsOf(dash).slice(2)).toEqual(['', '-']);
  });
});

describe('a budget', () => {
  it('with gaps gets the new plan’s first year and the year after the last', () => {
    const budget = 'Revenue Budget\tCode\t2025/26 Budget £\t2027/28 Budget £\nVan\tHS_01\t100\t300';
    const rolled = rollForward(planWith('Target 2024/25\tTarget 2025/26', 'Voids (HS_01)\t6\t7\tHead', { budget }), { to });
    expect(rolled.plan.budget.columns.slice(2).map(({ key }) => key)).toEqual(['budget 2026/27', 'budget 2027/28', 'budget 2028/29']);
    expect(rolled.plan.budget.rows[0]?.cells).toMatchObject({ 'budget 2026/27': '', 'budget 2027/28': '300', 'budget 2028/29': '' });
  });
});

describe('a plan of another year', () => {
  it('is rolled forward from the year that it begins in, and says which that is', () => {
    const plan = planWith('Achieved 2022/23\tTarget 2023/24\tTarget 2024/25\tFuture Years', 'Voids (HS_01)\t5\t6\t7\t8\tHead', {
      title: 'Housing Business Plan 2024–2027',
    });
    expect(rollForward(plan, { to: '2025/26' }).plan.title).toBe('Housing Business Plan 2025–2028');
    expect(() => rollForward(plan, { to })).toThrow('This plan begins in 2024/25, so it can be rolled forward to 2025/26, not to 2026/27.');
  });
});

describe('the summary of rolling forward', () => {
  const headings = 'Achieved 2023/24\tTarget 2024/25\tTarget 2025/26\tFuture Years';
  const { changes, tables } = rollForward(
    planWith(headings, 'Received (HS_01) Closed % (HS_01d) (New)\t5 50%\t6 60%\t7 70%\t8 80%\tHead'),
    { to },
  );

  it('tells what each column was and becomes', () => {
    expect(columnMoves(tables)).toEqual([
      {
        title: 'The table of key performance indicators',
        moves: [
          { was: 'Achieved 2023/24', becomes: null, holds: 'Not shown any more; its figures stay in the old plan' },
          { was: 'Target 2024/25', becomes: 'Achieved 2024/25', holds: 'Blank until it is known' },
          { was: null, becomes: 'Target 2026/27', holds: 'The figures for future years, as proposed targets' },
        ],
      },
    ]);
  });

  it('speaks of both measures of a composite row', () => {
    expect(groupedChanges(changes).map(({ kind }) => kind)).toEqual([
      'target-proposed',
      'figure-wanted',
      'new-cleared',
      'heading-moved',
      'column-moved',
      'column-dropped',
    ]);
    expect(changes.find(({ kind }) => kind === 'target-proposed')?.sentence).toBe(
      'HS_01 and HS_01d: 8 and 80%, the figures for future years, are proposed as the targets for 2026/27. Confirm or change them.',
    );
    expect(changes.find(({ kind }) => kind === 'figure-wanted')?.sentence).toBe(
      'HS_01 and HS_01d: the results for 2024/25 are wanted before drafting. Their targets were 6 and 60%.',
    );
  });
});
