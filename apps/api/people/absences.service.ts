/** Absences: what is recorded, what one would change, recording it and ending it early. */
import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { tellOfAbsences } from '../../../activities/tell-of-absences.js';
import { tell } from '../../../activities/tell.js';
import { dayBefore } from '../../../libs/calendar/neighbouring-days.js';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { Absence, Person } from '../../../libs/database/entities/people.js';
import { previewHashOf, requireSeen } from '../../../libs/database/what-was-seen.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { covers } from '../../../libs/domain/standing-in.js';
import { actsFor, may, requireMay, type SignedInPerson } from '../access/policies.js';
import { Tasks } from '../tasks/tasks.service.js';
import { People } from '../access/people.js';
import { troubleWithAbsence, type AbsenceAsked } from './check-absence.js';
import { followsInWords, PeopleAtHand } from './people-at-hand.js';
import { PeopleChanges } from './people-changes.service.js';

export interface AbsenceToRecord extends AbsenceAsked {
  reason: string;
  /** Of the preview that was seen, where there was one. */
  previewHash?: string | undefined;
}

/** An absence as those see it who may. */
export interface ListedAbsence {
  id: string;
  personId: string;
  person: string;
  firstDay: string;
  /** Null for somebody who leaves or has left. */
  lastDay: string | null;
  /** Null where nobody does. */
  standIn: string | null;
  reason: string | null;
  recordedBy: string;
  is: 'coming' | 'now' | 'over' | 'withdrawn';
}

/** What an absence changes, before it is recorded. */
export interface AbsencePreview {
  person: string;
  standIn: string | null;
  /** Each post and role, and who answers for it meanwhile. */
  matters: { title: string; goesTo: string }[];
  /** What is open for the person today. */
  tasks: string[];
  /** Names what goes to whom: sent with the absence it makes sure that nothing else is recorded. */
  previewHash: string;
}

@Injectable()
export class Absences {
  constructor(
    private readonly em: EntityManager,
    private readonly changes: PeopleChanges,
    private readonly people: People,
    private readonly tasks: Tasks,
  ) {}

  /** The council's absences, or one's own, those that come first before those that are over. @throws DomainError 'not-allowed' */
  async list(person: SignedInPerson, whose: 'everybody' | 'own'): Promise<ListedAbsence[]> {
    if (whose === 'everybody') requireMay('people.manage', person, '');
    const em = this.em.fork();
    const { councilId, id } = person;
    const { today } = await this.changes.momentOf(person);
    const where = whose === 'own' ? { councilId, personId: id } : { councilId };
    const absences = await em.find(Absence, where, { orderBy: { firstDay: 'desc' } });
    const names = new Map((await em.find(Person, { councilId })).map((one) => [one.id, one.name]));
    return absences.map((absence) => listed(absence, names, today));
  }

  /** Everybody who may be away or stand in: the council's people who are here. */
  async colleagues(person: SignedInPerson): Promise<{ id: string; name: string; jobTitle: string }[]> {
    const { today } = await this.changes.momentOf(person);
    return (await PeopleAtHand.of(this.em.fork(), person.councilId, today)).here;
  }

  /**
   * What it would change; writes nothing.
   * @throws DomainError 'invalid' with each field that has to be put right; 'not-allowed' for somebody else's without people.manage
   */
  async preview(person: SignedInPerson, asked: AbsenceAsked): Promise<AbsencePreview> {
    requireOwnOrManaged(person, asked.personId);
    const { today } = await this.changes.momentOf(person);
    const known = await PeopleAtHand.of(this.em.fork(), person.councilId, today);
    requireFine(asked, known);
    const absentee = await this.people.byId(asked.personId);
    const tasks = absentee ? await this.tasks.mine(absentee) : [];
    const promised = whatGoesToWhom(asked, known);
    return {
      ...promised,
      previewHash: previewHashOf(promised),
      tasks: tasks.filter(({ onBehalfOf, isUnattended }) => onBehalfOf === null && !isUnattended).map(({ title }) => title),
    };
  }

  /**
   * Records it; the same request under the same key counts once.
   * @throws DomainError as `preview`, 'key-reused', and 'stale' where something else would go to somebody else than was seen
   */
  async record(person: SignedInPerson, asked: AbsenceToRecord, idempotencyKey: string): Promise<{ id: string }> {
    requireOwnOrManaged(person, asked.personId);
    const { personId, firstDay, lastDay, standInId } = asked;
    const body = { act: 'record-absence', personId, firstDay, lastDay, standInId, reason: asked.reason.trim() };
    const { previewHash } = asked;
    return this.changes.once(person, idempotencyKey, body, async (em, moment) => {
      const known = await PeopleAtHand.of(em, person.councilId, moment.today);
      requireFine(asked, known);
      requireSeen(previewHash, () => whatGoesToWhom(asked, known));
      const absence = em.create(Absence, {
        ...{ id: randomUUID(), councilId: person.councilId, personId, firstDay, lastDay, standInId, handovers: [] },
        ...{ reason: asked.reason.trim() || null, recordedBy: person.id, recordedAt: moment.at },
      });
      em.persist(absence);
      await em.flush();
      if (personId !== person.id) await tellWhomItConcerns(em, moment, person, absence, known.nameOf(standInId) ?? '');
      if (firstDay <= moment.today) await tellOfAbsences(em, moment);
      await em.flush();
      const details = { firstDay, lastDay, standIn: standInId };
      return { answer: { id: absence.id }, onRecord: () => auditOf(em, moment, person, 'record absence', personId, details) };
    });
  }

