/** The built-in PostgreSQL: starts, comes back after a crash with its data, clears up after others. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../libs/database/embedded-server.js';
import { findFreePort } from '../../libs/processes/free-port.js';
import { startServers, type TestServers } from '../support/servers.js';

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the built-in PostgreSQL', () => {
  let servers: TestServers;

  beforeAll(async () => {
    servers = await startServers({ durable: true });
  });

  afterAll(async () => {
    await servers.stop();
  });

  it('is PostgreSQL 18 with a sort order that does not depend on the machine', async () => {
    const [row] = await ask<{ version: number; provider: string }>(
      servers.postgres.address,
      "select current_setting('server_version_num')::int as version, datlocprovider::text as provider from pg_database where datname = current_database()",
    );
    expect(Math.floor(row!.version / 10_000)).toBe(18);
    expect(row!.provider).toBe('b');
  });

  it('gives the product a role that is no superuser, so that row-level security holds for it', async () => {
    expect(await ask(servers.postgres.address, 'select rolsuper, rolbypassrls from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false, rolbypassrls: false },
    ]);
    const other = await servers.postgres.createDatabase('another');
    expect(await ask(other, 'select current_database()::text as name')).toEqual([{ name: 'another' }]);
  });

  it('keeps what was committed when it is killed, and answers at the same address again', async () => {
    const { postgres } = servers;
    await ask(postgres.address, 'create table decision (id int primary key)');
    await ask(postgres.address, 'insert into decision values (1), (2)');
    await postgres.kill();
    await expect(ask(postgres.address, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    await postgres.restart();
    expect(await ask(postgres.address, 'select id from decision order by id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('stops a server that an earlier run left on the folder, and takes its place', async () => {
    const port = await findFreePort();
    const options = {
      folder: join(servers.folder, 'left-over'),
      port,
      password: 'a secret',
      logFile: join(servers.folder, 'left-over.log'),
      durable: false,
    };
    const first = await startEmbeddedDatabase(options);
    const second = await startEmbeddedDatabase(options);
    expect(await first.ended).toBe('exit code 0');
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('does not mistake another process for a left-over server when ids are given anew', async () => {
    const folder = join(servers.folder, 'reused-id');
    const options = {
      folder,
      port: await findFreePort(),
      password: 'a secret',
      logFile: join(servers.folder, 'reused.log'),
      durable: false,
    };
    await (await startEmbeddedDatabase(options)).kill();
    writeFileSync(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n`);
    const again = await startEmbeddedDatabase(options);
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await again.stop();
  });

  it('says what to do when the folder was made by another version or with another password', async () => {
    const options = {
      folder: join(servers.folder, 'other'),
      port: await findFreePort(),
      logFile: join(servers.folder, 'other.log'),
      durable: false,
    };
    await (await startEmbeddedDatabase({ ...options, password: 'the first' })).stop();
    await expect(startEmbeddedDatabase({ ...options, password: 'the second' })).rejects.toThrow(
      /another password.*move the data folder away/,
    );
    writeFileSync(join(options.folder, 'PG_VERSION'), '17\n');
    await expect(startEmbeddedDatabase({ ...options, password: 'the first' })).rejects.toThrow(/another version \(17, not 18\)/);
  });

  const onlyAsRoot = process.getuid?.() === 0 ? it : it.skip;
  onlyAsRoot('refuses a folder that its user may not enter, and names the folder in the way', async () => {
    const closed = join(servers.folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o700);
    const options = {
      folder: join(closed, 'postgres'),
      port: await findFreePort(),
      password: 'a secret',
      logFile: join(servers.folder, 'closed.log'),
    };
    await expect(startEmbeddedDatabase(options)).rejects.toThrow(`may not enter ${closed}`);
    rmSync(closed, { recursive: true });
  });
});
