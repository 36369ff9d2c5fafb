/** Who may take a step, and who is to be told: people by their roles. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CouncilAtWork } from '../libs/database/council-at-work.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { mayTake, type Role } from '../libs/domain/route.js';
import { Person, Post, RoleGrant } from '../libs/database/entities/people.js';
import type { StepInProgress } from './record-transition.js';

/**
 * Makes sure that a person may take a step.
 * @throws DomainError 'not-allowed'
 */
export async function requireRoleFor({ em, plan, route, from, rule }: StepInProgress, personId: string): Promise<void> {
  const granted = await em.find(RoleGrant, { councilId: plan.councilId, personId });
  if (!mayTake(route, from, rule, plan.slug, granted))
    throw new DomainError('not-allowed', 'You do not have the role that takes this step.');
}

/** The people with a role for a scope, in the order of their names. */
export async function peopleWithRole(em: EntityManager, councilId: string, role: Role, scope: string | null): Promise<Person[]> {
  const grants = await em.find(RoleGrant, { councilId, role, ...(scope === null ? {} : { $or: [{ scope }, { scope: null }] }) });
  const ids = grants.map((grant) => grant.personId);
  return em.find(Person, { councilId, id: { $in: ids }, leftOn: null }, { orderBy: { name: 'asc' } });
}

/** The holder of a post, or its deputy while nobody holds it; null if neither is there. */
export async function holderOf(em: EntityManager, councilId: string, title: string): Promise<Person | null> {
  const post = await em.findOne(Post, { councilId, title });
  return post ? holderOfPost(em, post) : null;
}

/** The person who answers for a post: its holder, or its deputy while nobody holds it or the holder has left. */
export async function holderOfPost(em: EntityManager, post: Post): Promise<Person | null> {
  for (const id of [post.holderId, post.deputyId]) {
    const person = id ? await em.findOne(Person, { id, leftOn: null }) : null;
    if (person) return person;
  }
  return null;
}

/** The named person who hears first that something is off course; the whole performance team while nobody holds that post. */
export async function firstToldByGuard(em: EntityManager, { id, settings }: CouncilAtWork): Promise<Person[]> {
  const [title = ''] = settings.timetable.guard.told;
  const named = await holderOf(em, id, title);
  return named ? [named] : peopleWithRole(em, id, 'performance-team', null);
}
