/** The demonstration's council on a database of its own with a worker beside the test: the process without pages. */
import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client, Connection } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { startCycle } from '../../libs/temporal/start-workflows.js';
import { Person } from '../../libs/database/entities/people.js';
import { Plan, PlanDraft, PlanVersion } from '../../libs/database/entities/plans.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { createMailer } from '../../libs/email/send-email.js';
import { createWorker } from '../../libs/temporal/create-worker.js';
import type { StepAnswer, StepRequest } from '../../workflows/activity-contract.js';
import { awaited, planState, takeStep } from '../../workflows/messages.js';
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import { createTestDatabase, runningServers } from './running-servers.js';

/** The demonstration's people by what they do in the tests. */
export const people = {
  leader: 'Maya Thornton',
  gmt: 'Ruth Adeyemi',
  otherGmt: 'Graham Pell',
  clerk: 'Tom Ashworth',
  performance: 'Helen Marsh',
  officer: 'Priya Nair',
} as const;

export type PersonInTest = keyof typeof people;

export const councilId = 'broxtowe';
export const year = '2026-27';
export const slug = 'community-safety';

export interface RunningCouncil {
  orm: MikroORM;
  temporal: Client;
  taskQueue: string;
  personId(person: PersonInTest): Promise<string>;
  plan(): Promise<Plan>;
  /** Takes a step as a person would by page or API; the hash and revision shown are filled in unless given. */
  take(person: PersonInTest, request: Partial<StepRequest> & Pick<StepRequest, 'step'>): Promise<StepAnswer>;
  waitsFor(): Promise<unknown>;
  state(): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param today the day on which the council lives; the cycle is opened and its draft is with the leader */
export async function runCouncil({
  today = '2025-11-03',
  databaseUrl,
  skipped,
}: { today?: string; databaseUrl?: string; skipped?: TestWorkflowEnvironment } = {}): Promise<RunningCouncil> {
  const { smtpUrl } = runningServers();
  const url = databaseUrl ?? (await createTestDatabase('council'));
  await migrateDatabase(url);
  const orm = await openDatabase(url);
  await orm.em.fork().transactional((em) => writeDemonstration(em, today));

  const at = skipped ? onSkippedClock(skipped) : await onTestServer();
  const { connection, native, namespace } = at;
  const temporal = new Client({ connection, namespace });
  const taskQueue = 'plancycle';
  const mailer = createMailer(smtpUrl, 'Tests <tests@council.example>');
  const activities = {
    ...createActivities({ orm, temporal, taskQueue, mailer, baseUrl: 'http://localhost:3000' }),
    // The time-skipping server knows no Schedules.
    ...(skipped
      ? {
          scheduleQuarters: () => Promise.resolve(),
          scheduleNextCycle: () => Promise.resolve(),
          rearrangeOpenings: () => Promise.resolve(),
        }
      : {}),
  };
  const worker = await retried(() => createWorker({ connection: native, namespace, taskQueue, activities }));
  const running = worker.run();
  await retried(() => startCycle(temporal, taskQueue, { councilId, year }));

  const handle = () => temporal.workflow.getHandle(planWorkflowId(councilId, year, slug));
  const plan = async () => orm.em.fork().findOneOrFail(Plan, { councilId, year, slug });
  await until(async () => (await orm.em.fork().findOne(Plan, { councilId, year, slug }))?.at === 'drafting');

  const personId = async (person: PersonInTest) => (await orm.em.fork().findOneOrFail(Person, { name: people[person] })).id;
  return {
    orm,
    temporal,
    taskQueue,
    personId,
    plan,
    async take(person, request) {
      const id = await personId(person);
      const shown = await whatIsShown(orm, (await plan()).id);
      const body = { ...shown, ...request };
      return handle().executeUpdate(takeStep, { args: [{ ...body, personId: id, ...requestKey(councilId, id, randomUUID(), body) }] });
    },
    waitsFor: () => handle().query(awaited),
    state: () => handle().query(planState),
    async stop() {
      worker.shutdown();
      await running;
      await at.close();
      mailer.close();
      await orm.close(true);
    },
  };
}

interface TemporalAtHand {
  connection: Connection;
  native: NativeConnection;
  namespace: string;
  close(): Promise<void>;
}

function onSkippedClock({ connection, nativeConnection, namespace = 'default' }: TestWorkflowEnvironment): TemporalAtHand {
  return { connection, native: nativeConnection, namespace, close: () => Promise.resolve() };
}

/** The test run's server is shared, so each council has a namespace of its own on it. */
async function onTestServer(): Promise<TemporalAtHand> {
  const address = runningServers().temporalAddress;
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  const native = await NativeConnection.connect({ address });
  const close = async (): Promise<void> => {
    await connection.close();
    await native.close();
  };
  return { connection, native, namespace, close };
}

/** What a person's page would name: the newest version's hash and the draft's revision. */
async function whatIsShown(orm: MikroORM, planId: string): Promise<Pick<StepRequest, 'versionHash' | 'draftRevision'>> {
  const em = orm.em.fork();
  const [version] = await em.find(PlanVersion, { planId }, { orderBy: { number: 'desc' }, limit: 1 });
  const draft = await em.findOneOrFail(PlanDraft, planId);
  return { versionHash: version?.extractHash, draftRevision: draft.revision };
}

/** Waits until something is so, at most a minute: long enough for any machine, so that waiting in vain ends with what was waited for. */
export async function until(isSo: () => Promise<boolean>, what: () => string = () => isSo.toString()): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A namespace takes a moment to be known to every part of the server. */
async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

Runtime.install({ logger: new DefaultLogger('ERROR') });
