/** Next year's plan made from this year's: columns a year on, codes kept, and every change listed for the people who check it. */
import type { BudgetTable, BusinessPlan, Column, IndicatorTable, Row } from './business-plan.js';
import { DomainError } from './domain-error.js';
import { nextYear, parseFinancialYear, quarterEnd } from './financial-year.js';
import { actionCodeOf, isNew, targetDateOf, withoutNewMark } from './parse-cell.js';
import { plainText } from './plain-text.js';
import { firstYearOf, indicatorRowsOf, nameOf, type Place, placeOfAction, placeOfIndicator } from './plan-rows.js';
import { rollBudgetColumns, rollCells, rollIndicatorColumns } from './roll-columns.js';
import { withYearsMovedOn } from './years-in-text.js';

export type RollForwardChangeKind =
  | 'heading-moved' // a title, heading or column that names years names the next ones
  | 'column-dropped'
  | 'figure-wanted' // a year's result is blank until it is known
  | 'target-proposed' // the "Future Years" figure stands as the new target, to be confirmed
  | 'new-cleared'
  | 'removal-proposed';

/** One thing that rolling forward did or proposes. */
export interface RollForwardChange {
  kind: RollForwardChangeKind;
  /** null where a whole table or the plan is meant. */
  rowId: string | null;
  code: string | null;
  /** The key of the column in the new plan; of a dropped one, in the old. */
  column: string | null;
  /** For people. */
  sentence: string;
}

export interface RolledForward {
  plan: BusinessPlan;
  changes: RollForwardChange[];
}

export interface RollForwardOptions {
  /** The new plan's first financial year, '2026/27': the year after the old one's. */
  to: string;
  /** Actions due on or before this day are proposed for removal; 30 September before the new year unless given. */
  finishedBy?: string;
}

/**
 * Rolls a plan forward by one year (domain.md, section f). Results move into "Achieved" only as figures, never as targets: the
 * closed year's column is blank. No action is removed; those that should be finished are proposed for removal. The old plan
 * is left as it was.
 *
 * Throws DomainError('invalid') if `to` is no financial year or not the one after the plan's, or the plan names no years.
 */
export function rollForward(plan: BusinessPlan, { to, finishedBy }: RollForwardOptions): RolledForward {
  const from = yearBefore(plan, to);
  const changes: RollForwardChange[] = [];
  const rolled: BusinessPlan = {
    ...plan,
    title: withYearsMovedOn(plan.title),
    sections: plan.sections.map((section) => ({ ...section, heading: withYearsMovedOn(section.heading) })),
    objectives: plan.objectives.map((objective) => ({
      ...objective,
      table: rollIndicators(objective.table, from, `The table of ${nameOf(objective.code, objective.name)}`, changes),
    })),
    kpis: rollIndicators(plan.kpis, from, 'The table of key performance indicators', changes),
    actions: { ...plan.actions, heading: withYearsMovedOn(plan.actions.heading), rows: plan.actions.rows.map(startAfresh) },
    budget: rollBudget(plan.budget, changes),
  };
  return {
    plan: rolled,
    changes: [
      ...movedHeadings(plan, rolled),
      ...changes,
      ...newMarksCleared(plan),
      ...removalsProposed(plan, finishedBy ?? quarterEnd(from, 2)),
    ],
  };
}

function yearBefore(plan: BusinessPlan, to: string): string {
  const from = firstYearOf(plan);
  if (from === null)
    throw new DomainError(
      'invalid',
      'This plan has no column with a target or a budget year, so the year after it cannot be told. Add the years to its column headings.',
    );
  if (parseFinancialYear(to) !== nextYear(from)) {
    throw new DomainError('invalid', `This plan begins in ${from}, so it can be rolled forward to ${nextYear(from)}, not to ${to}.`);
  }
  return from;
}

function rollIndicators(table: IndicatorTable, from: string, name: string, changes: RollForwardChange[]): IndicatorTable {
  const rolled = rollIndicatorColumns(table.columns, from);
  const columns = rolled.columns.map(({ column }) => column);
  changes.push(...rolled.dropped.map((column) => droppedColumn(column, name)));
  for (const row of table.rows) {
    for (const { column, filledFrom } of rolled.columns) {
      if (filledFrom !== column.key) changes.push(indicatorChange(row, column, filledFrom, table.columns));
    }
  }
  return { columns, rows: table.rows.map((row) => startAfresh({ ...row, cells: rollCells(row, rolled, table.columns) })) };
}

