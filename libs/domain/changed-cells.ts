/** What differs between two texts of one plan, cell by cell: what a reviewer reads before anything else (product.md, row 19). */
import type { BusinessPlan } from './business-plan.js';
import { rowName, tablesOf, type PlanTable, type RowInTable, type TableColumn } from './plan-tables.js';

/** One cell that is not as it was; '' stands for a blank. */
export interface ChangedCell {
  /** The column's heading as written. */
  heading: string;
  before: string;
  after: string;
}

/** One row, or one piece of narrative, that is not as it was. An added or removed row has its cells with a text. */
export interface ChangedRow {
  /** How people call it. */
  name: string;
  /** The table or section that it stands in. */
  place: string;
  kind: 'changed' | 'added' | 'removed';
  cells: ChangedCell[];
}

/**
 * The rows and narrative of a plan that differ from an earlier text of it, in the order of the document; a removed row stands
 * after the rows of its table. Rows are matched by their ids, which stay with them, and cells by their columns' keys.
 */
export function changedRows(before: BusinessPlan, after: BusinessPlan): ChangedRow[] {
  const earlier = rowsById(before);
  const later = rowsById(after);
  const texts = after.sections.flatMap((section, index): ChangedRow[] => {
    const was = before.sections[index]?.text ?? '';
    if (was === section.text) return [];
    return [{ name: 'Text', place: section.heading, kind: 'changed', cells: [{ heading: 'Text', before: was, after: section.text }] }];
  });
  const removedFrom = (table: PlanTable): ChangedRow[] =>
    [...earlier].filter(([id, found]) => found.table.id === table.id && !later.has(id)).map(([, found]) => changeOf(found, null));
  const rows = tablesOf(after).flatMap((table) => [
    ...table.rows.map((row) => changeOf(earlier.get(row.id) ?? null, { table, row })),
    ...removedFrom(table),
  ]);
  return [...texts, ...rows.filter(({ cells }) => cells.length > 0)];
}

function changeOf(before: RowInTable | null, after: RowInTable | null): ChangedRow {
  const found = (after ?? before)!;
  const cells = columnsOf(before, after).flatMap(({ key, heading }): ChangedCell[] => {
    const [was, is] = [before?.row.cells[key] ?? '', after?.row.cells[key] ?? ''];
    return was === is ? [] : [{ heading, before: was, after: is }];
  });
  return { name: rowName(found), place: found.table.caption, kind: !before ? 'added' : after ? 'changed' : 'removed', cells };
}

/** The columns of the later table, then those that only the earlier one has. */
function columnsOf(before: RowInTable | null, after: RowInTable | null): TableColumn[] {
  const now = after?.table.columns ?? [];
  const only = (before?.table.columns ?? []).filter(({ key }) => !now.some((column) => column.key === key));
  return [...now, ...only];
}

function rowsById(plan: BusinessPlan): Map<string, RowInTable> {
  return new Map(tablesOf(plan).flatMap((table) => table.rows.map((row) => [row.id, { table, row }] as const)));
}
