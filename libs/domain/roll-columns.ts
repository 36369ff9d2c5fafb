/** The columns of a plan's tables a year on: which stay, which leave, which begin, and where each takes its cells from. */
import type { Cells, Column, Row } from './business-plan.js';
import { nextYear, previousYear } from './financial-year.js';
import { plainText } from './plain-text.js';
import { withYear, yearIn } from './years-in-text.js';

/** A column of the new table. */
export interface RolledColumn {
  column: Column;
  /** The key of the old cells that fill it; null where the cells begin blank. */
  filledFrom: string | null;
  /** The old column that stood in its place and asked for the same year: "Target 2024/25" where "Achieved 2024/25" stands now. */
  was?: Column;
}

export interface RolledColumns {
  columns: RolledColumn[];
  /** Columns whose years are no longer shown. */
  dropped: Column[];
}

/** A column of which this year's plan has no cells: it begins blank, or with what is proposed. */
export function isBegun({ column, filledFrom }: RolledColumn): boolean {
  return filledFrom !== column.key;
}

/**
 * An indicator table's columns a year on (domain.md, section f). A target of a year before `from` becomes a result still to come,
 * the oldest result makes room for it, and behind the targets stands one for the year after, filled with the "Future Years" figure.
 * A table that shows a year's target beside its result goes on doing so; one whose latest result is older than the year that has
 * closed gets a column for that year. Columns stay in the order of their years, whichever way it runs.
 * @param from the first year of the plan that is rolled forward, '2025/26'
 */
export function rollIndicatorColumns(columns: Column[], from: string): RolledColumns {
  const withResults = withClosedYear(closedInto(columns, from), columns, from);
  const begun = yearsOf(
    'achieved',
    withResults.filter(isBegun).map(({ column }) => column),
  );
  const leaving = new Set(yearsOf('achieved', columns).slice(0, begun.length));
  const isLeaving = ({ kind, year }: Column): boolean =>
    year !== null && leaving.has(year) && (kind === 'achieved' || (kind === 'target' && year < from));
  const staying = withResults.filter((rolled) => isBegun(rolled) || !isLeaving(rolled.column));
  return { columns: withNextTargets(staying, columns, from), dropped: columns.filter(isLeaving) };
}

/** Each target of a closed year turned into its result, or followed by it where the table shows both. */
function closedInto(columns: Column[], from: string): RolledColumn[] {
  const results = new Set(yearsOf('achieved', columns));
  const closed = columns.filter(({ kind, year }) => kind === 'target' && year !== null && year < from);
  const showsBoth = closed.some(({ year }) => results.has(year ?? ''));
  const pattern = latest('achieved', columns)?.heading ?? 'Achieved';
  const keys = new Set(columns.map(({ key }) => key));
  return columns.flatMap((column): RolledColumn[] => {
    const kept = { column, filledFrom: column.key };
    if (!closed.includes(column) || results.has(column.year ?? '')) return [kept];
    results.add(column.year ?? '');
    const result = yearColumn('achieved', column.year ?? '', pattern, keys);
    return showsBoth ? [kept, { column: result, filledFrom: null }] : [{ column: result, filledFrom: null, was: column }];
  });
}

/** The result of the year that has just closed, where a table with results has neither it nor a target that became it. */
function withClosedYear(rolled: RolledColumn[], old: Column[], from: string): RolledColumn[] {
  const year = previousYear(from);
  const last = latest('achieved', old);
  const newest = latest(
    'achieved',
    rolled.map(({ column }) => column),
  );
  if (!last || !newest?.year || newest.year >= year) return rolled;
  const column = yearColumn('achieved', year, last.heading, new Set(old.map(({ key }) => key)));
  return insertedByYear(rolled, newest, { column, filledFrom: null });
}

/** Where a table has targets, those for the years after them that have none yet, the new plan's first year among them. */
function withNextTargets(rolled: RolledColumn[], old: Column[], from: string): RolledColumn[] {
  const years = yearsOf('target', old);
  if (years.length === 0) return rolled;
  const filledFrom = old.find(({ kind }) => kind === 'futureYears')?.key ?? null;
  const keys = new Set(old.map(({ key }) => key));
  const begun = new Set([from, ...years.filter((year) => year >= from)].map(nextYear).filter((year) => !years.includes(year)));
  return [...begun].sort().reduce((sofar, year) => {
    const like = latest('target', old, year) ?? latest('target', old);
    const column = yearColumn('target', year, like?.heading ?? 'Target', keys);
    return insertedByYear(sofar, like, { column, filledFrom });
  }, rolled);
}

