/** The guard of 1 April when those whom it tells are away: an alarm always reaches somebody, and so does everything else. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { keepGuard } from '../../activities/keep-guard.js';
import { morningRound } from '../../activities/morning-round.js';
import { openCycle } from '../../activities/open-cycle.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { Absence, Person, RoleGrant } from '../../libs/database/entities/people.js';
import { Notice } from '../../libs/database/entities/tasks.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { serverInstant } from '../support/at-council-time.js';
import { createTestDatabase } from '../support/running-servers.js';

const cycle = { councilId: 'broxtowe', year: '2026-27' };

describe('an alarm while the whole performance team is away', () => {
  let orm: MikroORM;
  beforeAll(async () => {
    const url = await createTestDatabase('keep-guard');
    await migrateDatabase(url);
    orm = await openDatabase(url);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
    await orm.em.fork().transactional((em) => openCycle(em, { ...cycle, at: '2025-11-03T09:00:00Z' }));
    const em = orm.em.fork();
    for (const { personId } of await em.find(RoleGrant, { councilId: cycle.councilId, role: 'performance-team' })) {
      const days = { firstDay: '2026-03-02', lastDay: '2026-03-06', standInId: null, handovers: [] };
      const record = { recordedBy: personId, recordedAt: new Date('2026-02-27T09:00:00Z') };
      em.create(Absence, { id: randomUUID(), councilId: cycle.councilId, personId, ...days, ...record });
    }
    await em.flush();
  });
  afterAll(() => orm.close(true));

  async function toldOf(kind: string): Promise<string[]> {
    const em = orm.em.fork();
    const emails = [...new Set((await em.find(Notice, { kind })).map(({ recipient }) => recipient))];
    return (await em.find(Person, { email: { $in: emails } })).map(({ name }) => name);
  }

  it('goes to whoever is above the team', async () => {
    const at = await serverInstant(orm, cycle.councilId, '2026-03-04');
    await orm.em.fork().transactional((em) => keepGuard(em, { ...cycle, at }));
    expect(await toldOf('guard-alarm')).toEqual(['Graham Pell']);
  });

  it('and that nobody is there for it, they hear as well', async () => {
    const at = await serverInstant(orm, cycle.councilId, '2026-03-05');
    await orm.em.fork().transactional((em) => morningRound(em, { councilId: cycle.councilId, at }));
    expect(await toldOf('nobody-there')).toEqual(['Graham Pell']);
    const notices = await orm.em.fork().find(Notice, { kind: 'nobody-there' });
    expect(notices.map(({ facts }) => facts['task'])).toContain('Answer the alarm of 1 April');
  });
});
