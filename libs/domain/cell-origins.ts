/** Where every cell of a plan came from: last year's plan, what rolling forward proposed, the person who wrote the draft, or a file. */
import type { BusinessPlan } from './business-plan.js';
import { DomainError } from './domain-error.js';
import { plainText } from './plain-text.js';
import { tablesOf, type PlanTable } from './plan-tables.js';
import { isBegun, type RolledColumn } from './roll-columns.js';
import { rollForward, type RolledForward } from './roll-forward.js';

/** The version that a plan was rolled forward from. */
export interface OriginSource {
  plan: BusinessPlan;
  versionNumber: number;
  /** The first year of the plan that came out, '2026/27'. */
  to: string;
}

/** Where one cell came from. Headings are as written; a line is one of the file that last year's plan, or this one, was read from. */
export type CellOrigin =
  /** The text of last year's plan under the same column; `newCleared` if it was marked "(New)" there. */
  | { kind: 'carried'; column: string; heading: string; line: number | null; newCleared: boolean }
  /** The "Future Years" figure of last year's plan, proposed as the new target. */
  | { kind: 'proposed'; column: string; heading: string; line: number | null }
  /** Nothing yet: a result, target or budget that rolling forward left to be filled in. */
  | { kind: 'blank' }
  /** Somebody wrote it in this plan; `before` is what rolling forward had put there. */
  | { kind: 'written'; before: string }
  /** The whole row was added in this plan. */
  | { kind: 'added' }
  /** Read from the file that the plan was imported from. */
  | { kind: 'imported'; line: number };

/** The origins of a plan's cells, by the row's id and the column's key. */
export type CellOrigins = ReadonlyMap<string, Readonly<Record<string, CellOrigin>>>;

/**
 * Where each cell of a draft or a version came from.
 * @param source the version that it was rolled forward from; null for a plan that was imported or begins anew
 */
export function cellOrigins(plan: BusinessPlan, source: OriginSource | null): CellOrigins {
  const rolled = source ? rolledFrom(source) : null;
  const before = source ? rowsById(source.plan) : new Map<string, RowBefore>();
  const start = rolled ? rowsById(rolled.plan) : new Map<string, RowBefore>();
  const columnsOf = new Map(rolled?.tables.map(({ id, columns }) => [id, columns]));
  return new Map(
    tablesOf(plan).flatMap((table) =>
      table.rows.map((row) => {
        const [was, began] = [before.get(row.id), start.get(row.id)];
        const originOf = (key: string): CellOrigin => {
          if (was && began) return originInRow(row.cells[key] ?? '', key, { was, began, columns: columnsOf.get(was.table.id) ?? [] });
          return row.line === undefined ? { kind: 'added' } : { kind: 'imported', line: row.line };
        };
        return [row.id, Object.fromEntries(table.columns.map(({ key }) => [key, originOf(key)]))] as const;
      }),
    ),
  );
}

/** A plan whose years cannot be rolled forward any more has no beginning to compare with. */
function rolledFrom({ plan, to }: OriginSource): RolledForward | null {
  try {
    return rollForward(plan, { to });
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

interface RowBefore {
  table: PlanTable;
  row: PlanTable['rows'][number];
}

function rowsById(plan: BusinessPlan): Map<string, RowBefore> {
  return new Map(tablesOf(plan).flatMap((table) => table.rows.map((row) => [row.id, { table, row }] as const)));
}

interface Beginning {
  /** The row in last year's plan, and as rolling forward left it. */
  was: RowBefore;
  began: RowBefore;
  columns: RolledColumn[];
}

/** A text that is the same but for white space was not written anew: pages and files keep line ends differently. */
function originInRow(text: string, key: string, { was, began, columns }: Beginning): CellOrigin {
  const rolled = columns.find(({ column }) => column.key === key);
  const start = began.row.cells[key] ?? '';
  if (plainText(text) !== plainText(start)) return { kind: 'written', before: start };
  const begun = rolled !== undefined && isBegun(rolled);
  if (begun && plainText(start) === '') return { kind: 'blank' };
  const from = (begun ? rolled.filledFrom : null) ?? key;
  const heading = was.table.columns.find((column) => column.key === from)?.heading;
  if (heading === undefined) return { kind: 'blank' };
  const place = { column: from, heading: plainText(heading), line: was.row.line ?? null };
  if (begun) return { kind: 'proposed', ...place };
  return { kind: 'carried', ...place, newCleared: plainText(was.row.cells[key] ?? '') !== plainText(start) };
}

/**
 * An origin as a sentence for people, to stand beside its cell.
 * @param lastYear what last year's plan is called, "the plan for 2025/26 (version 1)"
 */
export function originInWords(origin: CellOrigin, lastYear: string): string {
  switch (origin.kind) {
    case 'carried':
      return `From “${origin.heading}” in ${lastYear}${lineInWords(origin.line)}${origin.newCleared ? ', without “(New)”' : ''}.`;
    case 'proposed':
      return `Proposed: the figure under “${origin.heading}” in ${lastYear}${lineInWords(origin.line)}.`;
    case 'blank':
      return 'Blank until it is known.';
    case 'written':
      return plainText(origin.before) === ''
        ? 'Written in this plan; it was blank.'
        : `Written in this plan; before it said “${plainText(origin.before)}”.`;
    case 'added':
      return 'The row was added in this plan.';
    case 'imported':
      return `Read from line ${origin.line} of the file.`;
  }
}

function lineInWords(line: number | null): string {
  return line === null ? '' : `, line ${line} of its file`;
}

/**
 * The origins of a whole row in few lines: cells that came the same way stand together.
 * @param cells the row's cells in order, each with the heading of its column
 * @param lastYear as for `originInWords`
 */
export function originsInWords(cells: readonly { heading: string; origin: CellOrigin }[], lastYear: string): string[] {
  const together = Map.groupBy(cells, ({ heading, origin }) => wayOf(origin, lastYear) ?? `${heading}: ${originInWords(origin, lastYear)}`);
  return [...together].map(([way, alike]) => (way.endsWith('.') ? way : `${way}: ${alike.map(({ heading }) => heading).join('; ')}.`));
}

/** The way that cells came by together; null for a cell that has to be told apart. A whole row's way is a sentence of its own. */
function wayOf(origin: CellOrigin, lastYear: string): string | null {
  switch (origin.kind) {
    case 'carried':
      return `From ${lastYear}${lineInWords(origin.line)}${origin.newCleared ? ', without “(New)”' : ''}`;
    case 'proposed':
      return `Proposed from “${origin.heading}”`;
    case 'blank':
      return 'Blank until it is known';
    case 'added':
    case 'imported':
      return originInWords(origin, lastYear);
    case 'written':
      return null;
  }
}
