/** What is told of columns, of objectives, and in which order everything is told. */
import { describe, expect, test } from '@jest/globals';
import type { BusinessPlan, IndicatorTable } from '../../libs/domain/business-plan.js';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { action, differencesAfter, differencesBetween, indicator, rewrite } from '../support/seed-differences.js';
import { seedPlan, seedPosts } from '../support/seed-plan.js';

function addYear({ columns, rows }: IndicatorTable): void {
  columns.splice(6, 0, { key: 'target 2026/27', kind: 'target', heading: 'Target 2026/27', year: '2026/27' });
  rows.forEach(({ cells }) => (cells['target 2026/27'] = '1'));
}

function removeYear({ columns, rows }: IndicatorTable): void {
  columns.splice(1, 1);
  rows.forEach(({ cells }) => delete cells['achieved 2021/22']);
}

describe('a year column on one side only', () => {
  test('is one difference for all objectives, without its cells', () => {
    const added = differencesAfter((plan) => plan.objectives.forEach(({ table }) => addYear(table)));
    expect(added).toEqual([
      { kind: 'added', table: 'csi', code: null, field: 'target 2026/27', before: null, after: 'Target 2026/27', meaning: null },
    ]);
    const removed = differencesAfter((plan) => removeYear(plan.kpis));
    expect(removed).toEqual([
      { kind: 'removed', table: 'kpi', code: null, field: 'achieved 2021/22', before: 'Achieved 2021/22', after: null, meaning: null },
    ]);
  });

  test('is told for each objective where only some have it', () => {
    const told = differencesAfter((plan) => plan.objectives.slice(0, 2).forEach(({ table }) => addYear(table)));
    expect(told.map(({ kind, code, field }) => [kind, code, field])).toEqual([
      ['added', 'CS1', 'target 2026/27'],
      ['added', 'CS2', 'target 2026/27'],
    ]);
  });

  test('of the budget is called by its year', () => {
    const told = differencesAfter((plan) => {
      plan.budget.columns.pop();
      plan.budget.rows.forEach(({ cells }) => delete cells['budget 2027/28']);
    });
    expect(told).toMatchObject([{ kind: 'removed', table: 'budget', code: null, field: '2027/28', before: '2027/28 Budget £' }]);
  });

  test('hides no other change of its rows', () => {
    const told = differencesAfter((plan) => {
      plan.objectives.forEach(({ table }) => addYear(table));
      rewrite(indicator(plan, 'ComS_011'), 'target 2025/26', '1,850', '1,800');
    });
    expect(told.map(({ kind, code }) => [kind, code])).toEqual([
      ['added', null],
      ['changed', 'ComS_011'],
    ]);
  });

  test('is what rolling forward changes, with titles and marks', () => {
    const seed = seedPlan();
    const told = differencesBetween(seed, rollForward(seed, { to: '2026/27' }).plan);
    expect(new Set(told.filter(({ kind }) => kind === 'changed').map(({ field }) => field))).toEqual(new Set(['title', 'actions', 'new']));
    expect(told.filter(({ kind }) => kind === 'added').map(({ table, field }) => `${table} ${field}`)).toEqual([
      'csi achieved 2024/25',
      'csi target 2026/27',
      'kpi achieved 2024/25',
      'kpi target 2026/27',
      'budget 2028/29',
    ]);
  });
});

describe('a heading in other words', () => {
  test('is told under the column’s field, without a code where all objectives have it', () => {
    const told = differencesAfter((plan) => {
      for (const { table } of plan.objectives) table.columns[6]!.heading = 'Later years';
      plan.objectives[2]!.table.columns[7]!.heading = 'Owner';
      plan.actions.headings = { ...plan.actions.headings, action: 'What we do', officers: 'Who does it' };
    });
    expect(told.map(({ table, code, field, before, after }) => [table, code, field, before, after])).toEqual([
      ['csi', null, 'futureYears', 'Future Years', 'Later years'],
      ['csi', 'CS3', 'owner', 'Indicator Owner and Comments (incl. benchmarking)', 'Owner'],
      ['actions', null, 'description', 'Action (Pentana Code)', 'What we do'],
      ['actions', null, 'officers', 'Officers Responsible / Target Date', 'Who does it'],
    ]);
  });

  test('is not told where only white space differs', () => {
    expect(differencesAfter((plan) => (plan.kpis.columns[6]!.heading = ' Future\u00a0 Years '))).toEqual([]);
  });
});

