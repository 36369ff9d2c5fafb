/** A plan's text in the order of the document, ready to be shown: each section with the tables that stand in it. */
import {
  FULL_PLAN_PART_TITLES,
  FULL_PLAN_PARTS,
  type BusinessPlan,
  type FullPlanPart,
  type FullPlanParts,
} from '../../../libs/domain/business-plan.js';
import { inDocumentOrder, rowKind, rowName, type PlanTable, type TableColumn, type TableKind } from '../../../libs/domain/plan-tables.js';

export interface ShownRow {
  id: string;
  /** How people call the row. */
  name: string;
  kind: 'heading' | 'line' | 'net';
  /** In the order of the columns. */
  cells: string[];
}

export interface ShownTable {
  id: string;
  kind: TableKind;
  caption: string;
  columns: (TableColumn & { isFigure: boolean; isWide: boolean })[];
  rows: ShownRow[];
  /** Under the table, '' if none. */
  footnote: string;
}

export interface ShownSection {
  /** From 0, in the plan's own order; null where tables stand without a section. */
  index: number | null;
  heading: string;
  text: string;
  tables: ShownTable[];
}

const FIGURES = ['achieved', 'target', 'futureYears', 'budgetYear'];
const WIDE = ['description', 'owner', 'budgetText', 'action'];

/** The sections of a plan with their tables, as they are shown. */
export function documentOf(content: BusinessPlan): ShownSection[] {
  return inDocumentOrder(content).map(({ index, section, tables }) => ({
    index,
    heading: section?.heading ?? '',
    text: section?.text ?? '',
    tables: tables.map((table) => shownTable(table, content)),
  }));
}

/** The parts of the full plan with their titles, in order. */
export function partsOf(parts: FullPlanParts): { name: FullPlanPart; title: string; text: string }[] {
  return FULL_PLAN_PARTS.map((name) => ({ name, title: FULL_PLAN_PART_TITLES[name], text: parts[name] }));
}

function shownTable(table: PlanTable, content: BusinessPlan): ShownTable {
  const { id, kind, caption, columns, rows } = table;
  return {
    id,
    kind,
    caption,
    columns: columns.map((column) => ({ ...column, isFigure: FIGURES.includes(column.kind), isWide: WIDE.includes(column.kind) })),
    rows: rows.map((row) => ({
      id: row.id,
      name: rowName({ table, row }),
      kind: rowKind(row),
      cells: columns.map(({ key }) => row.cells[key] ?? ''),
    })),
    footnote: kind === 'budget' ? content.budget.footnote : '',
  };
}
