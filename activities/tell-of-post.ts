/** Who is told that a post is in other hands: whoever holds it or is its deputy now, or is not any more. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash } from 'node:crypto';
import { Person, type Post } from '../libs/database/entities/people.js';
import type { CouncilMoment } from './council-moment.js';
import { openTasks } from './open-tasks.js';
import { tell } from './tell.js';

/** A post after the change, and who it was with before. */
export interface ChangedPost {
  post: Post;
  before: { holderId: string | null; deputyId: string | null };
  /** Who changed it, and so knows. */
  changedBy: { id: string; name: string };
  /** Of the request: the same change again, a month later, is told again. */
  key: string;
}

/** Each person whose part changed is told once, with what is open for them now; who has left and who did it are not. */
export async function tellOfPost(em: EntityManager, moment: CouncilMoment, { post, before, changedBy, key }: ChangedPost): Promise<void> {
  const { id: councilId } = moment.council;
  const [holderId, deputyId] = [post.holderId ?? null, post.deputyId ?? null];
  const part = (id: string, held: string | null, stoodIn: string | null): string =>
    id === held ? 'holder' : id === stoodIn ? 'deputy' : 'none';
  const ids = [...new Set([holderId, deputyId, before.holderId, before.deputyId])].filter(
    (id): id is string => id !== null && id !== changedBy.id,
  );
  const people = await em.find(Person, { councilId, id: { $in: ids } }, { orderBy: { name: 'asc' } });
  const nameOf = async (id: string | null): Promise<string> => (id ? (await em.findOneOrFail(Person, id)).name : '');
  const [holderName, deputyName] = [await nameOf(holderId), await nameOf(deputyId)];
  const tasks = (await openTasks(em, moment)).filter(({ task }) => task.postId === post.id);
  for (const person of people.filter(({ leftOn }) => !leftOn || leftOn > moment.today)) {
    const [was, is] = [part(person.id, before.holderId, before.deputyId), part(person.id, holderId, deputyId)];
    if (was === is) continue;
    const theirs = tasks.filter(({ asked }) => asked.some(({ personId }) => personId === person.id));
    await tell(em, moment, [person], {
      kind: 'post-changed',
      subject: `post/${post.id}`,
      occurrence: createHash('sha256').update(key).digest('hex'),
      path: '/tasks',
      facts: {
        ...{ postTitle: post.title, changedBy: changedBy.name, holderName, deputyName },
        ...{ isHolder: is === 'holder', isDeputy: is === 'deputy' },
        tasks: theirs.map(({ title, task }) => ({ title, due: task.dueOn ?? null })),
      },
    });
  }
}
