/** Throw-away servers for tests and measurements: real PostgreSQL, Temporal and inbox, which can be killed and started again on their data. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { buildFolder } from '../../libs/config/paths.js';
import { createDatabase, startEmbeddedDatabase, stopLeftOverDatabase } from '../../libs/database/embedded-server.js';
import { findFreePort, isListening } from '../../libs/processes/free-port.js';
import { endNotedProcess } from '../../libs/processes/pid-file.js';
import { isRunning } from '../../libs/processes/running-process.js';
import { type ServerProcess, startServerProcess } from '../../libs/processes/server-process.js';
import { findTemporalServer } from '../../libs/temporal/find-server.js';
import { startTemporalServer } from '../../libs/temporal/start-server.js';

/** A server under test; its address stays the same over a restart. */
export interface TestServer {
  readonly address: string;
  /** As a power cut would; the data stay. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Starts it again on the same data and port, whether it was stopped, killed or still runs. */
  restart(): Promise<void>;
}

/** `address` is the URL of the database `plancycle`. */
export interface TestPostgres extends TestServer {
  /** A fresh database on the server; the answer is its URL. */
  createDatabase(name: string): Promise<string>;
}

/** `address` is smtp://host:port. */
export interface TestInbox extends TestServer {
  /** Where the messages are kept; read them with readInbox. */
  folder: string;
}

export interface TestServers {
  /** Everything of this set lies here; gone after stop(). */
  folder: string;
  postgres: TestPostgres;
  /** `address` as TEMPORAL_ADDRESS takes it; undefined unless asked for. */
  temporal: TestServer | undefined;
  inbox: TestInbox | undefined;
  stop(): Promise<void>;
}

const prefix = 'plancycle-test-';

/**
 * Starts a PostgreSQL server, and what else is asked for, at the same time; about two seconds.
 * @param options `durable` keeps PostgreSQL safe from a power cut of the machine, as measurements want
 */
export async function startServers(options: { temporal?: boolean; inbox?: boolean; durable?: boolean } = {}): Promise<TestServers> {
  const folder = await makeTestFolder();
  const [postgres, temporal, inbox] = await Promise.all([
    startTestPostgres(folder, options.durable ?? false),
    options.temporal ? startTestTemporal(folder) : undefined,
    options.inbox ? startTestInbox(folder) : undefined,
  ]);
  // Nobody wants the data, so nothing need end in good order.
  const end = (): Promise<unknown> => Promise.all([postgres.kill(), temporal?.kill(), inbox?.kill()]);
  const endOnExit = (): void => void end();
  process.once('exit', endOnExit);
  const stop = async (): Promise<void> => {
    process.off('exit', endOnExit);
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, postgres, temporal, inbox, stop };
}

/** A folder below the system's temporary one, which PostgreSQL's user may pass; those of runs that were killed are cleared away. */
async function makeTestFolder(): Promise<string> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const owner = Number(readFileIfThere(join(folder, 'owner')));
    if (owner > 0 && !(await isRunning(owner, ''))) await clearTestFolder(folder);
  }
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  return folder;
}

/** Ends whatever runs on a test folder, known or not, and removes it. */
async function clearTestFolder(folder: string): Promise<void> {
  await Promise.all([
    stopLeftOverDatabase(join(folder, 'postgres')),
    endNotedProcess(join(folder, 'temporal.pid')),
    endNotedProcess(join(folder, 'inbox.pid')),
  ]);
  rmSync(folder, { recursive: true, force: true });
}

async function startTestPostgres(folder: string, durable: boolean): Promise<TestPostgres> {
  const port = await findFreePort();
  let address = '';
  const server = await makeRestartable(async () => {
    const options = { folder: join(folder, 'postgres'), port, password: 'only-for-tests', logFile: join(folder, 'postgres.log'), durable };
    const started = await startEmbeddedDatabase(options);
    address = started.url;
    return started;
  });
  return { ...server, address, createDatabase: (name) => createDatabase(address, name) };
}

/** Its workflows outlive a restart: they are in a file. */
async function startTestTemporal(folder: string): Promise<TestServer> {
  const port = await findFreePort();
  const program = await findTemporalServer();
  const [databaseFile, logFile, pidFile] = [join(folder, 'temporal.db'), join(folder, 'temporal.log'), join(folder, 'temporal.pid')];
  const server = await makeRestartable(() => startTemporalServer({ program, port, databaseFile, logFile, pidFile }));
  return { ...server, address: `127.0.0.1:${port}` };
}

async function startTestInbox(folder: string): Promise<TestInbox> {
  const port = await findFreePort();
  const mail = join(folder, 'mail');
  const server = await makeRestartable(() =>
    startServerProcess({
      name: 'the inbox',
      command: execPath,
      args: [join(buildFolder, 'apps/cli/main.js'), 'inbox', '--folder', mail, '--port', String(port)],
      logFile: join(folder, 'inbox.log'),
      pidFile: join(folder, 'inbox.pid'),
      ready: () => isListening('127.0.0.1', port),
    }),
  );
  return { ...server, address: `smtp://127.0.0.1:${port}`, folder: mail };
}

async function makeRestartable(start: () => Promise<ServerProcess>): Promise<Omit<TestServer, 'address'>> {
  let current = await start();
  return {
    kill: () => current.kill(),
    stop: () => current.stop(),
    restart: async () => {
      await current.stop();
      current = await start();
    },
  };
}

function readFileIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
