/** Who takes a step for somebody who is away: by whose role, under both names, and never about what they or those they act for wrote. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { Absence, RoleGrant } from '../../libs/database/entities/people.js';
import { Decision, PlanVersion, StepChange } from '../../libs/database/entities/plans.js';
import { Notice } from '../../libs/database/entities/tasks.js';
import type { Role } from '../../libs/domain/route.js';
import { councilId, runCouncil, type PersonInTest, type RunningCouncil } from '../support/running-council.js';

describe('somebody who stands in', () => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil();
  });
  afterAll(() => council.stop());

  async function isAway(person: PersonInTest, standIn: PersonInTest | null): Promise<void> {
    const [personId, standInId] = [await council.personId(person), standIn ? await council.personId(standIn) : null];
    const days = { firstDay: '2025-11-03', lastDay: '2025-11-14', handovers: [], recordedBy: personId, recordedAt: new Date() };
    await council.orm.em.fork().insert(Absence, { id: randomUUID(), councilId, personId, standInId, ...days });
  }

  async function allAreBack(): Promise<void> {
    await council.orm.em.fork().nativeDelete(Absence, { councilId });
  }

  async function has(person: PersonInTest, role: Role): Promise<void> {
    await council.orm.em
      .fork()
      .insert(RoleGrant, { id: randomUUID(), councilId, personId: await council.personId(person), role, scope: null });
  }

  const refused = (words: string) => ({ cause: { type: 'not-allowed', message: expect.stringContaining(words) as unknown } });
  const lastChange = async (): Promise<StepChange> => {
    const planId = (await council.plan()).id;
    return (await council.orm.em.fork().find(StepChange, { planId }, { orderBy: { number: 'desc' }, limit: 1 }))[0]!;
  };

  it('has no role of somebody who is here', async () => {
    await expect(council.take('officer', { step: 'submit' })).rejects.toMatchObject(refused('You do not have the role'));
  });

  it('submits for a leader who is away, under both names, and GMT reads both', async () => {
    await isAway('leader', 'officer');
    await council.take('officer', { step: 'submit' });
    const [officer, leader] = [await council.personId('officer'), await council.personId('leader')];
    expect(await lastChange()).toMatchObject({ step: 'submit', personId: officer, onBehalfOf: leader });
    const em = council.orm.em.fork();
    expect(await em.findOneOrFail(PlanVersion, { planId: (await council.plan()).id })).toMatchObject({
      authorId: officer,
      authorForId: leader,
    });
    const [entry] = await em.find(AuditEntry, { councilId, act: 'submit' }, { orderBy: { number: 'desc' }, limit: 1 });
    expect(entry).toMatchObject({ personId: officer, details: { onBehalfOf: leader } });
    const [task] = await em.find(Notice, { kind: 'review-task' });
    expect(task?.facts).toMatchObject({ submittedBy: 'Priya Nair for Maya Thornton' });
    const [receipt] = await em.find(Notice, { kind: 'submitted-receipt' });
    expect(receipt?.facts).toMatchObject({ recipientName: 'Priya Nair' });
  });

  it('does not decide about what they submitted, for whoever sits on the body', async () => {
    await isAway('gmt', 'officer');
    await expect(council.take('officer', { step: 'agree' })).rejects.toMatchObject(refused('You submitted this version'));
  });

  it('does not decide for somebody through its author, who stands in and is away too', async () => {
    await allAreBack();
    await isAway('gmt', 'officer');
    await isAway('officer', 'clerk');
    await expect(council.take('clerk', { step: 'agree' })).rejects.toMatchObject(refused('Priya Nair, for whom you stand in, submitted'));
  });

  it('does not decide for the person for whom it was submitted, nor do they themselves', async () => {
    await allAreBack();
    await has('leader', 'gmt');
    await expect(council.take('leader', { step: 'agree' })).rejects.toMatchObject(refused('This version was submitted for you'));
    await isAway('leader', 'clerk');
    await expect(council.take('clerk', { step: 'return', reason: 'Mine.' })).rejects.toMatchObject(
      refused('Maya Thornton, for whom you stand in, submitted'),
    );
  });

  it('is refused by the database as well, whatever the caller says', async () => {
    const em = council.orm.em.fork();
    const plan = await council.plan();
    const version = await em.findOneOrFail(PlanVersion, { planId: plan.id });
    const decision = { planId: plan.id, versionId: version.id, stage: 'gmt-review', round: 1, step: 'agree' as const, effective: true };
    const [clerk, officer, leader] = await Promise.all((['clerk', 'officer', 'leader'] as const).map((one) => council.personId(one)));
    for (const [decidedBy, onBehalfOf] of [
      [clerk!, officer!],
      [clerk!, leader!],
      [leader!, null],
      [officer!, null],
    ] as const)
      await expect(
        em.fork().insert(Decision, { ...decision, id: randomUUID(), decidedBy, onBehalfOf, decidedAt: new Date() }),
      ).rejects.toThrow(/decision_not_(for|by)_author/);
  });

  it('decides by a role of their own, in their own name, also while they stand in for the author', async () => {
    await allAreBack();
    await isAway('officer', 'otherGmt');
    await council.take('otherGmt', { step: 'return', reason: 'The target is not explained.' });
    expect(await lastChange()).toMatchObject({ step: 'return', personId: await council.personId('otherGmt'), onBehalfOf: null });
  });

  it('decides for a member who is away about what neither wrote, and the decision keeps both names', async () => {
    await allAreBack();
    await council.take('leader', { step: 'submit' });
    await isAway('gmt', 'officer');
    await council.take('officer', { step: 'agree' });
    const decision = await council.orm.em.fork().findOneOrFail(Decision, { step: 'agree' });
    expect(decision).toMatchObject({ decidedBy: await council.personId('officer'), onBehalfOf: await council.personId('gmt') });
  });

  it('is through the stand-in of a stand-in as well, and the record names whose role it is', async () => {
    await allAreBack();
    await isAway('clerk', 'performance');
    await isAway('performance', 'officer');
    await council.take('officer', { step: 'note', minute: '42' });
    expect(await lastChange()).toMatchObject({ personId: await council.personId('officer'), onBehalfOf: await council.personId('clerk') });
  });

  it('has nothing of it any more once the last day is over', async () => {
    await council.orm.em.fork().nativeUpdate(Absence, { councilId }, { firstDay: '2025-10-01', lastDay: '2025-11-02' });
    await expect(council.take('officer', { step: 'approve', minute: '43' })).rejects.toMatchObject(refused('You do not have the role'));
    await council.take('clerk', { step: 'approve', minute: '43' });
    expect(await lastChange()).toMatchObject({ step: 'approve', onBehalfOf: null });
  });
});
