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
  const slots: Item[] = [];
  for (const item of placed) slots[item.before] = item;
  const byBefore = slots.filter((item) => item !== undefined);
  // What stands alike at the beginning and at the end was not moved.
  const start = placed.findIndex((item, index) => item !== byBefore[index]);
  if (start < 0) return new Set();
  const end = placed.findLastIndex((item, index) => item !== byBefore[index]) + 1;
  const [later, earlier] = [placed.slice(start, end), byBefore.slice(start, end)];
  const isTurned = nameOf(later[0]!) < nameOf(earlier[0]!);
  const kept = isTurned ? longestRun(earlier, ({ after }) => after) : longestRun(later, ({ before }) => before);
  return new Set(later.filter((item) => !kept.has(item)));
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
