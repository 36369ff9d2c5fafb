/** Next year's plan made from this year's: columns a year on, codes kept, and every change listed for the people who check it. */
import type { BudgetTable, BusinessPlan, Column, IndicatorTable, Row } from './business-plan.js';
import { actionCodesIn, indicatorCodesOf, isNew, withoutNewMark } from './codes.js';
import { DomainError } from './domain-error.js';
import { currentYearOf, nextYear, parseFinancialYear, previousYear, quarterEnd } from './financial-year.js';
import { measuresOf } from './parse-cell.js';
import { targetDateOf } from './parse-date.js';
import { parseFigure } from './parse-figure.js';
import { plainText } from './plain-text.js';
import { firstYearOf, nameOf, type Place, placeOfAction, placeOfIndicator } from './plan-rows.js';
import {
  isBegun,
  proposesNothing,
  rollBudgetColumns,
  rollCells,
  rollIndicatorColumns,
  type RolledColumn,
  type RolledColumns,
} from './roll-columns.js';
import { definedSinceRolled, withDefinedSince } from './series-break.js';
import { withYearsMovedOn } from './years-in-text.js';

export type RollForwardChangeKind =
  | 'heading-moved' // a title or heading that names years names the next ones
  | 'column-moved' // a target of a closed year makes room for its result
  | 'column-dropped'
  | 'figure-wanted' // a year's result or budget is blank until it is known
  | 'target-proposed' // the "Future Years" figure stands as the new target, to be confirmed
  | 'target-wanted' // there is no such figure, so the new target is blank
  | 'new-cleared'
  | 'removal-proposed';

/** One thing that rolling forward did or proposes. */
export interface RollForwardChange {
  kind: RollForwardChangeKind;
  /** The table as `tablesOf` names it, 'csi-1'; null where the plan is meant. */
  table: string | null;
  /** null where a whole table or the plan is meant. */
  rowId: string | null;
  code: string | null;
  /** The key of the column in the new plan; of a dropped one, in the old. */
  column: string | null;
  /** For people. */
  sentence: string;
}

/** A table's columns before and after. */
export interface RolledTable extends RolledColumns {
  /** As `tablesOf` names it. */
  id: string;
  /** For people, to stand behind "the table of": "CS1". */
  name: string;
}

export interface RolledForward {
  /** The first year of the plan that was rolled forward, '2025/26'. */
  from: string;
  plan: BusinessPlan;
  /** The tables that have columns of years. */
  tables: RolledTable[];
  changes: RollForwardChange[];
}

export interface RollForwardOptions {
  /** The new plan's first financial year, '2026/27': the year after the old one's. */
  to: string;
  /** Actions due on or before this day are proposed for removal; 30 September before the new year unless given. */
  finishedBy?: string | undefined;
}

/**
 * Rolls a plan forward by one year (domain.md, section f). Results move into "Achieved" only as figures, never as targets: the
 * closed year's column is blank. No action is removed; those that should be finished are proposed for removal. Every cell of the
 * old plan is in the new one or in a column that the changes tell of. The old plan is left as it was.
 *
 * Throws DomainError('invalid') if `to` is no financial year or not the one after the plan's, or the plan names no years.
 */
export function rollForward(plan: BusinessPlan, { to, finishedBy }: RollForwardOptions): RolledForward {
  const from = yearBefore(plan, to);
  const tables = rolledTables(plan, from);
  const rolled = rolledPlan(plan, tables);
  const changes = [
    ...movedHeadings(plan, rolled),
    ...indicatorTables(plan).flatMap((table, index) => indicatorChanges(table, tables.indicators[index]!, from)),
    ...budgetChanges(tables.budget, from),
    ...newMarksCleared(plan),
    ...removalsProposed(plan, finishedBy ?? quarterEnd(from, 2)),
  ];
  return { from, plan: rolled, tables: [...tables.indicators, tables.budget], changes };
}

interface RolledTables {
  /** In the order of `indicatorTables`. */
  indicators: RolledTable[];
  budget: RolledTable;
}

function rolledTables(plan: BusinessPlan, from: string): RolledTables {
  const csi = plan.objectives.map(({ code, name, table }, index) => ({
    id: `csi-${index + 1}`,
    name: nameOf(code, name),
    ...rollIndicatorColumns(table.columns, from),
  }));
  const kpi = { id: 'kpi', name: 'key performance indicators', ...rollIndicatorColumns(plan.kpis.columns, from) };
  const budget = { id: 'budget', name: 'budgets', ...rollBudgetColumns(plan.budget.columns) };
  return { indicators: [...csi, kpi], budget };
}

function rolledPlan(plan: BusinessPlan, { indicators, budget }: RolledTables): BusinessPlan {
  return {
    ...plan,
    title: withYearsMovedOn(plan.title),
    sections: plan.sections.map((section) => ({ ...section, heading: withYearsMovedOn(section.heading) })),
    objectives: plan.objectives.map((objective, index) => ({ ...objective, table: rollIndicators(objective.table, indicators[index]!) })),
    kpis: rollIndicators(plan.kpis, indicators.at(-1)!),
    actions: { ...plan.actions, heading: withYearsMovedOn(plan.actions.heading), rows: plan.actions.rows.map(startAfresh) },
    budget: rollBudget(plan.budget, budget),
  };
}

