/** What differs between a row of an earlier plan and the row of a later one that continues it, field by field. */
import { ACTION_COLUMNS, type Row } from '../business-plan.js';
import { codeColumnOf } from '../codes.js';
import { figureParts } from '../figure-parts.js';
import { dateColumnOf, targetDateOf } from '../parse-date.js';
import { figureText, NOTHING } from '../parse-figure.js';
import { rowName } from '../plan-tables.js';
import { asPlainText } from './as-plain-text.js';
import { officersAndDates, ownersAndComments, type KnownPosts, type TwoPartsOfBoth } from './cells-in-two-parts.js';
import { fieldOfUnknown, FIRST_CELL, firstCell, type RowPlace } from './compared-table.js';
import type { Difference, Meaning } from './difference.js';
import { meaningOfDate, meaningOfPosts, meaningOfTarget, type DirectionOf } from './difference-meaning.js';
import type { RowReader } from './row-text.js';

/** What telling differences needs to know beside the two plans. */
export interface Knowledge {
  posts: KnownPosts;
  directionOf: DirectionOf;
  reader: RowReader;
}

/** One row in both plans. */
export interface RowInBoth {
  before: RowPlace;
  after: RowPlace;
}

/** A field that differs, before it is said of which row. */
interface FieldChange {
  field: string;
  before: string;
  after: string;
  meaning?: Meaning | null;
  /** The measure's own code, where it is not the row's. */
  code?: string | undefined;
}

/** A row that only one of the two plans has. */
export function wholeRow(kind: 'added' | 'removed', place: RowPlace, { reader }: Knowledge): Difference {
  const { description } = reader.textOf(place);
  const code = reader.codesOf(place)[0] ?? null;
  const sides =
    kind === 'added'
      ? { before: null, after: description, meaning: 'new' as const, rowId: place.row.id, rowIdBefore: null }
      : { before: description, after: null, meaning: 'dropped' as const, rowId: null, rowIdBefore: place.row.id };
  const { kind: table, caption } = place.table;
  return { kind, table, code, field: null, name: nameOf(place, code), place: caption, ...sides };
}

function nameOf(place: RowPlace, code: string | null): string {
  return code === null || place.table.kind === 'budget' ? rowName(place) : code;
}

/** A row that stands elsewhere: at another place of its table, or in another table. */
export function movedRow(
  row: RowInBoth,
  field: 'order' | 'table',
  [before, after]: readonly [string, string],
  known: Knowledge,
): Difference {
  return { ...ofRow(row, known), kind: 'moved', field, before, after, meaning: null };
}

/** The fields of a row that differ, in the order of the table's columns; cells of columns that are `skipped` are told elsewhere. */
export function changedFields(row: RowInBoth, skipped: ReadonlySet<string>, known: Knowledge): Difference[] {
  const keys = differingKeys(row, skipped);
  if (keys.length === 0) return [];
  const about = ofRow(row, known);
  return inColumnOrder(row, keys)
    .flatMap((key) => changesOfCell(row, key, known))
    .map(({ field, before, after, meaning = null, code = about.code }) => ({
      ...about,
      kind: 'changed',
      code,
      field,
      before,
      after,
      meaning,
    }));
}

/** What every difference of a row says alike. Its code is the one that it had, so that the earlier plan's readers know it. */
function ofRow(row: RowInBoth, { reader }: Knowledge): Pick<Difference, 'table' | 'code' | 'name' | 'place' | 'rowId' | 'rowIdBefore'> {
  const { before: was, after: is } = row;
  const { before, after } = codesOfBoth(row, reader);
  const { kind: table, caption: place } = is.table;
  const name = nameOf(is, after[0] ?? null);
  return { table, code: before[0] ?? after[0] ?? null, name, place, rowId: is.row.id, rowIdBefore: was.row.id };
}

/** Where the first cell stayed as it is, so did the codes in it: most changes are to other cells. */
function codesOfBoth({ before, after }: RowInBoth, { codesOf }: RowReader): { before: readonly string[]; after: readonly string[] } {
  const was = codesOf(before);
  const isSure = (after.table.kind === 'csi' || after.table.kind === 'kpi') && before.row.cells.code === after.row.cells.code;
  return { before: was, after: isSure && firstCell(before) === firstCell(after) ? was : codesOf(after) };
}

