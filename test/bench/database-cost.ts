/** What work costs PostgreSQL: bytes of write-ahead log, and statements by the process that sends them. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Product } from '../support/product.js';
import { mailHasLeft } from './busy-council.js';

/** @returns bytes of write-ahead log that the work and the e-mails about it caused */
export async function logBytesOf(product: Product, work: () => Promise<void>): Promise<number> {
  return asAdministrator(product, async (client) => {
    const position = async (): Promise<string> => {
      const { rows } = await client.query<{ lsn: string }>('select pg_current_wal_insert_lsn() as lsn');
      return rows[0]?.lsn ?? '0/0';
    };
    const before = await position();
    await work();
    await mailHasLeft(product);
    const { rows } = await client.query<{ bytes: string }>('select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1) as bytes', [before]);
    return Number(rows[0]?.bytes);
  });
}

/** @returns how many statements each process sent, `begin` and `commit` among them, the e-mails' with the worker's */
export async function statementsOf(product: Product, work: () => Promise<void>): Promise<{ api: number; worker: number }> {
  return asAdministrator(product, async (client) => {
    const file = join(product.servers.folder, 'postgres.log');
    await set(client, "alter system set log_line_prefix = '%a|'", "alter system set log_statement = 'all'");
    const from = statSync(file).size;
    await work();
    await mailHasLeft(product);
    await set(client, 'alter system reset log_statement', 'alter system reset log_line_prefix');
    const said = readFileSync(file).subarray(from).toString('utf8');
    const count = (name: string): number => [...said.matchAll(new RegExp(`^${name}\\|LOG: +(statement|execute)`, 'gm'))].length;
    return { api: count('api'), worker: count('worker') };
  });
}

async function set(client: pg.Client, ...statements: string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
  await client.query('select pg_reload_conf()');
  // The servers' connections look at the settings before their next statement, once the signal has come.
  await sleep(300);
}

async function asAdministrator<Result>({ servers }: Product, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const address = new URL(servers.postgres.address);
  address.username = 'postgres';
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
