/** Who may do what: the policy table against roles and their scopes. */
import { describe, expect, it } from '@jest/globals';
import { may, mayEnter, POLICIES, requireMay, type PolicyName, type SignedInPerson } from '../../../apps/api/access/policies.js';
import { ROLES, type Role } from '../../../libs/domain/route.js';

const policies = Object.keys(POLICIES) as PolicyName[];

function personWith(role: Role, scope: string | null): SignedInPerson {
  return { id: 'p', councilId: 'c', name: 'A', email: 'a@example.org', roles: [{ role, scope }], posts: [] };
}

describe('the policies', () => {
  it('let nobody in who is not signed in, but for what is open to anyone', () => {
    expect(policies.filter((policy) => mayEnter(policy, null))).toEqual(['public', 'operations']);
  });

  it.each(policies)('name only roles that exist (%s)', (policy) => {
    const { who } = POLICIES[policy];
    if (typeof who !== 'string') expect(ROLES).toEqual(expect.arrayContaining([...who]));
    else expect(['anyone', 'signed-in']).toContain(who);
  });

  it('let a leader edit the plan of their own priority and no other', () => {
    const leader = personWith('priority-leader', 'community-safety');
    expect(may('plan.edit', leader, 'community-safety')).toBe(true);
    expect(may('plan.edit', leader, 'housing')).toBe(false);
  });

  it('let a role without a scope do it everywhere', () => {
    expect(may('plan.edit', personWith('head-of-service', null), 'housing')).toBe(true);
  });

  it('keep the edit of a plan from everyone who reviews or decides', () => {
    const refused = ROLES.filter((role) => !may('plan.edit', personWith(role, null), 'housing'));
    expect(refused).toEqual(['gmt', 'committee-clerk', 'performance-team', 'administrator']);
  });

  it('say whose it is when they refuse', () => {
    expect(() => requireMay('meeting.manage', personWith('gmt', null), 'cabinet')).toThrow('Only committee clerks can do that.');
    expect(() => requireMay('meeting.manage', null, 'cabinet')).toThrow('Sign in first.');
  });
});
