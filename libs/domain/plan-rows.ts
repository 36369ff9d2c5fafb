/** The rows of a plan's tables, each with what one must know to speak of it. */
import type { BusinessPlan, Column, CsiObjective, Row } from './business-plan.js';
import { actionCodeOf, indicatorCodesOf } from './codes.js';
import { plainText } from './plain-text.js';

export interface IndicatorRow {
  row: Row;
  columns: Column[];
  /** The objective that a CSI stands under; null for a KPI. */
  objective: CsiObjective | null;
}

/** Every indicator row in the order of the document: the objectives' CSIs, then the KPIs. */
export function indicatorRowsOf(plan: BusinessPlan): IndicatorRow[] {
  const csi = plan.objectives.flatMap((objective) =>
    objective.table.rows.map((row) => ({ row, columns: objective.table.columns, objective })),
  );
  return [...csi, ...plan.kpis.rows.map((row) => ({ row, columns: plan.kpis.columns, objective: null }))];
}

/** The first financial year that the plan is for: that of its latest target column, else of its budget; null if none says. */
export function firstYearOf(plan: BusinessPlan): string | null {
  const targets = [...plan.objectives.map(({ table }) => table), plan.kpis].flatMap(({ columns }) => yearsOf('target', columns));
  return targets.sort().at(-1) ?? yearsOf('budgetYear', plan.budget.columns)[0] ?? null;
}

/** The last financial year that the plan is for: that of its latest budget column; null if none says. */
export function lastYearOf(plan: BusinessPlan): string | null {
  return yearsOf('budgetYear', plan.budget.columns).at(-1) ?? null;
}

function yearsOf(kind: Column['kind'], columns: Column[]): string[] {
  return columns.flatMap((column) => (column.kind === kind && column.year ? [column.year] : [])).sort();
}

/** Where a finding about a row points. */
export interface Place {
  line: number | null;
  code: string | null;
  column: string | null;
  rowId: string | null;
}

/** A place in an action's row; column null for the whole row. The code is what the row alone says unless its table's is given. */
export function placeOfAction(row: Row, column: string | null, code: string | null = actionCodeOf(row)): Place {
  return { line: row.line ?? null, code, column, rowId: row.id };
}

/** A place in an indicator's row; the code is the row's first unless a measure's own is given. */
export function placeOfIndicator(row: Row, column: string | null, code?: string | null): Place {
  return { line: row.line ?? null, code: code === undefined ? (indicatorCodesOf(row)[0] ?? null) : code, column, rowId: row.id };
}

/** How a sentence names a row: its code, else the beginning of its text in quotation marks. */
export function nameOf(code: string | null, text: string): string {
  if (code) return shortened(code);
  const words = plainText(text);
  return words === '' ? 'this row' : `“${shortened(words)}”`;
}

/** The beginning of a text that is too long for a sentence. */
export function shortened(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length - 3).trimEnd()}…` : text;
}

/** Whether every cell of a row is blank; a dash says something. */
export function isEmptyRow({ cells }: Row): boolean {
  return Object.values(cells).every((text) => plainText(text) === '');
}
