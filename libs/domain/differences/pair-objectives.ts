/** Which outcome objective of an earlier plan each of a later one is: by its code, its name, or the indicators under it. */
import { plainText } from '../plain-text.js';
import { placesIn, tablePair, type ComparedTable, type TablePair } from './compared-table.js';
import { mostAlike } from './likeness.js';
import { rowReader } from './row-text.js';

/** The tables of the objectives that belong together, in the later plan's order; those that only the earlier plan has come last. */
export function pairObjectives(before: readonly ComparedTable[], after: readonly ComparedTable[]): TablePair[] {
  if (areSame(before, after)) return after.map((table, index) => tablePair(before[index]!, table));
  const partner = new Map<ComparedTable, ComparedTable>();
  const pairSame = (keyOf: (table: ComparedTable) => string): void => {
    for (const table of after) {
      const key = keyOf(table);
      const taken = new Set(partner.values());
      const found = before.find((one) => !taken.has(one) && keyOf(one) === key);
      if (!partner.has(table) && key !== '' && found) partner.set(table, found);
    }
  };
  pairSame(({ objective }) => JSON.stringify([plainText(objective?.code ?? ''), plainText(objective?.name ?? '')]));
  pairSame(({ objective }) => plainText(objective?.code ?? ''));
  pairSame(({ objective }) => plainText(objective?.name ?? ''));
  const taken = new Set(partner.values());
  const left = { before: before.filter((table) => !taken.has(table)), after: after.filter((table) => !partner.has(table)) };
  for (const [one, other] of sharingIndicators(left.before, left.after)) partner.set(other, one);
  const pairs = after.map((table) => tablePair(partner.get(table) ?? null, table));
  const gone = before.filter((table) => ![...partner.values()].includes(table));
  return [...pairs, ...gone.map((table) => tablePair(table, null))];
}

/** Whether both plans have the same objectives in the same order, as most versions have. */
function areSame(before: readonly ComparedTable[], after: readonly ComparedTable[]): boolean {
  return before.length === after.length && before.every(({ caption }, index) => caption === after[index]!.caption);
}

/** Objectives that were given another code and another name at once, but kept indicators. */
function sharingIndicators(before: readonly ComparedTable[], after: readonly ComparedTable[]): [ComparedTable, ComparedTable][] {
  if (before.length === 0 || after.length === 0) return [];
  const { codesOf } = rowReader();
  const codes = new Map([...before, ...after].map((table) => [table, new Set(placesIn(table).flatMap(codesOf))]));
  const wordsOf = (table: ComparedTable): ReadonlySet<string> => codes.get(table)!;
  const between = (one: ComparedTable, other: ComparedTable): number => {
    const [some, others] = [wordsOf(one), wordsOf(other)];
    return [...some].filter((code) => others.has(code)).length / Math.max(some.size, others.size, 1);
  };
  return mostAlike(before, after, { wordsOf, between, atLeast: 0.5 });
}