function indicatorChange(row: Row, column: Column, filledFrom: string | null, oldColumns: Column[]): RollForwardChange {
  const place = placeOfIndicator(row, column.key);
  const target = placeWithoutLine(place);
  const name = nameOf(place.code, row.cells.description ?? '');
  if (column.kind === 'achieved') {
    const aimed = oldColumns.find(({ kind, year }) => kind === 'target' && year === column.year);
    const was = plainText(row.cells[aimed?.key ?? ''] ?? '');
    const reminder = was === '' ? '' : ` Its target was ${was}.`;
    return { kind: 'figure-wanted', ...target, sentence: `${name}: the result for ${column.year} is wanted before drafting.${reminder}` };
  }
  const proposed = plainText(row.cells[filledFrom ?? ''] ?? '');
  const sentence =
    proposed === ''
      ? `${name}: a target for ${column.year} is wanted; the old plan has no figure for future years.`
      : `${name}: ${proposed}, the figure for future years, is proposed as the target for ${column.year}. Confirm or change it.`;
  return { kind: 'target-proposed', ...target, sentence };
}

function rollBudget(budget: BudgetTable, changes: RollForwardChange[]): BudgetTable {
  const rolled = rollBudgetColumns(budget.columns);
  const columns = rolled.columns.map(({ column }) => column);
  changes.push(...rolled.dropped.map((column) => droppedColumn(column, 'The budget table')));
  for (const { column, filledFrom } of rolled.columns) {
    if (filledFrom !== null) continue;
    const sentence = `The budget table now has ${column.year}, still blank. Enter its budgets.`;
    changes.push({ kind: 'figure-wanted', rowId: null, code: null, column: column.key, sentence });
  }
  const rows = budget.rows.map(({ id, kind, ...row }) => ({ id, kind, cells: rollCells({ id, ...row }, rolled, budget.columns) }));
  return { ...budget, columns, rows };
}

function droppedColumn(column: Column, table: string): RollForwardChange {
  const sentence = `${table} no longer shows “${plainText(column.heading)}”. Its figures stay in the old plan.`;
  return { kind: 'column-dropped', rowId: null, code: null, column: column.key, sentence };
}

function movedHeadings(old: BusinessPlan, rolled: BusinessPlan): RollForwardChange[] {
  const headings = (plan: BusinessPlan): string[] => [plan.title, ...plan.sections.map(({ heading }) => heading), plan.actions.heading];
  const moved = headings(old).flatMap((heading, index) => {
    const now = headings(rolled)[index] ?? '';
    return now === heading ? [] : [`“${heading}” is now “${now}”.`];
  });
  return [...new Set(moved)].map((sentence) => ({ kind: 'heading-moved', rowId: null, code: null, column: null, sentence }));
}

function newMarksCleared(plan: BusinessPlan): RollForwardChange[] {
  const indicators = indicatorRowsOf(plan).map(({ row }) => ({ row, place: placeOfIndicator(row, 'description') }));
  const actions = plan.actions.rows.map((row) => ({ row, place: placeOfAction(row, 'action') }));
  return [...indicators, ...actions]
    .filter(({ row }) => isNew(row))
    .map(({ row, place }) => ({
      kind: 'new-cleared',
      ...placeWithoutLine(place),
      sentence: `${nameOf(place.code, row.cells[place.column ?? ''] ?? '')} is no longer marked “(New)”.`,
    }));
}

function removalsProposed(plan: BusinessPlan, finishedBy: string): RollForwardChange[] {
  return plan.actions.rows.flatMap((row): RollForwardChange[] => {
    const date = targetDateOf(row);
    if (date.kind !== 'month' || date.lastDay > finishedBy) return [];
    const name = nameOf(actionCodeOf(row), row.cells.action ?? '');
    const sentence = `${name} was due in ${date.text}. If it is finished, remove it; if not, give it a new date.`;
    return [{ kind: 'removal-proposed', ...placeWithoutLine(placeOfAction(row, null)), sentence }];
  });
}

function placeWithoutLine({ rowId, code, column }: Place): Pick<RollForwardChange, 'rowId' | 'code' | 'column'> {
  return { rowId, code, column };
}

/** A row as the new year starts with it: its id kept, "(New)" gone, and where it was read forgotten. */
function startAfresh({ id, cells }: Row): Row {
  const named = (['action', 'description'] as const).filter((key) => cells[key] !== undefined);
  return { id, cells: { ...cells, ...Object.fromEntries(named.map((key) => [key, withoutNewMark(cells[key] ?? '')])) } };
}
