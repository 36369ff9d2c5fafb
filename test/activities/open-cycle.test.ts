/** Opening a cycle: every plan of the year before becomes its leader's draft, with its full plan's parts beside it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openCycle } from '../../activities/open-cycle.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { FullPlanDraft, Plan, PlanDraft, PlanVersion } from '../../libs/database/entities/plans.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
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
});
