/** Looking into a sequence of dated things that never ends, such as reminders and alarms. */

/** A sequence in order of its days ('YYYY-MM-DD') that always goes on. */
export type EndlessDays<T extends { date: string }> = Generator<T, never>;

/** The first of them after a day. */
export function firstAfter<T extends { date: string }>(sequence: EndlessDays<T>, day: string): T {
  let item = sequence.next().value;
  while (item.date <= day) item = sequence.next().value;
  return item;
}

/** Those after the first day up to and with the second. */
export function within<T extends { date: string }>(sequence: EndlessDays<T>, fromExclusive: string, toInclusive: string): T[] {
  const result: T[] = [];
  for (let item = sequence.next().value; item.date <= toInclusive; item = sequence.next().value) {
    if (item.date > fromExclusive) result.push(item);
  }
  return result;
}