function differingKeys({ before, after }: RowInBoth, skipped: ReadonlySet<string>): string[] {
  const [was, is] = [before.row.cells, after.row.cells];
  const keys: string[] = [];
  for (const key in is) if (was[key] !== is[key] && differ(was[key], is[key]) && !skipped.has(key)) keys.push(key);
  for (const key in was) if (is[key] === undefined && differ(was[key], '') && !skipped.has(key)) keys.push(key);
  return keys;
}

function differ(before = '', after = ''): boolean {
  return before !== after && asPlainText(before) !== asPlainText(after);
}

function inColumnOrder({ before, after }: RowInBoth, keys: string[]): string[] {
  if (keys.length < 2) return keys;
  const order = [...after.table.columns, ...before.table.columns].map(({ key }) => key);
  const placeOf = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return keys.sort((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b, 'en-GB', { numeric: true }));
}

function changesOfCell(row: RowInBoth, key: string, known: Knowledge): FieldChange[] {
  const { kind } = row.after.table;
  if (kind !== 'budget' && key === FIRST_CELL[kind]) return changesOfDescription(row, key, known);
  if (kind === 'actions') return changesOfActionCell(row, key, known);
  const cell = cellOf(row, key);
  if (kind !== 'budget' && key === 'owner')
    return changesOfPeople(ownersAndComments(cell.before, cell.after, known.posts), ['owner', 'comments'], cell, known);
  return kind !== 'budget' && isFigure(key) ? changesOfFigure(row, key, known) : [{ field: fieldOf(key), ...cell }];
}

function changesOfActionCell(row: RowInBoth, key: string, known: Knowledge): FieldChange[] {
  const cell = cellOf(row, key);
  if (key === 'officers')
    return changesOfPeople(officersAndDates(cell.before, cell.after, known.posts), ['officers', 'targetDate'], cell, known);
  const isOfFive = (ACTION_COLUMNS as readonly string[]).includes(key);
  return isOfFive ? [{ field: key, ...cell }] : [changeOfOtherCell(row.after.row, key, cell)];
}

/** Codes and dates of actions can have columns of their own, under whatever heading. */
function changeOfOtherCell(row: Row, key: string, cell: { before: string; after: string }): FieldChange {
  if (key === codeColumnOf(row)) return { field: 'code', ...cell };
  if (key !== dateColumnOf(row)) return { field: fieldOf(key), ...cell };
  return { field: 'targetDate', ...cell, meaning: meaningOfDate(lastDayIn(cell.before), lastDayIn(cell.after)) };
}

function lastDayIn(text: string): string | null {
  const date = targetDateOf({ id: '', cells: { officers: text } });
  return 'lastDay' in date ? date.lastDay : null;
}

function cellOf({ before, after }: RowInBoth, key: string): { before: string; after: string } {
  return { before: asPlainText(before.row.cells[key] ?? ''), after: asPlainText(after.row.cells[key] ?? '') };
}

/** What a column is called in a difference: as its key, but for a budget's year and a column that the product does not know. */
export function fieldOf(key: string): string {
  if (key === FIRST_CELL.actions) return 'description';
  if (key.startsWith('budget ')) return key.slice('budget '.length);
  return key.startsWith('other ') ? fieldOfUnknown(key) : key;
}

function isFigure(key: string): boolean {
  return key === 'futureYears' || key.startsWith('achieved ') || key.startsWith('target ');
}

/** Words, codes and "(New)" each on its own; the whole cell where it differs in nothing but how these are put together. */
function changesOfDescription(row: RowInBoth, key: string, { reader }: Knowledge): FieldChange[] {
  const [was, is] = [reader.textOf(row.before), reader.textOf(row.after)];
  const meaning = row.after.table.kind === 'actions' ? null : 'definition changed';
  const words = { field: 'description', before: was.description, after: is.description, meaning } as const;
  const newMark = { field: 'new', before: was.newMark, after: is.newMark };
  // Codes that have a column of their own are told by its cell.
  const column = row.after.table.kind === 'actions' ? codeColumnOf(row.after.row) : 'code';
  const haveColumn = column !== key && differ(row.before.row.cells[column], row.after.row.cells[column]);
  const both = codesOfBoth(row, reader);
  const codes = haveColumn
    ? []
    : pairedCodes(both.before, both.after).map(([before = '', after = '']) => ({ field: 'code', before, after }));
  const changes: FieldChange[] = [words, ...codes, newMark].filter(({ before, after }) => before !== after);
  return changes.length > 0 ? changes : [{ field: 'description', ...cellOf(row, key) }];
}

