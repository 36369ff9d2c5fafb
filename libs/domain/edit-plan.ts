/** Changing a draft: one row, or one piece of narrative, at a time. Each change gives a new plan and leaves the old one as it was. */
import type { BudgetRow, BusinessPlan, Cells, Row } from './business-plan.js';
import { DomainError } from './domain-error.js';
import { findRow, tablesOf, type PlanTable } from './plan-tables.js';

/**
 * The plan with some cells of one row written anew; cells that are not named stay. A cell beyond the last column is gone once its
 * text has been moved to where it belongs and it is left blank.
 * @throws DomainError 'not-found' if the plan has no such row, 'invalid' if its table has no such column
 */
export function withCells(plan: BusinessPlan, rowId: string, cells: Cells): BusinessPlan {
  const found = findRow(plan, rowId);
  if (!found) throw noSuchRow();
  requireColumns(found.table, cells);
  return inTable(plan, found.table.id, (rows) =>
    rows.map((row) => (row.id === rowId ? { ...row, cells: withoutBlankExtras({ ...row.cells, ...cells }) } : row)),
  );
}

/**
 * The plan with a row added at the end of a table; in the budget it stands before the net line.
 * @throws DomainError 'not-found' if there is no such table, 'invalid' if it has no such column or every cell is blank
 */
export function withRowAdded(plan: BusinessPlan, tableId: string, row: Row): BusinessPlan {
  const table = tablesOf(plan).find(({ id }) => id === tableId);
  if (!table) throw new DomainError('not-found', 'The plan has no such table.');
  requireColumns(table, row.cells);
  if (Object.values(row.cells).every((text) => text.trim() === ''))
    throw new DomainError('invalid', 'Write something in at least one cell of the new row.', [
      { pointer: `/cells/${escaped(table.columns[0]?.key ?? '')}`, detail: 'Write something in at least one cell' },
    ]);
  const blank = Object.fromEntries(table.columns.map(({ key }) => [key, '']));
  const filled = { ...row, cells: { ...blank, ...row.cells } };
  if (tableId !== 'budget') return inTable(plan, tableId, (rows) => [...rows, filled]);
  return inTable(plan, tableId, (rows) => {
    const net = rows.findIndex((one) => (one as BudgetRow).kind === 'net');
    const line: BudgetRow = { ...filled, kind: 'line' };
    return net < 0 ? [...rows, line] : rows.toSpliced(net, 0, line);
  });
}

/**
 * The plan without one row.
 * @throws DomainError 'not-found' if the plan has no such row
 */
export function withoutRow(plan: BusinessPlan, rowId: string): BusinessPlan {
  const found = findRow(plan, rowId);
  if (!found) throw noSuchRow();
  return inTable(plan, found.table.id, (rows) => rows.filter(({ id }) => id !== rowId));
}

/**
 * The plan with one section's narrative written anew.
 * @param index the section's place in the plan, from 0
 * @throws DomainError 'not-found' if there is no such section
 */
export function withSectionText(plan: BusinessPlan, index: number, text: string): BusinessPlan {
  const section = plan.sections[index];
  if (!section) throw new DomainError('not-found', 'The plan has no such section.');
  return { ...plan, sections: plan.sections.with(index, { ...section, text }) };
}

/** The tables are told apart by their place, as `tablesOf` names them. */
function inTable(plan: BusinessPlan, tableId: string, change: (rows: Row[]) => Row[]): BusinessPlan {
  switch (tableId) {
    case 'kpi':
      return { ...plan, kpis: { ...plan.kpis, rows: change(plan.kpis.rows) } };
    case 'actions':
      return { ...plan, actions: { ...plan.actions, rows: change(plan.actions.rows) } };
    case 'budget':
      return { ...plan, budget: { ...plan.budget, rows: change(plan.budget.rows) as BudgetRow[] } };
    default: {
      const objectives = plan.objectives.map((objective, index) =>
        tableId === `csi-${index + 1}` ? { ...objective, table: { ...objective.table, rows: change(objective.table.rows) } } : objective,
      );
      return { ...plan, objectives };
    }
  }
}

function withoutBlankExtras(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([key, text]) => !/^extra \d+$/.test(key) || text.trim() !== ''));
}

function requireColumns(table: PlanTable, cells: Cells): void {
  const unknown = Object.keys(cells).filter((key) => !table.columns.some((column) => column.key === key));
  if (unknown.length === 0) return;
  throw new DomainError(
    'invalid',
    'The table has no such column.',
    unknown.map((key) => ({ pointer: `/cells/${escaped(key)}`, detail: `There is no column “${key}” in this table` })),
  );
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function noSuchRow(): DomainError {
  return new DomainError('not-found', 'The plan has no such row any more. Somebody may have removed it.');
}