  /**
   * Ends it today, or withdraws one that has not begun; one that is over stays as it is.
   * @throws DomainError 'not-found'; 'not-allowed' for somebody else's without people.manage; 'not-now' for somebody who has left
   */
  async end(person: SignedInPerson, absenceId: string): Promise<ListedAbsence> {
    return this.changes.change(person, async (em, moment) => {
      const absence = await em.findOne(Absence, { id: absenceId, councilId: person.councilId });
      if (!absence || !mayTouch(person, absence.personId)) throw new DomainError('not-found', 'There is no such absence.');
      const absentee = await em.findOneOrFail(Person, absence.personId);
      const isBegun = absence.firstDay <= moment.today;
      if (!absence.lastDay && isBegun)
        throw new DomainError('not-now', `${absentee.name} has left. What they had can be given to others, but the day stays on record.`);
      const isOver = absence.lastDay !== null && absence.lastDay !== undefined && absence.lastDay < moment.today;
      if (!isOver) {
        if (!absence.lastDay) absentee.leftOn = null;
        absence.lastDay = dayBefore(isBegun ? moment.today : absence.firstDay);
        await em.flush();
        if (isBegun) await tellOfAbsences(em, moment);
        await em.flush();
        await auditOf(em, moment, person, 'end absence', absentee.id, { firstDay: absence.firstDay, lastDay: absence.lastDay });
      }
      return listed(
        absence,
        new Map((await em.find(Person, { councilId: person.councilId })).map(({ id, name }) => [id, name])),
        moment.today,
      );
    });
  }
}

/** @throws DomainError 'not-allowed' */
function requireOwnOrManaged(person: SignedInPerson, personId: string): void {
  if (person.id !== personId) requireMay('people.manage', person, '');
}

function mayTouch(person: SignedInPerson, personId: string): boolean {
  return person.id === personId || may('people.manage', person, '');
}

function requireFine(asked: AbsenceAsked, known: PeopleAtHand): void {
  const fields = troubleWithAbsence(asked, known);
  if (fields.length > 0) throw new DomainError('invalid', 'The absence cannot be recorded like this.', fields);
}

/** Each post and role in these days, in words: what the preview promises, and the record keeps to. */
function whatGoesToWhom(asked: AbsenceAsked, known: PeopleAtHand): Pick<AbsencePreview, 'person' | 'standIn' | 'matters'> {
  const matters = known.whatGoesToWhom({ ...asked, handovers: [] });
  return {
    person: known.nameOf(asked.personId) ?? '',
    standIn: known.nameOf(asked.standInId),
    matters: matters.map(({ title, follows }) => ({ title, goesTo: followsInWords(follows) })),
  };
}

async function tellWhomItConcerns(
  em: EntityManager,
  moment: CouncilMoment,
  by: SignedInPerson,
  absence: Absence,
  standInName: string,
): Promise<void> {
  await tell(em, moment, [await em.findOneOrFail(Person, absence.personId)], {
    kind: 'absence-recorded',
    subject: `absence/${absence.id}/recorded`,
    path: '/absence',
    facts: { recordedBy: by.name, firstDay: absence.firstDay, lastDay: absence.lastDay ?? '', standInName },
  });
}

async function auditOf(
  em: EntityManager,
  { at }: CouncilMoment,
  person: SignedInPerson,
  act: string,
  personId: string,
  details: Record<string, unknown>,
): Promise<void> {
  const { councilId, id } = person;
  const forWhom = id === personId ? null : actsFor('people.manage', person, '');
  const record = { councilId, at, personId: id, act, subject: `person ${personId}` };
  await appendToAuditTrail(em, { ...record, details: { ...details, ...(forWhom ? { onBehalfOf: forWhom } : {}) } });
}

function listed(absence: Absence, names: ReadonlyMap<string, string>, today: string): ListedAbsence {
  const { id, personId, firstDay, standInId, reason = null, recordedBy, lastDay = null } = absence;
  return {
    ...{ id, personId, firstDay, lastDay, reason },
    person: names.get(personId) ?? '',
    standIn: names.get(standInId ?? '') ?? null,
    recordedBy: names.get(recordedBy) ?? '',
    is: lastDay !== null && lastDay < firstDay ? 'withdrawn' : covers(absence, today) ? 'now' : firstDay > today ? 'coming' : 'over',
  };
}
