/** Who holds a post, who is its deputy and which mailbox its team has: what changing that would mean, and doing it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { openTasks, type OpenTask } from '../../../activities/open-tasks.js';
import { tellOfAbsences } from '../../../activities/tell-of-absences.js';
import { tellOfPost } from '../../../activities/tell-of-post.js';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { Post, type Person } from '../../../libs/database/entities/people.js';
import { standingInOn } from '../../../libs/database/standing-in-today.js';
import { DomainError, type InvalidField } from '../../../libs/domain/domain-error.js';
import type { Answering, StandingIn } from '../../../libs/domain/standing-in.js';
import { actsFor, requireMay, type SignedInPerson } from '../access/policies.js';
import { PeopleAtHand } from './people-at-hand.js';
import { PeopleChanges } from './people-changes.service.js';

/** What a post is to be; null is nobody, and no mailbox. */
export interface PostSettings {
  holderId: string | null;
  deputyId: string | null;
  teamMailbox: string | null;
}

/** A post with everybody who may hold it. */
export interface OpenedPost {
  post: Post;
  holder: string | null;
  deputy: string | null;
  colleagues: Person[];
}

/** Somebody or something before and after, in words. */
interface BeforeAfter {
  before: string;
  after: string;
}

/** What a change would mean today. */
export interface PostPreview {
  title: string;
  holder: BeforeAfter;
  deputy: BeforeAfter;
  teamMailbox: BeforeAfter;
  /** "Priya Nair, for Maya Thornton, who is away"; "nobody, so the performance team is told". */
  answering: BeforeAfter;
  /** What is open of the post, for whoever answers for it then. */
  tasks: string[];
  changes: boolean;
}

const NONE = 'Nobody';
const FLAGGED = 'Nobody is there, so the performance team is told';

@Injectable()
export class PostSettingsOf {
  constructor(
    private readonly em: EntityManager,
    private readonly changes: PeopleChanges,
  ) {}

  /** @throws DomainError 'not-allowed', 'not-found' */
  async open(by: SignedInPerson, id: string): Promise<OpenedPost> {
    requireMay('people.manage', by, '');
    const { today } = await this.changes.momentOf(by);
    const known = await PeopleAtHand.of(this.em.fork(), by.councilId, today);
    const post = postIn(known, id);
    return { post, holder: known.nameOf(post.holderId), deputy: known.nameOf(post.deputyId), colleagues: known.here };
  }

  /**
   * What it would mean; writes nothing.
   * @throws DomainError 'invalid' with pointers '/holderId', '/deputyId' and '/teamMailbox'; 'not-allowed', 'not-found'
   */
  async preview(by: SignedInPerson, id: string, asked: PostSettings): Promise<PostPreview> {
    requireMay('people.manage', by, '');
    const moment = await this.changes.momentOf(by);
    const em = this.em.fork();
    const known = await PeopleAtHand.of(em, by.councilId, moment.today);
    const post = postIn(known, id);
    const wanted = requireFine(asked, post, known);
    const standingIn = await standingInOn(em, by.councilId, moment.today);
    const nameOf = (personId: string | null | undefined): string => known.nameOf(personId) ?? NONE;
    return {
      title: post.title,
      holder: { before: nameOf(post.holderId), after: nameOf(wanted.holderId) },
      deputy: { before: nameOf(post.deputyId), after: nameOf(wanted.deputyId) },
      teamMailbox: { before: post.teamMailbox ?? 'None', after: wanted.teamMailbox ?? 'None' },
      answering: {
        before: answeringInWords(standingIn.answersForPost(post), known, standingIn),
        after: answeringInWords(standingIn.answersForPost({ ...post, ...wanted }), known, standingIn),
      },
      tasks: tasksOf(await openTasks(em, moment), id).map(({ title }) => title),
      changes: Object.keys(differences(post, wanted)).length > 0,
    };
  }

