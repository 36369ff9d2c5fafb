/** What differs between the columns of tables: which only one plan has, headings in other words, another order. */
import { plainText } from '../plain-text.js';
import type { TableColumn } from '../plan-tables.js';
import { haveSameColumns, type TablePair } from './compared-table.js';
import type { Difference } from './difference.js';
import { movedAmong } from './moved.js';
import { fieldOf } from './row-differences.js';

/** What differs in the columns of one table, before it is said in which. */
type ColumnChange = Pick<Difference, 'kind' | 'field' | 'before' | 'after' | 'name'>;

/** The differences of columns in several tables of a kind: those that all of them have in common, and each table's own. */
export interface ColumnDifferences {
  ofAll: Difference[];
  ofTable: ReadonlyMap<TablePair, Difference[]>;
}

const NO_CHANGES: ColumnDifferences = { ofAll: [], ofTable: new Map() };

/**
 * Compares the columns of tables of one kind. A year that begins in all the objectives' tables is one difference, without a code;
 * one that begins in some of them only is told for each, under the objective's code.
 * @param tables those that both plans have
 */
export function columnDifferences(tables: readonly TablePair[]): ColumnDifferences {
  if (tables.every(haveSameColumns)) return NO_CHANGES;
  const changes = new Map(tables.map((pair) => [pair, changesOfColumns(pair)]));
  const timesOf = new Map<string, number>();
  for (const each of changes.values()) for (const change of each) timesOf.set(signOf(change), (timesOf.get(signOf(change)) ?? 0) + 1);
  const isOfAll = (change: ColumnChange): boolean => timesOf.get(signOf(change)) === tables.length;
  const [first] = tables;
  return {
    ofAll: first ? (changes.get(first) ?? []).filter(isOfAll).map((change) => inTable(change, first, null)) : [],
    ofTable: new Map(
      [...changes].map(([pair, own]) => [
        pair,
        own
          .filter((change) => !isOfAll(change))
          .map((change) => inTable(change, pair, (pair.after ?? pair.before)!.objective?.code || null)),
      ]),
    ),
  };
}

/** A column on one side only is the same in every table whatever its heading's words; other changes are by their words. */
function signOf({ kind, field, before, after }: ColumnChange): string {
  return JSON.stringify(kind === 'added' || kind === 'removed' ? [kind, field] : [kind, field, before, after]);
}

function inTable(change: ColumnChange, { before, after }: TablePair, code: string | null): Difference {
  const { kind: table, caption } = (after ?? before)!;
  const place = table === 'csi' && code === null ? 'Critical success indicators' : caption;
  return { ...change, table, code, meaning: null, place, rowId: null, rowIdBefore: null };
}

function changesOfColumns(pair: TablePair): ColumnChange[] {
  if (haveSameColumns(pair)) return [];
  const { before, after } = pair;
  const [earlier, later] = [before?.columns ?? [], after?.columns ?? []];
  const was = new Map(earlier.map((column, place) => [column.key, { column, place }]));
  const is = new Set(later.map(({ key }) => key));
  const inBoth = later.flatMap((column, place) => {
    const found = was.get(column.key);
    return found ? [{ column, was: found.column, before: found.place, after: place }] : [];
  });
  const headings = inBoth.flatMap(({ column, was: old }) => headingChange(old, column));
  const added = later.filter(({ key }) => !was.has(key)).map((column) => oneSided('added', column));
  const removed = earlier.filter(({ key }) => !is.has(key)).map((column) => oneSided('removed', column));
  const moved = [...movedAmong(inBoth, ({ column }) => column.key)].map(({ column, was: old, before: from, after: to }): ColumnChange => {
    const [name, named] = [plainText(column.heading), plainText(old.heading)];
    return { kind: 'moved', field: 'order', before: `${named}: column ${from + 1}`, after: `${name}: column ${to + 1}`, name };
  });
  return [...headings, ...added, ...removed, ...moved];
}

function headingChange(old: TableColumn, column: TableColumn): ColumnChange[] {
  const [before, after] = [plainText(old.heading), plainText(column.heading)];
  return before === after ? [] : [{ kind: 'changed', field: fieldOf(column.key), before, after, name: after || before }];
}

function oneSided(kind: 'added' | 'removed', { key, heading }: TableColumn): ColumnChange {
  const name = plainText(heading);
  return { kind, field: fieldOf(key), before: kind === 'added' ? null : name, after: kind === 'added' ? name : null, name };
}
