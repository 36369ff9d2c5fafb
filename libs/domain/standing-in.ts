/** Who answers for somebody on a day: they themselves, whoever stands in for them while they are away, or nobody. */
import type { GrantedRole, Role } from './route.js';

/** What one answers for, as a key: a post, or a role for one priority or body. */
export type Matter = `post ${string}` | `role ${string}`;

export function postMatter(postId: string): Matter {
  return `post ${postId}`;
}

export function roleMatter(role: Role, scope: string | null | undefined): Matter {
  return `role ${role} ${scope ?? ''}`;
}

/** Who follows somebody in one matter: a successor for good, a stand-in, or nobody (`toId` null). */
export interface Handover {
  matter: Matter;
  toId: string | null;
  as: 'successor' | 'stand-in';
}

/** Days on which somebody is away, both included; without a last day they have left. */
export interface DaysAway {
  personId: string;
  /** 'YYYY-MM-DD' */
  firstDay: string;
  lastDay?: string | null;
  /** Who stands in, unless a handover says otherwise for the matter; null is nobody. */
  standInId?: string | null;
  handovers: readonly Handover[];
}

/** Who answers, null for nobody, and past whom it went: the holder first, each of them away. Empty for a matter of one's own. */
export interface Answering {
  personId: string | null;
  through: readonly string[];
}

/** A post with who holds it and who is its deputy. */
export interface HeldPost {
  id: string;
  holderId?: string | null;
  deputyId?: string | null;
}

/** A role in somebody's hands. */
export type HeldGrant = GrantedRole & { personId: string };

/** What is asked: of the holder of a post, or of whoever has a role for a scope. */
export interface Asked {
  postId?: string | null;
  role?: Role | null;
  scope?: string | null;
}

/** Stand-ins who are away themselves are followed so far and no further. */
const STAND_INS = 3;

/** One day's absences, asked who answers for whom. */
export class StandingIn {
  private constructor(private readonly away: ReadonlyMap<string, Omit<DaysAway, 'personId'>>) {}

  /**
   * @param day 'YYYY-MM-DD'
   * @param absences any days; only those that cover the day count, of several for one person the one that began last
   * @param gone the ids of people who left earlier without a word about who follows them
   */
  static on(day: string, absences: readonly DaysAway[], gone: readonly string[] = []): StandingIn {
    const away = new Map<string, Omit<DaysAway, 'personId'>>(gone.map((id) => [id, { firstDay: '', handovers: [] }]));
    for (const absence of absences.filter((one) => covers(one, day)))
      if ((away.get(absence.personId)?.firstDay ?? '') <= absence.firstDay) away.set(absence.personId, absence);
    return new StandingIn(away);
  }

  isAway(personId: string): boolean {
    return this.away.has(personId);
  }

  /** Whether a person is not here any more and does not come back. */
  hasLeft(personId: string): boolean {
    return this.away.has(personId) && !this.away.get(personId)?.lastDay;
  }

  /** Everybody who is away. */
  get absentees(): string[] {
    return [...this.away.keys()];
  }

  /** Who answers for a person in a matter; without a matter, in what no handover names. */
  answersFor(personId: string, matter: Matter | null = null): Answering {
    const through: string[] = [];
    let current: string | null = personId;
    while (current !== null && this.away.has(current)) {
      if (through.length > STAND_INS || through.includes(current)) return { personId: null, through };
      through.push(current);
      current = this.standInOf(current, matter);
    }
    return { personId: current, through };
  }

  /** A post's holder, while they are away whoever stands in, else the post's deputy, else nobody. */
  answersForPost({ id, holderId = null, deputyId = null }: HeldPost): Answering {
    const matter = postMatter(id);
    const holder: Answering = holderId ? this.answersFor(holderId, matter) : { personId: null, through: [] };
    if (holder.personId !== null || !deputyId || holder.through.includes(deputyId)) return holder;
    const deputy = this.answersFor(deputyId, matter);
    return { personId: deputy.personId, through: [...holder.through, ...deputy.through] };
  }

  /** Everybody who answers for what is asked, each once and in their own name if they can; empty when nobody does. */
  whoIsAsked(asked: Asked, grants: readonly HeldGrant[], posts: readonly HeldPost[]): Answering[] {
    if (asked.postId) {
      const post = posts.find(({ id }) => id === asked.postId);
      return post ? [this.answersForPost(post)].filter(({ personId }) => personId !== null) : [];
    }
    const found = new Map<string, Answering>();
    for (const grant of grants) {
      if (!isGrantOf(asked, grant)) continue;
      const answering = this.answersFor(grant.personId, roleMatter(grant.role, grant.scope));
      const known = found.get(answering.personId ?? '');
      if (answering.personId !== null && (!known || answering.through.length === 0)) found.set(answering.personId, answering);
    }
    return [...found.values()];
  }

  /**
   * A person's roles on the day: their own, then those of whom they stand in for. Who is away keeps theirs, should they sign in;
   * who has left has none.
   */
  rolesOf(personId: string, grants: readonly HeldGrant[]): GrantedRole[] {
    if (this.hasLeft(personId)) return [];
    const own = grants.filter((grant) => grant.personId === personId);
    const stoodIn = grants.flatMap((grant): GrantedRole[] => {
      if (grant.personId === personId || !this.away.has(grant.personId)) return [];
      const { personId: answering, through } = this.answersFor(grant.personId, roleMatter(grant.role, grant.scope));
      return answering === personId ? [{ role: grant.role, scope: grant.scope ?? null, through }] : [];
    });
    return [...own.map(({ role, scope = null }) => ({ role, scope })), ...stoodIn];
  }

  private standInOf(personId: string, matter: Matter | null): string | null {
    const absence = this.away.get(personId);
    const handover = absence?.handovers.find((one) => one.matter === matter);
    return (handover ? handover.toId : absence?.standInId) ?? null;
  }
}

/** Whether the absence covers the day. */
export function covers({ firstDay, lastDay = null }: Pick<DaysAway, 'firstDay' | 'lastDay'>, day: string): boolean {
  return firstDay <= day && (lastDay === null || day <= lastDay);
}

/**
 * The roles that somebody may decide by about a version: those that pass through none of its authors, who could not have decided
 * themselves. Whoever is an author decides by none, in whoever's name.
 * @param authors who submitted the version, and for whom
 */
export function rolesToDecideBy<Granted extends GrantedRole>(
  personId: string,
  roles: readonly Granted[],
  authors: readonly string[],
): Granted[] {
  if (authors.includes(personId)) return [];
  return roles.filter(({ through = [] }) => !through.some((id) => authors.includes(id)));
}

/** Whether what is asked belongs to the matter. */
export function isOfMatter({ postId, role, scope = null }: Asked, matter: Matter): boolean {
  const [kind, name, narrowed = ''] = matter.split(' ');
  if (kind === 'post') return postId === name;
  return !postId && role === name && (narrowed === '' || scope === null || scope === narrowed);
}

function isGrantOf({ role, scope = null }: Asked, grant: HeldGrant): boolean {
  const granted = grant.scope ?? null;
  return grant.role === role && (scope === null || granted === null || granted === scope);
}
