/** What a clerk records of meetings besides moving them: a new one, time and place, that its agenda is published, that it was held. */
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { requireFreeDay } from '../../../libs/calendar/change-meeting.js';
import type { Clash } from '../../../libs/calendar/clashes.js';
import { inWords, parseDay, weekdayInWords } from '../../../libs/calendar/dates.js';
import { warningsOfDay } from '../../../libs/calendar/move-meeting.js';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { clashesOfNew } from '../../../libs/database/calendar-clashes.js';
import { meetingsOf } from '../../../libs/database/council-at-work.js';
import { Council, Meeting } from '../../../libs/database/entities/council.js';
import { RequestAnswer } from '../../../libs/database/entities/record.js';
import { meetingRules } from '../../../libs/database/meeting-change.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { requireSeen } from '../../../libs/database/what-was-seen.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { isToCome } from '../../../libs/domain/meeting.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { Meetings } from './meetings.service.js';

/** What can be said of a meeting besides its body and day. */
export interface MeetingDetails {
  time: string | null;
  place: string | null;
  address: string | null;
  extraordinary: boolean;
}

/** A meeting that was added, and what speaks against its day. */
export interface AddedMeeting {
  id: string;
  warnings: Pick<Clash, 'what' | 'why'>[];
}

/** Everything that a program can change at once. */
export type ManyChanges = Partial<MeetingDetails> & { agendaPublishedOn?: string | undefined; state?: 'held' | undefined };

export type NewMeeting = MeetingDetails & { body: string; date: string };

