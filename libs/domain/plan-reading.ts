/** A plan read once for all rules: its rows with their codes, measures and dates. Rows in which nothing stands are set apart. */
import type { BudgetRow, BusinessPlan, Column, Row } from './business-plan.js';
import { actionCodesIn, codeColumnOf, indicatorCodesOf } from './codes.js';
import { figureColumns, measuresOf, type Measure } from './parse-cell.js';
import { dateColumnOf, officersLinesOf, targetDateOf, type TargetDate } from './parse-date.js';
import { parseFigure, type Figure } from './parse-figure.js';
import { plainText } from './plain-text.js';
import { indicatorRowsOf, isEmptyRow, nameOf, placeOfAction, placeOfIndicator, type IndicatorRow, type Place } from './plan-rows.js';

/** A measure with what its figures say, by column key. */
export interface MeasureReading extends Measure {
  name: string;
  read: Readonly<Record<string, Figure>>;
}

export interface IndicatorReading extends IndicatorRow {
  table: 'csi' | 'kpi';
  codes: string[];
  name: string;
  /** The key of the cell that the codes stand in. */
  codeColumn: string;
  figureColumns: Column[];
  measures: MeasureReading[];
  /** The owner cell in one line. */
  owner: string;
  /** A place in the row; the code is the row's first unless a measure's own is given. */
  at: (column: string | null, code?: string | null) => Place;
}

export interface ActionReading {
  row: Row;
  code: string | null;
  name: string;
  codeColumn: string;
  date: TargetDate;
  /** The key of the cell that the date stands in, or should. */
  dateColumn: string;
  /** The officers cell without its date, its lines kept. */
  officers: string;
  at: (column: string | null) => Place;
}

export interface BudgetReading {
  row: BudgetRow;
  at: (column: string | null) => Place;
}

export interface PlanReading {
  plan: BusinessPlan;
  indicators: IndicatorReading[];
  actions: ActionReading[];
  budget: BudgetReading[];
  /** Rows in which nothing stands, with the name of their table. */
  emptyRows: { place: Place; table: string }[];
}

/** Reads a plan for the rules; the plan stays as it is. */
export function readingOf(plan: BusinessPlan): PlanReading {
  const indicators = indicatorRowsOf(plan);
  const codes = actionCodesIn(plan.actions.rows);
  const empty = (rows: readonly Row[], table: string): PlanReading['emptyRows'] =>
    rows.filter(isEmptyRow).map((row) => ({ place: { line: row.line ?? null, code: null, column: null, rowId: row.id }, table }));
  const indicatorsOf = (isCsi: boolean): Row[] =>
    indicators.filter(({ objective }) => (objective !== null) === isCsi).map(({ row }) => row);
  return {
    plan,
    indicators: indicators.filter(({ row }) => !isEmptyRow(row)).map(readIndicator),
    actions: plan.actions.rows.filter((row) => !isEmptyRow(row)).map((row) => readAction(row, codes.get(row) ?? null)),
    budget: plan.budget.rows.filter((row) => !isEmptyRow(row)).map(readBudgetRow),
    emptyRows: [
      ...empty(indicatorsOf(true), 'critical success indicators'),
      ...empty(indicatorsOf(false), 'key performance indicators'),
      ...empty(plan.actions.rows, 'actions'),
      ...empty(plan.budget.rows, 'the budget table'),
    ],
  };
}

function readIndicator(indicator: IndicatorRow): IndicatorReading {
  const { row, columns, objective } = indicator;
  const codes = indicatorCodesOf(row);
  const place = placeOfIndicator(row, null, codes[0] ?? null);
  return {
    ...indicator,
    table: objective ? 'csi' : 'kpi',
    codes,
    name: nameOf(place.code, row.cells.description ?? ''),
    codeColumn: row.cells.code === undefined ? 'description' : 'code',
    figureColumns: figureColumns(columns),
    measures: measuresOf(row, columns).map(readMeasure),
    owner: plainText(row.cells.owner ?? ''),
    at: (column, code = place.code) => ({ ...place, column, code }),
  };
}

function readMeasure(measure: Measure): MeasureReading {
  const read = Object.fromEntries(Object.entries(measure.figures).map(([key, raw]) => [key, parseFigure(raw)]));
  return { ...measure, name: nameOf(measure.code, measure.label), read };
}

function readAction(row: Row, code: string | null): ActionReading {
  return {
    row,
    code,
    name: nameOf(code, row.cells.action ?? ''),
    codeColumn: codeColumnOf(row),
    date: targetDateOf(row),
    dateColumn: dateColumnOf(row),
    officers: officersLinesOf(row),
    at: (column) => placeOfAction(row, column, code),
  };
}

function readBudgetRow(row: BudgetRow): BudgetReading {
  return { row, at: (column) => ({ line: row.line ?? null, code: null, column, rowId: row.id }) };
}
