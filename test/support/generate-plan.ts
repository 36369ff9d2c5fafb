/** Plans that a council could write and nobody would think of: for tests of what must hold for every plan. */
import fc from 'fast-check';
import { marked } from '../../libs/documents/as-it-stands.js';
import {
  actionColumnKeys,
  actionHeadings,
  budgetColumns,
  headerKind,
  indicatorColumns,
  type TableKind,
} from '../../libs/documents/recognise-columns.js';
import { fullPlanPartOpenedBy, objectiveIn, sectionOpenedBy } from '../../libs/documents/recognise-headings.js';
import { budgetRow } from '../../libs/documents/rows.js';
import {
  type ActionTable,
  type BudgetTable,
  type BusinessPlan,
  type CsiObjective,
  type FullPlanParts,
  type IndicatorTable,
  type NarrativeSection,
  type Row,
  type SectionName,
} from '../../libs/domain/business-plan.js';

/** Texts that some format could take for something else. */
const NASTY = [
  ...['Introduction', '# Background', '**INTRODUCTION**', '1. Background:', 'Key performance indicators', 'Summary of key risks'],
  ...['Reduce anti-social behaviour (CS1)', '- Reduce crime (CS 2)', 'LINK KEY TASKS TO THE BUDGET', 'Achieved 2023/24', 'Target 2025/26'],
  ...[
    '=1+1',
    '+44 115',
    '-5',
    '- ',
    '-',
    '@SUM(A1)',
    "'=1",
    "'",
    '"',
    '""',
    ',',
    ';',
    '"a","b"',
    '=HYPERLINK("x";"y")',
    '|',
    '\\',
    '\t',
    'a\tb',
  ],
  ...[
    '<p>x</p>',
    '<b>',
    '</td>',
    '<br/>',
    '<script>alert(1)</script>',
    '<Beeston>',
    '&amp;',
    '&',
    '< 5',
    '<!-- x -->',
    ']]>',
    '{{x}}',
    '${x}',
  ],
  ...[
    '**bold**',
    '** not bold **',
    '***',
    '* note',
    '*Note',
    '_x0041_',
    '__proto__',
    'constructor',
    '1e3',
    '007',
    'TRUE',
    '#N/A',
    '[1]',
    '¹',
  ],
  ...[
    '60.4%',
    '433 79%',
    '1,850',
    '(13,000)',
    '£1,350.50',
    '30-40',
    'n/a',
    'TBC',
    '31/03/2026',
    'March 2026',
    'BCRPDA&V_15',
    '(ComS_012d)',
  ],
  ...[
    '😀',
    '👩‍🚒',
    'שלום',
    'مرحبا ٣',
    'e\u0301té',
    'Å',
    '\u00A0',
    '\u2009x\u2009',
    '\u202Ertl',
    '\uFEFF',
    '\u2028',
    '\uD83D',
    '\uFFFD',
    '１２',
  ],
  ...[marked('marked'), marked(''), 'Net', 'net effect', 'Budget 2025/26 £', 'extra 1', 'two\nlines', 'one\r\n\r\ntwo', '  ', ''],
];

/** Control characters stand in no Word document and no web page. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0e-\x1f\x7f-\x9f]/g;

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }).map((text) => text.replace(CONTROL, '')) },
);

/** A cell, a line, a title: mostly one thing, sometimes several. */
const text = fc.oneof(
  { weight: 4, arbitrary: word },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(word, { maxLength: 4 }), fc.constantFrom(' ', '\n', '\t', ''))
      .map(([words, between]) => words.join(between)),
  },
);

const narrative = fc
  .tuple(
    fc.array(
      fc.oneof(
        text,
        word.map((each) => `- ${each}`),
        word.map((each) => `a **${each}** b`),
      ),
      { maxLength: 5 },
    ),
    fc.constantFrom('\n', '\n\n', '\r\n'),
  )
  .map(([lines, between]) => lines.join(between));

