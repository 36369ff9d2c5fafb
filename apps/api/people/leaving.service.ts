/** Somebody leaves: from which day, and who follows in each of their posts and roles. */
import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { handOver } from '../../../activities/hand-over.js';
import { tellOfAbsences } from '../../../activities/tell-of-absences.js';
import { inWords } from '../../../libs/calendar/dates.js';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { Absence, Person } from '../../../libs/database/entities/people.js';
import { previewHashOf, requireSeen } from '../../../libs/database/what-was-seen.js';
import { DomainError, type InvalidField } from '../../../libs/domain/domain-error.js';
import type { Handover } from '../../../libs/domain/standing-in.js';
import { actsFor, requireMay, type SignedInPerson } from '../access/policies.js';
import { followsInWords, PeopleAtHand, type OwnMatter } from './people-at-hand.js';
import { PeopleChanges } from './people-changes.service.js';

export interface LeavingAsked {
  personId: string;
  /** The first day on which they are not here any more, 'YYYY-MM-DD'. */
  firstDay: string;
  /** One for each post and role; `toId` null is nobody for now. */
  handovers: Handover[];
  /** Of the preview that was seen, where there was one. */
  previewHash?: string | undefined;
}

/** A post or role, and in words who has it then. */
export interface WhoFollows {
  title: string;
  goesTo: string;
}

/** A person who leaves, with what has to be given to somebody. */
export interface LeavingPerson {
  person: Person;
  /** The day that is on record already; null before it is recorded. */
  firstDay: string | null;
  /** Whether that day has come, so that it stays as it is. */
  hasLeft: boolean;
  matters: (OwnMatter & { handover: Handover | null })[];
  /** Who may follow. */
  colleagues: Person[];
}

@Injectable()
export class Leaving {
  constructor(
    private readonly em: EntityManager,
    private readonly changes: PeopleChanges,
  ) {}

  /** @throws DomainError 'not-allowed', 'not-found' */
  async open(by: SignedInPerson, personId: string): Promise<LeavingPerson> {
    requireMay('people.manage', by, '');
    const { today } = await this.changes.momentOf(by);
    return leavingOf(await PeopleAtHand.of(this.em.fork(), by.councilId, today), personId);
  }

  /**
   * Who follows in what; writes nothing.
   * @throws DomainError 'invalid' with each field; 'not-allowed', 'not-found'
   */
  async preview(by: SignedInPerson, asked: LeavingAsked): Promise<{ matters: WhoFollows[]; previewHash: string }> {
    requireMay('people.manage', by, '');
    const { today } = await this.changes.momentOf(by);
    const known = await PeopleAtHand.of(this.em.fork(), by.councilId, today);
    requireFine(asked, known);
    const matters = whoFollows(asked, known);
    return { matters, previewHash: previewHashOf(matters) };
  }

  /**
   * Records it, or again with others who follow; the same request under the same key counts once. From the day on the person
   * cannot sign in and gets no e-mail.
   * @throws DomainError as `preview`, 'key-reused', and 'stale' where somebody else would follow in something than was seen
   */
  async record(by: SignedInPerson, asked: LeavingAsked, idempotencyKey: string): Promise<{ id: string }> {
    requireMay('people.manage', by, '');
    const { personId, firstDay } = asked;
    const handovers = asked.handovers.map(({ matter, toId, as }) => ({ matter, toId, as }));
    return this.changes.once(by, idempotencyKey, { act: 'record-leaving', personId, firstDay, handovers }, async (em, moment) => {
      const known = await PeopleAtHand.of(em, by.councilId, moment.today);
      requireFine(asked, known);
      requireSeen(asked.previewHash, () => whoFollows(asked, known));
      const absence = known.absences.find((one) => one.personId === personId && !one.lastDay) ?? newAbsence(em, by, moment.at, asked);
      // A handover that was done stays told; those that are given now come after it.
      const earlier = absence.handedOverOn ? absence.handovers.filter(({ matter }) => !handovers.some((one) => one.matter === matter)) : [];
      const { standInId } = absenceOf(asked);
      Object.assign(absence, { firstDay, standInId, handovers: [...earlier, ...handovers], handedOverOn: null });
      (await em.findOneOrFail(Person, personId)).leftOn = firstDay;
      await em.flush();
      const putOnRecord = firstDay <= moment.today ? await handOver(em, moment) : null;
      if (putOnRecord) await tellOfAbsences(em, moment);
      await em.flush();
      const onRecord = async (): Promise<void> => {
        const act = { councilId: by.councilId, at: moment.at, personId: by.id, act: 'record leaving', subject: `person ${personId}` };
        const forWhom = actsFor('people.manage', by, '');
        await appendToAuditTrail(em, { ...act, details: { firstDay, handovers, ...(forWhom ? { onBehalfOf: forWhom } : {}) } });
        await putOnRecord?.();
      };
      return { answer: { id: absence.id }, onRecord };
    });
  }
}