test('columns in another order are told as moved, the fewest of them', () => {
  const told = differencesAfter((plan) => plan.kpis.columns.splice(5, 0, ...plan.kpis.columns.splice(1, 1)));
  expect(told).toEqual([
    {
      kind: 'moved',
      table: 'kpi',
      code: null,
      field: 'order',
      before: 'Achieved 2021/22: column 2',
      after: 'Achieved 2021/22: column 6',
      meaning: null,
    },
  ]);
});

describe('an objective', () => {
  test('tells its name and its code', () => {
    const told = differencesAfter((plan) => {
      plan.objectives[0]!.name = 'Less anti-social behaviour';
      plan.objectives[2]!.code = 'CS4';
    });
    expect(told.map(({ kind, table, code, field, before, after }) => [kind, table, code, field, before, after])).toEqual([
      ['changed', 'csi', 'CS1', 'description', 'Reduce anti-social behaviour in Broxtowe', 'Less anti-social behaviour'],
      ['changed', 'csi', 'CS3', 'code', 'CS3', 'CS4'],
    ]);
  });

  test('is known by its indicators where name and code changed', () => {
    const told = differencesAfter((plan) => Object.assign(plan.objectives[1]!, { name: 'Safer streets', code: 'CS9' }));
    expect(told.map(({ kind, code, field }) => [kind, code, field])).toEqual([
      ['changed', 'CS2', 'description'],
      ['changed', 'CS2', 'code'],
    ]);
  });

  test('is told as a whole where it came or went, with its rows', () => {
    const told = differencesAfter((plan) => plan.objectives.splice(2, 1));
    expect(told.map(({ kind, code, field, meaning }) => [kind, code, field, meaning])).toEqual([
      ['removed', 'CS3', 'description', 'dropped'],
      ['removed', 'ComS_100', null, 'dropped'],
      ['removed', 'ComS_001', null, 'dropped'],
    ]);
  });

  test('is told as moved, and its rows are not', () => {
    const told = differencesAfter((plan) => plan.objectives.unshift(plan.objectives.pop()!));
    expect(told).toMatchObject([{ kind: 'moved', table: 'csi', code: 'CS3', field: 'order', before: '3', after: '1' }]);
  });
});

describe('all that is told', () => {
  const [before, after] = [seedPlan(), seedPlan()];
  after.title = 'Another title';
  after.sections[1]!.text += ' And more.';
  removeYear(after.kpis);
  after.objectives[0]!.table.rows.splice(0, 1);
  rewrite(indicator(after, 'ComS_013'), 'futureYears', '100', '90');
  rewrite(indicator(after, 'ComS_001'), 'futureYears', '7,000', '6,900');
  rewrite(action(after, 'BCRPASB_27'), 'officers', 'March', 'June');
  rewrite(action(after, 'BCRPASB_27'), 'outcome', 'Deliver', 'Give');
  after.budget.footnote = 'None.';
  const differences = comparePlans(before, after, { register: seedPosts });

  test('stands in the order of the document, what was removed after its table’s rows', () => {
    expect(differences.map(({ table, code, field }) => [table, code, field])).toEqual([
      ['text', null, 'title'],
      ['text', null, 'background'],
      ['csi', 'ComS_013', 'futureYears'],
      ['csi', 'ComS_011', null],
      ['csi', 'ComS_001', 'futureYears'],
      ['kpi', null, 'achieved 2021/22'],
      ['actions', 'BCRPASB_27', 'outcome'],
      ['actions', 'BCRPASB_27', 'targetDate'],
      ['budget', null, 'footnote'],
    ]);
  });

  test('says for pages what it is of, where it stands, and which rows are meant', () => {
    const [, , changed, removed] = differences;
    const place = 'Reduce anti-social behaviour in Broxtowe (CS1)';
    const row = indicator(before, 'ComS_013');
    expect(changed).toMatchObject({ name: 'ComS_013', place, rowId: row.id, rowIdBefore: row.id });
    expect(removed).toMatchObject({ name: 'ComS_011', place, rowId: null, rowIdBefore: indicator(before, 'ComS_011').id });
    expect(differences[1]).toMatchObject({ name: 'Background', place: 'Background', rowId: null });
  });

  test('has seven keys for programs, in their order', () => {
    const keys = ['kind', 'table', 'code', 'field', 'before', 'after', 'meaning'];
    expect(differencesBetween(before, after).map((one) => Object.keys(one))).toEqual(differences.map(() => keys));
  });

  test('changes neither text', () => {
    const untouched = (plan: BusinessPlan): string => JSON.stringify(plan);
    const [one, other] = [untouched(before), untouched(after)];
    comparePlans(before, after);
    expect([untouched(before), untouched(after)]).toEqual([one, other]);
  });
});
