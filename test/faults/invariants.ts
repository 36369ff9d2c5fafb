/** What must hold after any fault (quality.md): the invariants of a quiet moment, and that whatever was acknowledged stands. */
import { strict as assert } from 'node:assert';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import { violationsOf } from '../../apps/cli/rehearsal/invariants.js';
import { Person } from '../../libs/database/entities/people.js';
import { type Plan, StepChange } from '../../libs/database/entities/plans.js';
import type { Acknowledged } from './plan-traffic.js';

/** Checks every invariant for one plan that nobody is deciding about at the moment. @throws AssertionError with what does not hold */
export async function checkInvariants(
  em: EntityManager,
  temporal: Client,
  plan: Plan,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  assert.deepEqual(await violationsOf(em, temporal, plan), []);
  await acknowledgedDecisionsStand(em, plan, acknowledged);
}

async function acknowledgedDecisionsStand(em: EntityManager, { id }: Plan, acknowledged: readonly Acknowledged[]): Promise<void> {
  const changes = await em.find(StepChange, { planId: id });
  const names = new Map((await em.find(Person, {})).map((person) => [person.id, person.name]));
  for (const one of acknowledged) {
    const change = changes.find(({ number }) => number === one.number);
    assert.ok(change, `I1: step ${one.number} was acknowledged and is not in the history`);
    assert.deepEqual(
      [names.get(change.personId ?? ''), change.step],
      [one.person, one.step],
      `step ${one.number} is not the one that was acknowledged`,
    );
  }
  assert.equal(new Set(acknowledged.map(({ number }) => number)).size, acknowledged.length, 'I2: two answers tell of the same step');
}
