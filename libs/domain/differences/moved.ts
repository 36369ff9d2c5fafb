/** What was moved within a list: the fewest things whose moving explains the new order. */

/** Where a thing stood and stands, and what tells it from the others. */
export interface Placed {
  before: number;
  after: number;
}

/**
 * The things that were moved: all but the longest run of things that kept their order. Of two runs as long as each other it is
 * the same one that counts as moved, whichever of the two lists is the earlier.
 * @param placed in the order of `after`
 * @param nameOf asked only where something moved
 */
export function movedAmong<Item extends Placed>(placed: readonly Item[], nameOf: (item: Item) => string): Set<Item> {
  if (placed.every((item, index) => index === 0 || item.before > placed[index - 1]!.before)) return new Set();
  const byBefore = placed.toSorted((a, b) => a.before - b.before);
  const differs = placed.findIndex((item, index) => item !== byBefore[index]);
  const isTurned = nameOf(placed[differs]!) < nameOf(byBefore[differs]!);
  const kept = isTurned ? longestRun(byBefore, ({ after }) => after) : longestRun(placed, ({ before }) => before);
  return new Set(placed.filter((item) => !kept.has(item)));
}

/** The longest subsequence whose values rise, in time n log n (patience sorting). */
function longestRun<Item>(items: readonly Item[], valueOf: (item: Item) => number): Set<Item> {
  /** The end of the run of each length that ends lowest, and for each item the one before it in its run. */
  const ends: Item[] = [];
  const previous = new Map<Item, Item | undefined>();
  for (const item of items) {
    const length = firstNotBelow(ends, valueOf, valueOf(item));
    previous.set(item, ends[length - 1]);
    ends[length] = item;
  }
  const run = new Set<Item>();
  for (let item = ends.at(-1); item !== undefined; item = previous.get(item)) run.add(item);
  return run;
}

function firstNotBelow<Item>(ends: readonly Item[], valueOf: (item: Item) => number, value: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueOf(ends[middle]!) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