/**
 * The year that the plan begins in. Where several could be meant (targets for some years ahead, a title with another span), `to`
 * says which of them.
 */
function yearBefore(plan: BusinessPlan, to: string): string {
  const from = firstYearOf(plan);
  if (from === null)
    throw new DomainError(
      'invalid',
      'This plan has no column with a target or a budget year, so the year after it cannot be told. Add the years to its column headings.',
    );
  const meant = previousYear(parseFinancialYear(to));
  const targets = indicatorTables(plan).flatMap(({ columns }) => columns.flatMap(({ kind, year }) => (kind === 'target' ? [year] : [])));
  const budgetYears = plan.budget.columns.flatMap(({ kind, year }) => (kind === 'budgetYear' && year !== null ? [year] : []));
  const named = [budgetYears.sort()[0], startOfSpan(plan.title)];
  if (meant === from || (targets.includes(meant) && named.includes(meant))) return meant;
  throw new DomainError('invalid', `This plan begins in ${from}, so it can be rolled forward to ${nextYear(from)}, not to ${to}.`);
}

/** The objectives' tables, then that of the key performance indicators. */
function indicatorTables(plan: BusinessPlan): IndicatorTable[] {
  return [...plan.objectives.map(({ table }) => table), plan.kpis];
}

/** "Community Safety Business Plan 2025–2028" → '2025/26'. */
function startOfSpan(title: string): string | null {
  const start = /\b20\d\d\b/.exec(title)?.[0];
  return start ? currentYearOf(`${start}-04-01`) : null;
}

function rollIndicators(table: IndicatorTable, rolled: RolledTable): IndicatorTable {
  const columns = rolled.columns.map(({ column }) => column);
  const rows = table.rows.map((row) => {
    const afresh = startAfresh({ ...row, cells: rollCells(row, rolled, table.columns) });
    return withDefinedSince(afresh, definedSinceRolled(row, columns));
  });
  return { columns: columns.map(withoutLine), rows };
}

function rollBudget(budget: BudgetTable, rolled: RolledTable): BudgetTable {
  const rows = budget.rows.map((row) => ({ id: row.id, kind: row.kind, cells: rollCells(row, rolled, budget.columns) }));
  return { ...budget, columns: rolled.columns.map(({ column }) => withoutLine(column)), rows };
}

/** A row as the new year starts with it: its id kept, "(New)" gone, and where it was read forgotten. */
function startAfresh({ id, cells }: Row): Row {
  const named = (['action', 'description'] as const).filter((key) => cells[key] !== undefined);
  return { id, cells: { ...cells, ...Object.fromEntries(named.map((key) => [key, withoutNewMark(cells[key] ?? '')])) } };
}

function withoutLine({ line: _line, ...column }: Column): Column {
  return column;
}

function indicatorChanges(table: IndicatorTable, rolled: RolledTable, from: string): RollForwardChange[] {
  const begun = rolled.columns.filter(isBegun);
  const rows = table.rows.filter((row) => indicatorCodesOf(row).length > 0 || holdsFigures(row, table.columns));
  return [
    ...columnChanges(rolled, from),
    ...rows.flatMap((row) => begun.map((column) => ({ table: rolled.id, ...figureChange(row, column, table.columns, from) }))),
  ];
}

/** A row without a code whose figure cells are all blank is a heading among the rows: nothing is wanted of it. */
function holdsFigures(row: Row, columns: Column[]): boolean {
  return columns.some(({ key, kind, year }) => (year !== null || kind === 'futureYears') && plainText(row.cells[key] ?? '') !== '');
}

function columnChanges({ id, name, columns, dropped }: RolledTable, from: string): RollForwardChange[] {
  const of = { table: id, rowId: null, code: null };
  return [
    ...dropped.map(({ key, heading }): RollForwardChange => {
      const sentence = `The table of ${name} no longer shows “${plainText(heading)}”. Its figures stay in the plan for ${from}.`;
      return { kind: 'column-dropped', ...of, column: key, sentence };
    }),
    ...columns.flatMap(({ column, was }): RollForwardChange[] => {
      if (!was) return [];
      const change = `“${plainText(was.heading)}” is now “${plainText(column.heading)}”, blank until the results are known`;
      const sentence = `In the table of ${name}, ${change}. The targets stay in the plan for ${from}.`;
      return [{ kind: 'column-moved', ...of, column: column.key, sentence }];
    }),
  ];
}

type FigureChange = Omit<RollForwardChange, 'table'>;

