import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decision, FullPlanDraft, PlanVersion } from '../../libs/database/entities/plans.js';
import { Task } from '../../libs/database/entities/tasks.js';
import { runCouncil, until, type RunningCouncil } from '../support/running-council.js';

describe('a plan on its way through the year, after its publication date', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    // The publication date is past, so the plan is published as soon as it is approved and complete.
    council = await runCouncil({ today: '2026-03-25' });
  });
  afterAll(() => council.stop());

  it('goes from the leader to GMT to the committee and is published', async () => {
    await expect(council.take('gmt', { step: 'agree' })).rejects.toMatchObject({ cause: { type: 'not-now' } });
    await expect(council.take('officer', { step: 'submit' })).rejects.toMatchObject({ cause: { type: 'not-allowed' } });

    expect(await council.take('leader', { step: 'submit' })).toMatchObject({ state: { at: 'gmt-review', round: 1 }, versionNumber: 1 });
    expect(await council.take('gmt', { step: 'return', reason: 'The target for ComS_011 is not explained.' })).toMatchObject({
      state: { at: 'drafting', round: 2 },
    });
    expect(await council.take('leader', { step: 'submit' })).toMatchObject({ state: { at: 'gmt-review', round: 2 }, versionNumber: 2 });
    await council.take('otherGmt', { step: 'agree' });
    expect(await council.take('clerk', { step: 'note', minute: '41' })).toMatchObject({ state: { at: 'overview-and-scrutiny' } });
    expect(await council.take('clerk', { step: 'approve', minute: '42' })).toMatchObject({ state: { at: 'publication' } });

    const em = council.orm.em.fork();
    const plan = await council.plan();
    await expect(council.take('leader', { step: 'complete', draftRevision: 1 })).rejects.toMatchObject({ cause: { type: 'invalid' } });
    const full = await em.findOneOrFail(FullPlanDraft, plan.id);
    full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
    await em.flush();
    await council.take('leader', { step: 'complete', draftRevision: full.revision });
    await until(async () => (await council.plan()).at === 'published');

    const versions = await em.find(PlanVersion, { planId: plan.id }, { orderBy: { number: 'asc' } });
    expect(versions.map((version) => version.origin)).toEqual(['submitted', 'submitted', 'published']);
    expect(versions[2]?.extractHash).toBe(versions[1]?.extractHash);
    expect(await em.count(Decision, { planId: plan.id, effective: true })).toBe(3);
    expect(await em.count(Task, { planId: plan.id, closedAt: null })).toBe(0);
  });
});
