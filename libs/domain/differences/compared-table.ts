/** The tables of two plans as they are compared: which belong together, and which of their rows did not change. */
import type { BusinessPlan, CsiObjective, Row } from '../business-plan.js';
import { plainText } from '../plain-text.js';
import { tablesOf, type PlanTable, type TableColumn, type TableKind } from '../plan-tables.js';

/** A table whose columns are those that its document had: cells beyond the last heading stand under none. */
export interface ComparedTable extends PlanTable {
  /** Of a table of critical success indicators. */
  objective: CsiObjective | null;
}

/** A table in both plans, or in one of them. */
export interface TablePair {
  before: ComparedTable | null;
  after: ComparedTable | null;
  /** The keys of the columns that only one of the two has: these are told as columns, and their cells not one by one. */
  oneSided: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Two tables that belong together. */
export function tablePair(before: ComparedTable | null, after: ComparedTable | null): TablePair {
  if (haveSameColumns({ before, after })) return { before, after, oneSided: NOTHING };
  const keysOf = (table: ComparedTable | null): string[] => table?.columns.map(({ key }) => key) ?? [];
  const [earlier, later] = [keysOf(before), keysOf(after)];
  const only = [...earlier.filter((key) => !later.includes(key)), ...later.filter((key) => !earlier.includes(key))];
  return { before, after, oneSided: new Set(only) };
}

/** Whether two tables have the same columns with the same headings in the same order: most versions of a plan have. */
export function haveSameColumns({ before, after }: Pick<TablePair, 'before' | 'after'>): boolean {
  if (!before || !after || before.columns.length !== after.columns.length) return false;
  return before.columns.every(({ key, heading }, index) => {
    const column = after.columns[index]!;
    return key === column.key && heading === column.heading;
  });
}

/** The kind of a pair's tables. */
export function kindOf({ before, after }: TablePair): TableKind {
  return (after ?? before)!.kind;
}

/** The tables of a plan in the order of the document. */
export function comparedTables(plan: BusinessPlan): ComparedTable[] {
  const { objectives, kpis, actions, budget } = plan;
  const rowsOf = [...objectives.map(({ table }) => table.rows), kpis.rows, actions.rows, budget.rows];
  return tablesOf(withoutRows(plan)).map((table, index): ComparedTable => {
    const rows = rowsOf[index] ?? [];
    const columns = table.kind === 'actions' ? actionColumns(table.columns, rows) : table.columns;
    return { ...table, columns, rows, objective: table.kind === 'csi' ? (objectives[index] ?? null) : null };
  });
}

/** For what the tables and their columns are called no row need be looked at. */
function withoutRows(plan: BusinessPlan): BusinessPlan {
  return {
    ...plan,
    objectives: plan.objectives.map((objective) => ({ ...objective, table: { columns: objective.table.columns, rows: [] } })),
    kpis: { columns: plan.kpis.columns, rows: [] },
    actions: { ...plan.actions, rows: [] },
    budget: { ...plan.budget, rows: [] },
  };
}

/**
 * Actions keep five headings; one that is blank stands for a column that the document lacked, unless it holds a text. The columns
 * that the document had besides are known by their cells alone.
 */
function actionColumns(five: readonly TableColumn[], rows: readonly Row[]): TableColumn[] {
  const isWritten = (key: string): boolean => rows.some(({ cells }) => (cells[key] ?? '').trim() !== '');
  const others = new Set<string>();
  for (const { cells } of rows) for (const key in cells) if (key.startsWith('other ')) others.add(key);
  return [
    ...five.filter(({ key, heading }) => heading.trim() !== '' || isWritten(key)),
    ...[...others].map((key): TableColumn => ({ key, heading: fieldOfUnknown(key), kind: 'other' })),
  ];
}

/** What a column is called that the product does not know: its heading, or 'extra 1' where it has none. */
export function fieldOfUnknown(key: string): string {
  return plainText(key.replace(/^other /, '')) || plainText(key);
}

/** A row with its table and its place in it, from 0. */
export interface RowPlace {
  row: Row;
  table: ComparedTable;
  index: number;
}

/** The rows of a table in their order. */
export function placesIn(table: ComparedTable | null): RowPlace[] {
  return table ? table.rows.map((row, index) => ({ row, table, index })) : [];
}

/** The key of the cell that says what a row is about. */
export const FIRST_CELL: Record<TableKind, string> = { csi: 'description', kpi: 'description', actions: 'action', budget: 'text' };

/** The cell that says what a row is about, as written. */
export function firstCell({ row, table }: RowPlace): string {
  return row.cells[FIRST_CELL[table.kind]] ?? '';
}

/** Two texts of one row that are the same to the character in every cell. */
export interface UnchangedRows {
  /** For each later row the index of the earlier row; -1 where that is still to be found. */
  earlier: Int32Array;
  /** For each earlier row the index of the later one, likewise. */
  later: Int32Array;
}

/** How many rows are looked ahead for where two lists go on alike. */
const LOOK_AHEAD = 8;

/**
 * The rows that did not change but for columns that only one plan has, found by going through both lists side by side. It saves reading the many rows that nobody
 * touched; rows that stand far from where they stood are left to those who look at what rows say, and so is a budget table in
 * which anything changed: what its lines say depends on the rows above them.
 */
export function unchangedRows({ before, after, oneSided }: TablePair): UnchangedRows {
  const [was, is] = [before?.rows ?? [], after?.rows ?? []];
  const found = { earlier: new Int32Array(is.length).fill(-1), later: new Int32Array(was.length).fill(-1) };
  const first = before ? FIRST_CELL[before.kind] : '';
  for (let one = 0, other = 0; one < was.length && other < is.length;) {
    const skip = isSame(was[one]!, is[other]!, oneSided) ? null : rowsToSkip(was, is, { one, other }, first);
    if (skip === null) {
      found.earlier[other] = one;
      found.later[one] = other;
    }
    if (!skip || skip > 0) one += skip || 1;
    if (!skip || skip < 0) other -= skip || -1;
  }
  if (before?.kind === 'budget' && (found.earlier.includes(-1) || found.later.includes(-1))) {
    found.earlier.fill(-1);
    found.later.fill(-1);
  }
  return found;
}

/** Above 0: so many earlier rows; below 0: so many later ones; 0 where both lists go on with the next row. */
function rowsToSkip(was: readonly Row[], is: readonly Row[], { one, other }: { one: number; other: number }, first: string): number {
  const [earlier, later] = [was[one]!.cells[first], is[other]!.cells[first]];
  if (earlier === later) return 0;
  for (let ahead = 1; ahead <= LOOK_AHEAD; ahead += 1) {
    if (was[one + ahead]?.cells[first] === later) return ahead;
    if (is[other + ahead]?.cells[first] === earlier) return -ahead;
  }
  return 0;
}

function isSame({ cells: was }: Row, { cells: is }: Row, oneSided: ReadonlySet<string>): boolean {
  if (was === is) return true;
  let more = 0;
  for (const key in is) {
    if (was[key] === is[key]) more += 1;
    else if (!oneSided.has(key)) return false;
  }
  for (const key in was) if (oneSided.size === 0 || !oneSided.has(key)) more -= 1;
  return more === 0;
}