function whoFollows(asked: LeavingAsked, known: PeopleAtHand): WhoFollows[] {
  return known.whatGoesToWhom(absenceOf(asked)).map(({ title, matter, follows }) => {
    const isForGood = asked.handovers.some((one) => one.matter === matter && one.as === 'successor' && one.toId !== null);
    return { title, goesTo: `${followsInWords(follows)}${isForGood ? ', who takes it over' : ''}` };
  });
}

function newAbsence(em: EntityManager, by: SignedInPerson, at: Date, { personId, firstDay }: LeavingAsked): Absence {
  const absence = em.create(Absence, {
    ...{ id: randomUUID(), councilId: by.councilId, personId, firstDay, lastDay: null, handovers: [] },
    ...{ recordedBy: by.id, recordedAt: at },
  });
  em.persist(absence);
  return absence;
}

/** Mail and what is named nowhere goes to the first who follows in anything. */
function absenceOf({ personId, firstDay, handovers }: LeavingAsked): {
  personId: string;
  firstDay: string;
  lastDay: null;
  standInId: string | null;
  handovers: Handover[];
} {
  return { personId, firstDay, lastDay: null, standInId: handovers.find(({ toId }) => toId !== null)?.toId ?? null, handovers };
}

function leavingOf(known: PeopleAtHand, personId: string): LeavingPerson {
  const person = known.people.find(({ id }) => id === personId);
  if (!person) throw new DomainError('not-found', 'There is no such person.');
  const recorded = known.absences.find((one) => one.personId === personId && !one.lastDay);
  const firstDay = recorded?.firstDay ?? person.leftOn ?? null;
  return {
    person,
    firstDay,
    hasLeft: firstDay !== null && firstDay <= known.today,
    matters: known
      .mattersOf(personId)
      .map((own) => ({ ...own, handover: recorded?.handovers.find(({ matter }) => matter === own.matter) ?? null })),
    colleagues: known.here.filter(({ id }) => id !== personId),
  };
}

/** @throws DomainError 'invalid' with pointers '/firstDay' and '/handovers/0', in the order of the person's matters */
function requireFine({ personId, firstDay, handovers }: LeavingAsked, known: PeopleAtHand): void {
  const leaving = leavingOf(known, personId);
  const fields: InvalidField[] = [];
  if (leaving.hasLeft && firstDay !== leaving.firstDay)
    fields.push({ pointer: '/firstDay', detail: `They have not been here since ${inWords(leaving.firstDay!)}. That day stays as it is` });
  if (!leaving.hasLeft && firstDay < known.today)
    fields.push({ pointer: '/firstDay', detail: `The day must be today, ${inWords(known.today)}, or later` });
  leaving.matters.forEach(({ matter, title }, index) => {
    const problem = troubleWith(
      handovers.find((one) => one.matter === matter),
      leaving,
      firstDay,
    );
    if (problem) fields.push({ pointer: `/handovers/${index}`, detail: `${title}: ${problem}` });
  });
  const unknown = handovers.findIndex(({ matter }) => !leaving.matters.some((own) => own.matter === matter));
  if (unknown >= 0) fields.push({ pointer: `/handovers/${unknown}`, detail: 'This is no post and no role of theirs. Open the page again' });
  if (fields.length > 0) throw new DomainError('invalid', 'This cannot be recorded like this.', fields);
}

function troubleWith(handover: Handover | undefined, { person, colleagues }: LeavingPerson, firstDay: string): string | null {
  if (!handover) return 'choose who follows, or nobody for now';
  const { toId } = handover;
  if (toId === null) return null;
  if (toId === person.id) return `${person.name} cannot follow themselves`;
  const follower = colleagues.find(({ id }) => id === toId);
  if (!follower) return 'choose somebody from the list, or nobody for now';
  if (follower.leftOn && follower.leftOn <= firstDay) return `${follower.name} is not here any more from ${inWords(follower.leftOn)} on`;
  return null;
}
