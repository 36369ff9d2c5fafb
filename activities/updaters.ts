/** Who still has rows to give in a quarter. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { ActionUpdate, Measurement, type Quarter } from '../libs/database/entities/monitoring.js';
import { Post, type Person } from '../libs/database/entities/people.js';
import type { RowFact } from '../libs/email/email-facts.js';
import type { CouncilMoment } from './council-moment.js';
import { holderOfPost, peopleWithRole } from './person-roles.js';

export interface MissingRows {
  /** Null where no post is known for the rows: the performance team is asked. */
  postId: string | null;
  /** The rows in the order of their codes. */
  rows: RowFact[];
}

/** A person with everything they are asked for, over all the posts they hold. */
export interface AskedUpdater {
  person: Person;
  rows: RowFact[];
  /** Null among them stands for the rows of no known post. */
  postIds: (string | null)[];
}

/** The rows of a quarter that nobody has given yet, by the post that is asked for them. */
export async function missingRowsByPost(em: EntityManager, { councilId, year, quarter }: Quarter): Promise<MissingRows[]> {
  const place = { councilId, year, quarter };
  const measurements = await em.find(Measurement, { ...place, value: '' }, { orderBy: { code: 'asc' } });
  const actions = await em.find(ActionUpdate, { ...place, status: null }, { orderBy: { code: 'asc' } });
  const byPost = new Map<string | null, RowFact[]>();
  for (const { postId = null, code, name } of [...measurements, ...actions])
    byPost.set(postId, [...(byPost.get(postId) ?? []), { code, name }]);
  return [...byPost].map(([postId, rows]) => ({ postId, rows }));
}

/** Each person once, however many posts they hold; rows of a post that nobody holds go to the performance team. */
export async function updatersAsked(em: EntityManager, moment: CouncilMoment, period: Quarter): Promise<AskedUpdater[]> {
  const asked = new Map<string, AskedUpdater>();
  for (const { postId, rows } of await missingRowsByPost(em, period))
    for (const person of await peopleAnswering(em, moment, postId)) {
      const known = asked.get(person.id) ?? { person, rows: [], postIds: [] };
      asked.set(person.id, { person, rows: [...known.rows, ...rows], postIds: [...known.postIds, postId] });
    }
  return [...asked.values()];
}

/** Who is asked for the rows of a post: its holder, else the performance team. */
export async function peopleAnswering(em: EntityManager, moment: CouncilMoment, postId: string | null): Promise<Person[]> {
  const post = postId ? await em.findOne(Post, postId) : null;
  const holder = post ? await holderOfPost(em, moment, post) : null;
  return holder ? [holder] : peopleWithRole(em, moment, 'performance-team', null);
}
