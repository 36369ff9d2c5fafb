/** What a rehearsal stands on: a PostgreSQL server of its own in a throw-away folder, with an empty database for each year that is rehearsed. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startEmbeddedDatabase, stopLeftOverDatabase, type EmbeddedDatabase } from '../../../libs/database/embedded-server.js';
import { migrateDatabase } from '../../../libs/database/migrate.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { findFreePort } from '../../../libs/processes/free-port.js';
import { isRunning } from '../../../libs/processes/running-process.js';
import { endEverything } from './ended-early.js';

export interface Stage {
  /** An empty database that is up to date; the answer is its address. It goes with the stage. */
  newDatabase(): Promise<string>;
  close(): Promise<void>;
}

const CANNOT_BEGIN = 'A rehearsal needs a PostgreSQL of its own, which cannot be started on this machine.';

/** A stage's folder: this, and the id of the process whose it is. */
const PREFIX = 'plancycle-rehearsal-';

/** Opens a stage; nothing of it is left once it is closed, and it ends with this process. */
export async function openStage(): Promise<Stage> {
  // Below the system's temporary folder, which the user that PostgreSQL runs as may pass.
  await clearLeftOvers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
  let known: EmbeddedDatabase | null = null;
  const end = (): void => endEverything(folder, known);
  process.once('exit', end);
  const close = async (): Promise<void> => {
    process.off('exit', end);
    await known?.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const server = await startDatabase(folder);
    known = server;
    // The first database is brought up to date once; every other is a copy of it, which is quicker.
    await migrateDatabase(server.url);
    let number = 0;
    return { newDatabase: () => copyOf(server.url, `rehearsal_${(number += 1)}`), close };
  } catch (error) {
    await close();
    throw error instanceof DomainError ? new DomainError(error.code, `${CANNOT_BEGIN} ${error.message}`) : error;
  }
}

async function startDatabase(folder: string): Promise<EmbeddedDatabase> {
  const password = randomBytes(16).toString('hex');
  const place = { folder: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), port: await findFreePort() };
  return startEmbeddedDatabase({ ...place, password, durable: false, withGroup: true });
}

/** Rehearsals that were killed could not clear up after themselves. */
async function clearLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1];
    if (!owner || (await isRunning(Number(owner), ''))) continue;
    const folder = join(tmpdir(), name);
    await stopLeftOverDatabase(join(folder, 'postgres')).catch(ignoreForeign);
    await rm(folder, { recursive: true, force: true }).catch(ignoreForeign);
  }
}

/** What belongs to another user is theirs to clear up. */
function ignoreForeign(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error;
}

async function copyOf(model: string, name: string): Promise<string> {
  const [address, beside] = [new URL(model), new URL(model)];
  beside.pathname = '/postgres';
  const client = new pg.Client({ connectionString: beside.href });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(address.pathname.slice(1))}`);
  } finally {
    await client.end();
  }
  address.pathname = `/${name}`;
  return address.href;
}