@Injectable()
export class MeetingRecords {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly meetings: Meetings,
  ) {}

  /**
   * What speaks against a new meeting; nothing is written.
   * @throws DomainError 'not-allowed', 'invalid'
   */
  async warnings(person: SignedInPerson, wanted: Pick<NewMeeting, 'body' | 'date'>): Promise<Pick<Clash, 'what' | 'why'>[]> {
    return this.warningsIn(this.em.fork(), person, wanted);
  }

  private async warningsIn(
    em: EntityManager,
    person: SignedInPerson,
    { body, date }: Pick<NewMeeting, 'body' | 'date'>,
  ): Promise<Pick<Clash, 'what' | 'why'>[]> {
    const council = await this.councils.byId(person.councilId);
    if (!council.settings.bodies.some(({ id }) => id === body))
      throw invalid('/body', 'Choose one of the council’s committees and meetings.');
    requireMay('meeting.manage', person, body);
    const today = council.clock.today();
    const meetings = await meetingsOf(em, council.id);
    const day = requireFreeDay(meetings, body, date, today);
    const clashes = (await clashesOfNew(em, council, meetings, [{ body, date: day }], today)).filter(({ kind }) => kind !== 'day-off');
    return [...warningsOfDay(body, day, today, meetingRules(council)), ...clashes].map(({ what, why }) => ({ what, why }));
  }

  /**
   * Adds a meeting that considers nothing yet; the same request counts once.
   * @param previewHash of the warnings that were seen, where they were
   * @returns its id, and what speaks against it
   * @throws DomainError as `warnings`, 'key-reused', and 'stale' where something else speaks against it by now
   */
  async add(person: SignedInPerson, wanted: NewMeeting, idempotencyKey: string, previewHash?: string): Promise<AddedMeeting> {
    const { councilId, id: personId } = person;
    const key = requestKey(councilId, personId, idempotencyKey, { add: wanted });
    const { clock } = await this.councils.byId(councilId);
    return this.em.fork().transactional(async (em) => {
      await em.findOneOrFail(Council, councilId, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const given = await answerGivenTo<AddedMeeting>(em, key);
      if (given) return given;
      const warnings = await this.warningsIn(em, person, wanted);
      requireSeen(previewHash, () => warnings);
      const [id, at] = [randomUUID(), clock.now()];
      em.create(Meeting, { id, councilId, considers: [], ...wanted });
      em.create(RequestAnswer, { ...key, answer: { id, warnings }, createdAt: at });
      await em.flush();
      const { body, date, ...details } = wanted;
      await appendToAuditTrail(em, { councilId, at, personId, act: 'add meeting', subject: `meeting ${body} ${date}`, details });
      return { id, warnings };
    });
  }

  /**
   * Changes what is said of a meeting, records that its agenda was published on a day (said again, the later word counts), or that it
   * was held; all of it or nothing.
   * @param seenRevision of the meeting that the person saw, where they say so
   * @throws DomainError 'not-allowed', 'not-found', 'invalid'; 'stale' if it was changed meanwhile
   */
  async change(person: SignedInPerson, id: string, change: ManyChanges, seenRevision?: number): Promise<void> {
    const { councilId, id: personId } = person;
    const { meeting: seen, agendaPublished } = await this.meetings.one(councilId, id);
    requireMay('meeting.manage', person, seen.body);
    const { clock } = await this.councils.byId(councilId);
    const { agendaPublishedOn, state, ...details } = change;
    await this.em.fork().transactional(async (em) => {
      const meeting = await em.findOneOrFail(Meeting, { id, councilId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (seenRevision !== undefined && seenRevision !== meeting.revision) throw new DomainError('stale', CHANGED_MEANWHILE);
      const acts = [
        editDetails(meeting, details),
        agendaPublishedOn === undefined ? null : publishAgenda(meeting, agendaPublishedOn, agendaPublished, clock.today()),
        state === undefined ? null : hold(meeting, clock.today()),
      ].filter((act) => act !== null);
      if (acts.length === 0) return;
      meeting.revision += 1;
      await em.flush();
      const about = { councilId, at: clock.now(), personId, subject: `meeting ${meeting.body} ${meeting.date}` };
      for (const act of acts) await appendToAuditTrail(em, { ...about, ...act });
    });
  }
}

const CHANGED_MEANWHILE = 'Somebody changed this meeting after you opened it. Open it again and make your change there.';

/** What goes on record; null where nothing changes. */
type Act = { act: string; details: Record<string, unknown> } | null;

function editDetails(meeting: Meeting, details: Partial<MeetingDetails>): Act {
  const changed = Object.entries(details).filter(([name, value]) => (meeting[name as keyof MeetingDetails] ?? null) !== value);
  Object.assign(meeting, Object.fromEntries(changed));
  return changed.length === 0 ? null : { act: 'edit meeting', details: Object.fromEntries(changed) };
}

function publishAgenda(meeting: Meeting, on: string, due: string | null, today: string): Act {
  const day = parseDay(on).toString();
  const refuse = (detail: string): DomainError => invalid('/agendaPublishedOn', detail);
  if (!isToCome(meeting.state)) throw refuse('Only the agenda of a meeting that is still to be held can be recorded as published.');
  if (due === null) throw refuse('This body meets in private and publishes no agenda.');
  if (day > today) throw refuse(`${weekdayInWords(day)} is still to come. Record it on the day or later.`);
  if (day > meeting.date) throw refuse(`The meeting is on ${inWords(meeting.date)}; its agenda was published before.`);
  if (meeting.agendaPublishedOn === day) return null;
  Object.assign(meeting, { state: 'agenda-published', agendaPublishedOn: day });
  return { act: 'publish agenda', details: { on: day, due } };
}

function hold(meeting: Meeting, today: string): Act {
  if (meeting.state === 'held') return null;
  if (!isToCome(meeting.state)) throw invalid('/state', `This meeting was ${meeting.state}, so it was not held.`);
  if (meeting.date > today) throw invalid('/state', `The meeting is only on ${weekdayInWords(meeting.date)}.`);
  meeting.state = 'held';
  return { act: 'hold meeting', details: {} };
}

function invalid(pointer: string, detail: string): DomainError {
  return new DomainError('invalid', detail, [{ pointer, detail }]);
}
