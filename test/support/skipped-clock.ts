/** The demonstration's council on the time-skipping server: a year in seconds. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { instantOf, londonDay } from '../../libs/calendar/council-clock.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { Notice } from '../../libs/database/entities/tasks.js';
import { findTimeSkippingServer } from '../../libs/temporal/find-server.js';
import { councilId, runCouncil, type RunningCouncil } from './running-council.js';

export interface SkippedClock {
  council: RunningCouncil;
  /** Skips to a time of a council's day; what falls due on the way is done on the way. */
  skipTo(day: string, time?: string): Promise<void>;
  /** Who was told what on which council day, of one kind of e-mail. */
  told(kind: string): Promise<[day: string, name: string][]>;
  stop(): Promise<void>;
}

/** Starts it on Monday 3 November 2025, with the cycle of 2026/27 opened. */
export async function startSkippedClock(): Promise<SkippedClock> {
  const path = await findTimeSkippingServer();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  const council = await runCouncil({ skipped: environment });
  return {
    council,
    async skipTo(day, time = '12:00') {
      const { clock } = await councilAtWork(council.orm.em.fork(), councilId, Date.now);
      await environment.sleep(clock.toServerTime(new Date(instantOf(day, time))).getTime() - (await environment.currentTimeMs()));
    },
    async told(kind) {
      const notices = await council.orm.em.fork().find(Notice, { kind }, { orderBy: { createdAt: 'asc', recipient: 'asc' } });
      return notices.map(({ createdAt, facts }) => [londonDay(createdAt), String(facts.recipientName)]);
    },
    async stop() {
      await council.stop();
      await environment.teardown();
    },
  };
}
