/** Which row of an earlier plan each row of a later one continues: by code first, then by what the rows say. */
import type { BusinessPlan, Row } from '../business-plan.js';
import { isCodeColumn } from '../codes.js';
import { plainText } from '../plain-text.js';
import {
  comparedTables,
  FIRST_CELL,
  firstCell,
  kindOf,
  tablePair,
  unchangedRows,
  type ComparedTable,
  type RowPlace,
  type TablePair,
  type UnchangedRows,
} from './compared-table.js';
import { likeness, mostAlike } from './likeness.js';
import { pairBudgetLines } from './pair-budget-lines.js';
import { pairObjectives } from './pair-objectives.js';
import { Pairing, sharingKey, type Scope } from './pairing.js';
import { rowReader, wordsIn, type RowReader } from './row-text.js';

/**
 * The rows of two plans that are one and the same row, by the later plan's row objects. Rows pair by code, those of one table
 * first; rows of one code by the most similar text, then in order; rows without a code, and rows whose code alone changed, by
 * their text; budget lines by the heading that they stand under and their text. Ids make no difference.
 * @returns from the later row to the earlier; a row that only one of the plans has is not in it
 */
export function pairRows(before: BusinessPlan, after: BusinessPlan): Map<Row, Row> {
  const tables = pairedTables(comparedTables(before), comparedTables(after));
  const { unchanged, pairing } = pairTables(tables, rowReader());
  const pairs = new Map([...pairing.earlierOf].map(([later, { row }]) => [later, row]));
  for (const [index, { before: was, after: is }] of tables.entries())
    unchanged[index]!.earlier.forEach((earlier, place) => {
      if (earlier >= 0) pairs.set(is!.rows[place]!, was!.rows[earlier]!);
    });
  return pairs;
}

/** The tables that belong together, in the later plan's order; an objective that only the earlier plan has stands last of its kind. */
export function pairedTables(before: readonly ComparedTable[], after: readonly ComparedTable[]): TablePair[] {
  const isCsi = ({ kind }: ComparedTable): boolean => kind === 'csi';
  const others = after.filter((table) => !isCsi(table));
  return [
    ...pairObjectives(before.filter(isCsi), after.filter(isCsi)),
    ...others.map((table) => tablePair(before.find(({ kind }) => kind === table.kind) ?? null, table)),
  ];
}

/** Which rows continue which. */
export interface PairedRows {
  /** The rows that are the same to the character, for each pair of tables. */
  unchanged: UnchangedRows[];
  /** All others. */
  pairing: Pairing;
}

/** As `pairRows`, of tables that are paired already. */
export function pairTables(tables: readonly TablePair[], reader: RowReader): PairedRows {
  const pairing = new Pairing();
  const unchanged = tables.map(unchangedRows);
  const scopes = tables.map((pair, index) => ({ kind: kindOf(pair), scope: changedRowsIn(pair, unchanged[index]!) }));
  const ofKind = (...kinds: ComparedTable['kind'][]): Scope[] =>
    scopes.filter(({ kind }) => kinds.includes(kind)).map(({ scope }) => scope);
  pairCodedRows(pairing, reader, [ofKind('csi', 'kpi'), [joined(ofKind('csi'))], [joined(ofKind('csi', 'kpi'))]]);
  pairCodedRows(pairing, reader, [ofKind('actions')]);
  for (const scope of ofKind('budget')) pairBudgetLines(pairing, scope, reader);
  return { unchanged, pairing };
}

function changedRowsIn({ before, after }: TablePair, { earlier, later }: UnchangedRows): Scope {
  return { before: changedPlaces(before, later), after: changedPlaces(after, earlier) };
}

function changedPlaces(table: ComparedTable | null, partners: Int32Array): RowPlace[] {
  const places: RowPlace[] = [];
  for (let index = partners.indexOf(-1); index >= 0; index = partners.indexOf(-1, index + 1))
    places.push({ row: table!.rows[index]!, table: table!, index });
  return places;
}

function joined(scopes: readonly Scope[]): Scope {
  return { before: scopes.flatMap(({ before }) => before), after: scopes.flatMap(({ after }) => after) };
}

/**
 * Pairs rows that have codes as a rule. Each step looks at the rows only that the steps before it left over.
 * @param widening scopes from the tables one by one to all that a row may move between
 */
