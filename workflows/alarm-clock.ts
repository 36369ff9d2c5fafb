/** Waiting for a moment that may move, with as few timers in the history as possible. */
import { condition, sleep } from '@temporalio/workflow';
import type { Instant } from './activity-contract.js';

/**
 * Waits for moments one after another. A moment that moves later lets the armed timer ring unheeded,
 * and only an earlier one arms another: so a decision costs at most one event for its deadline.
 */
export class AlarmClock {
  private armedFor = Infinity;

  /**
   * Waits until the moment has come.
   * @param moment looked up again whenever the workflow moves; null waits for it to be set
   * @param giveUp ends the wait early
   * @returns whether the moment came; false when the wait was given up
   */
  async waitFor(moment: () => Instant | null, giveUp: () => boolean): Promise<boolean> {
    const due = () => Date.parse(moment() ?? '') || Infinity;
    while (!giveUp() && Date.now() < due()) {
      this.arm(due());
      await condition(() => giveUp() || due() < this.armedFor);
    }
    return !giveUp();
  }

  private arm(due: number): void {
    if (due >= this.armedFor || due === Infinity) return;
    this.armedFor = due;
    void sleep(due - Date.now()).then(() => {
      if (this.armedFor === due) this.armedFor = Infinity;
    });
  }
}
