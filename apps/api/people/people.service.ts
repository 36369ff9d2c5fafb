/** The people of a council as the performance team sees them: what they do, and which posts they answer for. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Absence, Person, Post, RoleGrant } from '../../../libs/database/entities/people.js';
import { Message, Task } from '../../../libs/database/entities/tasks.js';
import { standingInOn } from '../../../libs/database/standing-in-today.js';
import type { Answering } from '../../../libs/domain/standing-in.js';
import { requireMay, type HeldRole, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';

export interface ListedPerson {
  id: string;
  name: string;
  email: string;
  jobTitle: string;
  manager: string | null;
  /** '2025-06-30', the first day on which they are not here any more, perhaps one to come; null while none is known. */
  leftOn: string | null;
  hasLeft: boolean;
  /** The last day of the absence that they are on; null while they are here. */
  awayUntil: string | null;
  /** Who stands in while they are away: "Priya Nair stands in", "Nobody stands in"; null while they are here. */
  answering: string | null;
  roles: HeldRole[];
  /** Titles of the posts that they hold, and of those that they stand in for. */
  posts: string[];
  deputyFor: string[];
  /** The task about e-mails to them that could not be delivered; null where none waits. */
  undeliveredTask: string | null;
}

/** A post of the register with the ways in which plans write it. */
export interface ListedPost {
  id: string;
  title: string;
  otherSpellings: string[];
  holderId: string | null;
  holder: string | null;
  /** Who is asked while the holder is away and nobody stands in. */
  deputyId: string | null;
  deputy: string | null;
  /** Who answers for it while the holder is away: "Now Priya Nair", "Now nobody"; null while the holder does. */
  answering: string | null;
  teamMailbox: string | null;
}

export interface ListedPeople {
  people: ListedPerson[];
  posts: ListedPost[];
  /** Titles of posts that nobody holds: their rows are asked of the performance team. */
  vacantPosts: string[];
}

@Injectable()
export class PeopleList {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** Everybody of the caller's council in the order of their names. @throws DomainError 'not-allowed' */
  async of(person: SignedInPerson): Promise<ListedPeople> {
    requireMay('people.read', person, '');
    const em = this.em.fork();
    const { councilId } = person;
    const today = (await this.councils.byId(councilId)).clock.today();
    const standingIn = await standingInOn(em, councilId, today);
    const absences = await em.find(Absence, { councilId, firstDay: { $lte: today }, lastDay: { $gte: today } });
    const people = await em.find(Person, { councilId }, { orderBy: { name: 'asc' } });
    const posts = await em.find(Post, { councilId }, { orderBy: { title: 'asc' } });
    const grants = await em.find(RoleGrant, { councilId }, { orderBy: { role: 'asc' } });
    const undelivered = await undeliveredTasks(em, councilId);
    const nameOf = (id: string | null | undefined): string | null => people.find((one) => one.id === id)?.name ?? null;
    const titles = (isTheirs: (post: Post) => boolean): string[] => posts.filter(isTheirs).map(({ title }) => title);
    return {
      people: people.map(({ id, name, email, jobTitle, managerId, leftOn }) => ({
        id,
        name,
        email,
        jobTitle,
        manager: people.find((one) => one.id === managerId)?.name ?? null,
        leftOn: leftOn ?? null,
        hasLeft: Boolean(leftOn && leftOn <= today),
        awayUntil: absences.find(({ personId }) => personId === id)?.lastDay ?? null,
        answering: standingIn.isAway(id) ? `${nameOf(standingIn.answersFor(id).personId) ?? 'Nobody'} stands in` : null,
        roles: grants.filter((grant) => grant.personId === id).map(({ role, scope }) => ({ role, scope: scope ?? null })),
        posts: titles((post) => post.holderId === id),
        deputyFor: titles((post) => post.deputyId === id),
        undeliveredTask: undelivered.get(email) ?? null,
      })),
      posts: posts.map(({ id, title, otherSpellings, holderId, deputyId, teamMailbox }) => ({
        ...{ id, title, otherSpellings, teamMailbox: teamMailbox ?? null },
        ...{ holderId: holderId ?? null, holder: nameOf(holderId), deputyId: deputyId ?? null, deputy: nameOf(deputyId) },
        answering: answeringNow(standingIn.answersForPost({ id, holderId, deputyId }), holderId, nameOf),
      })),
      vacantPosts: titles((post) => standingIn.answersForPost(post).personId === null),
    };
  }
}

/** The open tasks about e-mails that came back, by the address. */
async function undeliveredTasks(em: EntityManager, councilId: string): Promise<Map<string, string>> {
  const tasks = await em.find(Task, { councilId, kind: 'undelivered', closedAt: null });
  const messages = await em.find(Message, { taskId: { $in: tasks.map(({ id }) => id) } });
  return new Map(messages.map(({ recipientEmail, taskId }) => [recipientEmail, taskId ?? '']));
}

function answeringNow(
  { personId }: Answering,
  holderId: string | null | undefined,
  nameOf: (id: string | null) => string | null,
): string | null {
  return personId === (holderId ?? null) ? null : `Now ${nameOf(personId) ?? 'nobody'}`;
}
