/** Who may do what: one table that the guard, the services, the navigation and the tests read. */
import { DomainError } from '../../../libs/domain/domain-error.js';
import { ownFirst, type Role } from '../../../libs/domain/route.js';

/** A role that a person holds; `scope` is the priority or the body it is limited to, null for the whole council. */
export interface HeldRole {
  role: Role;
  scope: string | null;
  /** Whose role it is and past whom it went, where one stands in for somebody; empty or left out for a role of one's own. */
  through?: readonly string[];
  /** The name of whose role it is. */
  forName?: string;
}

/** The person behind a request, as the session or the API token says. */
export interface SignedInPerson {
  id: string;
  councilId: string;
  name: string;
  email: string;
  roles: HeldRole[];
  /** Titles of the posts that the person answers for today; quarterly updates are asked of posts. */
  posts: string[];
}

/** What people call the roles. */
export const ROLE_TITLES: Record<Role, string> = {
  'priority-leader': 'Priority leader',
  'head-of-service': 'Head of service',
  gmt: 'General Management Team',
  'committee-clerk': 'Committee clerk',
  'performance-team': 'Performance team',
  administrator: 'Administrator',
};

interface PolicyRule {
  /** 'anyone' needs no sign-in; 'signed-in' any person of the council; else any one of these roles. */
  who: 'anyone' | 'signed-in' | readonly Role[];
  /** Completes "Only … can do that." */
  says: string;
}

/**
 * Every policy there is. A role's scope (a leader's own priority, a clerk's own body) is asked in the service with
 * `requireMay`, where the object is at hand; who may take which *step* of a plan stands in libs/domain/route.ts.
 */
export const POLICIES = {
  public: { who: 'anyone', says: 'anyone' },
  /** Health and metrics: no person behind them; the controller looks at where the request comes from. */
  operations: { who: 'anyone', says: 'the people who run the service' },
  'signed-in': { who: 'signed-in', says: 'people who are signed in' },
  'plan.read': { who: 'signed-in', says: 'people who are signed in' },
  'plan.edit': { who: ['priority-leader', 'head-of-service'], says: "the priority's leader and head of service" },
  'plan.comment': {
    who: ['priority-leader', 'head-of-service', 'gmt', 'performance-team'],
    says: 'priority leaders, heads of service, the General Management Team and the performance team',
  },
  /** The way in to every step; the steps table says which one is whose. */
  'plan.step': {
    who: ['priority-leader', 'head-of-service', 'gmt', 'committee-clerk', 'performance-team'],
    says: 'people with a part in the approval of plans',
  },
  'cycle.read': { who: 'signed-in', says: 'people who are signed in' },
  /** Who answers depends on the posts that the guard tells, which the record asks. */
  'guard.answer': { who: 'signed-in', says: 'people who are signed in' },
  'cycle.chase': { who: ['performance-team'], says: 'the performance team' },
  /** A change of a meeting is rehearsed by those who may make it, which the service asks. */
  'rehearsal.run': { who: ['performance-team', 'committee-clerk'], says: 'the performance team and committee clerks' },
  'meeting.manage': { who: ['committee-clerk'], says: 'committee clerks' },
  /** The council's closures and polling days, which matter to every body: not for a clerk of one body alone, which the service asks. */
  'calendar.manage': { who: ['committee-clerk', 'performance-team'], says: 'clerks of all committees and the performance team' },
  /** Whose row it is depends on posts, which the service asks. */
  'update.give': { who: 'signed-in', says: 'people who are signed in' },
  'monitoring.read': { who: 'signed-in', says: 'people who are signed in' },
  'monitoring.manage': { who: ['performance-team'], says: 'the performance team' },
  'monitoring.note': { who: ['committee-clerk'], says: 'committee clerks' },
  'task.read': { who: 'signed-in', says: 'people who are signed in' },
  /** E-mails that could not be delivered, and the reports of mail servers about them. */
  'mail.manage': { who: ['performance-team'], says: 'the performance team' },
  'people.read': { who: ['performance-team', 'administrator'], says: 'the performance team and administrators' },
  /** One's own absence; those of others are people.manage, which the service asks. */
  'absence.record': { who: 'signed-in', says: 'people who are signed in' },
  'people.manage': { who: ['performance-team', 'administrator'], says: 'the performance team and administrators' },
} as const satisfies Record<string, PolicyRule>;

export type PolicyName = keyof typeof POLICIES;

/** Whether the policy lets this person through at all, whatever the object. `null` is somebody who is not signed in. */
export function mayEnter(policy: PolicyName, person: SignedInPerson | null): boolean {
  const rule: PolicyRule = POLICIES[policy];
  if (rule.who === 'anyone') return true;
  if (!person) return false;
  return rule.who === 'signed-in' || person.roles.some((held) => rule.who.includes(held.role));
}

/**
 * Whether the policy lets this person do it to an object of this scope.
 * @param scope the priority or the body that the object belongs to, for example 'community-safety'
 */
export function may(policy: PolicyName, person: SignedInPerson | null, scope: string): boolean {
  const rule: PolicyRule = POLICIES[policy];
  if (typeof rule.who === 'string') return mayEnter(policy, person);
  const roles = rule.who;
  return person !== null && person.roles.some((held) => roles.includes(held.role) && (held.scope === null || held.scope === scope));
}

/** For whom this person does it to an object of this scope: null in their own name, which comes first, else whose role it is. */
export function actsFor(policy: PolicyName, person: SignedInPerson, scope: string): string | null {
  const { who }: PolicyRule = POLICIES[policy];
  if (typeof who === 'string') return null;
  const fit = person.roles.filter((held) => who.includes(held.role) && (held.scope === null || held.scope === scope));
  return ownFirst(fit)?.through?.[0] ?? null;
}

/**
 * The first line of a service's method that changes something.
 * @throws DomainError 'not-signed-in' or 'not-allowed' with a sentence for the person
 */
export function requireMay(policy: PolicyName, person: SignedInPerson | null, scope: string): asserts person is SignedInPerson {
  if (!person) throw notSignedIn();
  if (!may(policy, person, scope)) throw notAllowed(policy);
}

/** The refusal of somebody who has to sign in first. */
export function notSignedIn(): DomainError {
  return new DomainError('not-signed-in', 'Sign in first.');
}

/** The refusal of somebody whose roles do not include this. */
export function notAllowed(policy: PolicyName): DomainError {
  return new DomainError('not-allowed', `Only ${POLICIES[policy].says} can do that.`);
}
