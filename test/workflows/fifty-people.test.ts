import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Person, RoleGrant } from '../../libs/database/entities/people.js';
import { Decision, PlanVersion } from '../../libs/database/entities/plans.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { takeStep } from '../../workflows/messages.js';
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import { councilId, runCouncil, slug, year, type RunningCouncil } from '../support/running-council.js';

describe('fifty members of GMT deciding at once about one plan', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
    await council.take('leader', { step: 'submit' });
  });
  afterAll(() => council.stop());

  async function fiftyMembers(): Promise<string[]> {
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const em = council.orm.em.fork();
    const none = { managerId: null, leftOn: null };
    await em.insertMany(
      Person,
      ids.map((id, index) => ({
        id,
        councilId,
        name: `Member ${index + 1}`,
        jobTitle: 'Director',
        email: `member${index + 1}@broxtowe.example`,
        ...none,
      })),
    );
    await em.insertMany(
      RoleGrant,
      ids.map((personId) => ({ id: randomUUID(), councilId, personId, role: 'gmt' as const, scope: null })),
    );
    return ids;
  }

  it('have one effect, and forty-nine are told that the plan has moved on', async () => {
    const [version] = await council.orm.em.fork().find(PlanVersion, { planId: (await council.plan()).id, number: 1 });
    const handle = council.temporal.workflow.getHandle(planWorkflowId(councilId, year, slug));
    const decide = (personId: string, index: number) => {
      const asked = {
        step: index % 2 ? ('agree' as const) : ('return' as const),
        versionHash: version!.extractHash,
        reason: 'As discussed.',
      };
      return handle.executeUpdate(takeStep, { args: [{ ...asked, personId, ...requestKey(councilId, personId, 'one', asked) }] });
    };
    const results = await Promise.allSettled((await fiftyMembers()).map(decide));

    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as { cause: { type: string; message: string } }] : [],
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const { cause } of refusals)
      expect([cause.type, cause.message]).toEqual(['not-now', expect.stringContaining('The plan has moved on')]);
    const decisions = await council.orm.em.fork().find(Decision, { planId: (await council.plan()).id });
    expect(decisions).toHaveLength(1);
    expect((await council.plan()).at).toBe(decisions[0]!.step === 'agree' ? 'overview-and-scrutiny' : 'drafting');
  });
});