function pairCodedRows(pairing: Pairing, reader: RowReader, widening: readonly Scope[][]): void {
  const tables = widening[0] ?? [];
  const firstCode = (place: RowPlace): readonly string[] => reader.codesOf(place).slice(0, 1);
  const sameKey = (scopes: readonly Scope[], keysOf: (place: RowPlace) => readonly string[], atLeast: number): void => {
    for (const scope of scopes)
      for (const bucket of sharingKey(pairing.freeIn(scope), keysOf)) pairBucket(pairing, bucket, reader, atLeast);
  };
  sameKey(tables, (place) => [firstCell(place)], 0);
  sameKey(tables, firstCode, SIMILAR);
  for (const scope of tables) pairRecoded(pairing, scope, reader);
  for (const scopes of widening) sameKey(scopes, firstCode, 0);
  sameKey(tables, reader.codesOf, 0);
  for (const scopes of widening) for (const scope of scopes) pairSimilar(pairing, scope, reader);
}

/** Texts that have half of their words in common speak of the same thing, if nothing else says so. */
const SIMILAR = 0.5;
/** Texts that have most of their words in common do where only one of the rows has a code. */
const NEARLY_THE_SAME = 0.75;
/** Texts that have nearly all of their words in common do even where the rows' codes differ. */
const VERY_SIMILAR = 0.9;

/** Pairs rows that share a code or a text: the most similar first, then in order where `atLeast` is 0. */
function pairBucket(pairing: Pairing, bucket: Scope, { wordsOf }: RowReader, atLeast: number): void {
  if (atLeast === 0 && bucket.before.length === 1 && bucket.after.length === 1) return pairing.pair(bucket.before[0]!, bucket.after[0]!);
  const { before, after } = pairing.freeIn(bucket);
  const between = (one: RowPlace, other: RowPlace): number => {
    const alike = likeness(wordsOf(one), wordsOf(other));
    // Among rows of the same words the one whose other cells are the same as well comes first.
    return alike < 1 ? alike : 1 + likeness(wordsOfRow(one), wordsOfRow(other));
  };
  pairing.pairAll(mostAlike(before, after, { wordsOf, between, atLeast }));
  if (atLeast === 0) pairing.pairInOrder(bucket);
}

/** Pairs rows whose code alone changed. */
function pairRecoded(pairing: Pairing, scope: Scope, { textOf }: RowReader): void {
  for (const bucket of sharingKey(pairing.freeIn(scope), (place) => [textOf(place).description]))
    for (const same of sharingKey(bucket, (place) => [textOf(place).newMark + allButCode(place)])) pairing.pairInOrder(same);
}

/** Everything that a row's other cells say but its code. */
function allButCode({ row, table }: RowPlace): string {
  const others = Object.entries(row.cells).filter(([key, text]) => key !== FIRST_CELL[table.kind] && !isCodeColumn(key) && text !== '');
  return JSON.stringify(others.map(([key, text]) => `${key}: ${plainText(text)}`).sort());
}

/** Pairs rows that say nearly the same though their codes differ, and rows without a code that say something similar. */
function pairSimilar(pairing: Pairing, scope: Scope, { codesOf, wordsOf }: RowReader): void {
  const free = pairing.freeIn(scope);
  if (free.before.length === 0 || free.after.length === 0) return;
  const between = (one: RowPlace, other: RowPlace): number => {
    const alike = likeness(wordsOf(one), wordsOf(other));
    const haveCodes = [one, other].filter((place) => codesOf(place).length > 0).length;
    if (haveCodes === 0) return alike >= SIMILAR ? alike : 0;
    // A code that was mistyped is no code, but still stands in the cell.
    if (haveCodes === 1 && likeness(wordsIn(firstCell(one)), wordsIn(firstCell(other))) >= NEARLY_THE_SAME) return Math.max(alike, SIMILAR);
    // An indicator is known by its figures too.
    const asRows = one.table.kind === 'actions' || alike < SIMILAR ? 0 : likeness(wordsOfRow(one), wordsOfRow(other));
    return Math.max(alike, asRows) >= (haveCodes === 1 ? NEARLY_THE_SAME : VERY_SIMILAR) ? alike : 0;
  };
  pairing.pairAll(mostAlike(free.before, free.after, { wordsOf, between, atLeast: SIMILAR }));
}

function wordsOfRow({ row }: RowPlace): ReadonlySet<string> {
  return wordsIn(Object.values(row.cells).join(' '));
}