const SECTION_HEADINGS: Record<SectionName, string[]> = {
  introduction: ['Introduction', 'INTRODUCTION:', '## Introduction'],
  background: ['Background', '2. Background'],
  performance: ['Business Plan – Performance Indicators and Key Tasks'],
  csi: ['CRITICAL SUCCESS INDICATORS (CSI)', 'Critical Success Indicator'],
  kpi: ['KEY PERFORMANCE INDICATORS (KPI)', '**Key performance indicators**'],
  actions: ['KEY TASKS AND PRIORITIES FOR IMPROVEMENT 2025/26', 'Key tasks and priorities for improvement <b>'],
  budget: ['LINK KEY TASKS AND PRIORITIES TO THE FINANCIAL BUDGETS', 'Linking key tasks to the budget'],
};

function sectionNamed(name: SectionName): fc.Arbitrary<NarrativeSection> {
  return fc.record({ name: fc.constant(name), heading: fc.constantFrom(...SECTION_HEADINGS[name]), text: narrative });
}

/** Column headings that are those of such a table. */
function headingsOf(kind: TableKind, first: string[], others: string[]): fc.Arbitrary<string[]> {
  const other = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...others) }, { weight: 1, arbitrary: text });
  return fc
    .tuple(fc.constantFrom(...first), fc.array(other, { minLength: 2, maxLength: 7 }))
    .map((headings) => headings.flat())
    .filter((headings) => headerKind(headings) === kind);
}

/**
 * Rows as long as the headings, or shorter, or longer; some blank, some headers by their words. An action's row is not shorter
 * where the table has a column that the product does not know: it stands in the rows only, where a blank cell and none are not
 * the same.
 */
function rowsOf(keys: string[], headings: string[], mayBeShort = true): fc.Arbitrary<Row[]> {
  const full = fc.array(text, { minLength: keys.length, maxLength: keys.length });
  const cells = fc.oneof(
    { weight: 6, arbitrary: full },
    { weight: mayBeShort ? 1 : 0, arbitrary: fc.array(text, { minLength: 1, maxLength: keys.length }) },
    { weight: 1, arbitrary: fc.tuple(full, fc.array(text, { maxLength: 2 })).map(([some, more]) => [...some, ...more, 'too many']) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom([], headings, ['Introduction'], ['Gross budget'])
        .map((some) => [...some, ...keys.slice(some.length).map(() => '')]),
    },
  );
  const row = cells.map((texts): Row => ({
    id: '',
    cells: Object.fromEntries(texts.map((each, index) => [keyAt(keys, index), each])),
  }));
  return fc.array(row, { minLength: mayBeShort ? 0 : 1, maxLength: 4 });
}

function keyAt(keys: string[], index: number): string {
  return keys[index] ?? `extra ${index - keys.length + 1}`;
}

const indicatorTable: fc.Arbitrary<IndicatorTable> = headingsOf(
  'indicators',
  ['Indicator Description (Code)', 'Measure', 'Description\nof the indicator', 'Code'],
  [
    'Achieved 2021/22',
    'Achieved 2022/23',
    'Actual 2023-24',
    'Target 2025/26',
    'Targets 2026\\27',
    'Future Years',
    'Owner/Comments',
    'Notes',
    'Notes',
  ],
).chain((headings) => {
  const columns = indicatorColumns(headings);
  return rowsOf(
    columns.map(({ key }) => key),
    headings,
  ).map((rows) => ({ columns, rows }));
});

const objective: fc.Arbitrary<CsiObjective> = fc
  .record({
    code: fc.constantFrom('CS1', 'CS 2', 'cs3a', 'HOU12'),
    name: text.map((each) => `Reduce ${each} crime`),
    table: indicatorTable,
  })
  .filter(({ code, name }) => {
    const heading = `${name} (${code})`;
    const read = objectiveIn(heading);
    return read?.code === code && read.name === name && sectionOpenedBy(heading) === null && fullPlanPartOpenedBy(heading) === null;
  });

const objectives = fc
  .tuple(fc.option(indicatorTable), fc.uniqueArray(objective, { maxLength: 2, selector: ({ code, name }) => `${code} ${name}` }))
  .map(([table, named]): CsiObjective[] => (table ? [{ code: '', name: '', table }, ...named] : named));

