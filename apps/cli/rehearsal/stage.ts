/** What a rehearsal stands on: a PostgreSQL server of its own in a throw-away folder, with an empty database for each year that is rehearsed. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../../libs/database/embedded-server.js';
import { migrateDatabase } from '../../../libs/database/migrate.js';
import { findFreePort } from '../../../libs/processes/free-port.js';

export interface Stage {
  /** An empty database that is up to date; the answer is its address. It goes with the stage. */
  newDatabase(): Promise<string>;
  close(): Promise<void>;
}

/** Opens a stage; nothing of it is left once it is closed, and it ends with this process. */
export async function openStage(): Promise<Stage> {
  // Below the system's temporary folder, which the user that PostgreSQL runs as may pass.
  const folder = mkdtempSync(join(tmpdir(), 'plancycle-rehearsal-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedDatabase({
    folder: join(folder, 'postgres'),
    port: await findFreePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(folder, 'postgres.log'),
    durable: false,
  });
  const end = (): void => {
    void server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', end);
  // The first database is brought up to date once; every other is a copy of it, which is quicker.
  await migrateDatabase(server.url);
  let number = 0;
  return {
    newDatabase: () => copyOf(server.url, `rehearsal_${(number += 1)}`),
    close: async () => {
      process.off('exit', end);
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
