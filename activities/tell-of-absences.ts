/** Who is told of absences: who stands in when one begins or ends early, the person when it has ended, and who sees to what nobody is there for. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Absence, Person, Post, RoleGrant } from '../libs/database/entities/people.js';
import { covers, isOfMatter, postMatter, roleMatter, type Matter } from '../libs/domain/standing-in.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Notice, type Task } from '../libs/database/entities/tasks.js';
import type { OpenTaskFact } from '../libs/email/email-facts.js';
import type { CouncilMoment } from './council-moment.js';
import { openTasks, type OpenTask } from './open-tasks.js';
import { peopleWithRole, standingInAt } from './person-roles.js';
import { tell } from './tell.js';

/**
 * Tells everybody concerned of the absences that have begun or ended by the moment, each once, however often it is called.
 * Called each working morning, and by whoever records an absence that begins today or ends one, in the same transaction.
 */
export async function tellOfAbsences(em: EntityManager, moment: CouncilMoment): Promise<void> {
  const tasks = await openTasks(em, moment);
  const { id: councilId } = moment.council;
  const notOver = { $or: [{ lastDay: null }, { lastDay: { $gte: moment.today } }, { toldOfEndOn: null }] };
  const order = { firstDay: 'asc', recordedAt: 'asc' } as const;
  const begun = await em.find(Absence, { councilId, firstDay: { $lte: moment.today }, ...notOver }, { orderBy: order });
  for (const absence of begun.filter((one) => covers(one, moment.today))) await tellStandIns(em, moment, absence, tasks);
  for (const absence of begun.filter(({ lastDay, toldOfEndOn }) => lastDay && lastDay < moment.today && !toldOfEndOn))
    await tellOfEnd(em, moment, absence, tasks);
  await tellOfNobody(em, moment, tasks);
}

async function tellStandIns(em: EntityManager, moment: CouncilMoment, absence: Absence, tasks: readonly OpenTask[]): Promise<void> {
  const { name } = await em.findOneOrFail(Person, absence.personId);
  for (const { standIn, posts } of await standInsOf(em, moment, absence))
    await tell(em, moment, [standIn], {
      kind: 'stand-in-begins',
      subject: `absence/${absence.id}/begins`,
      path: '/tasks',
      facts: {
        personName: name,
        lastDay: absence.lastDay ?? null,
        posts,
        tasks: factsOf(tasks.filter((task) => isThrough(absence, task, standIn))),
      },
    });
}

/** Whoever answers for any matter of the person today, and the successors of somebody who left; deputies with their posts. */
async function standInsOf(
  em: EntityManager,
  moment: CouncilMoment,
  { personId, handovers }: Absence,
): Promise<{ standIn: Person; posts: string[] }[]> {
  const standingIn = await standingInAt(em, moment);
  const councilId = moment.council.id;
  const posts = await em.find(Post, { councilId, holderId: personId });
  const grants = await em.find(RoleGrant, { councilId, personId });
  const matters: (Matter | null)[] = [
    null,
    ...grants.map(({ role, scope }) => roleMatter(role, scope)),
    ...posts.map(({ id }) => postMatter(id)),
  ];
  const forMatters = [
    ...matters.map((matter) => standingIn.answersFor(personId, matter).personId),
    ...handovers.flatMap(({ toId, matter }) => (toId ? [standingIn.answersFor(toId, matter).personId] : [])),
  ];
  const forPosts = posts.map((post) => ({ title: post.title, by: standingIn.answersForPost(post).personId }));
  const ids = [...forMatters, ...forPosts.map(({ by }) => by)].filter((id): id is string => id !== null && id !== personId);
  const people = await em.find(Person, { id: { $in: [...new Set(ids)] } }, { orderBy: { name: 'asc' } });
  const titlesOf = (id: string): string[] => forPosts.filter(({ by }) => by === id).map(({ title }) => title);
  return people.map((standIn) => ({ standIn, posts: forMatters.includes(standIn.id) ? [] : titlesOf(standIn.id) }));
}

