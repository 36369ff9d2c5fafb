/** For which posts a person gives updates on a day, and which rows are therefore theirs. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Post } from '../../../libs/database/entities/people.js';
import { standingInOn } from '../../../libs/database/standing-in-today.js';
import type { StandingIn } from '../../../libs/domain/standing-in.js';
import { ownFirst } from '../../../libs/domain/route.js';
import { mayEnter, type SignedInPerson } from '../access/policies.js';

export class AnswerablePosts {
  private constructor(
    private readonly person: SignedInPerson,
    /** Every post of the council by its id. */
    readonly posts: ReadonlyMap<string, Post>,
    private readonly standingIn: StandingIn,
  ) {}

  /** @param today the council's day */
  static async of(em: EntityManager, person: SignedInPerson, today: string): Promise<AnswerablePosts> {
    const posts = await em.find(Post, { councilId: person.councilId }, { orderBy: { title: 'asc' } });
    const standingIn = await standingInOn(em, person.councilId, today);
    return new AnswerablePosts(person, new Map(posts.map((post) => [post.id, post])), standingIn);
  }

  /** The performance team gives what nobody else is there for, and may give any row for whoever asks it to. */
  get isPerformanceTeam(): boolean {
    return mayEnter('monitoring.manage', this.person);
  }

  /** Whether the person is asked for the rows of a post; null is a row that no post is known for. */
  isAskedFor(postId: string | null): boolean {
    const post = this.posts.get(postId ?? '');
    if (!post) return this.isPerformanceTeam;
    // Whoever is away and signs in all the same still finds what is theirs.
    const answering = this.standingIn.answersForPost(post).personId;
    return post.holderId === this.person.id || answering === this.person.id || (answering === null && this.isPerformanceTeam);
  }

  /** Whether the person may give the rows of a post; its deputy may at any time. */
  mayGive(postId: string | null): boolean {
    return this.isPerformanceTeam || this.isAskedFor(postId) || this.posts.get(postId ?? '')?.deputyId === this.person.id;
  }

  /** For whom the person gives the rows of a post: its holder while they are away; null for a post of one's own, as a deputy or for the team. */
  givesFor(postId: string | null): string | null {
    const post = this.posts.get(postId ?? '');
    if (!post || [post.holderId, post.deputyId].includes(this.person.id)) return this.forHolderAway(post);
    const { personId, through } = this.standingIn.answersForPost(post);
    if (personId === this.person.id) return through[0] ?? null;
    const roles = this.person.roles.filter(({ role }) => role === 'performance-team');
    return ownFirst(roles)?.through?.[0] ?? null;
  }

  /** A deputy acts for a holder who is away; nobody acts for themselves. */
  private forHolderAway(post: Post | undefined): string | null {
    const holder = post?.holderId ?? null;
    return holder !== null && holder !== this.person.id && this.standingIn.isAway(holder) ? holder : null;
  }
}
