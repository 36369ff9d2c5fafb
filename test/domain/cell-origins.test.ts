/** Every cell says where it came from. */
import { describe, expect, it } from '@jest/globals';
import { cellOrigins, originInWords, originsInWords } from '../../libs/domain/cell-origins.js';
import { withCells, withRowAdded } from '../../libs/domain/edit-plan.js';
import { tablesOf } from '../../libs/domain/plan-tables.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { seedPlan } from '../support/seed-plan.js';

const source = { plan: seedPlan(), versionNumber: 1, to: '2026/27' };
const rolled = rollForward(source.plan, source).plan;
const lastYear = 'version 1 of the plan for 2025/26';

describe('the origins of a draft’s cells', () => {
  it('are there for every cell of every table', () => {
    const origins = cellOrigins(rolled, source);
    for (const { columns, rows } of tablesOf(rolled))
      for (const { id } of rows) expect(Object.keys(origins.get(id) ?? {})).toEqual(columns.map(({ key }) => key));
  });

  it('tell carried, proposed and blank cells apart, with the old column and line', () => {
    const row = cellOrigins(rolled, source).get('csi-ComS_100');
    expect(row).toMatchObject({
      description: { kind: 'carried', column: 'description', line: 59, newCleared: true },
      'achieved 2023/24': { kind: 'carried', column: 'achieved 2023/24', heading: 'Achieved 2023/24', line: 59, newCleared: false },
      'achieved 2024/25': { kind: 'blank' },
      'target 2025/26': { kind: 'carried', column: 'target 2025/26' },
      'target 2026/27': { kind: 'proposed', column: 'futureYears', heading: 'Future Years', line: 59 },
      futureYears: { kind: 'carried', column: 'futureYears' },
    });
    const budget = cellOrigins(rolled, source).get(rolled.budget.rows[1]!.id);
    expect(budget).toMatchObject({ 'budget 2026/27': { kind: 'carried' }, 'budget 2028/29': { kind: 'blank' } });
  });

  it('tell what a person wrote and what stood there before', () => {
    const written = withCells(rolled, 'csi-ComS_100', { 'target 2026/27': '460', 'achieved 2024/25': '399', futureYears: ' 450 ' });
    expect(cellOrigins(written, source).get('csi-ComS_100')).toMatchObject({
      'target 2026/27': { kind: 'written', before: '450' },
      'achieved 2024/25': { kind: 'written', before: '' },
      futureYears: { kind: 'carried' },
    });
  });

  it('tell a row that was added', () => {
    const added = withRowAdded(rolled, 'kpi', { id: 'mine', cells: { description: 'Noise (ComS_199)' } });
    expect(cellOrigins(added, source).get('mine')).toMatchObject({ description: { kind: 'added' }, futureYears: { kind: 'added' } });
  });
});

describe('the origins of an imported plan', () => {
  it('are the lines of its file', () => {
    const origins = cellOrigins(source.plan, null);
    expect(origins.get('csi-ComS_100')).toMatchObject({ description: { kind: 'imported', line: 59 } });
    expect(new Set([...origins.values()].flatMap((row) => Object.values(row).map(({ kind }) => kind)))).toEqual(new Set(['imported']));
  });
});

describe('an origin in words', () => {
  it.each([
    [
      { kind: 'carried', column: 'a', heading: 'Achieved 2022/23', line: 40, newCleared: false },
      'From “Achieved 2022/23” in version 1 of the plan for 2025/26, line 40 of its file.',
    ],
    [
      { kind: 'carried', column: 'a', heading: 'Action', line: null, newCleared: true },
      'From “Action” in version 1 of the plan for 2025/26, without “(New)”.',
    ],
    [
      { kind: 'proposed', column: 'f', heading: 'Future Years', line: null },
      'Proposed: the figure under “Future Years” in version 1 of the plan for 2025/26.',
    ],
    [{ kind: 'written', before: '1,800' }, 'Written in this plan; before it said “1,800”.'],
    [{ kind: 'written', before: ' ' }, 'Written in this plan; it was blank.'],
    [{ kind: 'added' }, 'The row was added in this plan.'],
    [{ kind: 'imported', line: 12 }, 'Read from line 12 of the file.'],
    [{ kind: 'blank' }, 'Blank until it is known.'],
  ] as const)('%o', (origin, sentence) => {
    expect(originInWords(origin, lastYear)).toBe(sentence);
  });
});

describe('the origins of a whole row in words', () => {
  const table = tablesOf(rolled).find(({ id }) => id === 'csi-3')!;
  const wordsOf = (plan: typeof rolled, rowId: string): string[] => {
    const origins = cellOrigins(plan, source).get(rowId) ?? {};
    return originsInWords(
      table.columns.map(({ key, heading }) => ({ heading, origin: origins[key]! })),
      lastYear,
    );
  };

  it('put together what came the same way', () => {
    expect(wordsOf(withCells(rolled, 'csi-ComS_001', { futureYears: '6,900' }), 'csi-ComS_001')).toEqual([
      'From version 1 of the plan for 2025/26, line 60 of its file: Indicator Description (Pentana Code); Achieved 2022/23; Achieved 2023/24; Target 2025/26; Indicator Owner and Comments (incl. benchmarking).',
      'Blank until it is known: Achieved 2024/25.',
      'Proposed from “Future Years”: Target 2026/27.',
      'Future Years: Written in this plan; before it said “7,000”.',
    ]);
  });

  it('say once that the row was added', () => {
    expect(wordsOf(withRowAdded(rolled, 'csi-3', { id: 'mine', cells: { description: 'Noise' } }), 'mine')).toEqual([
      'The row was added in this plan.',
    ]);
  });
});
