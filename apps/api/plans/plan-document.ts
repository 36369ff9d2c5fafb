/** A plan's text in the order of the document, ready to be shown: each section with the tables that stand in it. */
import {
  FULL_PLAN_PART_TITLES,
  FULL_PLAN_PARTS,
  type BusinessPlan,
  type Column,
  type FullPlanPart,
  type FullPlanParts,
  type Row,
} from '../../../libs/domain/business-plan.js';
import { inDocumentOrder, rowKind, rowName, type PlanTable, type TableColumn, type TableKind } from '../../../libs/domain/plan-tables.js';
import { breakInWords, isMeasuredOtherwise } from '../../../libs/domain/series-break.js';
import { rowOrigins, type TextOrigins } from './plan-origins.js';

export interface ShownRow {
  id: string;
  /** How people call the row. */
  name: string;
  kind: 'heading' | 'line' | 'net';
  /** In the order of the columns. */
  cells: string[];
  /** What is told about a cell beside its text, '' for nothing; in the order of the columns. */
  words: string[];
  /** Whether a figure was measured otherwise than the row's description says now; in the order of the columns. */
  otherwise: boolean[];
  /** The place of the first figure beyond the break in such a row; null where the series is whole. */
  breakAt: number | null;
  /** Where the cells came from, where that is shown. */
  origins: { lines: string[]; href: string | null } | null;
}

export interface ShownTable {
  id: string;
  kind: TableKind;
  caption: string;
  columns: (TableColumn & { isFigure: boolean; isWide: boolean })[];
  rows: ShownRow[];
  /** Under the table, '' if none. */
  footnote: string;
  /** A sentence for each row whose earlier figures were measured otherwise. */
  breaks: string[];
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

/** What is shown besides the text itself. */
export interface ShownBesides {
  /** What is told about a cell, '' for nothing. */
  wordsFor?: (rowId: string, column: string) => string;
  /** Where every cell came from. */
  origins?: TextOrigins;
}

/** The sections of a plan with their tables, as they are shown. */
export function documentOf(content: BusinessPlan, besides: ShownBesides = {}): ShownSection[] {
  return inDocumentOrder(content).map(({ index, section, tables }) => ({
    index,
    heading: section?.heading ?? '',
    text: section?.text ?? '',
    tables: tables.map((table) => shownTable(table, content, besides)),
  }));
}

/** The parts of the full plan with their titles, in order. */
export function partsOf(parts: FullPlanParts): { name: FullPlanPart; title: string; text: string }[] {
  return FULL_PLAN_PARTS.map((name) => ({ name, title: FULL_PLAN_PART_TITLES[name], text: parts[name] }));
}

function shownTable(table: PlanTable, content: BusinessPlan, besides: ShownBesides): ShownTable {
  const { id, kind, caption, columns } = table;
  const known = indicatorColumns(content, id);
  const rows = table.rows.map((row) => shownRow(table, row, known, besides));
  return {
    id,
    kind,
    caption,
    columns: columns.map((column) => ({ ...column, isFigure: FIGURES.includes(column.kind), isWide: WIDE.includes(column.kind) })),
    rows,
    footnote: kind === 'budget' ? content.budget.footnote : '',
    breaks: table.rows.flatMap(({ definedSince }, index) =>
      rows[index]?.otherwise.includes(true) ? [breakInWords(rows[index].name, definedSince ?? '')] : [],
    ),
  };
}

/** The columns of an indicator table with their years; none for another table. */
function indicatorColumns(content: BusinessPlan, tableId: string): Column[] {
  if (tableId === 'kpi') return content.kpis.columns;
  return content.objectives.find((_objective, index) => tableId === `csi-${index + 1}`)?.table.columns ?? [];
}

function shownRow(table: PlanTable, row: Row, known: readonly Column[], { wordsFor, origins }: ShownBesides): ShownRow {
  const { columns } = table;
  const otherwise = columns.map(({ key }) => known.some((column) => column.key === key && isMeasuredOtherwise(row, column)));
  const isFigure = columns.map(({ kind }) => FIGURES.includes(kind));
  const breakAt = otherwise.findIndex((is, index) => index > 0 && isFigure[index] && isFigure[index - 1] && is !== otherwise[index - 1]);
  return {
    id: row.id,
    name: rowName({ table, row }),
    kind: rowKind(row),
    cells: columns.map(({ key }) => row.cells[key] ?? ''),
    words: columns.map(({ key }) => wordsFor?.(row.id, key) ?? ''),
    otherwise,
    breakAt: breakAt < 0 ? null : breakAt,
    origins: origins ? rowOrigins(origins, table, row.id) : null,
  };
}
