/** The whole product as processes of their own on throw-away servers, each of which can be killed and started again. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { execPath } from 'node:process';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client, Connection } from '@temporalio/client';
import { setUpDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { readEnvironment } from '../../libs/config/environment.js';
import { buildFolder } from '../../libs/config/paths.js';
import { hashToken } from '../../libs/database/api-tokens.js';
import { ApiToken, Person } from '../../libs/database/entities/people.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { findFreePort } from '../../libs/processes/free-port.js';
import { startServerProcess, type ServerProcess } from '../../libs/processes/server-process.js';
import { startServers, type TestServers } from './servers.js';
import { people, type PersonInTest } from './running-council.js';

/** A process of the product; `restart` waits until it is ready again. */
export interface ProductProcess {
  readonly pid: number;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export interface Product {
  servers: TestServers;
  api: ProductProcess;
  worker: ProductProcess;
  /** The address of the pages. */
  baseUrl: string;
  orm: MikroORM;
  temporal: Client;
  /** What each person sends as `Authorization: Bearer`. */
  tokens: Record<PersonInTest, string>;
  stop(): Promise<void>;
}

/**
 * @param today the day on which the demonstration lives
 * @param options `durable` as startServers takes it; `variables` are added to the environment of the processes; `prepare` writes a
 * council of one's own into the database before anything runs, whose clock counts instead of `today`
 */
export async function startProduct(
  today: string,
  options: { durable?: boolean; variables?: Record<string, string>; prepare?: (databaseUrl: string) => Promise<void> } = {},
): Promise<Product> {
  const servers = await startServers({ temporal: true, inbox: true, durable: options.durable ?? false });
  const port = await findFreePort();
  const variables = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: String(port),
    BASE_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'warn',
    DATABASE_URL: servers.postgres.address,
    TEMPORAL_ADDRESS: servers.temporal?.address,
    SMTP_URL: servers.inbox?.address,
    INBOX_FOLDER: servers.inbox?.folder,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    PLANCYCLE_DEMONSTRATION: 'true',
    PLANCYCLE_TODAY: today,
    ...options.variables,
  };
  const environment = readEnvironment(variables);
  await migrateDatabase(environment.DATABASE_URL);
  await options.prepare?.(environment.DATABASE_URL);
  const processOf = (name: 'api' | 'worker', ready: () => Promise<boolean>) =>
    restartable(() =>
      startServerProcess({
        name,
        command: execPath,
        args: ['--enable-source-maps', join(buildFolder, `apps/${name}/main.js`)],
        // PostgreSQL's log tells by this name whose statement it is.
        env: { ...variables, PGAPPNAME: name },
        logFile: join(servers.folder, `${name}.log`),
        channel: true,
        ready: name === 'worker' ? 'message' : ready,
        patience: 60_000,
      }),
    );
  const answers = async () => (await fetch(`${environment.BASE_URL}/healthz`).catch(() => null))?.ok === true;
  const [api, worker] = await Promise.all([processOf('api', answers), processOf('worker', answers)]);
  await setUpDemonstration(environment, () => undefined);
  const orm = await openDatabase(environment.DATABASE_URL);
  const connection = await Connection.connect({ address: environment.TEMPORAL_ADDRESS });
  return {
    servers,
    api,
    worker,
    baseUrl: environment.BASE_URL,
    orm,
    temporal: new Client({ connection }),
    tokens: await giveTokens(orm),
    async stop() {
      await Promise.all([api.kill(), worker.kill()]);
      await connection.close();
      await orm.close(true);
      await servers.stop();
    },
  };
}

async function restartable(start: () => Promise<ServerProcess>): Promise<ProductProcess> {
  let current = await start();
  return {
    get pid() {
      return current.pid;
    },
    kill: () => current.kill(),
    async restart() {
      await current.kill();
      current = await start();
    },
  };
}

async function giveTokens(orm: MikroORM): Promise<Record<PersonInTest, string>> {
  const em = orm.em.fork();
  const tokens = {} as Record<PersonInTest, string>;
  for (const person of Object.keys(people) as PersonInTest[]) {
    const { id, councilId } = await em.findOneOrFail(Person, { name: people[person] });
    tokens[person] = randomBytes(24).toString('base64url');
    await em.insert(ApiToken, {
      id: crypto.randomUUID(),
      councilId,
      personId: id,
      tokenHash: hashToken(tokens[person]),
      name: 'tests',
      createdAt: new Date(),
      expiresAt: null,
    });
  }
  return tokens;
}
