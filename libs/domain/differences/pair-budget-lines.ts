/** Which budget line of an earlier plan each of a later one continues: by the heading that it stands under, and its text. */
import type { Row } from '../business-plan.js';
import { plainText } from '../plain-text.js';
import { rowKind } from '../plan-tables.js';
import { firstCell, type RowPlace } from './compared-table.js';
import { likeness, mostAlike } from './likeness.js';
import { sharingKey, type Pairing, type Scope } from './pairing.js';
import type { RowReader } from './row-text.js';

/**
 * Pairs the rows of the budget table: of the same text under the same heading; of the same text; of similar text; rows without
 * a text; at last rows that stand in the same place, between rows that belong together, whatever was written in them.
 */
export function pairBudgetLines(pairing: Pairing, scope: Scope, { textOf, wordsOf }: RowReader): void {
  const headings = headingsOver(scope);
  const sameKey = (keyOf: (place: RowPlace) => string | null): void => {
    const buckets = sharingKey(pairing.freeIn(scope), (place) => [keyOf(place)].filter((key) => key !== null));
    for (const bucket of buckets) pairSameText(pairing, bucket);
  };
  sameKey((place) => JSON.stringify([headings.get(place.row), firstCell(place)]));
  sameKey((place) => JSON.stringify([headings.get(place.row), textOf(place).description]));
  sameKey((place) => textOf(place).description || null);
  pairSimilarText(pairing, scope, wordsOf, headings);
  sameKey((place) => textOf(place).description);
  pairInPlace(pairing, scope);
}

/** The heading that each row stands under; '' for a heading itself and where there is none. */
function headingsOver(scope: Scope): Map<Row, string> {
  const over = new Map<Row, string>();
  for (const places of [scope.before, scope.after]) {
    let heading = '';
    for (const { row } of places) {
      const isHeading = rowKind(row) === 'heading';
      if (isHeading) heading = plainText(row.cells.text ?? '');
      over.set(row, isHeading ? '' : heading);
    }
  }
  return over;
}

/** Rows of one text: those whose figures are the same first, then in order. */
function pairSameText(pairing: Pairing, bucket: Scope): void {
  if (bucket.before.length > 1 || bucket.after.length > 1)
    for (const same of sharingKey(bucket, (place) => [cellsOf(place)])) pairing.pairInOrder(same);
  pairing.pairInOrder(bucket);
}

function cellsOf({ row }: RowPlace): string {
  return JSON.stringify(
    Object.entries(row.cells)
      .map(([key, text]) => `${key}: ${plainText(text)}`)
      .sort(),
  );
}

const SIMILAR = 0.5;

function pairSimilarText(pairing: Pairing, scope: Scope, wordsOf: RowReader['wordsOf'], headings: ReadonlyMap<Row, string>): void {
  const free = pairing.freeIn(scope);
  if (free.before.length === 0 || free.after.length === 0) return;
  const between = (one: RowPlace, other: RowPlace): number => {
    const [some, others] = [wordsOf(one), wordsOf(other)];
    if (some.size === 0 || others.size === 0) return 0;
    const alike = likeness(some, others);
    const together = headings.get(one.row) === headings.get(other.row);
    return alike < SIMILAR ? 0 : alike + (together ? 1 : 0);
  };
  pairing.pairAll(mostAlike(free.before, free.after, { wordsOf, between, atLeast: SIMILAR }));
}

function pairInPlace(pairing: Pairing, { before, after }: Scope): void {
  const earlierIndex = (index: number, end: number): number | undefined => {
    const row = after[index]?.row;
    return row === undefined ? end : pairing.earlierOf.get(row)?.index;
  };
  for (const [index, place] of after.entries()) {
    if (pairing.earlierOf.has(place.row)) continue;
    const previous = earlierIndex(index - 1, -1);
    const candidate = previous === undefined ? undefined : before[previous + 1];
    if (!candidate || !pairing.isEarlierFree(candidate.row) || rowKind(candidate.row) !== rowKind(place.row)) continue;
    if (earlierIndex(index + 1, before.length) === candidate.index + 1) pairing.pair(candidate, place);
  }
}
