/** A row with more or fewer cells than its table has columns. */
import { ACTION_COLUMNS, type BusinessPlan, type Row } from '../business-plan.js';
import type { Rule } from '../finding.js';
import { type Place, placeOfAction, placeOfIndicator } from '../plan-rows.js';

export const wrongNumberOfCells: Rule = {
  name: 'wrong-number-of-cells',
  severity: 'error',
  title: 'A row with too many or too few cells',
  explanation:
    'Where a row has not as many cells as its table has columns, a figure may stand under the wrong year. The row is kept as it came; only someone who knows it can say which cell belongs where.',
  check: (plan) => rowsWithColumns(plan).flatMap(({ row, keys, place }) => complaint(row, keys).map((message) => ({ ...place, message }))),
};

interface RowWithColumns {
  row: Row;
  keys: readonly string[];
  place: Place;
}

function rowsWithColumns(plan: BusinessPlan): RowWithColumns[] {
  const indicators = [...plan.objectives.map(({ table }) => table), plan.kpis].flatMap(({ columns, rows }) =>
    rows.map((row) => ({ row, keys: columns.map(({ key }) => key), place: placeOfIndicator(row, null) })),
  );
  const actionKeys = ACTION_COLUMNS.filter((key) => plan.actions.headings[key] !== '');
  const actions = plan.actions.rows.map((row) => ({ row, keys: actionKeys, place: placeOfAction(row, null) }));
  const budgetKeys = plan.budget.columns.map(({ key }) => key);
  const budget = plan.budget.rows.map((row) => ({ row, keys: budgetKeys, place: { ...placeOfAction(row, null), code: null } }));
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
