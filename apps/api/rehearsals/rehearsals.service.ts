/** Rehearsals of a council's year: asking for one, and what became of it. Nothing of the real council is changed by one. */
import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { MeetingChange } from '../../../libs/calendar/change-meeting.js';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { meetingsOf } from '../../../libs/database/council-at-work.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { RequestAnswer } from '../../../libs/database/entities/record.js';
import { Rehearsal, type RehearsalState, type RehearsedChange } from '../../../libs/database/entities/rehearsal.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearId } from '../../../libs/domain/financial-year.js';
import type { AskedScenario, RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { mayEnter, notAllowed, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { MeetingChanges } from '../meetings/meeting-changes.service.js';
import { lastRehearsedDay, offeredYears, readYear, type OfferedYear } from './rehearsable-years.js';
import { RehearsalRunner } from './rehearsal-runner.js';

/** What a form or a program asks for. */
export interface RehearsalWanted {
  /** '2028/29' or '2028-29'; left out, the year that the changed meeting is about. */
  year?: string | undefined;
  scenario: AskedScenario;
  change?: (MeetingChange & { reason?: string | undefined }) | undefined;
}

/** One that waits or runs although nothing was heard of its process for a while has been interrupted. */
export type ShownState = RehearsalState | 'interrupted';

export interface ShownRehearsal {
  rehearsal: Rehearsal;
  state: ShownState;
  /** The name of whoever asked for it. */
  askedBy: string;
  /** How far it has come, from 0 to 100. */
  percent: number;
}

const KEPT = 20;
const MOST_AT_ONCE = 5;
/** A process that plays a rehearsal says so every second; a busy machine may make it late. */
const SILENCE_MS = 30_000;

@Injectable()
export class Rehearsals {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly changes: MeetingChanges,
    private readonly runner: RehearsalRunner,
  ) {}

  /**
   * Asks for a rehearsal, which begins as soon as those before it are through; the same request counts once.
   * @returns its id
   * @throws DomainError 'not-allowed', 'not-found', 'invalid', 'not-now' where too many wait, 'key-reused'
   */
  async ask(person: SignedInPerson, wanted: RehearsalWanted, idempotencyKey: string): Promise<string> {
    if (!mayEnter('rehearsal.run', person)) throw notAllowed('rehearsal.run');
    const { councilId, id: askedBy } = person;
    const { council, at, today } = await this.councils.now(councilId);
    const key = requestKey(councilId, askedBy, `rehearsal ${idempotencyKey}`, wanted);
    const asked = await this.em.fork().transactional(async (em) => {
      // Two that come at once are looked at one after the other.
      await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`rehearsals ${councilId}`]);
      const given = await answerGivenTo<{ id: string }>(em, key);
      if (given) return { id: given.id, isNew: false };
      const change = wanted.change ? await this.lookUp(person, wanted.change) : null;
      const year = readYear(wanted.year ?? (await this.yearOf(councilId, change)), today);
      await this.refuseWhereManyWait(em, councilId);
      await this.deleteOld(em, councilId);
      const [id, endsOn] = [randomUUID(), lastRehearsedDay(year, council, await meetingsOf(em, councilId))];
      const { scenario } = wanted;
      em.create(Rehearsal, {
        ...{ id, councilId, year, scenario, change, askedBy, askedAt: at, state: 'waiting', beginsOn: today, endsOn },
        ...{ reachedDay: null, events: null, failedBecause: null, beatAt: new Date() },
      });
      em.create(RequestAnswer, { ...key, answer: { id }, createdAt: at });
      await em.flush();
      const details = { scenario, ...(change ? { change } : {}) };
      await appendToAuditTrail(em, { councilId, at, personId: askedBy, act: 'rehearse', subject: `year ${year}`, details });
      return { id, isNew: true };
    });
    if (asked.isNew) this.runner.add(asked.id);
    return asked.id;
  }

  /** Asks for the same once more. @throws DomainError as `ask` */
  async again(person: SignedInPerson, id: string, idempotencyKey: string): Promise<string> {
    const { year, scenario, change } = (await this.one(person.councilId, id)).rehearsal;
    const { meetingId, kind, to, business, reason } = change ?? {};
    const same = meetingId && kind ? { meetingId, kind, to, business, reason } : undefined;
    return this.ask(person, { year, scenario, ...(same ? { change: same } : {}) }, idempotencyKey);
  }

  /** The latest first, without their events. */
  async all(councilId: string): Promise<ShownRehearsal[]> {
    const em = this.em.fork();
    const found = await em.find(Rehearsal, { councilId }, { orderBy: { askedAt: 'desc', id: 'desc' }, limit: KEPT });
    const people = await em.find(Person, { id: { $in: found.map(({ askedBy }) => askedBy) } });
    return found.map((rehearsal) => shown(rehearsal, people.find(({ id }) => id === rehearsal.askedBy)?.name ?? ''));
  }

  /** @throws DomainError 'not-found' */
  async one(councilId: string, id: string): Promise<ShownRehearsal> {
    const em = this.em.fork();
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
    const found = isUuid ? await em.findOne(Rehearsal, { id, councilId }) : null;
    if (!found) throw new DomainError('not-found', `There is no such rehearsal. The latest ${KEPT} are kept.`);
    return shown(found, (await em.findOne(Person, found.askedBy))?.name ?? '');
  }

  /** What happened in it. @throws DomainError 'not-found' where there is no such rehearsal, or it has not come to its end */
  async eventsOf(councilId: string, id: string): Promise<RehearsedEvent[]> {
    const found = await this.em.fork().findOne(Rehearsal, { id, councilId }, { populate: ['events'] });
    if (!found?.events) throw new DomainError('not-found', 'This rehearsal has not come to its end.');
    return found.events;
  }

  /** The years that a form offers. */
  async years(councilId: string): Promise<OfferedYear[]> {
    const cycles = await this.em.fork().find(Cycle, { councilId });
    const { today } = await this.councils.now(councilId);
    return offeredYears(
      cycles.map(({ year, status }) => ({ year, isOpen: status === 'open' })),
      today,
    );
  }

  /** Who may not make a change does not rehearse it either, and one that cannot be made is refused before anything is played. */
  private async lookUp(
    person: SignedInPerson,
    { reason = '', ...change }: NonNullable<RehearsalWanted['change']>,
  ): Promise<RehearsedChange> {
    const { meeting, toMeeting } = await this.changes.preview(person, change);
    const { kind, to, business } = change;
    return {
      ...{ meetingId: meeting.id, body: meeting.body, from: meeting.date, kind },
      ...(to === undefined ? {} : { to }),
      ...(business === undefined ? {} : { business }),
      ...(business && toMeeting ? { businessOn: toMeeting.date } : {}),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
  }

  /** The year that a meeting has on its agenda; else the one that is on its way, or the next. */
  private async yearOf(councilId: string, change: RehearsedChange | null): Promise<string> {
    const meeting = (await meetingsOf(this.em.fork(), councilId)).find(({ id }) => id === change?.meetingId);
    const considered = meeting?.considers.find(({ what }) => what === 'plans') ?? meeting?.considers[0];
    if (considered) return financialYearId(considered.year);
    const years = await this.years(councilId);
    return (years.findLast(({ isOpen }) => isOpen) ?? years[0]!).year;
  }

  private async refuseWhereManyWait(em: EntityManager, councilId: string): Promise<void> {
    const heardOf = { beatAt: { $gt: new Date(Date.now() - SILENCE_MS) } };
    const unfinished = await em.count(Rehearsal, { councilId, state: { $in: ['waiting', 'running'] }, ...heardOf });
    if (unfinished >= MOST_AT_ONCE)
      throw new DomainError('not-now', `${MOST_AT_ONCE} rehearsals are waiting or running already. Ask again when one of them is through.`);
  }

  /** Room for one more; one that still runs stays. */
  private async deleteOld(em: EntityManager, councilId: string): Promise<void> {
    const old = await em.find(Rehearsal, { councilId }, { orderBy: { askedAt: 'desc', id: 'desc' }, offset: KEPT - 1 });
    const ended = old.filter((one) => !['waiting', 'running'].includes(stateOf(one)));
    await em.nativeDelete(Rehearsal, { id: { $in: ended.map(({ id }) => id) } });
  }
}

function shown(rehearsal: Rehearsal, askedBy: string): ShownRehearsal {
  return { rehearsal, state: stateOf(rehearsal), askedBy, percent: percentOf(rehearsal) };
}

function stateOf({ state, beatAt }: Pick<Rehearsal, 'state' | 'beatAt'>): ShownState {
  const isSilent = beatAt.getTime() < Date.now() - SILENCE_MS;
  return isSilent && (state === 'waiting' || state === 'running') ? 'interrupted' : state;
}

/** By days, of which those without a deadline pass faster than the others. Only what is done is whole. */
function percentOf({ state, beginsOn, endsOn, reachedDay }: Rehearsal): number {
  if (state === 'done') return 100;
  if (!reachedDay) return 0;
  const [from, to, at] = [beginsOn, endsOn, reachedDay].map((day) => Date.parse(day)) as [number, number, number];
  return to <= from ? 0 : Math.max(0, Math.min(99, Math.round((100 * (at - from)) / (to - from))));
}
