/** When somebody's last day is over: their posts and roles go to the successors, and mail that waits for them to whoever follows. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { Absence, Person, Post, RoleGrant } from '../libs/database/entities/people.js';
import { Message, Notice } from '../libs/database/entities/tasks.js';
import { postMatter, roleMatter, type Handover } from '../libs/domain/standing-in.js';
import type { CouncilMoment } from './council-moment.js';
import { firstToldByGuard, standingInAt } from './person-roles.js';

/** What was done, for the audit trail, which is written last. */
interface HandedOver {
  absence: Absence;
  moved: { matter: string; to: string }[];
}

/** @returns writes the audit trail of what was handed over; call it last in the transaction */
export async function handOver(em: EntityManager, moment: CouncilMoment): Promise<() => Promise<void>> {
  const { id: councilId } = moment.council;
  const left = await em.find(Absence, { councilId, lastDay: null, firstDay: { $lte: moment.today } }, { orderBy: { firstDay: 'asc' } });
  const done: HandedOver[] = [];
  for (const absence of left) {
    if (!absence.handedOverOn) done.push({ absence, moved: await handOverMatters(em, absence) });
    absence.handedOverOn ??= moment.today;
  }
  await em.flush();
  for (const absence of left) await redirectMail(em, moment, absence.personId);
  await em.flush();
  return () => putOnRecord(em, moment, done);
}

async function handOverMatters(em: EntityManager, { councilId, personId, handovers }: Absence): Promise<HandedOver['moved']> {
  const toSuccessors = handovers.filter((one): one is Handover & { toId: string } => one.as === 'successor' && one.toId !== null);
  const posts = await em.find(Post, { councilId, holderId: personId });
  const grants = await em.find(RoleGrant, { councilId, personId });
  const moved: HandedOver['moved'] = [];
  for (const { matter, toId } of toSuccessors) {
    const post = posts.find(({ id }) => postMatter(id) === matter);
    const grant = grants.find(({ role, scope }) => roleMatter(role, scope) === matter);
    if (post) post.holderId = toId;
    if (grant) await handOverGrant(em, grant, toId);
    if (post || grant) moved.push({ matter, to: toId });
  }
  return moved;
}

/** A successor who has the role already, for this scope or for all, needs no second grant. */
async function handOverGrant(em: EntityManager, grant: RoleGrant, toId: string): Promise<void> {
  const { councilId, role, scope = null } = grant;
  const has = await em.count(RoleGrant, { councilId, personId: toId, role, $or: [{ scope }, { scope: null }] });
  if (has > 0) em.remove(grant);
  else grant.personId = toId;
}

/** Mail in the queue was meant for who does the task. Where the follower was told the same already, it is not sent twice (I3). */
async function redirectMail(em: EntityManager, moment: CouncilMoment, personId: string): Promise<void> {
  const { email } = await em.findOneOrFail(Person, personId);
  // A message that is being sent this moment is too late to catch.
  const lock = { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE } as const;
  const queued = await em.find(Message, { councilId: moment.council.id, recipientEmail: email, status: 'queued' }, lock);
  if (queued.length === 0) return;
  const follower = (await standingInAt(em, moment)).answersFor(personId).personId;
  const to = follower ? await em.findOneOrFail(Person, follower) : (await firstToldByGuard(em, moment))[0];
  if (!to) return;
  for (const message of queued) {
    const notices = await em.find(Notice, { messageId: message.id });
    const kept = await redirectNotices(em, notices, to);
    const own = await digestLike(em, message, to);
    const takesMore = own !== null && own.status === 'queued' && !own.sealed;
    if (takesMore) for (const notice of notices) notice.messageId = own.id;
    if (takesMore || kept === 0) em.remove(message);
    // One whose own digest of the day has left gets this beside it.
    else Object.assign(message, { recipientEmail: to.email, ...(own ? { digestOn: null } : {}) });
    await em.flush();
  }
}

/** The follower's own digest of the same day: there is one at most for each person and day. */
async function digestLike(em: EntityManager, { councilId, digestOn }: Message, to: Person): Promise<Message | null> {
  return digestOn ? em.findOne(Message, { councilId, digestOn, recipientEmail: to.email }) : null;
}

/** @returns how many of the notices the follower gets */
async function redirectNotices(em: EntityManager, notices: readonly Notice[], to: Person): Promise<number> {
  let kept = 0;
  for (const notice of notices) {
    const { councilId, kind, subject, occurrence } = notice;
    const isTold = (await em.count(Notice, { councilId, kind, subject, occurrence, recipient: to.email })) > 0;
    if (isTold) em.remove(notice);
    else Object.assign(notice, { recipient: to.email, facts: { ...notice.facts, recipientName: to.name } });
    if (!isTold) kept += 1;
  }
  return kept;
}

async function putOnRecord(em: EntityManager, { council, at }: CouncilMoment, done: readonly HandedOver[]): Promise<void> {
  for (const { absence, moved } of done.filter((one) => one.moved.length > 0))
    await appendToAuditTrail(em, {
      ...{ councilId: council.id, at, personId: null, act: 'hand over' },
      ...{ subject: `person ${absence.personId}`, details: { moved } },
    });
}
