/** For which posts a person gives updates, and which rows are therefore theirs. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Person, Post } from '../../../libs/database/entities/people.js';
import { mayEnter, type SignedInPerson } from '../access/policies.js';

export class AnswerablePosts {
  private constructor(
    private readonly own: ReadonlySet<string>,
    private readonly deputised: ReadonlySet<string>,
    private readonly unheld: ReadonlySet<string>,
    /** The performance team gives what nobody else is there for, and may give any row for whoever asks it to. */
    readonly isPerformanceTeam: boolean,
    /** Every post of the council by its id. */
    readonly posts: ReadonlyMap<string, Post>,
  ) {}

  static async of(em: EntityManager, person: SignedInPerson): Promise<AnswerablePosts> {
    const posts = await em.find(Post, { councilId: person.councilId }, { orderBy: { title: 'asc' } });
    const here = new Set((await em.find(Person, { councilId: person.councilId, leftOn: null })).map(({ id }) => id));
    // A deputy is asked while nobody holds the post, and may give its rows at any time.
    const own = posts.filter(({ holderId, deputyId }) => (holderId && here.has(holderId) ? holderId : deputyId) === person.id);
    const deputised = posts.filter(({ deputyId }) => deputyId === person.id);
    const unheld = posts.filter(({ holderId, deputyId }) => ![holderId, deputyId].some((id) => id && here.has(id)));
    return new AnswerablePosts(
      new Set(own.map(({ id }) => id)),
      new Set(deputised.map(({ id }) => id)),
      new Set(unheld.map(({ id }) => id)),
      mayEnter('monitoring.manage', person),
      new Map(posts.map((post) => [post.id, post])),
    );
  }

  /** Whether the person is asked for the rows of a post; null is a row that no post is known for. */
  isAskedFor(postId: string | null): boolean {
    if (postId !== null && this.own.has(postId)) return true;
    return this.isPerformanceTeam && (postId === null || this.unheld.has(postId));
  }

  /** Whether the person may give the rows of a post. */
  mayGive(postId: string | null): boolean {
    return this.isPerformanceTeam || this.isAskedFor(postId) || (postId !== null && this.deputised.has(postId));
  }
}