/** Codes that stand on both sides, then those that only one side has, in order. */
function pairedCodes(before: readonly string[], after: readonly string[]): [string | undefined, string | undefined][] {
  const gone = before.filter((code) => !after.includes(code));
  const come = after.filter((code) => !before.includes(code));
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => [gone[index], come[index]]);
}

function changesOfPeople(
  { before, after }: TwoPartsOfBoth,
  [people, rest]: readonly ['owner', 'comments'] | readonly ['officers', 'targetDate'],
  cell: { before: string; after: string },
  { posts }: Knowledge,
): FieldChange[] {
  const changes: FieldChange[] = [];
  if (before.people !== after.people)
    changes.push({
      field: people,
      before: before.people,
      after: after.people,
      meaning: meaningOfPosts(before.people, after.people, posts),
    });
  if (before.rest !== after.rest)
    changes.push({
      field: rest,
      before: before.rest,
      after: after.rest,
      meaning: meaningOfDate(before.lastDay, after.lastDay),
    });
  return changes.length > 0 ? changes : [{ field: people, ...cell }];
}

/** A composite row's figures under each measure's code with that measure's part of the cell, if both cells can be taken apart. */
function changesOfFigure(row: RowInBoth, key: string, known: Knowledge): FieldChange[] {
  const { before: was, after: is } = codesOfBoth(row, known.reader);
  const told = (code: string | undefined, cell: { before: string; after: string }, codes: (string | undefined)[]): FieldChange => {
    const meaning = meaningOfFigure(
      row,
      key,
      cell,
      codes.filter((each) => each !== undefined),
      known,
    );
    return { field: key, code, ...cell, meaning };
  };
  const parts = was.length > 1 && was.length === is.length ? partsOfBoth(row, key, was.length) : null;
  const changes = (parts ? measurePairs(was, is) : []).flatMap(([one, other]) => {
    const part = { before: parts!.before[one]!, after: parts!.after[other]! };
    return part.before === part.after ? [] : [told(was[one], part, [was[one], is[other]])];
  });
  return changes.length > 0 ? changes : [told(undefined, cellOf(row, key), [was[0], is[0]])];
}

/** A cell's part for each measure before and after; null where it cannot be told which part is whose. */
function partsOfBoth({ before, after }: RowInBoth, key: string, count: number): { before: string[]; after: string[] } | null {
  const [was, is] = [before, after].map(({ row }) => partsOf(row.cells[key] ?? '', count));
  return was && is ? { before: was, after: is } : null;
}

function partsOf(raw: string, count: number): string[] | null {
  const [whole, parts] = [figureText(raw), figureParts(raw, count)];
  const isTakenApart = NOTHING.test(whole) || (parts[0] !== whole && parts[0] !== '');
  return isTakenApart ? parts.map(asPlainText) : null;
}

/** The places of each measure in its row before and after: by code, then in order. */
function measurePairs(before: readonly string[], after: readonly string[]): [number, number][] {
  const left = after.map((_, place) => place).filter((place) => !before.includes(after[place]!));
  return before.map((code, place) => [place, after.includes(code) ? after.indexOf(code) : (left.shift() ?? place)]);
}

function meaningOfFigure(
  { after: place }: RowInBoth,
  key: string,
  { before, after }: { before: string; after: string },
  codes: readonly string[],
  { directionOf, reader }: Knowledge,
): Meaning | null {
  if (key.startsWith('achieved ')) return null;
  const table = place.table.kind === 'csi' ? 'csi' : 'kpi';
  return meaningOfTarget(before, after, directionOf({ table, codes, description: () => reader.textOf(place).description }));
}
