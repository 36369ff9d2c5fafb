/** Writes a chase: who was chased by whom, the e-mail, the audit trail and the answer, in the caller's transaction. */
import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { tell } from '../../../activities/tell.js';
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { Chase } from '../../../libs/database/entities/guard.js';
import { Person } from '../../../libs/database/entities/people.js';
import { RequestAnswer } from '../../../libs/database/entities/record.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import type { EmailFacts } from '../../../libs/email/email-facts.js';
import type { SignedInPerson } from '../access/policies.js';

/** Who is chased, for what, and the page on which they do it. */
export interface ChasedPerson {
  person: Person;
  tasks: EmailFacts['chase']['tasks'];
  path: string;
}

/** What was recorded; the same for every repetition of the same request. */
export interface ChaseAnswer {
  /** The names of those who got an e-mail. */
  chased: string[];
  /** An ISO instant in the council's time. */
  at: string;
}

/** A chase as pages tell of it. */
export interface ShownChase {
  by: string;
  /** Those who were chased together. */
  whom: string[];
  at: Date;
}

/** A chase that is asked for. */
export interface ChaseAsked {
  moment: CouncilMoment;
  person: SignedInPerson;
  request: { again: boolean; key: string };
  planId?: string;
  quarterId?: string;
  /** What was asked under the key. */
  body: Record<string, unknown>;
  /** As the audit trail names it. */
  subject: string;
  /** What happens otherwise, as the e-mail says it. */
  otherwise: string;
}

/** The pointer by which a refusal says that somebody was chased today already, which can be confirmed. */
export const AGAIN = '/again';

/** @throws DomainError 'not-now' if there is nobody to chase, or it was done today and is not confirmed; 'key-reused' */
export async function writeChase(em: EntityManager, asked: ChaseAsked, found: readonly ChasedPerson[]): Promise<ChaseAnswer> {
  const { moment, person, request, planId, quarterId } = asked;
  const key = requestKey(person.councilId, person.id, request.key, { ...asked.body, again: request.again });
  const given = await answerGivenTo<ChaseAnswer>(em, key);
  if (given) return given;
  const others = found.filter((each) => each.person.id !== person.id);
  if (others.length === 0)
    throw new DomainError(
      'not-now',
      found.length > 0 ? 'You have this yourself, so there is nobody to chase.' : 'Nobody has this now, so there is nobody to chase.',
    );
  const about = planId ? { planId } : { quarterId: quarterId ?? '' };
  if (!request.again) await refuseIfChasedToday(em, asked, about, others);
  for (const one of others) {
    const id = randomUUID();
    const chase = { id, councilId: person.councilId, ...about, personId: one.person.id, chasedBy: person.id, chasedAt: moment.at };
    em.persist(em.create(Chase, chase));
    await tell(em, moment, [one.person], {
      kind: 'chase',
      subject: planId ? `plan/${planId}/chase` : `quarter/${quarterId}/chase`,
      occurrence: id,
      path: one.path,
      facts: { chasedBy: person.name, tasks: one.tasks, otherwise: asked.otherwise },
    });
  }
  const answer: ChaseAnswer = { chased: others.map((one) => one.person.name), at: moment.at.toISOString() };
  em.persist(em.create(RequestAnswer, { ...key, answer: { ...answer }, createdAt: moment.at }));
  await em.flush();
  const details = { chased: answer.chased };
  await appendToAuditTrail(em, {
    councilId: person.councilId,
    at: moment.at,
    personId: person.id,
    act: 'chase',
    subject: asked.subject,
    details,
  });
  return answer;
}

async function refuseIfChasedToday(
  em: EntityManager,
  { moment, person }: ChaseAsked,
  about: { planId: string } | { quarterId: string },
  others: readonly ChasedPerson[],
): Promise<void> {
  const ids = others.map((one) => one.person.id);
  const before = await em.find(Chase, { ...about, personId: { $in: ids } }, { orderBy: { chasedAt: 'desc' } });
  const today = before.filter(({ chasedAt }) => londonDay(chasedAt) === moment.today);
  const [latest] = today;
  if (!latest) return;
  const by = latest.chasedBy === person.id ? 'You' : (await em.findOneOrFail(Person, latest.chasedBy)).name;
  const whom = others.filter((one) => today.some(({ personId }) => personId === one.person.id)).map((one) => one.person.name);
  throw new DomainError('not-now', `${by} chased ${inOneLine(whom)} today already.`, [
    { pointer: AGAIN, detail: 'Confirm that they are chased again' },
  ]);
}

/** The latest chases by what they are grouped by; those of one moment belong together. */
export async function shownChases(
  em: EntityManager,
  where: FilterQuery<Chase>,
  groupOf: (chase: Chase) => string,
): Promise<Map<string, ShownChase>> {
  const chases = await em.find(Chase, where, { orderBy: { chasedAt: 'desc' } });
  const people = await em.find(Person, { id: { $in: [...new Set(chases.flatMap(({ personId, chasedBy }) => [personId, chasedBy]))] } });
  const nameOf = (wanted: string): string => people.find(({ id }) => id === wanted)?.name ?? '';
  const shown = new Map<string, ShownChase>();
  for (const chase of chases) {
    const known = shown.get(groupOf(chase));
    if (!known) shown.set(groupOf(chase), { by: nameOf(chase.chasedBy), whom: [nameOf(chase.personId)], at: chase.chasedAt });
    else if (known.at.getTime() === chase.chasedAt.getTime()) known.whom.push(nameOf(chase.personId));
  }
  return shown;
}

/** 'Maya Thornton', 'Ruth Adeyemi and Graham Pell'. */
export function inOneLine(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
