/** Rows and columns that a table should not have: empty rows, columns that the product does not know, too many or too few cells. */
import { ACTION_COLUMNS, type BusinessPlan, type Column, type Row } from '../business-plan.js';
import { isCodeColumn } from '../codes.js';
import type { Found, Rule } from '../finding.js';
import { isDateColumn } from '../parse-date.js';
import { plainText } from '../plain-text.js';
import { isEmptyRow, placeOfAction, placeOfIndicator, type Place } from '../plan-rows.js';

export const emptyRow: Rule = {
  name: 'empty-row',
  severity: 'note',
  title: 'A row in which nothing stands',
  explanation: 'An empty row is mostly left over from the word processor. It says nothing, and is counted as a row nevertheless.',
  check: ({ emptyRows }) =>
    emptyRows.map(({ place, table }) => ({ ...place, message: `A row of ${table} is empty. Remove it, or write what belongs there.` })),
};

export const unknownColumn: Rule = {
  name: 'unknown-column',
  severity: 'note',
  title: 'A column that Plancycle does not know',
  explanation:
    'The column is kept, shown and written like the others, but nothing is worked out from it. If it is a target, a result or a budget, its heading needs the word and the year, such as “Target 2025/26”.',
  check: ({ plan }) => [
    ...plan.objectives.flatMap(({ code, table }) =>
      unknownIn(table.columns, code, `the table of ${code || 'critical success indicators'}`),
    ),
    ...unknownIn(plan.kpis.columns, null, 'the table of key performance indicators'),
    ...unknownIn(plan.budget.columns, null, 'the budget table'),
    ...unknownIn(columnsOfActions(plan), null, 'the table of actions'),
  ],
};

type KnownHeading = Pick<Column, 'key' | 'kind' | 'heading' | 'line'>;

function unknownIn(columns: readonly KnownHeading[], code: string | null, table: string): Found[] {
  return columns
    .filter(({ kind }) => kind === 'other')
    .map(({ key, heading, line }) => {
      const message = `The column “${plainText(heading)}” of ${table} is kept, but nothing is worked out from it. If it holds figures of a year, say in its heading which.`;
      return { line: line ?? null, code, column: key, rowId: null, message };
    });
}

/** The columns of actions beside the five; one that holds codes or dates is understood. */
function columnsOfActions({ actions }: BusinessPlan): KnownHeading[] {
  const keys = [...new Set(actions.rows.flatMap(({ cells }) => Object.keys(cells)))];
  return keys
    .filter((key) => key.startsWith('other ') && !isCodeColumn(key) && !isDateColumn(key))
    .map((key) => ({ key, kind: 'other', heading: key.slice('other '.length) }));
}

export const wrongNumberOfCells: Rule = {
  name: 'wrong-number-of-cells',
  severity: 'note',
  title: 'A row with too many or too few cells',
  explanation:
    'Where a row has not as many cells as its table has columns, a figure may stand under the wrong year. The row is kept as it came; only someone who knows it can say which cell belongs where.',
  check: ({ plan }) =>
    rowsWithColumns(plan)
      .filter(({ row }) => !isEmptyRow(row))
      .flatMap(({ row, keys, place }) => complaint(row, keys).map((message) => ({ ...place, message }))),
};

interface RowWithColumns {
  row: Row;
  keys: readonly string[];
  place: Place;
}

function rowsWithColumns(plan: BusinessPlan): RowWithColumns[] {
  const indicators = [...plan.objectives.map(({ table }) => table), plan.kpis].flatMap(({ columns, rows }) => {
    const keys = columns.map(({ key }) => key);
    return rows.map((row) => ({ row, keys, place: placeOfIndicator(row, null) }));
  });
  const actionKeys = ACTION_COLUMNS.filter((key) => plan.actions.headings[key] !== '');
  const actions = plan.actions.rows.map((row) => ({ row, keys: actionKeys, place: placeOfAction(row, null) }));
  const budgetKeys = plan.budget.columns.map(({ key }) => key);
  const budget = plan.budget.rows.map((row) => ({ row, keys: budgetKeys, place: placeOfAction(row, null, null) }));
  return [...indicators, ...actions, ...budget];
}

function complaint(row: Row, keys: readonly string[]): string[] {
  const present = Object.keys(row.cells).filter((key) => !key.startsWith('other '));
  const expected = keys.filter((key) => !key.startsWith('other '));
  const missing = expected.filter((key) => !present.includes(key));
  if (missing.length === 0 && present.every((key) => expected.includes(key))) return [];
  return [
    `This row has ${present.length} cells where its table has ${expected.length} columns, so a text may stand in the wrong column. Compare it with the document and put each text in its place.`,
  ];
}
