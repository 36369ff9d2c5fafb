/** A council's year on a clock that is skipped: the product's own workflows and activities, on the time-skipping server. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { createActivities } from '../../../activities/create-activities.js';
import { sendPendingSignals } from '../../../activities/pending-signals.js';
import { deliverNext } from '../../../activities/deliver-messages.js';
import { Council } from '../../../libs/database/entities/council.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { openDatabase } from '../../../libs/database/orm.js';
import { createWorker } from '../../../libs/temporal/create-worker.js';
import { findTimeSkippingServer } from '../../../libs/temporal/find-server.js';
import type { Activities } from '../../../workflows/activity-contract.js';
import { startCycle, startMorningRound, startQuarter } from '../../../libs/temporal/start-workflows.js';
import { quietenRuntime } from './quiet-runtime.js';
import { createRehearsedMail, type RehearsedMail } from './rehearsed-mail.js';

export const TASK_QUEUE = 'rehearsal';
/** A fault that is repeated for longer than this is one of the product. */
const PATIENCE_MS = 60_000;
/** By how much the clock goes on each time, too little to be seen in a timeline. */
const A_MOMENT_MS = 1_000;
const BASE_URL = 'https://rehearsal.example';

/** A server whose clock skips, with a worker of the product on it. */
interface SkippedServer {
  environment: TestWorkflowEnvironment;
  /** A client of our own: the environment's skips the clock by itself while it waits for a result. */
  temporal: Client;
  worker: Worker;
  running: Promise<void>;
}

/** One database of a rehearsal with the server that its workflows run on; the mail goes nowhere. */
export class RunningYear {
  readonly mail: RehearsedMail = createRehearsedMail();

  private constructor(
    readonly orm: MikroORM,
    private server: SkippedServer | null,
  ) {}

  /** @param databaseUrl a database that is up to date and that nobody else uses */
  static async start(databaseUrl: string): Promise<RunningYear> {
    const year = new RunningYear(await openDatabase(databaseUrl), null);
    try {
      year.server = await year.openServer();
      return year;
    } catch (error) {
      await year.orm.close(true);
      throw error;
    }
  }

  get temporal(): Client {
    return this.running.temporal;
  }

  /** The server's present time, in milliseconds since 1970; it only moves forward. */
  async now(): Promise<number> {
    return Number(await this.running.environment.currentTimeMs());
  }

  /** Skips to a moment of the server's time; what falls due on the way is done on the way. A moment that has passed is now. */
  async skipTo(moment: number): Promise<void> {
    const ahead = moment - (await this.now());
    if (ahead > 0) await this.running.environment.sleep(ahead);
  }

  /** Waits until nothing that has fallen due is still being done, and delivers the mail that is due. */
  async settle(): Promise<void> {
    await untilIdle(this.running.environment);
    while ((await sendPendingSignals(this.orm, this.temporal)) > 0) await untilIdle(this.running.environment);
    while (await deliverNext({ orm: this.orm, mailer: this.mail, baseUrl: BASE_URL }, new Date(await this.now())));
  }

  /**
   * A time in which nothing runs, and after which nothing is left but the database: the workflows begin anew from there, as after
   * a restore. The clock-skipping server does not skip while work waits for a worker, so a worker alone cannot be away on it.
   */
  async outage(milliseconds: number): Promise<void> {
    const end = (await this.now()) + milliseconds;
    await this.closeServer();
    this.server = await this.openServer();
    await moveServerTime(this.orm, (await this.now()) - end);
    await this.goOnFromDatabase();
  }

  /** Starts every workflow of the council that the database says is on its way. */
  async goOnFromDatabase(): Promise<void> {
    const em = this.orm.em.fork();
    for (const { councilId, year } of await em.find(Cycle, { status: 'open' }))
      await startCycle(this.temporal, TASK_QUEUE, { councilId, year });
    for (const { councilId, year, quarter } of await em.find(Quarter, { status: { $ne: 'closed' } }))
      await startQuarter(this.temporal, TASK_QUEUE, { councilId, year, quarter });
    for (const { id } of await em.find(Council, {})) await this.startMorningRound(id);
    await this.settle();
  }

  startMorningRound(councilId: string): Promise<void> {
    return startMorningRound(this.temporal, TASK_QUEUE, councilId);
  }

  async close(): Promise<void> {
    await this.closeServer();
    await this.orm.close(true);
  }

  private get running(): SkippedServer {
    if (!this.server) throw new Error('The rehearsal is over.');
    return this.server;
  }

  private async openServer(): Promise<SkippedServer> {
    const path = await findTimeSkippingServer();
    // Not before the server is found: a runtime that nothing comes to use would keep the process from ending.
    quietenRuntime();
    const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
    const { connection, nativeConnection, namespace = 'default' } = environment;
    const temporal = new Client({ connection });
    const activities = onSkippedClock(
      createActivities({ orm: this.orm, temporal, taskQueue: TASK_QUEUE, mailer: this.mail, baseUrl: BASE_URL }),
    );
    const worker = await createWorker({ connection: nativeConnection, namespace, taskQueue: TASK_QUEUE, activities });
    return { environment, temporal, worker, running: worker.run() };
  }

  private async closeServer(): Promise<void> {
    const { environment, worker, running } = this.running;
    this.server = null;
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
    await environment.teardown();
  }
}

/** What the database keeps in the server's time is the same moment of the council's on another server's clock. */
async function moveServerTime(orm: MikroORM, by: number): Promise<void> {
  const moved = (column: string): string => `${column} = ${column} + ? * interval '1 millisecond'`;
  const em = orm.em.fork();
  await em.execute('update council set clock_offset_ms = clock_offset_ms - ?', [by]);
  await em.execute(`update message set ${['next_attempt_at', 'due_at', 'sent_at'].map(moved).join(', ')}`, [by, by, by]);
}

/** The time-skipping server knows no Schedules: the rehearsal starts the same openers on their days. */
function onSkippedClock(activities: Activities): Activities {
  return {
    ...activities,
    scheduleQuarters: () => Promise.resolve(),
    scheduleNextCycle: () => Promise.resolve(),
    rearrangeOpenings: () => Promise.resolve(),
  };
}

/**
 * Waits until nothing is being done. The server skips no time while a workflow or activity task waits or is worked on, so a wait that
 * it cuts short says that there is none; it does not list them itself.
 */
async function untilIdle(environment: TestWorkflowEnvironment): Promise<void> {
  const began = performance.now();
  for (let asked = began; ; asked = performance.now()) {
    await environment.sleep(A_MOMENT_MS);
    if (performance.now() - asked < A_MOMENT_MS) return;
    if (performance.now() - began > PATIENCE_MS) throw new Error('The rehearsal does not come to rest.');
  }
}
