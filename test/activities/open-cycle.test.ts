/** Opening a cycle: every plan of the year before becomes its leader's draft, with its full plan's parts beside it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { morningRound } from '../../activities/morning-round.js';
import { openCycle } from '../../activities/open-cycle.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { Meeting } from '../../libs/database/entities/council.js';
import { Cycle, FullPlanDraft, Plan, PlanDraft, PlanVersion } from '../../libs/database/entities/plans.js';
import { Notice, Task } from '../../libs/database/entities/tasks.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { serverInstant } from '../support/at-council-time.js';
import { createTestDatabase } from '../support/running-servers.js';
import { seedPlan } from '../support/seed-plan.js';

const councilId = 'broxtowe';
const fullPlan = {
  policies: 'Hate crime',
  serviceObjectives: 'Safer streets',
  baseline: 'Staff',
  managementIndicators: 'None',
  risks: 'Few',
};

describe('opening a cycle', () => {
  let orm: MikroORM;
  beforeAll(async () => {
    const url = await createTestDatabase('open-cycle');
    await migrateDatabase(url);
    orm = await openDatabase(url);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
    const em = orm.em.fork();
    const before = await em.findOneOrFail(Plan, { councilId, year: '2025-26' });
    const content = { ...seedPlan(), fullPlan };
    const hashes = { extractHash: extractHash(content), fullHash: fullHash(content) };
    const version = { id: randomUUID(), planId: before.id, number: 2, origin: 'published' as const, content, ...hashes };
    em.persist(em.create(PlanVersion, { ...version, createdAt: new Date('2025-03-24T09:00:00Z') }));
    await em.flush();
    await orm.em.fork().transactional((inside) => openCycle(inside, { councilId, year: '2026-27', at: '2025-11-03T09:00:00Z' }));
  });
  afterAll(() => orm.close(true));

  it('makes the draft from the newest published text, without the parts that only the full plan has', async () => {
    const em = orm.em.fork();
    const plan = await em.findOneOrFail(Plan, { councilId, year: '2026-27' });
    const draft = await em.findOneOrFail(PlanDraft, plan.id);
    const rolled = rollForward(seedPlan(), { to: '2026/27' });
    expect(draft.content).toEqual(rolled.plan);
    expect(draft.rolledFrom).toMatchObject({ versionNumber: 2, changes: rolled.changes });
    expect(plan.title).toBe('Community Safety Business Plan 2026–2029');
    expect((await em.findOneOrFail(FullPlanDraft, plan.id)).parts).toEqual(fullPlan);
  });

  describe('without its meetings', () => {
    const next = { councilId, year: '2027-28' };
    const tasks = () => orm.em.fork().find(Task, { councilId, kind: 'meetings-missing' });
    const told = async (kind: string): Promise<[string, string][]> =>
      (await orm.em.fork().find(Notice, { councilId, kind }, { orderBy: { createdAt: 'asc', recipient: 'asc' } })).map(
        ({ createdAt, recipient }) => [createdAt.toISOString().slice(0, 10), recipient.split('@')[0]!],
      );
    const opening = async (day: string): Promise<unknown> => {
      const at = await serverInstant(orm, councilId, day);
      return orm.em.fork().transactional((em) => openCycle(em, { ...next, at }));
    };
    const morning = async (day: string): Promise<void> => {
      const at = await serverInstant(orm, councilId, day);
      await orm.em.fork().transactional((em) => morningRound(em, { councilId, at }));
    };

    it('asks the clerks for the first that is missing, once, and tells who hears of it first', async () => {
      for (const day of ['2026-09-01', '2026-09-02']) expect(await opening(day)).toBeNull();
      expect(await tasks()).toMatchObject([{ at: 'cycle/2027-28', role: 'committee-clerk', dueOn: '2026-09-02', closedAt: null }]);
      expect(await told('cycle-not-set-up')).toEqual([
        ['2026-09-01', 'helen.marsh'],
        ['2026-09-01', 'tom.ashworth'],
      ]);
      const notices = await orm.em.fork().find(Notice, { kind: 'cycle-not-set-up' }, { orderBy: { recipient: 'asc' } });
      const [notice] = notices;
      // Nobody is told to ask themselves.
      expect(notices.map(({ facts }) => facts['askName'])).toEqual(['', 'Helen Marsh']);
      expect(notice?.facts['missing']).toContain(
        'No meeting of General Management Team or Overview and Scrutiny Committee considers the plans of 2027/28',
      );
    });

    it('reminds them again and again, and then tells the persons up', async () => {
      for (const day of ['2026-09-02', '2026-09-04', '2026-09-08', '2026-09-10', '2026-09-14', '2026-10-30']) await morning(day);
      expect((await told('reminder')).map(([day]) => day)).toEqual(['2026-09-02', '2026-09-08', '2026-09-10', '2026-10-30']);
      expect((await told('escalation')).length).toBeGreaterThan(0);
    });

    it('opens once they are in the calendar, and the task is done', async () => {
      const em = orm.em.fork();
      const add = (body: string, date: string): void => {
        em.create(Meeting, { id: randomUUID(), councilId, body, date, considers: [] });
      };
      add('gmt', '2026-12-01');
      add('overview-and-scrutiny', '2027-01-19');
      await em.flush();
      expect(await opening('2026-11-02')).not.toBeNull();
      expect(await orm.em.fork().count(Cycle, next)).toBe(1);
      const [task] = await tasks();
      expect(task).toMatchObject({ closedBecause: 'The meetings are in the calendar.' });
      expect(task?.closedAt).toBeInstanceOf(Date);
      const before = (await told('reminder')).length;
      await morning('2026-11-04');
      expect(await told('reminder')).toHaveLength(before);
    });
  });
});
