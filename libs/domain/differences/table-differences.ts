/** What differs between the tables of two plans: their columns, their rows and where these stand. */
import { plainText } from '../plain-text.js';
import { columnDifferences } from './column-differences.js';
import { firstCell, kindOf, type ComparedTable, type RowPlace, type TablePair } from './compared-table.js';
import type { Difference } from './difference.js';
import { movedAmong, type Placed } from './moved.js';
import type { PairedRows } from './pair-rows.js';
import type { Pairing } from './pairing.js';
import { changedFields, movedRow, wholeRow, type Knowledge, type RowInBoth } from './row-differences.js';

/** The differences of all tables, in the order of the document; removed rows stand after their table's rows. */
export function tableDifferences(tables: readonly TablePair[], paired: PairedRows, known: Knowledge): Difference[] {
  return (['csi', 'kpi', 'actions', 'budget'] as const).flatMap((kind) => {
    const ofKind = tables.filter((pair) => kindOf(pair) === kind);
    const columns = columnDifferences(ofKind.filter(areColumnsTold));
    const order = kind === 'csi' ? movedObjectives(ofKind) : new Map<TablePair, Difference>();
    return [
      ...columns.ofAll,
      ...ofKind.flatMap((pair) => [
        ...(kind === 'csi' ? objectiveDifferences(pair) : []),
        ...[order.get(pair)].filter((moved) => moved !== undefined),
        ...(columns.ofTable.get(pair) ?? []),
        ...rowDifferences(tables, tables.indexOf(pair), paired, known),
      ]),
    ];
  });
}

/** A table that only one plan has is told by its rows; by its columns only if it has no rows. */
function areColumnsTold({ before, after }: TablePair): boolean {
  const [first, second] = [before, after].map((table) => (table && table.columns.length + table.rows.length > 0 ? table : null));
  if (first && second) return true;
  const only = first ?? second;
  return only?.kind !== 'csi' && only?.rows.length === 0;
}

function rowDifferences(tables: readonly TablePair[], at: number, { pairing, unchanged }: PairedRows, known: Knowledge): Difference[] {
  const { before, after } = tables[at]!;
  const { earlier, later } = unchanged[at]!;
  const differences: Difference[] = [];
  const moved = movedRows(tables[at]!, pairing, earlier);
  after?.rows.forEach((row, index) => {
    if (earlier[index]! >= 0 && !moved.has(index)) return;
    const was = pairing.earlierOf.get(row);
    const place = { row, table: after, index };
    const both = earlier[index]! >= 0 ? { before: placeAt(before!, earlier[index]!), after: place } : was && { before: was, after: place };
    if (!both) differences.push(wholeRow('added', place, known));
    else differences.push(...movesOf(both, before, moved.has(index), known), ...changedFields(both, skippedFor(both, tables), known));
  });
  before?.rows.forEach((row, index) => {
    if (later[index]! < 0 && pairing.isEarlierFree(row)) differences.push(wholeRow('removed', placeAt(before, index), known));
  });
  return differences;
}

function placeAt(table: ComparedTable, index: number): RowPlace {
  return { row: table.rows[index]!, table, index };
}

const NOTHING_MOVED: ReadonlySet<number> = new Set();

/** The places in the later table of the rows that were moved within it. */
function movedRows({ before, after }: TablePair, pairing: Pairing, earlier: Int32Array): ReadonlySet<number> {
  // Rows that did not change were found in their order.
  if (!before || !after || !earlier.includes(-1)) return NOTHING_MOVED;
  const indexes = Array.from(earlier, (unchanged, index) => {
    if (unchanged >= 0) return unchanged;
    const was = pairing.earlierOf.get(after.rows[index]!);
    return was && was.table === before ? was.index : -1;
  });
  if (isRising(indexes)) return NOTHING_MOVED;
  const placed = indexes.flatMap((index, place): Placed[] => (index < 0 ? [] : [{ before: index, after: place }]));
  const moved = movedAmong(placed, ({ before: one, after: other }) =>
    [firstCell(placeAt(before, one)), firstCell(placeAt(after, other))].sort().join(),
  );
  return new Set([...moved].map((one) => one.after));
}

