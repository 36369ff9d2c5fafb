/** One quarter: asks the updaters, reminds, prepares the report for GMT and then for Cabinet, and closes when Cabinet noted it. */
import { allHandlersFinished, condition, patched, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { Activities, PreparedReport, QuarterRef, QuarterRequest, QuarterWaits } from './activity-contract.js';
import { AlarmClock } from './alarm-clock.js';
import { takeQuarterStep, timetableMoved } from './messages.js';
import { refusal, unwrapRefusal } from './refusal.js';
import { recording } from './retry-policies.js';
import { Turns } from './turns.js';

const activities = proxyActivities<Activities>(recording);

/** Runs from the quarter's opening until Cabinet has noted its report. */
export async function quarterlyMonitoring(quarter: QuarterRef): Promise<void> {
  const period = new ReportedPeriod(quarter);
  setHandler(takeQuarterStep, (request) => period.take(request), {
    validator: (request: QuarterRequest) => period.refuseUnlessBusy(request),
  });
  setHandler(timetableMoved, (number) => period.lookUpDatesAgain(number));

  await period.open();
  await Promise.all([period.remind(), period.prepareReports(), condition(() => period.isClosed)]);
  await condition(allHandlersFinished);
}

class ReportedPeriod {
  isClosed = false;
  private isWithCabinet = false;
  /** False only for a quarter that went to Cabinet before clerks were reminded. */
  private remindsClerk = false;
  private waits: QuarterWaits | null = null;
  private timetable = 0;
  private readonly turns = new Turns();

  constructor(private readonly quarter: QuarterRef) {}

  async open(): Promise<void> {
    while (!this.waits) {
      await this.turns.take(async () => {
        this.waits = await activities.openQuarter(this.ref());
      });
      // Without its meetings the quarter has no dates: look again tomorrow.
      if (!this.waits) await sleep('1 day');
    }
  }

  /** Missing rows are asked for until the report has gone to Cabinet; after that its clerk is, for what Cabinet did with it. */
  async remind(): Promise<void> {
    const clock = new AlarmClock();
    while (
      await clock.waitFor(
        () => this.waits?.remindAt ?? null,
        () => this.isClosed || (this.isWithCabinet && !this.remindsClerk),
      )
    ) {
      await this.turns.take(async () => {
        const remindAt = await activities.remindOfUpdates(this.ref());
        if (this.waits) this.waits = { ...this.waits, remindAt };
      });
    }
  }

  /** GMT sees the report first. Missing data never holds it up: the report names what is missing. */
  async prepareReports(): Promise<void> {
    await this.prepareFor('gmt', () => this.waits?.prepareForGmtAt ?? null);
    await this.prepareFor('cabinet', () => this.waits?.prepareForCabinetAt ?? null);
  }

  /** A meeting was moved: opening what is open already gives back the dates as they are now. */
  async lookUpDatesAgain(number: number): Promise<void> {
    if (number <= this.timetable || !this.waits) return;
    this.timetable = number;
    await this.turns.take(async () => {
      this.waits = await activities.openQuarter(this.ref());
    });
  }

  take(request: QuarterRequest): Promise<PreparedReport> {
    return this.turns.take(() => this.record(request));
  }

  /** At the door; whoever comes while a report is being prepared is asked when their turn comes. */
  refuseUnlessBusy(request: QuarterRequest): void {
    if (!this.turns.isBusy) this.refuseIfNotNow(request);
  }

  private refuseIfNotNow(request: QuarterRequest): void {
    if (!this.waits) throw refusal('not-now', 'The quarter is just being opened. Try again in a moment.');
    if (this.isClosed) throw refusal('not-now', 'Cabinet has noted this report, so the quarter is closed.');
    if (request.step === 'note' && !this.isWithCabinet)
      throw refusal(
        'not-now',
        'The final report for Cabinet has not been prepared yet, so there is nothing that Cabinet could have noted.',
      );
  }

  private async record(request: QuarterRequest): Promise<PreparedReport> {
    this.refuseIfNotNow(request);
    try {
      const report = await activities.recordQuarterStep({ ...this.ref(), request });
      if (request.step === 'note') this.isClosed = true;
      return report;
    } catch (error) {
      throw unwrapRefusal(error);
    }
  }

  private async prepareFor(preparedFor: 'gmt' | 'cabinet', moment: () => string | null): Promise<void> {
    if (!(await new AlarmClock().waitFor(moment, () => this.isClosed))) return;
    await this.turns.take(async () => {
      await activities.prepareReport({ ...this.ref(), preparedFor });
      if (preparedFor === 'cabinet') await this.goToCabinet();
    });
  }

  /** From now on the clerk is waited for; opening what is open already tells when to remind them. */
  private async goToCabinet(): Promise<void> {
    this.remindsClerk = patched('clerk-is-reminded');
    this.isWithCabinet = true;
    if (this.remindsClerk) this.waits = await activities.openQuarter(this.ref());
  }

  private ref(): QuarterRef & { at: string } {
    return { ...this.quarter, at: new Date(Date.now()).toISOString() };
  }
}
