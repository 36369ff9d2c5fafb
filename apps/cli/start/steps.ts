/** The steps of a start, in order, as people see them. */
import pg from 'pg';
import type { ListrTask } from 'listr2';
import type { Environment } from '../../../libs/config/environment.js';
import { migrateDatabase } from '../../../libs/database/migrate.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { findTemporalServer } from '../../../libs/temporal/find-server.js';
import { temporalAnswers } from '../../../libs/temporal/start-server.js';
import { setUpDemonstration } from '../demonstration/set-up.js';
import { apiService, databaseService, inboxService, type RunSettings, temporalService, workerService } from './services.js';
import { checkVariables, type GivenParts } from './settings.js';
import type { Supervisor } from './supervisor.js';

/** A step; `tell` shows what it is busy with. */
export interface Step {
  title: string;
  run: (tell: (line: string) => void) => Promise<void>;
}

/** Steps of one group run at the same time; the groups one after another. */
export type StepGroup = Step[];

/**
 * All steps of a run.
 * @param announce gets what the demonstration has to say at the end, such as the people one can be
 */
export function listSteps(settings: RunSettings, parts: GivenParts, supervisor: Supervisor, announce: (line: string) => void): StepGroup[] {
  const environment = checkVariables(settings.variables);
  return [
    [
      databaseStep(settings, parts, supervisor, environment),
      temporalStep(settings, parts, supervisor, environment),
      ...inboxSteps(settings, parts, supervisor),
    ],
    [{ title: 'The database is brought up to date', run: () => migrateDatabase(environment.DATABASE_URL) }],
    [
      { title: 'The API', run: () => supervisor.start(apiService(settings)) },
      { title: 'The worker', run: () => supervisor.start(workerService(settings)) },
    ],
    ...(environment.PLANCYCLE_DEMONSTRATION
      ? [[{ title: 'The demonstration', run: () => setUpDemonstration(environment, announce) }]]
      : []),
  ];
}

/**
 * The steps of one group as the progress display takes them.
 * @param onFailure gets what went wrong, to be told once, at the end
 */
export function asTasks(steps: StepGroup, onFailure: (error: unknown) => void): ListrTask[] {
  return steps.map(({ title, run }) => ({
    title,
    task: async (_context, task) => {
      try {
        await run((line) => {
          task.output = line;
        });
      } catch (error) {
        onFailure(error);
        throw new Error('see below', { cause: error });
      }
    },
  }));
}

function databaseStep(settings: RunSettings, parts: GivenParts, supervisor: Supervisor, environment: Environment): Step {
  if (!parts.database) return { title: 'PostgreSQL', run: () => supervisor.start(databaseService(settings)) };
  return {
    title: 'PostgreSQL (the one in DATABASE_URL)',
    run: () => refuseSilentDatabase(environment.DATABASE_URL),
  };
}

function temporalStep(settings: RunSettings, parts: GivenParts, supervisor: Supervisor, environment: Environment): Step {
  if (parts.temporal) return { title: 'Temporal (the server in TEMPORAL_ADDRESS)', run: () => refuseSilentTemporal(environment) };
  return {
    title: 'The Temporal server',
    run: async (tell) => {
      const program = await findTemporalServer({ tell, abort: supervisor.abort });
      await supervisor.start(temporalService(settings, program));
    },
  };
}

function inboxSteps(settings: RunSettings, parts: GivenParts, supervisor: Supervisor): Step[] {
  return parts.mail ? [] : [{ title: 'The inbox', run: () => supervisor.start(inboxService(settings)) }];
}

async function refuseSilentDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
    throw new DomainError(
      'not-now',
      `The database in DATABASE_URL cannot be used (${reason}): start it, correct the address, or leave DATABASE_URL out to get one made here.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseSilentTemporal({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE }: Environment): Promise<void> {
  if (await temporalAnswers(TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE)) return;
  throw new DomainError(
    'not-now',
    `No Temporal server with the namespace ${TEMPORAL_NAMESPACE} answers at ${TEMPORAL_ADDRESS}: start it, correct TEMPORAL_ADDRESS, or leave it out to get one started here.`,
  );
}
