/** How alike two texts are, and which of many belong together. */

/** From 0 for no word in common to 1 for the same words: twice the words in common by the words of both (Dice). */
export function likeness(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (some.size === 0 && others.size === 0) return 1;
  const [fewer, more] = some.size <= others.size ? [some, others] : [others, some];
  let inCommon = 0;
  for (const word of fewer) if (more.has(word)) inCommon += 1;
  return (2 * inCommon) / (some.size + others.size);
}

export interface Likeness<Item> {
  wordsOf: (item: Item) => ReadonlySet<string>;
  /** From 0 to 1. */
  between: (before: Item, after: Item) => number;
  /** Less alike than this do not belong together. */
  atLeast: number;
}

/** Up to so many pairs all are looked at; beyond, those that have a word in common which few others have. */
const ALL_PAIRS = 4096;
const FEW = 12;

/**
 * The pairs of items that are most alike, each item in one pair at most: the most alike pair first, of equals the one whose
 * places are nearest to each other. Long lists take time by their length, not by its square.
 */
export function mostAlike<Item>(before: readonly Item[], after: readonly Item[], by: Likeness<Item>): [Item, Item][] {
  const candidates = candidatePairs(before, after, by)
    .map(([one, other]) => ({ one, other, alike: by.between(before[one]!, after[other]!) }))
    .filter(({ alike }) => alike >= by.atLeast)
    .sort((a, b) => b.alike - a.alike || distance(a) - distance(b) || a.one + a.other - (b.one + b.other) || a.one - b.one);
  const taken = { before: new Set<number>(), after: new Set<number>() };
  return candidates.flatMap(({ one, other }): [Item, Item][] => {
    if (taken.before.has(one) || taken.after.has(other)) return [];
    taken.before.add(one);
    taken.after.add(other);
    return [[before[one]!, after[other]!]];
  });
}

function distance({ one, other }: { one: number; other: number }): number {
  return Math.abs(one - other);
}

function candidatePairs<Item>(before: readonly Item[], after: readonly Item[], { wordsOf }: Likeness<Item>): [number, number][] {
  if (before.length * after.length <= ALL_PAIRS)
    return before.flatMap((_, one) => after.map((__, other): [number, number] => [one, other]));
  const [earlier, later] = [placesByWord(before, wordsOf), placesByWord(after, wordsOf)];
  const found = new Map<number, [number, number]>();
  for (const [word, ones] of earlier) {
    const others = later.get(word) ?? [];
    if (ones.length > FEW || others.length > FEW) continue;
    for (const one of ones) for (const other of others) found.set(one * after.length + other, [one, other]);
  }
  return [...found.values()];
}

function placesByWord<Item>(items: readonly Item[], wordsOf: (item: Item) => ReadonlySet<string>): Map<string, number[]> {
  const places = new Map<string, number[]>();
  items.forEach((item, place) => {
    for (const word of wordsOf(item)) {
      const known = places.get(word);
      if (known) known.push(place);
      else places.set(word, [place]);
    }
  });
  return places;
}
