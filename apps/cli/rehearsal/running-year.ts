/** A council's year on a clock that is skipped: the product's own workflows and activities, on the time-skipping server. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { WorkflowNotFoundError } from '@temporalio/common';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { createActivities } from '../../../activities/create-activities.js';
import { deliverNext } from '../../../activities/deliver-messages.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { openDatabase } from '../../../libs/database/orm.js';
import { createWorker } from '../../../libs/temporal/create-worker.js';
import { findTimeSkippingServer } from '../../../libs/temporal/find-server.js';
import type { Activities } from '../../../workflows/activity-contract.js';
import { cycleWorkflowId, planWorkflowId, quarterWorkflowId } from '../../../workflows/workflow-ids.js';
import { createRehearsedMail, type RehearsedMail } from './rehearsed-mail.js';

export const TASK_QUEUE = 'rehearsal';
/** A fault that is repeated for longer than this is one of the product. */
const PATIENCE_MS = 60_000;
const BASE_URL = 'https://rehearsal.example';

export interface RunningYear {
  orm: MikroORM;
  temporal: Client;
  mail: RehearsedMail;
  /** Ids of workflows that run, or will, besides those that the database tells of. */
  watched: Set<string>;
  /** The server's present time, in milliseconds since 1970; it only moves forward. */
  now(): Promise<number>;
  /** Skips to a moment of the server's time; what falls due on the way is done on the way. A moment that has passed is now. */
  skipTo(moment: number): Promise<void>;
  /** Waits until nothing that has fallen due is still being done, and delivers the mail that is due. */
  settle(): Promise<void>;
  /** As if every worker had died; `startWorker` brings one back. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

/** @param databaseUrl a database that is up to date and that nobody else uses */
export async function startYear(databaseUrl: string): Promise<RunningYear> {
  const path = await findTimeSkippingServer();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  const orm = await openDatabase(databaseUrl);
  // A client of our own: the environment's skips the clock by itself while it waits for a result.
  const temporal = new Client({ connection: environment.connection });
  const mail = createRehearsedMail();
  const activities = onSkippedClock(createActivities({ orm, temporal, taskQueue: TASK_QUEUE, mailer: mail, baseUrl: BASE_URL }));
  let worker: { it: Worker; running: Promise<void> } | null = null;

  const now = async (): Promise<number> => Number(await environment.currentTimeMs());
  const watched = new Set<string>();
  const year: RunningYear = {
    orm,
    temporal,
    mail,
    watched,
    now,
    async skipTo(moment) {
      const ahead = moment - (await now());
      if (ahead > 0) await environment.sleep(ahead);
    },
    async settle() {
      await untilQuiet(
        () => worker?.it ?? null,
        async () => hasWorkToHandOut(temporal, [...watched, ...(await workflowsOf(orm))]),
      );
      while (await deliverNext({ orm, mailer: mail, baseUrl: BASE_URL }, new Date(await now())));
    },
    async startWorker() {
      const { nativeConnection: connection, namespace = 'default' } = environment;
      const it = await createWorker({ connection, namespace, taskQueue: TASK_QUEUE, activities });
      worker = { it, running: it.run() };
    },
    async stopWorker() {
      if (worker?.it.getState() === 'RUNNING') worker.it.shutdown();
      await worker?.running;
      worker = null;
    },
    async close() {
      await year.stopWorker();
      await orm.close(true);
      await environment.teardown();
    },
  };
  await year.startWorker();
  return year;
}

/** The time-skipping server knows no Schedules: the rehearsal starts the same openers on their days. */
function onSkippedClock(activities: Activities): Activities {
  return { ...activities, scheduleQuarters: () => Promise.resolve(), scheduleNextCycle: () => Promise.resolve() };
}

/** Looks until neither the worker has anything in hand nor the server anything to hand out, twice in a row. */
async function untilQuiet(worker: () => Worker | null, serverIsBusy: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  for (let quiet = 0; quiet < 2;) {
    const status = worker()?.getStatus();
    if (!status) return;
    const isBusy = status.numInFlightWorkflowActivations > 0 || status.numInFlightActivities > 0 || (await serverIsBusy());
    quiet = isBusy ? 0 : quiet + 1;
    if (performance.now() - started > PATIENCE_MS)
      throw new Error(`The rehearsal does not come to rest: ${JSON.stringify(status)} ${String(await serverIsBusy())}`);
    if (quiet < 2) await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

async function hasWorkToHandOut(temporal: Client, workflowIds: readonly string[]): Promise<boolean> {
  const waiting = await Promise.all([...new Set(workflowIds)].map((id) => isToldToWork(temporal, id)));
  return waiting.includes(true);
}

async function isToldToWork(temporal: Client, workflowId: string): Promise<boolean> {
  try {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    return (raw.pendingActivities?.length ?? 0) > 0 || (raw.pendingWorkflowTask !== null && raw.pendingWorkflowTask !== undefined);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** The time-skipping server lists no workflows; the database tells which there are. */
async function workflowsOf(orm: MikroORM): Promise<string[]> {
  const em = orm.em.fork();
  const cycles = await em.find(Cycle, { status: 'open' });
  const plans = await em.find(Plan, { cycleId: { $in: cycles.map(({ id }) => id) }, at: { $nin: ['published', 'given-up'] } });
  const quarters = await em.find(Quarter, { status: { $ne: 'closed' } });
  return [
    ...cycles.map(({ councilId, year }) => cycleWorkflowId(councilId, year)),
    ...plans.map(({ councilId, year, slug }) => planWorkflowId(councilId, year, slug)),
    ...quarters.map(({ councilId, year, quarter }) => quarterWorkflowId(councilId, year, quarter)),
  ];
}