/** Whether the task is the stand-in's because of the absence. */
function isThrough({ personId, handovers }: Absence, { task, asked }: OpenTask, standIn: Person): boolean {
  const mine = asked.find((answering) => answering.personId === standIn.id);
  if (!mine) return false;
  return mine.through.includes(personId) || handovers.some(({ toId, matter }) => toId === standIn.id && isOfMatter(task, matter));
}

async function tellOfEnd(em: EntityManager, moment: CouncilMoment, absence: Absence, tasks: readonly OpenTask[]): Promise<void> {
  absence.toldOfEndOn = moment.today;
  const { personId, firstDay, lastDay = null } = absence;
  await tellStandInsOfEarlyEnd(em, moment, absence);
  // One that was withdrawn before it began never was; and who is away again is told when they are back.
  if (lastDay === null || lastDay < firstDay || (await standingInAt(em, moment)).isAway(personId)) return;
  const mine = tasks.filter(({ asked }) => asked.some((answering) => answering.personId === personId && answering.through.length === 0));
  await tell(em, moment, [await em.findOneOrFail(Person, personId)], {
    kind: 'absence-ended',
    subject: `absence/${absence.id}/ended`,
    path: '/tasks',
    facts: { firstDay, lastDay, tasks: factsOf(mine) },
  });
}

/** Whoever was told to stand in, and until a later day than it was; the last day itself was told when it began. */
async function tellStandInsOfEarlyEnd(em: EntityManager, moment: CouncilMoment, { id, personId, lastDay }: Absence): Promise<void> {
  const begun = await em.find(Notice, { councilId: moment.council.id, kind: 'stand-in-begins', subject: `absence/${id}/begins` });
  const { name } = await em.findOneOrFail(Person, personId);
  for (const { recipient, facts } of begun.filter((notice) => notice.facts['lastDay'] !== lastDay))
    await tell(em, moment, await em.find(Person, { councilId: moment.council.id, email: recipient }), {
      kind: 'stand-in-ends',
      subject: `absence/${id}/stand-in-ends`,
      path: '/tasks',
      facts: { personName: name, expected: facts['lastDay'] as string },
    });
}

async function tellOfNobody(em: EntityManager, moment: CouncilMoment, tasks: readonly OpenTask[]): Promise<void> {
  const unattended = tasks.filter(({ asked }) => asked.length === 0);
  if (unattended.length === 0) return;
  const team = await peopleWithRole(em, moment, 'performance-team', null);
  for (const { task, title, holders } of unattended) {
    await tell(em, moment, team, {
      kind: 'nobody-there',
      subject: `task/${task.id}/nobody`,
      path: '/people/absences',
      facts: { task: title, due: task.dueOn ?? null, names: holders.join(', ') },
    });
    await tellTeamOfPost(em, moment, task, title);
  }
}

/**
 * The last address of a post is its team's mailbox (domain.md section f). Nobody signs in as a mailbox, so it is told beside the
 * performance team and not in its place: the team can send what it has, or say who takes the post over.
 */
async function tellTeamOfPost(em: EntityManager, moment: CouncilMoment, task: Task, title: string): Promise<void> {
  const post = task.postId ? await em.findOne(Post, task.postId) : null;
  const period = task.quarterId ? await em.findOne(Quarter, task.quarterId) : null;
  if (!post?.teamMailbox || !period) return;
  await tell(em, moment, [{ name: `team of the ${post.title}`, email: post.teamMailbox }], {
    kind: 'team-asked',
    subject: `task/${task.id}/team`,
    path: `/quarters/${period.year}/${period.quarter}`,
    facts: { postTitle: post.title, task: title, due: task.dueOn ?? null },
  });
}

function factsOf(tasks: readonly OpenTask[]): OpenTaskFact[] {
  return tasks.map(({ title, task }) => ({ title, due: task.dueOn ?? null }));
}
