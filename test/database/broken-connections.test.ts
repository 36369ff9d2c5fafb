/** A database that goes away in the middle of what others do, and comes back: nobody has to be started again for it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { problemOf } from '../../apps/api/problem.js';
import { deliverMessages } from '../../activities/deliver-messages.js';
import { isDatabaseAway } from '../../libs/database/database-away.js';
import { openDatabase } from '../../libs/database/orm.js';
import { until } from '../support/running-council.js';
import { startServers, type TestServers } from '../support/servers.js';

/** As many connections as the pool has (libs/database/orm.ts). */
const POOL = 10;

describe('a database that is killed', () => {
  let servers: TestServers;
  let orm: MikroORM;
  beforeAll(async () => {
    servers = await startServers();
    orm = await openDatabase(servers.postgres.address);
  });
  afterAll(async () => {
    await orm.close(true);
    await servers.stop();
  });

  const question = (): Promise<unknown> => orm.em.fork().execute('select 1 as answer');
  const errorOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    );

  /** Many more transactions than the pool has connections, each of which is under way as the database ends. @returns what they end with */
  async function cutOff(doing: (em: MikroORM['em'], gone: Promise<void>) => Promise<unknown>): Promise<unknown[]> {
    let begun = 0;
    let tellGone: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (tellGone = resolve));
    const work = async (em: MikroORM['em']): Promise<unknown> => {
      await em.execute('select 1');
      begun += 1;
      return doing(em, gone);
    };
    const errors = Array.from({ length: 25 }, () => errorOf(orm.em.fork().transactional(work)));
    await until(() => Promise.resolve(begun >= POOL));
    await servers.postgres.kill();
    tellGone();
    return Promise.all(errors);
  }

  it.each([
    ['in a statement', (em: MikroORM['em']) => em.execute('select pg_sleep(60)')],
    ['between two statements', (em: MikroORM['em'], gone: Promise<void>) => gone.then(() => em.execute('select 2'))],
  ])('keeps no connection of a transaction that it cuts off %s', async (_where, doing) => {
    expect((await cutOff(doing)).map(isDatabaseAway)).toEqual(Array(25).fill(true));
    await servers.postgres.restart();
    expect(await Promise.all(Array.from({ length: POOL }, question))).toHaveLength(POOL);
  });

  it('is told by the application as something to send again, never as a fault', async () => {
    await servers.postgres.kill();
    const errors = [await errorOf(question()), await errorOf(orm.em.fork().transactional(question))];
    expect(errors.map((error) => problemOf(error))).toEqual(
      Array(2).fill(expect.objectContaining({ status: 503, code: 'unavailable', retryAfter: 5 })),
    );
  });

  it('leaves no heartbeat of a delivery that could not begin', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const mailer = { send: () => Promise.reject(new Error('never')), verify: () => Promise.resolve(), close: () => undefined };
    const delivery = { orm, mailer, baseUrl: 'http://localhost:3000', temporal: undefined as never };
    expect(isDatabaseAway(await errorOf(deliverMessages(delivery, new AbortController().signal, () => undefined)))).toBe(true);
    expect(timers()).toBeLessThanOrEqual(before);
    await servers.postgres.restart();
    expect(await question()).toEqual([{ answer: 1 }]);
  });

  it('is not meant by other errors of a database or a program', () => {
    const others = [
      new Error('Connection'),
      Object.assign(new Error('duplicate key'), { code: '23505' }),
      new TypeError('x'),
      'text',
      null,
    ];
    expect(others.map(isDatabaseAway)).toEqual(Array(5).fill(false));
  });
});
