/** The columns of a plan's tables a year on: which stay, which leave, which begin, and where each takes its cells from. */
import type { Cells, Column, Row } from './business-plan.js';
import { nextYear } from './financial-year.js';
import { yearIn } from './years-in-text.js';

/** A column of the new table with the key of the old cells that fill it; null where the cells begin blank. */
export interface RolledColumn {
  column: Column;
  filledFrom: string | null;
}

export interface RolledColumns {
  columns: RolledColumn[];
  dropped: Column[];
}

/**
 * An indicator table's columns a year on. Targets of years before `from` become results still to come, the oldest result
 * makes room, and behind the target of `from` stands that of the year after, filled with the "Future Years" figure.
 */
export function rollIndicatorColumns(columns: Column[], from: string): RolledColumns {
  const isClosed = ({ kind, year }: Column): boolean => kind === 'target' && year !== null && year < from;
  const closed = columns.filter(isClosed).length;
  const achieved = columns.filter(({ kind }) => kind === 'achieved').sort((a, b) => (a.year ?? '').localeCompare(b.year ?? ''));
  const dropped = achieved.slice(0, closed);
  const pattern = achieved.at(-1)?.heading ?? '';
  const future = columns.find(({ kind }) => kind === 'futureYears')?.key ?? null;
  const rolled = columns
    .filter((column) => !dropped.includes(column))
    .flatMap((column): RolledColumn[] => {
      if (isClosed(column)) return [{ column: yearColumn('achieved', column.year ?? '', pattern || 'Achieved'), filledFrom: null }];
      if (column.kind !== 'target' || column.year !== from) return [{ column, filledFrom: column.key }];
      return [
        { column, filledFrom: column.key },
        { column: yearColumn('target', nextYear(from), column.heading), filledFrom: future },
      ];
    });
  return { columns: rolled, dropped };
}

/** The budget table's columns a year on: the first year leaves, one begins after the last. */
export function rollBudgetColumns(columns: Column[]): RolledColumns {
  const years = columns.filter(({ kind, year }) => kind === 'budgetYear' && year !== null);
  const last = years.at(-1);
  const rolled = columns.filter((column) => column !== years[0]).map((column): RolledColumn => ({ column, filledFrom: column.key }));
  if (last?.year) {
    const begins = { column: yearColumn('budgetYear', nextYear(last.year), last.heading), filledFrom: null };
    rolled.splice(rolled.findIndex(({ column }) => column === last) + 1, 0, begins);
  }
  return { columns: rolled, dropped: years.slice(0, 1) };
}

/** A row's cells under the new columns; cells that stand under no column, and gaps, are kept as they are. */
export function rollCells(row: Row, { columns, dropped }: RolledColumns, oldColumns: Column[]): Cells {
  const oldKeys = oldColumns.map(({ key }) => key);
  const cells: Cells = {};
  for (const { column, filledFrom } of columns) {
    const text = filledFrom === null ? '' : row.cells[filledFrom];
    if (text !== undefined) cells[column.key] = text;
  }
  const others = Object.entries(row.cells).filter(([key]) => !oldKeys.includes(key) && !dropped.some((column) => column.key === key));
  return { ...cells, ...Object.fromEntries(others) };
}

/** A column for a year, worded like another: "Achieved 2023/24" gives "Achieved 2024/25". */
function yearColumn(kind: 'achieved' | 'target' | 'budgetYear', year: string, like: string): Column {
  const known = yearIn(like);
  const heading = known ? like.replace(/20\d\d\s?[/\\–-]\s?(?:20)?\d\d/, year) : `${like} ${year}`;
  return { key: `${kind === 'budgetYear' ? 'budget' : kind} ${year}`, kind, heading, year };
}
