/** Who may take a step, and who is to be told: people by their roles and posts, and on a day that they are away whoever stands in. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Person, Post, RoleGrant } from '../libs/database/entities/people.js';
import { onBehalfOf, rolesOnDay, standingInOn, whoHasRole } from '../libs/database/standing-in-today.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { takenBy, type GrantedRole, type Role } from '../libs/domain/route.js';
import { rolesToDecideBy, type StandingIn } from '../libs/domain/standing-in.js';
import type { CouncilMoment } from './council-moment.js';
import { personsUp } from './persons-up.js';
import type { StepInProgress } from './record-transition.js';

/** Looked up once for each moment, however many are told. */
const known = new WeakMap<CouncilMoment, Promise<StandingIn>>();

/** Who is away at the moment and who stands in for them. */
export function standingInAt(em: EntityManager, moment: CouncilMoment): Promise<StandingIn> {
  const found = known.get(moment) ?? standingInOn(em, moment.council.id, moment.today);
  known.set(moment, found);
  return found;
}

/** A person's roles at the moment: their own, and those of whom they stand in for. */
export async function rolesAt(em: EntityManager, moment: CouncilMoment, personId: string): Promise<GrantedRole[]> {
  return rolesOnDay(em, moment.council.id, personId, await standingInAt(em, moment));
}

/**
 * Makes sure that a person may take a step, and keeps for the record whose role they take it by.
 * @throws DomainError 'not-allowed'
 */
export async function requireRoleFor(step: StepInProgress, personId: string): Promise<void> {
  const { em, moment, plan, route, from, rule } = step;
  step.roles = await rolesAt(em, moment, personId);
  const role = takenBy(route, from, rule, plan.slug, step.roles);
  if (!role) throw new DomainError('not-allowed', 'You do not have the role that takes this step.');
  step.onBehalfOf = onBehalfOf([role]);
}

/**
 * Makes sure that neither who decides nor anybody through whom their role came to them submitted the version.
 * @param authors who submitted it, and for whom
 * @throws DomainError 'not-allowed'
 */
export async function requireNoAuthor(step: StepInProgress, authors: readonly string[]): Promise<void> {
  const { em, plan, route, from, rule, request } = step;
  const { personId } = request;
  if (!personId) return;
  const role = takenBy(route, from, rule, plan.slug, rolesToDecideBy(personId, step.roles, authors));
  if (role) {
    step.onBehalfOf = onBehalfOf([role]);
    return;
  }
  const others = `so somebody else decides about it at ${route.stages.find((one) => one.id === from.at)?.title}.`;
  const [first = '', forWhom] = authors;
  if (personId === first) throw new DomainError('not-allowed', `You submitted this version, ${others}`);
  if (personId === forWhom) throw new DomainError('not-allowed', `This version was submitted for you, ${others}`);
  const author = await em.findOne(Person, authors.find((id) => step.roles.some(({ through }) => through?.includes(id))) ?? first);
  throw new DomainError('not-allowed', `${author?.name}, for whom you stand in, submitted this version, ${others}`);
}

/**
 * The people with a role for a scope, in the order of their names. Where nobody is there for it, the performance team; where
 * nobody of that is there either, whoever is above it: what is told always reaches somebody.
 */
export async function peopleWithRole(em: EntityManager, moment: CouncilMoment, role: Role, scope: string | null): Promise<Person[]> {
  const answering = await whoHasRole(em, moment.council.id, role, scope, await standingInAt(em, moment));
  const ids = answering.flatMap(({ personId }) => personId ?? []);
  if (ids.length > 0) return em.find(Person, { councilId: moment.council.id, id: { $in: ids } }, { orderBy: { name: 'asc' } });
  return role === 'performance-team' ? aboveTheTeam(em, moment) : peopleWithRole(em, moment, 'performance-team', null);
}

/** The managers of the performance team, past those who are away; without any, whoever else the guard of 1 April tells. */
async function aboveTheTeam(em: EntityManager, moment: CouncilMoment): Promise<Person[]> {
  const { id: councilId, settings } = moment.council;
  const team = await em.find(RoleGrant, { councilId, role: 'performance-team' });
  const members = await em.find(Person, { id: { $in: team.map(({ personId }) => personId) } });
  const managers = await personsUp(em, await standingInAt(em, moment), members, 1);
  if (managers.length > 0) return managers;
  const told = await Promise.all(settings.timetable.guard.told.map((title) => holderOf(em, moment, title)));
  return [...new Set(told.filter((person) => person !== null))];
}

/** Who answers for a post of this title; null if nobody does. */
export async function holderOf(em: EntityManager, moment: CouncilMoment, title: string): Promise<Person | null> {
  const post = await em.findOne(Post, { councilId: moment.council.id, title });
  return post ? holderOfPost(em, moment, post) : null;
}

/** The person who answers for a post: its holder, while they are away whoever stands in, else its deputy; null is nobody. */
export async function holderOfPost(em: EntityManager, moment: CouncilMoment, post: Post): Promise<Person | null> {
  const { personId } = (await standingInAt(em, moment)).answersForPost(post);
  return personId ? em.findOne(Person, personId) : null;
}

/** The named person who hears first that something is off course; the whole performance team while nobody holds that post. */
export async function firstToldByGuard(em: EntityManager, moment: CouncilMoment): Promise<Person[]> {
  const [title = ''] = moment.council.settings.timetable.guard.told;
  const named = await holderOf(em, moment, title);
  return named ? [named] : peopleWithRole(em, moment, 'performance-team', null);
}
