/** Calendars of the council's committee system: read, shown beside ours, and taken over when whoever sent them says so. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { summaryOf, type CalendarSummary } from '../../../libs/calendar/calendar-summary.js';
import { UploadedCalendar } from '../../../libs/database/entities/uploads.js';
import {
  comparedCalendar,
  importCalendar,
  knownSite,
  type CalendarImport,
  type ReadCalendar,
} from '../../../libs/database/import-calendar.js';
import { previewHashOf, requireSeen } from '../../../libs/database/what-was-seen.js';
import { readMeetings } from '../../../libs/documents/read-meetings.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { may, mayEnter, notAllowed, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';

/** What a calendar did, or would do. */
export type ImportSummary = CalendarSummary & Pick<CalendarImport, 'changes' | 'clashes'>;

/** The same before it is taken over, with what names it: sent with the import it makes sure that nothing else is taken over. */
export type ImportPreview = ImportSummary & { previewHash: string };

@Injectable()
export class MeetingImports {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /**
   * Reads a file and keeps it for its sender to look through; one that they sent before is forgotten.
   * @returns the id under which it waits
   * @throws DomainError 'not-allowed'; 'unreadable' or 'invalid' for a file that is no calendar
   */
  async receive(person: SignedInPerson, name: string, bytes: Uint8Array): Promise<string> {
    const { councilId, id: sentBy } = person;
    const read = await this.read(person, name, bytes);
    const { clock } = await this.councils.byId(councilId);
    const id = randomUUID();
    await this.em.fork().transactional(async (em) => {
      await em.nativeDelete(UploadedCalendar, { councilId, sentBy });
      em.create(UploadedCalendar, { id, councilId, sentBy, ...read, entries: [...read.entries], sentAt: clock.now() });
    });
    return id;
  }

  /** What taking it over would do now. @throws DomainError 'not-found' if it does not wait any more */
  async preview(person: SignedInPerson, id: string): Promise<{ fileName: string; summary: ImportPreview }> {
    const waiting = await this.waiting(person, id);
    return { fileName: waiting.fileName, summary: withHash(await this.compared(person, waiting)) };
  }

  /**
   * @param previewHash of the preview that was seen
   * @throws DomainError 'not-found' if it does not wait any more, 'stale' where it would do something else by now
   */
  async takeOver(person: SignedInPerson, id: string, previewHash: string): Promise<ImportSummary> {
    const waiting = await this.waiting(person, id);
    return this.write(person, waiting, previewHash, async (em) => {
      await em.nativeDelete(UploadedCalendar, { id });
    });
  }

  /**
   * Takes a calendar over in one step, or tells what that would do.
   * @param previewHash of the dry run that was seen, where there was one
   * @throws DomainError as `receive`, and 'stale' where it would do something else by now
   */
  async importNow(
    person: SignedInPerson,
    name: string,
    bytes: Uint8Array,
    { dryRun, previewHash }: { dryRun: boolean; previewHash?: string | undefined },
  ): Promise<ImportPreview> {
    const read = await this.read(person, name, bytes);
    const summary = dryRun ? await this.compared(person, read) : await this.write(person, read, previewHash);
    return withHash(summary);
  }

  private async read(person: SignedInPerson, name: string, bytes: Uint8Array): Promise<ReadCalendar> {
    if (!mayEnter('meeting.manage', person)) throw notAllowed('meeting.manage');
    const site = await knownSite(this.em.fork(), person.councilId);
    const sourceSha256 = createHash('sha256').update(bytes).digest('hex');
    return { entries: readMeetings(bytes, { site }), fileName: name.replaceAll('\0', '').toWellFormed().slice(-200), sourceSha256 };
  }

  private async waiting({ councilId, id: sentBy }: SignedInPerson, id: string): Promise<UploadedCalendar> {
    const found = (await this.em.fork().find(UploadedCalendar, { councilId, sentBy })).find((one) => one.id === id);
    if (!found) throw new DomainError('not-found', 'This calendar has been taken over already, or a later one was sent. Send it again.');
    return found;
  }

  private async compared(person: SignedInPerson, read: Pick<ReadCalendar, 'entries'>): Promise<ImportSummary> {
    const council = await this.councils.byId(person.councilId);
    const by = { at: council.clock.now(), keeps: (body: string) => may('meeting.manage', person, body) };
    return summarised(await comparedCalendar(this.em.fork(), council, read, by), council.settings.bodies);
  }

  private async write(
    person: SignedInPerson,
    read: ReadCalendar,
    previewHash: string | undefined,
    first: (em: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<ImportSummary> {
    const council = await this.councils.byId(person.councilId);
    const by = { personId: person.id, at: council.clock.now(), keeps: (body: string) => may('meeting.manage', person, body) };
    return this.em.fork().transactional(async (em) => {
      await first(em);
      const summary = summarised(await importCalendar(em, council, read, by), council.settings.bodies);
      // Compared where it is done: what was written meanwhile is taken back with the transaction.
      requireSeen(previewHash, () => summary);
      return summary;
    });
  }
}

function withHash(summary: ImportSummary): ImportPreview {
  return { ...summary, previewHash: previewHashOf(summary) };
}

function summarised(compared: CalendarImport, bodies: Parameters<typeof summaryOf>[1]): ImportSummary {
  return { ...summaryOf(compared, bodies), changes: compared.changes, clashes: compared.clashes };
}
