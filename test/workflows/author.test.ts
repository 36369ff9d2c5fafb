import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decision, PlanVersion } from '../../libs/database/entities/plans.js';
import { RoleGrant } from '../../libs/database/entities/people.js';
import { councilId, runCouncil, type RunningCouncil } from '../support/running-council.js';

describe('the author of a version', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
    const em = council.orm.em.fork();
    // Some priority leaders sit on GMT themselves.
    await em.insert(RoleGrant, { id: randomUUID(), councilId, personId: await council.personId('leader'), role: 'gmt', scope: null });
    await council.take('leader', { step: 'submit' });
  });
  afterAll(() => council.stop());

  it('does not decide about it, although they sit on the body', async () => {
    for (const step of ['agree', 'return'] as const)
      await expect(council.take('leader', { step, reason: 'Mine.' })).rejects.toMatchObject({
        cause: { type: 'not-allowed', message: /You submitted this version/ },
      });
    expect((await council.plan()).at).toBe('gmt-review');
  });

  it('is refused by the database as well, whatever the caller says about authorship', async () => {
    const em = council.orm.em.fork();
    const plan = await council.plan();
    const version = await em.findOneOrFail(PlanVersion, { planId: plan.id });
    const decision = {
      id: randomUUID(),
      planId: plan.id,
      versionId: version.id,
      stage: 'gmt-review',
      round: 1,
      step: 'agree' as const,
      effective: true,
    };
    const author = await council.personId('leader');
    await expect(
      em.insert(Decision, { ...decision, decidedBy: author, decidedAt: new Date(), versionAuthorId: null, reason: null, minute: null }),
    ).rejects.toThrow('decision_not_by_author');
  });

  it('cannot have the version changed, by anybody', async () => {
    const em = council.orm.em.fork();
    await expect(em.nativeUpdate(PlanVersion, { planId: (await council.plan()).id }, { extractHash: 'other' })).rejects.toThrow(
      'never changed or deleted',
    );
  });

  it('leaves the decision to another member, whose stale text is refused first', async () => {
    await expect(council.take('gmt', { step: 'agree', versionHash: 'f'.repeat(64) })).rejects.toMatchObject({ cause: { type: 'stale' } });
    await council.take('gmt', { step: 'agree' });
    expect((await council.plan()).at).toBe('overview-and-scrutiny');
  });
});
