/** One council's people with what they answer for and every absence that is not over, as one reading. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { inWords } from '../../../libs/calendar/dates.js';
import { dayAfter } from '../../../libs/calendar/neighbouring-days.js';
import { Absence, Person, Post, RoleGrant } from '../../../libs/database/entities/people.js';
import { postMatter, roleMatter, StandingIn, type Answering, type DaysAway, type Matter } from '../../../libs/domain/standing-in.js';
import { ROLE_TITLES } from '../access/policies.js';

/** A post or a role of a person, as people say it. */
export interface OwnMatter {
  matter: Matter;
  title: string;
}

/** Who answers for a matter, from which day on; null is nobody. */
export interface Follows {
  from: string;
  who: string | null;
}

export class PeopleAtHand {
  private constructor(
    readonly people: Person[],
    readonly posts: Post[],
    readonly grants: RoleGrant[],
    readonly absences: Absence[],
    readonly today: string,
  ) {}

  static async of(em: EntityManager, councilId: string, today: string): Promise<PeopleAtHand> {
    const notOver = { $or: [{ lastDay: null }, { lastDay: { $gte: today } }] };
    return new PeopleAtHand(
      await em.find(Person, { councilId }, { orderBy: { name: 'asc' } }),
      await em.find(Post, { councilId }, { orderBy: { title: 'asc' } }),
      await em.find(RoleGrant, { councilId }, { orderBy: { role: 'asc', scope: 'asc' } }),
      await em.find(Absence, { councilId, ...notOver }, { orderBy: { firstDay: 'asc' } }),
      today,
    );
  }

  /** Everybody who is here today, in the order of their names. */
  get here(): Person[] {
    return this.people.filter(({ leftOn }) => !leftOn || leftOn > this.today);
  }

  nameOf(id: string | null | undefined): string | null {
    return this.people.find((person) => person.id === id)?.name ?? null;
  }

  /** Everything that a person answers for by themselves. */
  mattersOf(personId: string): OwnMatter[] {
    const posts = this.posts.filter(({ holderId }) => holderId === personId);
    const grants = this.grants.filter((grant) => grant.personId === personId);
    return [
      ...posts.map(({ id, title }) => ({ matter: postMatter(id), title })),
      ...grants.map(({ role, scope }) => ({
        matter: roleMatter(role, scope),
        title: `${ROLE_TITLES[role]}${scope ? ` (${scope.replaceAll('-', ' ')})` : ''}`,
      })),
    ];
  }

  /**
   * Who answers for each matter of a person while a new absence lasts, day by day where others come and go meanwhile.
   * @param added the absence that is not written yet, in place of one of the same person without a last day
   */
  whatGoesToWhom(added: DaysAway): (OwnMatter & { follows: Follows[] })[] {
    const others = this.absences.filter(({ personId, lastDay }) => !(personId === added.personId && !lastDay));
    const gone = this.people.filter(({ id, leftOn }) => leftOn && !others.some((one) => one.personId === id && !one.lastDay));
    const first = added.firstDay > this.today ? added.firstDay : this.today;
    const turns = [...others.flatMap(({ firstDay, lastDay }) => [firstDay, ...(lastDay ? [dayAfter(lastDay)] : [])])];
    const days = [first, ...new Set(turns.filter((day) => day > first && (!added.lastDay || day <= added.lastDay)))].sort();
    const onDays = days.map((day) => ({
      day,
      standingIn: StandingIn.on(
        day,
        [...others, added],
        gone.flatMap(({ id, leftOn }) => (leftOn! <= day && id !== added.personId ? [id] : [])),
      ),
    }));
    return this.mattersOf(added.personId).map((own) => ({
      ...own,
      follows: withoutRepeats(
        onDays.map(({ day, standingIn }) => ({ from: day, who: this.answering(standingIn, added.personId, own.matter) })),
      ),
    }));
  }

  private answering(standingIn: StandingIn, personId: string, matter: Matter): string | null {
    const post = this.posts.find(({ id }) => postMatter(id) === matter);
    const { personId: id }: Answering = post ? standingIn.answersForPost(post) : standingIn.answersFor(personId, matter);
    return this.nameOf(id);
  }
}

/** "Priya Nair", "nobody, so the performance team is told"; with the days where it changes. */
export function followsInWords(follows: readonly Follows[]): string {
  const words = follows.map(
    ({ from, who }, index) => `${index > 0 ? `from ${inWords(from)} ` : ''}${who ?? 'nobody, so the performance team is told'}`,
  );
  const text = words.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withoutRepeats(follows: readonly Follows[]): Follows[] {
  return follows.filter(({ who }, index) => index === 0 || follows[index - 1]!.who !== who);
}