/** The budget table's columns a year on: each year moves on by one, so that the first leaves and one begins after the last. */
export function rollBudgetColumns(columns: Column[]): RolledColumns {
  const years = yearsOf('budgetYear', columns);
  const keys = new Set(columns.map(({ key }) => key));
  const isLeaving = ({ kind, year }: Column): boolean => kind === 'budgetYear' && year !== null && year === years[0];
  const staying = columns.filter((column) => !isLeaving(column));
  const begun = years.map(nextYear).filter((year) => !years.includes(year));
  const rolled = begun.reduce<RolledColumn[]>(
    (sofar, year) => {
      const before = columns.findLast((column) => column.kind === 'budgetYear' && column.year === previousYear(year));
      const column = yearColumn('budgetYear', year, before?.heading ?? '', keys);
      return insertedByYear(sofar, before, { column, filledFrom: null });
    },
    columns.map((column) => ({ column, filledFrom: column.key })),
  );
  return { columns: rolled.filter(({ column }) => !isLeaving(column)), dropped: columns.filter((column) => !staying.includes(column)) };
}

/**
 * A row's cells under the new columns. Cells that stand under no column, and gaps, are kept as they are; a dash among the figures
 * for future years proposes nothing.
 */
export function rollCells(row: Row, { columns }: RolledColumns, oldColumns: Column[]): Cells {
  const known = new Set(oldColumns.map(({ key }) => key));
  const rolled = columns.flatMap((one): [string, string][] => {
    if (isBegun(one)) return [[one.column.key, proposedIn(row, one)]];
    const text = row.cells[one.column.key];
    return text === undefined ? [] : [[one.column.key, text]];
  });
  return { ...Object.fromEntries(rolled), ...Object.fromEntries(Object.entries(row.cells).filter(([key]) => !known.has(key))) };
}

function proposedIn(row: Row, { filledFrom }: RolledColumn): string {
  const text = filledFrom === null ? '' : (row.cells[filledFrom] ?? '');
  return proposesNothing(text) ? '' : text;
}

/** A figure for future years that is blank or a dash. "n/a" says that there is to be no target, which is a proposal. */
export function proposesNothing(text: string): boolean {
  return /^[-–—]?$/.test(plainText(text));
}

/** After the column of an earlier year where the years run forward, before it where they run backward. */
function insertedByYear(rolled: RolledColumn[], earlier: Column | undefined, begun: RolledColumn): RolledColumn[] {
  const index = rolled.findIndex(({ column, was }) => earlier !== undefined && (column === earlier || was === earlier));
  const backward = runBackward(rolled.map(({ column }) => column));
  return rolled.toSpliced(index < 0 ? rolled.length : backward ? index : index + 1, 0, begun);
}

function runBackward(columns: Column[]): boolean {
  const years = columns.flatMap(({ kind, year }) => (year !== null && kind !== 'other' ? [year] : []));
  const steps = years.slice(1).map((year, index) => year.localeCompare(years[index] ?? ''));
  return steps.filter((step) => step < 0).length > steps.filter((step) => step > 0).length;
}

/** The years of a kind of column, each once, the oldest first. */
function yearsOf(kind: Column['kind'], columns: Column[]): string[] {
  return [...new Set(columns.flatMap((column) => (column.kind === kind && column.year ? [column.year] : [])))].sort();
}

/** The column of a kind with the latest year, of those before another year if one is given. */
function latest(kind: Column['kind'], columns: Column[], before?: string): Column | undefined {
  const year = yearsOf(kind, columns)
    .filter((one) => before === undefined || one < before)
    .at(-1);
  return year === undefined ? undefined : columns.findLast((column) => column.kind === kind && column.year === year);
}

/** A column for a year, worded like another ("Actual 2022-23" gives "Actual 2024/25"), with a key that no other column has. */
function yearColumn(kind: 'achieved' | 'target' | 'budgetYear', year: string, like: string, taken: Set<string>): Column {
  const heading = yearIn(like) ? withYear(like, year) : `${like} ${year}`.trim();
  const wanted = `${kind === 'budgetYear' ? 'budget' : kind} ${year}`;
  let key = wanted;
  for (let number = 2; taken.has(key); number++) key = `${wanted} (${number})`;
  return { key, kind, heading, year };
}
