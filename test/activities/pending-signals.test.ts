/** Signals that wait for their transaction: sent once it is committed, kept while the Temporal server is away. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client, Connection } from '@temporalio/client';
import { sendPendingSignals, wakeMorningRound } from '../../activities/pending-signals.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { PendingSignal } from '../../libs/database/entities/signals.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { createTestDatabase } from '../support/running-servers.js';

describe('a signal that is asked for in a transaction', () => {
  let orm: MikroORM;
  beforeAll(async () => {
    const url = await createTestDatabase('pending-signals');
    await migrateDatabase(url);
    orm = await openDatabase(url);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
  });
  afterAll(() => orm.close(true));

  const waiting = (): Promise<number> => orm.em.fork().count(PendingSignal, {});

  it('is not asked for where the transaction is undone', async () => {
    const undone = orm.em.fork().transactional(async (em) => {
      await wakeMorningRound(em, 'broxtowe');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await waiting()).toBe(0);
  });

  it('stays while nothing answers at the Temporal server’s address', async () => {
    await orm.em.fork().transactional((em) => wakeMorningRound(em, 'broxtowe'));
    const connection = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 500 });
    await expect(sendPendingSignals(orm, new Client({ connection }))).rejects.toThrow();
    expect(await waiting()).toBe(1);
    await connection.close();
  });
});
