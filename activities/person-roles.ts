/** Who may take a step, and who is to be told: people by their roles. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../libs/domain/domain-error.js';
import { mayTake, type Role } from '../libs/domain/route.js';
import { Person, Post, RoleGrant } from '../libs/database/entities/people.js';
import type { CouncilMoment } from './council-moment.js';
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
export async function peopleWithRole(em: EntityManager, moment: CouncilMoment, role: Role, scope: string | null): Promise<Person[]> {
  const councilId = moment.council.id;
  const grants = await em.find(RoleGrant, { councilId, role, ...(scope === null ? {} : { $or: [{ scope }, { scope: null }] }) });
  const ids = grants.map((grant) => grant.personId);
  return em.find(Person, { councilId, id: { $in: ids }, leftOn: null }, { orderBy: { name: 'asc' } });
}

/** The holder of a post, or its deputy while nobody holds it; null if neither is there. */
export async function holderOf(em: EntityManager, moment: CouncilMoment, title: string): Promise<Person | null> {
  const post = await em.findOne(Post, { councilId: moment.council.id, title });
  return post ? holderOfPost(em, moment, post) : null;
}

/** The person who answers for a post: its holder, or its deputy while nobody holds it or the holder has left. */
export async function holderOfPost(em: EntityManager, _moment: CouncilMoment, post: Post): Promise<Person | null> {
  for (const id of [post.holderId, post.deputyId]) {
    const person = id ? await em.findOne(Person, { id, leftOn: null }) : null;
    if (person) return person;
  }
  return null;
}

/** The named person who hears first that something is off course; the whole performance team while nobody holds that post. */
export async function firstToldByGuard(em: EntityManager, moment: CouncilMoment): Promise<Person[]> {
  const [title = ''] = moment.council.settings.timetable.guard.told;
  const named = await holderOf(em, moment, title);
  return named ? [named] : peopleWithRole(em, moment, 'performance-team', null);
}
