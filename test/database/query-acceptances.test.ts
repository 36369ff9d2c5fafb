/** The record of accepted queries in the database: how it came to be there, that it never changes, and what stands at a moment. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { AcceptanceWithdrawal, QueryAcceptance } from '../../libs/database/entities/queries.js';
import { acceptanceRecord, standingAcceptances } from '../../libs/database/query-acceptances.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { createTestDatabase } from '../support/running-servers.js';

const planId = randomUUID();
const otherPlanId = randomUUID();
const personId = randomUUID();

function acceptance(at: string, changes: Partial<QueryAcceptance> = {}): Required<QueryAcceptance> {
  return {
    id: randomUUID(),
    planId,
    rule: 'no-owner',
    rowId: 'csi-1',
    code: null,
    column: 'owner',
    text: 'The mayor',
    message: 'ComS_1 names no owner.',
    reason: 'The mayor owns it.',
    acceptedBy: personId,
    acceptedAt: new Date(at),
    ...changes,
  } as Required<QueryAcceptance>;
}

describe('a database that has only the first schema', () => {
  let databaseUrl: string;
  let orm: MikroORM;
  beforeAll(async () => {
    databaseUrl = await createTestDatabase('acceptances');
    orm = await openDatabase(databaseUrl);
    await orm.migrator.up({ to: 'Migration00001Initial' });
    const em = orm.em.fork();
    await em.execute(`insert into "council" ("id", "name", "settings") values ('broxtowe', 'Broxtowe', '{}')`);
    await em.execute(
      `insert into "person" ("id", "council_id", "name", "email", "job_title") values (?, 'broxtowe', 'A', 'a@b.example', 'O')`,
      [personId],
    );
    for (const [id, slug] of [
      [planId, 'safety'],
      [otherPlanId, 'housing'],
    ])
      await em.execute(
        `insert into "plan" ("id", "council_id", "year", "slug", "title", "at", "round", "full_plan", "since") values (?, 'broxtowe', '2026-27', ?, 'Plan', 'drafting', 1, 'not-asked-for', '2025-11-03')`,
        [id, slug],
      );
  });
  afterAll(() => orm.close(true));

  const refused = 'never changed or deleted';

  it('knows of no acceptances, and is brought up to date with what it holds', async () => {
    await expect(orm.em.fork().count(QueryAcceptance)).rejects.toThrow('query_acceptance');
    await migrateDatabase(databaseUrl);
    expect(await orm.em.fork().count(QueryAcceptance)).toBe(0);
    expect(await orm.em.fork().execute('select "slug" from "plan" order by "slug"')).toEqual([{ slug: 'housing' }, { slug: 'safety' }]);
    const pending = await orm.migrator.getPending();
    expect(pending).toEqual([]);
  });

  it('keeps an acceptance as it was given, whoever asks', async () => {
    const em = orm.em.fork();
    const given = acceptance('2025-11-03T10:00:00Z');
    await em.insert(QueryAcceptance, given);
    await expect(em.nativeUpdate(QueryAcceptance, { id: given.id }, { reason: 'Another' })).rejects.toThrow(refused);
    await expect(em.nativeDelete(QueryAcceptance, { id: given.id })).rejects.toThrow(refused);
    await expect(em.execute('truncate "query_acceptance", "acceptance_withdrawal"')).rejects.toThrow(refused);
    await em.insert(AcceptanceWithdrawal, { acceptanceId: given.id, withdrawnBy: personId, withdrawnAt: new Date('2025-11-05T10:00:00Z') });
    await expect(em.nativeDelete(AcceptanceWithdrawal, { acceptanceId: given.id })).rejects.toThrow(refused);
    await expect(
      em.insert(AcceptanceWithdrawal, { acceptanceId: given.id, withdrawnBy: personId, withdrawnAt: new Date() }),
    ).rejects.toThrow('acceptance_withdrawal_pkey');
  });

  it('takes no acceptance without a reason, without a plan or by nobody', async () => {
    const em = orm.em.fork();
    await expect(em.insert(QueryAcceptance, acceptance('2025-11-03', { reason: ' \t' }))).rejects.toThrow('query_acceptance_has_reason');
    await expect(em.insert(QueryAcceptance, acceptance('2025-11-03', { planId: randomUUID() }))).rejects.toThrow('plan_id_foreign');
    await expect(em.insert(QueryAcceptance, acceptance('2025-11-03', { acceptedBy: randomUUID() }))).rejects.toThrow('accepted_by_foreign');
  });

  it('says what stood at a moment: not what came later, and what was withdrawn only before it was', async () => {
    const em = orm.em.fork();
    await em.insert(QueryAcceptance, acceptance('2025-11-04T10:00:00Z', { rule: 'code-form' }));
    await em.insert(QueryAcceptance, acceptance('2025-11-03T11:00:00Z', { rule: 'no-owner', planId: otherPlanId }));
    const record = await acceptanceRecord(em, planId);
    const rulesAt = (at?: string): string[] => standingAcceptances(record, at ? new Date(at) : undefined).map(({ rule }) => rule);
    expect(record).toHaveLength(2);
    expect(rulesAt('2025-11-03T09:59:59Z')).toEqual([]);
    expect(rulesAt('2025-11-03T10:00:00Z')).toEqual(['no-owner']);
    expect(rulesAt('2025-11-05T09:59:59Z')).toEqual(['no-owner', 'code-form']);
    expect(rulesAt('2025-11-05T10:00:00Z')).toEqual(['code-form']);
    expect(rulesAt()).toEqual(['code-form']);
  });
});