/** Whether the numbers rise, those below 0 left aside. */
function isRising(numbers: readonly number[]): boolean {
  let highest = -1;
  return numbers.every((number) => {
    if (number < 0) return true;
    const rises = number > highest;
    highest = number;
    return rises;
  });
}

function movesOf(row: RowInBoth, table: ComparedTable | null, isMoved: boolean, known: Knowledge): Difference[] {
  const { before, after } = row;
  if (before.table !== table) return [movedRow(row, 'table', tableNames(before.table, after.table), known)];
  return isMoved ? [movedRow(row, 'order', [String(before.index + 1), String(after.index + 1)], known)] : [];
}

/** Between objectives their codes say it, between the tables of CSIs and KPIs these do. */
function tableNames(before: ComparedTable, after: ComparedTable): [string, string] {
  const nameOf = ({ kind, objective }: ComparedTable): string =>
    before.kind === after.kind ? plainText(objective?.code || objective?.name || kind) : kind;
  return [nameOf(before), nameOf(after)];
}

/** For a row that went to another table, the columns that either table's counterpart lacks. */
function skippedFor({ before, after }: RowInBoth, tables: readonly TablePair[]): ReadonlySet<string> {
  const [some, others] = [
    tables.find((pair) => pair.before === before.table)!.oneSided,
    tables.find((pair) => pair.after === after.table)!.oneSided,
  ];
  return some === others ? some : new Set([...some, ...others]);
}

function objectiveDifferences(pair: TablePair): Difference[] {
  const { before, after } = pair;
  const [was, is] = [before?.objective ?? null, after?.objective ?? null];
  const [oldName, newName] = [was && plainText(was.name), is && plainText(is.name)];
  const [oldCode, newCode] = [was && plainText(was.code), is && plainText(is.code)];
  const about = aboutObjective(pair);
  if (was === null) return [{ ...about, kind: 'added', field: 'description', before: null, after: newName, meaning: 'new' }];
  if (is === null) return [{ ...about, kind: 'removed', field: 'description', before: oldName, after: null, meaning: 'dropped' }];
  const changes = [
    { field: 'description', before: oldName, after: newName },
    { field: 'code', before: oldCode, after: newCode },
  ];
  return changes
    .filter((change) => change.before !== change.after)
    .map((change) => ({ ...about, ...change, kind: 'changed' as const, meaning: null }));
}

function aboutObjective({ before, after }: TablePair): Pick<Difference, 'table' | 'code' | 'name' | 'place' | 'rowId' | 'rowIdBefore'> {
  const { caption } = (after ?? before)!;
  const code = plainText(before?.objective?.code || after?.objective?.code || '') || null;
  return { table: 'csi', code, name: caption, place: caption, rowId: null, rowIdBefore: null };
}

function movedObjectives(tables: readonly TablePair[]): Map<TablePair, Difference> {
  const inBefore = tables.flatMap(({ before }) => before ?? []).sort((a, b) => Number(a.id.slice(4)) - Number(b.id.slice(4)));
  const inAfter = tables.flatMap(({ after }) => after ?? []);
  const placed = tables
    .filter(({ before, after }) => before && after)
    .map((pair) => ({ pair, before: inBefore.indexOf(pair.before!), after: inAfter.indexOf(pair.after!) }));
  const moved = movedAmong(placed, ({ pair }) => [pair.before!.caption, pair.after!.caption].sort().join());
  return new Map(
    [...moved].map(({ pair, before, after }) => [
      pair,
      { ...aboutObjective(pair), kind: 'moved', field: 'order', before: String(before + 1), after: String(after + 1), meaning: null },
    ]),
  );
}
