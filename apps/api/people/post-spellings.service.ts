/** The register of posts: how else plans write a post, added and taken away by those who keep it, and posts that are new. */
import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { Post } from '../../../libs/database/entities/people.js';
import { DomainError, type InvalidField } from '../../../libs/domain/domain-error.js';
import { plainText } from '../../../libs/domain/plain-text.js';
import { actsFor, requireMay, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';

/** How long a title or a spelling may be; the longest of the demonstration has 70 characters. */
export const TITLE_LIMIT = 200;

/** What somebody wants the register to know. */
export interface SpellingAsked {
  /** As the plan writes it. */
  spelling: string;
  /** The post that it means; null for one that the register does not have yet. */
  postId: string | null;
  /** The title of the new post, and the address of its team, '' for none; not looked at where the post is known. */
  title: string;
  email: string;
}

/** The register as it would be: the post's title, and whether it begins with this. */
export interface SpellingChecked {
  spelling: string;
  title: string;
  isNewPost: boolean;
  /** True where the register knows it already, as of this very post: there is nothing to do. */
  isKnown: boolean;
}

@Injectable()
export class PostSpellings {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The council's posts in the order of their titles. @throws DomainError 'not-allowed' */
  async register(person: SignedInPerson): Promise<Post[]> {
    requireMay('people.manage', person, '');
    return this.em.fork().find(Post, { councilId: person.councilId }, { orderBy: { title: 'asc' } });
  }

  /**
   * What adding it would do; writes nothing.
   * @throws DomainError 'invalid' where a field has to be put right, above all a spelling that another post has
   */
  async check(person: SignedInPerson, asked: SpellingAsked): Promise<SpellingChecked> {
    return checked(await this.register(person), asked);
  }

  /** Adds a spelling to a post, or a post that is new with its spelling. @throws DomainError as `check` */
  async add(person: SignedInPerson, asked: SpellingAsked): Promise<SpellingChecked> {
    return this.change(person, async (em, register, at) => {
      const found = checked(register, asked);
      const { spelling, title, isNewPost, isKnown } = found;
      if (isKnown) return found;
      const otherSpellings = isSame(spelling, title) ? [] : [spelling];
      const email = asked.email.trim() || null;
      const post = register.find(({ id }) => id === asked.postId);
      if (post) post.otherSpellings = [...post.otherSpellings, ...otherSpellings];
      else em.persist(em.create(Post, { id: randomUUID(), councilId: person.councilId, title, otherSpellings, teamMailbox: email }));
      await em.flush();
      const details = { spelling, ...(isNewPost ? { newPost: true, teamMailbox: email } : {}), ...forWhom(person) };
      await appendToAuditTrail(em, { ...onRecord(person, title, at), act: 'add-spelling', details });
      return found;
    });
  }

  /**
   * Takes a spelling away; one that is gone already stays gone. A post's title is no spelling of it.
   * @returns the post's title
   * @throws DomainError 'not-found' without such a post, 'not-allowed'
   */
  async remove(person: SignedInPerson, postId: string, spelling: string): Promise<string> {
    return this.change(person, async (em, register, at) => {
      const post = register.find(({ id }) => id === postId);
      if (!post) throw new DomainError('not-found', 'There is no such post in the register.');
      const left = post.otherSpellings.filter((other) => other !== spelling);
      if (left.length === post.otherSpellings.length) return post.title;
      post.otherSpellings = left;
      await em.flush();
      await appendToAuditTrail(em, {
        ...onRecord(person, post.title, at),
        act: 'remove-spelling',
        details: { spelling, ...forWhom(person) },
      });
      return post.title;
    });
  }

  /** One change of the register at a time: two people must not give one spelling to two posts. */
  private async change<Result>(
    person: SignedInPerson,
    work: (em: EntityManager, register: Post[], at: Date) => Promise<Result>,
  ): Promise<Result> {
    requireMay('people.manage', person, '');
    const { councilId } = person;
    const { clock } = await this.councils.byId(councilId);
    return this.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`posts ${councilId}`]);
      return work(em, await em.find(Post, { councilId }), clock.now());
    });
  }
}

/** Whose role it is, where the person stands in for somebody. */
function forWhom(person: SignedInPerson): { onBehalfOf?: string } {
  const onBehalfOf = actsFor('people.manage', person, '');
  return onBehalfOf ? { onBehalfOf } : {};
}

function onRecord(
  { councilId, id }: SignedInPerson,
  title: string,
  at: Date,
): { councilId: string; at: Date; personId: string; subject: string } {
  return { councilId, at, personId: id, subject: `post ${title}` };
}

function checked(register: readonly Post[], asked: SpellingAsked): SpellingChecked {
  const spelling = plainText(asked.spelling);
  const wanted = asked.postId === null ? null : register.find(({ id }) => id === asked.postId);
  const title = wanted?.title ?? plainText(asked.title);
  const owner = ownerOf(register, spelling);
  const isKnown = owner !== undefined && isSame(owner.title, title);
  const fields = [...spellingFields(spelling), ...postFields(wanted, title, isKnown ? undefined : ownerOf(register, title))];
  if (owner && !isKnown)
    fields.unshift({ pointer: '/spelling', detail: `“${spelling}” is already known as “${owner.title}”. A spelling means one post only` });
  if (fields.length > 0) throw new DomainError('invalid', 'The spelling cannot be added like this.', fields);
  return { spelling, title, isNewPost: !wanted, isKnown };
}

function spellingFields(spelling: string): InvalidField[] {
  if (spelling === '') return [{ pointer: '/spelling', detail: 'Enter the words that the plan writes' }];
  if (spelling.length > TITLE_LIMIT) return [{ pointer: '/spelling', detail: `The spelling must be ${TITLE_LIMIT} characters or fewer` }];
  // A lone letter or a full stop would be found in nearly every cell.
  if (!/\p{L}[\p{L}\p{N}]/u.test(spelling)) return [{ pointer: '/spelling', detail: 'The spelling must have at least one word' }];
  return [];
}

function postFields(wanted: Post | null | undefined, title: string, taken: Post | undefined): InvalidField[] {
  if (wanted === undefined) return [{ pointer: '/post', detail: 'Choose the post that is meant, or a new one' }];
  if (wanted) return [];
  if (title === '') return [{ pointer: '/title', detail: 'Enter the title of the new post' }];
  if (title.length > TITLE_LIMIT) return [{ pointer: '/title', detail: `The title must be ${TITLE_LIMIT} characters or fewer` }];
  if (taken) return [{ pointer: '/title', detail: `The register has “${taken.title}” already: choose it above` }];
  return [];
}

function ownerOf(register: readonly Post[], words: string): Post | undefined {
  return register.find(({ title, otherSpellings }) => [title, ...otherSpellings].some((known) => isSame(known, words)));
}

/** The register is searched without regard to capitals and white space (`libs/domain/posts.ts`). */
function isSame(one: string, other: string): boolean {
  return plainText(one).toLowerCase() === plainText(other).toLowerCase();
}
