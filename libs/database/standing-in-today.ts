/** Who is away on a day and who stands in for them, from the register of people. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { ownFirst, type GrantedRole, type Role } from '../domain/route.js';
import { StandingIn, type Answering } from '../domain/standing-in.js';
import { Absence, Person, RoleGrant } from './entities/people.js';

/** @param day the council's day, 'YYYY-MM-DD' */
export async function standingInOn(em: EntityManager, councilId: string, day: string): Promise<StandingIn> {
  const covering = { firstDay: { $lte: day }, $or: [{ lastDay: null }, { lastDay: { $gte: day } }] };
  const absences = await em.find(Absence, { councilId, ...covering }, { orderBy: { firstDay: 'asc', recordedAt: 'asc' } });
  const gone = await em.find(Person, { councilId, leftOn: { $lte: day } });
  return StandingIn.on(
    day,
    absences,
    gone.map(({ id }) => id),
  );
}

/** A person's roles on the day: their own, and those of whom they stand in for. */
export async function rolesOnDay(em: EntityManager, councilId: string, personId: string, standingIn: StandingIn): Promise<GrantedRole[]> {
  const grants = await em.find(RoleGrant, { councilId, personId: { $in: [personId, ...standingIn.absentees] } });
  return standingIn.rolesOf(personId, grants);
}

/** Everybody who answers for a role, each once; empty where nobody is there for it. */
export async function whoHasRole(
  em: EntityManager,
  councilId: string,
  role: Role,
  scope: string | null,
  standingIn: StandingIn,
): Promise<Answering[]> {
  const ofScope = scope === null ? {} : { $or: [{ scope }, { scope: null }] };
  return standingIn.whoIsAsked({ role, scope }, await em.find(RoleGrant, { councilId, role, ...ofScope }), []);
}

/** Whose role it is, where one acts by these; null for a role of one's own, which comes first, and for none. */
export function onBehalfOf(roles: readonly Pick<GrantedRole, 'through'>[]): string | null {
  return ownFirst(roles)?.through?.[0] ?? null;
}

/** "Priya Nair for Maya Thornton". */
export function bothNames(name: string, onBehalfOfName: string | null | undefined): string {
  return onBehalfOfName ? `${name} for ${onBehalfOfName}` : name;
}
