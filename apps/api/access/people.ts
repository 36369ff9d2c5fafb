/** Finds the people who may use the product, with the roles and posts that they have today, those included that they stand in for. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ApiToken, Person, Post, RoleGrant } from '../../../libs/database/entities/people.js';
import { standingInOn } from '../../../libs/database/standing-in-today.js';
import type { GrantedRole } from '../../../libs/domain/route.js';
import { Councils } from '../councils.js';
import type { HeldRole, SignedInPerson } from './policies.js';

/** Somebody on the demonstration's sign-in page. */
export interface PersonToChoose extends SignedInPerson {
  jobTitle: string;
}

@Injectable()
export class People {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The person with this id, or null if there is none or they have left. */
  async byId(id: string): Promise<SignedInPerson | null> {
    // A context of its own: who somebody is must never come from what an earlier step of the request has in memory.
    const em = this.em.fork();
    const found = await em.findOne(Person, { id });
    if (!found) return null;
    const [person] = await this.asTheyAreToday(em, found.councilId, [found]);
    return person ?? null;
  }

  /** The person whose API token has this hash, or null if it is unknown or has run out. */
  async byTokenHash(tokenHash: string): Promise<SignedInPerson | null> {
    const token = await this.em.fork().findOne(ApiToken, { tokenHash });
    if (!token || (token.expiresAt && token.expiresAt <= new Date())) return null;
    return this.byId(token.personId);
  }

  /** Everybody who works with the plans, in the order of their names. */
  async all(): Promise<PersonToChoose[]> {
    const em = this.em.fork();
    const people = await em.find(Person, {}, { orderBy: { name: 'asc' } });
    const councils = [...new Set(people.map(({ councilId }) => councilId))];
    const lists = await Promise.all(
      councils.map((id) =>
        this.asTheyAreToday(
          em,
          id,
          people.filter(({ councilId }) => councilId === id),
        ),
      ),
    );
    return lists.flat().sort((one, other) => one.name.localeCompare(other.name));
  }

  private async asTheyAreToday(em: EntityManager, councilId: string, people: readonly Person[]): Promise<PersonToChoose[]> {
    const today = (await this.councils.byId(councilId)).clock.today();
    const standingIn = await standingInOn(em, councilId, today);
    const here = people.filter(({ leftOn = null }) => leftOn === null || leftOn > today);
    const concerned = [...here.map(({ id }) => id), ...standingIn.absentees];
    const [grants, posts, absent] = await Promise.all([
      em.find(RoleGrant, { personId: { $in: concerned } }),
      em.find(
        Post,
        { councilId, $or: [{ holderId: { $in: concerned } }, { deputyId: { $in: concerned } }] },
        { orderBy: { title: 'asc' } },
      ),
      standingIn.absentees.length > 0 ? em.find(Person, { id: { $in: standingIn.absentees } }) : [],
    ]);
    const names = new Map(absent.map(({ id, name }) => [id, name]));
    return here.map(({ id, name, email, jobTitle }) => ({
      ...{ id, councilId, name, email, jobTitle },
      roles: standingIn.rolesOf(id, grants).map((role) => heldRole(role, names)),
      posts: posts.filter((post) => post.holderId === id || standingIn.answersForPost(post).personId === id).map((post) => post.title),
    }));
  }
}

function heldRole({ role, scope = null, through = [] }: GrantedRole, names: ReadonlyMap<string, string>): HeldRole {
  const [whose] = through;
  return { role, scope, ...(whose ? { through, forName: names.get(whose) ?? '' } : {}) };
}