  /**
   * Sets all three; the same request under the same key counts once. Open tasks of the post are at once those of whoever answers for
   * it then. Each person whose part changes gets one e-mail, unless they change it themselves.
   * @throws DomainError as `preview`, 'key-reused'
   */
  async set(by: SignedInPerson, id: string, asked: PostSettings, idempotencyKey: string): Promise<{ id: string }> {
    requireMay('people.manage', by, '');
    const { holderId, deputyId, teamMailbox } = asked;
    return this.changes.once(by, idempotencyKey, { act: 'set-post', id, holderId, deputyId, teamMailbox }, async (em, moment) => {
      const known = await PeopleAtHand.of(em, by.councilId, moment.today);
      const post = postIn(known, id);
      const before = settingsOf(post);
      const changed = differences(post, requireFine(asked, post, known));
      const answer = { id };
      if (Object.keys(changed).length === 0) return { answer, onRecord: () => Promise.resolve() };
      Object.assign(post, Object.fromEntries(Object.entries(changed).map(([name, { to }]) => [name, to])));
      await em.flush();
      await tellOfPost(em, moment, { post, before, changedBy: { id: by.id, name: by.name }, key: idempotencyKey });
      await tellOfAbsences(em, moment);
      await em.flush();
      return { answer, onRecord: () => putOnRecord(em, moment, by, post, changed) };
    });
  }
}

async function putOnRecord(em: EntityManager, { at }: CouncilMoment, by: SignedInPerson, { title }: Post, changed: Changes): Promise<void> {
  const forWhom = actsFor('people.manage', by, '');
  await appendToAuditTrail(em, {
    ...{ councilId: by.councilId, at, personId: by.id, act: 'set post', subject: `post ${title}` },
    details: { ...changed, ...(forWhom ? { onBehalfOf: forWhom } : {}) },
  });
}

type Changes = Partial<Record<keyof PostSettings, { from: string | null; to: string | null }>>;

function settingsOf({ holderId, deputyId, teamMailbox }: Post): PostSettings {
  return { holderId: holderId ?? null, deputyId: deputyId ?? null, teamMailbox: teamMailbox ?? null };
}

function differences(post: Post, wanted: PostSettings): Changes {
  const is = settingsOf(post);
  const names = (Object.keys(is) as (keyof PostSettings)[]).filter((name) => is[name] !== wanted[name]);
  return Object.fromEntries(names.map((name) => [name, { from: is[name], to: wanted[name] }]));
}

function postIn(known: PeopleAtHand, id: string): Post {
  const post = known.posts.find((one) => one.id === id);
  if (!post) throw new DomainError('not-found', 'There is no such post in the register.');
  return post;
}

function requireFine(asked: PostSettings, post: Post, known: PeopleAtHand): PostSettings {
  const { holderId, deputyId } = asked;
  const fields: InvalidField[] = [];
  // Who has left may stay where they are until somebody else is named: the form must not force a choice about the other field.
  const isFit = (id: string | null, now: string | null | undefined): boolean =>
    id === null || id === now || known.here.some((one) => one.id === id);
  if (!isFit(holderId, post.holderId)) fields.push({ pointer: '/holderId', detail: 'Choose who holds the post from the list, or nobody' });
  if (!isFit(deputyId, post.deputyId)) fields.push({ pointer: '/deputyId', detail: 'Choose the deputy from the list, or nobody' });
  if (deputyId !== null && deputyId === holderId)
    fields.push({ pointer: '/deputyId', detail: `${known.nameOf(holderId)} holds the post. Choose somebody else as deputy, or nobody` });
  if (fields.length > 0) throw new DomainError('invalid', 'The post cannot be set like this.', fields);
  return { holderId, deputyId, teamMailbox: asked.teamMailbox };
}

function answeringInWords({ personId, through }: Answering, known: PeopleAtHand, standingIn: StandingIn): string {
  if (personId === null) return FLAGGED;
  const [whose] = through;
  const name = known.nameOf(personId) ?? '';
  return whose ? `${name}, for ${known.nameOf(whose)}, who ${standingIn.hasLeft(whose) ? 'has left' : 'is away'}` : name;
}

function tasksOf(tasks: readonly OpenTask[], postId: string): OpenTask[] {
  return tasks.filter(({ task }) => task.postId === postId);
}
