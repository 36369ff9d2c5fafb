/** Plans of every shape that councils give theirs: columns more or less, in other orders, of other years, with gaps and strays. */
import fc from 'fast-check';
import type { BudgetRow, BusinessPlan, Column, IndicatorTable, Row } from '../../libs/domain/business-plan.js';

const years = ['2021/22', '2022/23', '2023/24', '2024/25', '2025/26', '2026/27', '2027/28', '2028/29'] as const;

const text = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '1,735',
    '79%',
    '433 79%',
    '£1.35m',
    'n/a',
    'TBC',
    '30-40',
    'Number of cases (ComS_011)',
    'Open a hub COMS2526_07 (New)',
  ),
  fc.constantFrom(
    'No. received (ComS_012) Closed in 3mths % (ComS_012d)',
    'Head of Communities March 2026',
    'Satisfaction (ComS_100) (New)',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

function yearColumn(kind: 'achieved' | 'target' | 'budgetYear', year: string): Column {
  const [key, heading] = {
    achieved: [`achieved ${year}`, `Achieved ${year}`],
    target: [`target ${year}`, `Target ${year}`],
    budgetYear: [`budget ${year}`, `${year} Budget £`],
  }[kind];
  return { key: key!, kind, heading: heading!, year };
}

const description: Column = { key: 'description', kind: 'description', heading: 'Indicator Description (Code)', year: null };
const future: Column = { key: 'futureYears', kind: 'futureYears', heading: 'Future Years', year: null };
const owner: Column = { key: 'owner', kind: 'owner', heading: 'Owner', year: null };

/** Some lack results, some "Future Years"; some show targets for years ahead or a year's target beside its result; some run backward. */
const indicatorColumns: fc.Arbitrary<Column[]> = fc
  .record({
    achieved: fc.subarray([...years.slice(0, 3)]),
    targets: fc.subarray([...years.slice(0, 4), ...years.slice(5, 8)]),
    backward: fc.boolean(),
    isFuture: fc.boolean(),
    codeColumn: fc.boolean(),
    hasTargets: fc.boolean(),
  })
  .map(({ achieved, targets, backward, isFuture, codeColumn, hasTargets }) => {
    const figures = [
      ...achieved.map((year) => yearColumn('achieved', year)),
      ...(hasTargets ? [...targets, '2025/26'].sort().map((year) => yearColumn('target', year)) : []),
      ...(isFuture ? [future] : []),
    ];
    const code: Column = { key: 'code', kind: 'code', heading: 'Code', year: null };
    return [...(codeColumn ? [code] : []), description, ...(backward ? figures.reverse() : figures), owner];
  });

/** Cells of the columns, some of them absent, and now and then one that stands under no heading. */
function cellsOf(columns: readonly Column[]): fc.Arbitrary<Record<string, string>> {
  const known = fc.array(fc.option(text, { nil: undefined, freq: 8 }), { minLength: columns.length, maxLength: columns.length });
  return fc.tuple(known, fc.option(text, { freq: 9 })).map(([cells, stray]) => {
    const entries = columns.flatMap(({ key }, index): [string, string][] => (cells[index] === undefined ? [] : [[key, cells[index]]]));
    return Object.fromEntries([...entries, ...(stray === null ? [] : [['extra 1', stray]])]) as Record<string, string>;
  });
}

function rowsOf(columns: readonly Column[], prefix: string): fc.Arbitrary<Row[]> {
  return fc.array(cellsOf(columns), { maxLength: 4 }).map((rows) => rows.map((cells, index) => ({ id: `${prefix}-${index}`, cells })));
}

function indicators(prefix: string): fc.Arbitrary<IndicatorTable> {
  return indicatorColumns.chain((columns) => rowsOf(columns, prefix).map((rows) => ({ columns, rows })));
}

const actionKeys = ['action', 'outcome', 'partners', 'officers', 'comments'] as const;
const actionColumns = actionKeys.map((key): Column => ({ key, kind: 'other', heading: key, year: null }));

const budget = fc.record({ more: fc.subarray([...years.slice(5)]), backward: fc.boolean() }).chain(({ more, backward }) => {
  const figures = ['2025/26', ...more].map((year) => yearColumn('budgetYear', year));
  const columns: Column[] = [
    { key: 'text', kind: 'budgetText', heading: 'Budget', year: null },
    { key: 'actionCode', kind: 'actionCode', heading: 'Code', year: null },
    ...(backward ? figures.reverse() : figures),
  ];
  return rowsOf(columns, 'budget').map((rows) => ({
    columns,
    rows: rows.map((row): BudgetRow => ({ ...row, kind: 'line' })),
    footnote: '* net',
  }));
});

/** A plan that begins in 2025/26. */
export const generatedPlan: fc.Arbitrary<BusinessPlan> = fc
  .record({
    objectives: fc.array(fc.nat(), { maxLength: 3 }),
    kpis: indicators('kpi'),
    actions: rowsOf(actionColumns, 'actions'),
    budget,
    words: text,
  })
  .chain(({ objectives, kpis, actions, budget: budgetTable, words }) =>
    fc.tuple(...objectives.map((_, index) => indicators(`csi${index}`))).map((tables) => ({
      title: 'Housing Business Plan 2025–2028',
      sections: [
        { name: 'introduction' as const, heading: 'Introduction', text: words },
        { name: 'actions' as const, heading: 'Key tasks 2025/26 – 2027/28', text: '' },
      ],
      objectives: tables.map((table, index) => ({ code: `H${index + 1}`, name: 'Better homes', table })),
      kpis,
      actions: {
        heading: 'Key tasks 2025/26 – 2027/28',
        headings: Object.fromEntries(actionKeys.map((key) => [key, key])) as Record<(typeof actionKeys)[number], string>,
        rows: actions,
      },
      budget: budgetTable,
    })),
  );