const actionTable: fc.Arbitrary<Omit<ActionTable, 'heading'>> = headingsOf(
  'actions',
  ['Action (Pentana Code)', 'Key tasks', 'Tasks'],
  ['Targeted Outcome', 'Partnership / Procurement', 'Officers Responsible / Target Date', 'Budget Implications', 'Comments', 'Notes', ''],
).chain((headings) => {
  const keys = actionColumnKeys(headings);
  const hasOthers = keys.some((key) => key.startsWith('other '));
  return rowsOf(keys, headings, !hasOthers).map((rows) => ({ headings: actionHeadings(headings, keys), rows }));
});

const footnote = fc
  .array(
    word.map((each) => `* ${each.replace(/[\r\n]+/g, ' ')}`),
    { maxLength: 2 },
  )
  .map((lines) => lines.join('\n'));

const budgetTable: fc.Arbitrary<BudgetTable> = headingsOf(
  'budget',
  ['Revenue and Capital Budget Implications *', 'Item', ''],
  ['Pentana Action Code', '2025/26 Budget £', 'Budget 2026/27', 'Budget 2026/27', 'Notes', ''],
).chain((headings) => {
  const columns = budgetColumns(headings);
  const rows = rowsOf(
    columns.map(({ key }) => key),
    headings,
  ).map((all) => all.map((row) => budgetRow(row, columns)));
  return fc.record({ columns: fc.constant(columns), rows, footnote });
});

const fullPlan: fc.Arbitrary<FullPlanParts> = fc.record({
  policies: narrative,
  serviceObjectives: narrative,
  baseline: narrative,
  managementIndicators: narrative,
  risks: narrative,
});

const NO_ACTIONS: Omit<ActionTable, 'heading'> = {
  headings: { action: '', outcome: '', partners: '', officers: '', comments: '' },
  rows: [],
};

/** A table with a section of its own, or loose. */
function withSection<Table>(
  name: SectionName,
  table: fc.Arbitrary<Table>,
): fc.Arbitrary<{ section: NarrativeSection | null; table: Table }> {
  return fc.record({ section: fc.option(sectionNamed(name), { freq: 4 }), table });
}

/**
 * Plans as reading gives them, whatever their texts: at least one table, with or without a heading of its own, the sections in
 * any order, the parts of the full plan behind. Texts are as odd as can be, but for control characters.
 */
export const anyPlan: fc.Arbitrary<BusinessPlan> = fc
  .record({
    title: text,
    before: fc.subarray<SectionName>(['introduction', 'background', 'performance']).chain((names) => fc.tuple(...names.map(sectionNamed))),
    opening: fc.option(narrative),
    csi: fc.option(withSection('csi', objectives)),
    kpi: fc.option(withSection('kpi', indicatorTable)),
    actions: fc.option(withSection('actions', actionTable)),
    budget: withSection('budget', budgetTable),
    fullPlan: fc.option(fullPlan, { nil: undefined }),
    order: fc.option(fc.infiniteStream(fc.nat(9)), { freq: 3 }),
  })
  .map(({ title, before, opening, csi, kpi, actions, budget, fullPlan: parts, order }) => {
    const headed = [...before, ...[csi, kpi, actions, budget].flatMap((each) => each?.section ?? [])];
    const places = new Map(headed.map((section) => [section, Number(order?.next().value ?? 0)]));
    return withIds({
      title,
      sections: [
        ...(opening && opening.trim() !== '' ? [{ name: 'introduction' as const, heading: '', text: opening }] : []),
        ...headed.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)),
      ],
      // Only the section's heading tells that a table without an objective is not one of key performance indicators.
      objectives: csi?.table.filter(({ name }) => name !== '' || csi.section !== null) ?? [],
      kpis: kpi?.table ?? { columns: [], rows: [] },
      actions: { heading: actions?.section?.heading ?? '', ...(actions?.table ?? NO_ACTIONS) },
      budget: budget.section ? budget.table : { ...budget.table, footnote: '' },
      ...(parts && { fullPlan: parts }),
    });
  });

function withIds(plan: BusinessPlan): BusinessPlan {
  const { objectives, kpis, actions, budget } = plan;
  const rows = [...objectives.flatMap(({ table }) => table.rows), ...kpis.rows, ...actions.rows, ...budget.rows];
  rows.forEach((row, index) => Object.assign(row, { id: `row-${index + 1}` }));
  return plan;
}
