/** Finds the people who may use the product, with the roles and posts they hold now. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ApiToken, Person, Post, RoleGrant } from '../../../libs/database/entities/people.js';
import type { SignedInPerson } from './policies.js';

/** Somebody on the demonstration's sign-in page. */
export interface PersonToChoose extends SignedInPerson {
  jobTitle: string;
}

@Injectable()
export class People {
  constructor(private readonly em: EntityManager) {}

  /** The person with this id, or null if there is none or they have left. */
  async byId(id: string): Promise<SignedInPerson | null> {
    const [person] = await this.withRolesAndPosts({ id, leftOn: null });
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
    return this.withRolesAndPosts({ leftOn: null });
  }

  private async withRolesAndPosts(where: { id?: string; leftOn: null }): Promise<PersonToChoose[]> {
    // A context of its own: who somebody is must never come from what an earlier step of the request has in memory.
    const em = this.em.fork();
    const people = await em.find(Person, where, { orderBy: { name: 'asc' } });
    const ids = people.map((person) => person.id);
    const [grants, posts] = await Promise.all([
      em.find(RoleGrant, { personId: { $in: ids } }),
      em.find(Post, { holderId: { $in: ids } }, { orderBy: { title: 'asc' } }),
    ]);
    return people.map(({ id, councilId, name, email, jobTitle }) => ({
      id,
      councilId,
      name,
      email,
      jobTitle,
      roles: grants.filter((grant) => grant.personId === id).map(({ role, scope }) => ({ role, scope: scope ?? null })),
      posts: posts.filter((post) => post.holderId === id).map((post) => post.title),
    }));
  }
}
