/** Which row of an earlier plan each row of a later one continues, while that is being found out. */
import type { Row } from '../business-plan.js';
import type { RowPlace } from './compared-table.js';

/** Rows among which partners are sought: those of one table, or of several. */
export interface Scope {
  before: RowPlace[];
  after: RowPlace[];
}

/** The pairs found so far. A row has one partner at most, and keeps it. */
export class Pairing {
  /** From the later row to the earlier one. */
  readonly earlierOf = new Map<Row, RowPlace>();
  private readonly taken = new Set<Row>();

  pair(before: RowPlace, after: RowPlace): void {
    if (this.taken.has(before.row) || this.earlierOf.has(after.row)) return;
    this.earlierOf.set(after.row, before);
    this.taken.add(before.row);
  }

  pairAll(pairs: readonly (readonly [RowPlace, RowPlace])[]): void {
    for (const [before, after] of pairs) this.pair(before, after);
  }

  /** Pairs what of a scope has no partner yet, the first with the first, as long as there are rows on both sides. */
  pairInOrder(scope: Scope): void {
    const { before, after } = this.freeIn(scope);
    before.slice(0, after.length).forEach((place, index) => this.pair(place, after[index]!));
  }

  /** Whether a row of the earlier plan has no partner yet. */
  isEarlierFree(row: Row): boolean {
    return !this.taken.has(row);
  }

  /** What of a scope has no partner yet. */
  freeIn({ before, after }: Scope): Scope {
    return { before: before.filter(({ row }) => !this.taken.has(row)), after: after.filter(({ row }) => !this.earlierOf.has(row)) };
  }
}

/** The rows of both sides that have a key in common, by that key in the order of the document; rows without a key are left out. */
export function sharingKey({ before, after }: Scope, keysOf: (place: RowPlace) => readonly string[]): Scope[] {
  if (before.length === 0 || after.length === 0) return [];
  const byKey = new Map<string, Scope>();
  for (const place of before) {
    for (const key of keysOf(place)) {
      const known = byKey.get(key);
      if (known) known.before.push(place);
      else byKey.set(key, { before: [place], after: [] });
    }
  }
  for (const place of after) for (const key of keysOf(place)) byKey.get(key)?.after.push(place);
  return [...byKey.values()].filter((scope) => scope.after.length > 0);
}
