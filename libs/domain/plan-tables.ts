/** Every table of a plan in one shape, in the order of the document: what pages show and people edit cell by cell. */
import {
  ACTION_COLUMNS,
  type BudgetRow,
  type BusinessPlan,
  type Column,
  type ColumnKind,
  type NarrativeSection,
  type Row,
  type SectionName,
} from './business-plan.js';
import { actionCodeOf, indicatorCodesOf } from './codes.js';

export type TableKind = 'csi' | 'kpi' | 'actions' | 'budget';

export interface TableColumn {
  /** The key of the column's cells. */
  key: string;
  /** The heading as written; a cell that stands under no heading gets one that says so. */
  heading: string;
  kind: ColumnKind | 'action';
}

export interface PlanTable {
  /** 'csi-1' for the first objective's table, 'kpi', 'actions' or 'budget'. */
  id: string;
  kind: TableKind;
  /** What the table is called where it stands alone. */
  caption: string;
  columns: TableColumn[];
  rows: Row[];
}

/** The tables of a plan; the rows are the plan's own. */
export function tablesOf(plan: BusinessPlan): PlanTable[] {
  const objectives = plan.objectives.map(({ code, name, table }, index) =>
    asTable(`csi-${index + 1}`, 'csi', code && name ? `${name} (${code})` : name || code || 'Critical success indicators', table),
  );
  return [
    ...objectives,
    asTable('kpi', 'kpi', 'Key performance indicators', plan.kpis),
    asTable('actions', 'actions', plan.actions.heading || 'Key tasks and priorities for improvement', {
      columns: ACTION_COLUMNS.map((key) => ({ key, heading: plan.actions.headings[key], kind: 'action' })),
      rows: plan.actions.rows,
    }),
    asTable('budget', 'budget', 'Link of key tasks to the financial budgets', plan.budget),
  ];
}

function asTable(id: string, kind: TableKind, caption: string, table: { columns: TableColumn[] | Column[]; rows: Row[] }): PlanTable {
  const columns = table.columns.map(({ key, heading, kind: of }) => ({ key, heading, kind: of }));
  const known = new Set(columns.map(({ key }) => key));
  const strays = [...new Set(table.rows.flatMap(({ cells }) => Object.keys(cells)))].filter((key) => !known.has(key));
  const others = strays.map((key): TableColumn => ({ key, heading: `Without a heading (${key})`, kind: 'other' }));
  return { id, kind, caption, columns: [...columns, ...others], rows: table.rows };
}

/** A section with the tables that stand in it. */
export interface SectionWithTables {
  /** From 0, in the plan's own order; null where tables stand without a section. */
  index: number | null;
  section: NarrativeSection | null;
  tables: PlanTable[];
}

const TABLES_IN: Partial<Record<SectionName, TableKind>> = { csi: 'csi', kpi: 'kpi', actions: 'actions', budget: 'budget' };

/** A plan as a document: a table stands at the end of the last section of its name; without one, after all of them. */
export function inDocumentOrder(plan: BusinessPlan): SectionWithTables[] {
  const tables = tablesOf(plan);
  const sections = plan.sections.map((section, index): SectionWithTables => {
    const kind = TABLES_IN[section.name];
    const isLast = !plan.sections.slice(index + 1).some(({ name }) => name === section.name);
    return { index, section, tables: kind && isLast ? tables.filter((table) => table.kind === kind) : [] };
  });
  const placed = new Set(sections.flatMap(({ tables: inside }) => inside));
  const left = tables.filter((table) => !placed.has(table));
  return left.length > 0 ? [...sections, { index: null, section: null, tables: left }] : sections;
}

/** A row with the table it stands in. */
export interface RowInTable {
  table: PlanTable;
  row: Row;
}

/** The row with this id, or null. */
export function findRow(plan: BusinessPlan, rowId: string): RowInTable | null {
  for (const table of tablesOf(plan)) {
    const row = table.rows.find(({ id }) => id === rowId);
    if (row) return { table, row };
  }
  return null;
}

/** How people call a row: its code, else the beginning of its first words. */
export function rowName({ table, row }: RowInTable): string {
  const code = table.kind === 'actions' ? actionCodeOf(row) : table.kind === 'budget' ? null : indicatorCodesOf(row)[0];
  if (code) return code;
  const words = (row.cells[table.columns[0]?.key ?? ''] ?? '').trim();
  if (words === '') return 'this row';
  return words.length > 60 ? `${words.slice(0, 57)}…` : words;
}

/** Whether a budget row is a heading or the net line; other rows are lines. */
export function rowKind(row: Row): BudgetRow['kind'] {
  return 'kind' in row ? (row as BudgetRow).kind : 'line';
}
