/** One at a time: what is to be recorded waits until the one before has been recorded or refused. */

/**
 * The turns of one workflow. While a turn is being taken nobody can tell what may come next: the database may know its outcome
 * before the workflow does, when a worker died in between. So an Update is refused at the door only when nobody is at it,
 * and else waits its turn and is asked again then.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private inHand = 0;

  get isBusy(): boolean {
    return this.inHand > 0;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    this.inHand += 1;
    const mine = this.last.then(work).finally(() => {
      this.inHand -= 1;
    });
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