function figureChange(row: Row, { column, filledFrom }: RolledColumn, old: Column[], from: string): FigureChange {
  const place = placeWithoutLine(placeOfIndicator(row, column.key));
  const codes = indicatorCodesOf(row);
  const several = codes.length > 1;
  const name = several ? inWords(codes) : subjectOf(place.code, row.cells.description ?? '');
  if (column.kind === 'achieved') {
    const aimed = old.find(({ kind, year }) => kind === 'target' && year === column.year);
    const was = aimed ? figuresInWords(row, aimed.key, old) : '';
    const reminder = was === '' ? '' : several ? ` Their targets were ${was}.` : ` Its target was ${was}.`;
    const wanted = several ? `the results for ${column.year} are wanted` : `the result for ${column.year} is wanted`;
    return { kind: 'figure-wanted', ...place, sentence: `${name}: ${wanted} before drafting.${reminder}` };
  }
  const proposed = filledFrom === null ? '' : figuresInWords(row, filledFrom, old);
  if (proposed === '') {
    const wanted = several ? `targets for ${column.year} are wanted` : `a target for ${column.year} is wanted`;
    const sentence = `${name}: ${wanted}; the plan for ${from} has no figure for future years.`;
    return { kind: 'target-wanted', ...place, sentence };
  }
  const are = several
    ? 'the figures for future years, are proposed as the targets'
    : 'the figure for future years, is proposed as the target';
  const confirm = several ? 'Confirm or change them.' : 'Confirm or change it.';
  return { kind: 'target-proposed', ...place, sentence: `${name}: ${proposed}, ${are} for ${column.year}. ${confirm}` };
}

/** A figure cell for a sentence: "1,735"; of a composite row "433 and 79%"; words in quotation marks; '' for none. */
function figuresInWords(row: Row, key: string, columns: Column[]): string {
  const raw = row.cells[key] ?? '';
  if (proposesNothing(raw)) return '';
  const figures = measuresOf(row, columns).map((measure) => measure.figures[key] ?? '');
  if (figures.length > 1 && figures.every((figure) => parseFigure(figure).kind === 'number')) return inWords(figures);
  return parseFigure(raw).kind === 'number' ? plainText(raw) : `“${plainText(raw)}”`;
}

function inWords(items: string[]): string {
  return new Intl.ListFormat('en-GB').format(items);
}

function budgetChanges(budget: RolledTable, from: string): RollForwardChange[] {
  const begun = budget.columns.filter(isBegun).map(({ column }): RollForwardChange => {
    const sentence = `The table of budgets now has ${column.year}, blank until its budgets are entered.`;
    return { kind: 'figure-wanted', table: budget.id, rowId: null, code: null, column: column.key, sentence };
  });
  return [...columnChanges(budget, from), ...begun];
}

function movedHeadings(old: BusinessPlan, rolled: BusinessPlan): RollForwardChange[] {
  const headings = (plan: BusinessPlan): string[] => [plan.title, ...plan.sections.map(({ heading }) => heading), plan.actions.heading];
  const moved = headings(old).flatMap((heading, index) => {
    const now = headings(rolled)[index] ?? '';
    return now === heading ? [] : [`“${heading}” is now “${now}”.`];
  });
  return [...new Set(moved)].map((sentence) => ({ kind: 'heading-moved', table: null, rowId: null, code: null, column: null, sentence }));
}

function newMarksCleared(plan: BusinessPlan): RollForwardChange[] {
  const csi = plan.objectives.flatMap(({ table }, index) => table.rows.map((row) => ({ table: `csi-${index + 1}`, row })));
  const indicators = [...csi, ...plan.kpis.rows.map((row) => ({ table: 'kpi', row }))].map((one) => ({
    ...one,
    place: placeOfIndicator(one.row, 'description'),
  }));
  const codes = actionCodesIn(plan.actions.rows);
  const actions = plan.actions.rows.map((row) => ({
    table: 'actions',
    row,
    place: placeOfAction(row, 'action', codes.get(row) ?? null),
  }));
  return [...indicators, ...actions]
    .filter(({ row }) => isNew(row))
    .map(({ table, row, place }) => ({
      kind: 'new-cleared',
      table,
      ...placeWithoutLine(place),
      sentence: `${subjectOf(place.code, withoutNewMark(row.cells[place.column ?? ''] ?? ''))} is no longer marked “(New)”.`,
    }));
}

function removalsProposed(plan: BusinessPlan, finishedBy: string): RollForwardChange[] {
  const codes = actionCodesIn(plan.actions.rows);
  return plan.actions.rows.flatMap((row): RollForwardChange[] => {
    const date = targetDateOf(row);
    if (date.kind !== 'date' || date.lastDay > finishedBy) return [];
    const code = codes.get(row) ?? null;
    const sentence = `${subjectOf(code, row.cells.action ?? '')} has the target date ${date.text}. If it is finished, remove it; if not, give it a new date.`;
    return [{ kind: 'removal-proposed', table: 'actions', ...placeWithoutLine(placeOfAction(row, null, code)), sentence }];
  });
}

/** How a sentence begins that is about a row. */
function subjectOf(code: string | null, text: string): string {
  return code === null && plainText(text) === '' ? 'A row without a description' : nameOf(code, text);
}

function placeWithoutLine({ rowId, code, column }: Place): Pick<RollForwardChange, 'rowId' | 'code' | 'column'> {
  return { rowId, code, column };
}
