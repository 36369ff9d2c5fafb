/** Takes a council's calendar over: new meetings, and times, places and addresses; a day that disagrees is noted, never changed. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import {
  compareCalendar,
  listedThere,
  type CalendarComparison,
  type CalendarEntry,
  type ChangedDetail,
  type MatchedMeeting,
} from '../calendar/compare-calendar.js';
import { londonDay } from '../calendar/council-clock.js';
import { modernGovSite } from '../calendar/meeting-address.js';
import { appendToAuditTrail } from './audit-trail.js';
import { clashesInWords, type ClashInWords } from './changed-dates.js';
import { clashesOfNew } from './calendar-clashes.js';
import { meetingsOf, type CouncilAtWork } from './council-at-work.js';
import { Council, Meeting } from './entities/council.js';

/** A calendar as it came. */
export interface ReadCalendar {
  entries: readonly CalendarEntry[];
  fileName: string;
  /** SHA-256 of the file's bytes. */
  sourceSha256: string;
}

/** Who takes it over, when, and which bodies' meetings are theirs to keep. */
export interface Importer {
  /** Null for the command line. */
  personId: string | null;
  /** The council's moment. */
  at: Date;
  keeps: (body: string) => boolean;
}

/** What taking it over does, or would do. */
export interface CalendarImport extends CalendarComparison<Meeting> {
  /** How many meetings are added or have something new noted: 0 where the same was taken over before. */
  changes: number;
  /** What the new meetings clash with, in the years that are under way. */
  clashes: ClashInWords[];
}

/** Where the council's Modern.Gov has its pages, as an address that is known already shows. */
export async function knownSite(em: EntityManager, councilId: string): Promise<string | undefined> {
  const addresses = (await meetingsOf(em, councilId)).flatMap(({ address }) => address ?? []);
  return addresses.map(modernGovSite).find((site) => site !== null) ?? undefined;
}

/** The calendar beside ours as it is now; nothing is written. Meetings of bodies that the person does not keep are left out. */
export async function comparedCalendar(
  em: EntityManager,
  council: CouncilAtWork,
  { entries }: Pick<ReadCalendar, 'entries'>,
  { at, keeps }: Pick<Importer, 'at' | 'keeps'>,
): Promise<CalendarImport> {
  const bodies = council.settings.bodies;
  const [ours, today] = [await meetingsOf(em, council.id), londonDay(at)];
  const compared = compareCalendar(entries, ours, bodies, today);
  const added = compared.added.filter(({ bodyId }) => keeps(bodyId));
  const matched = compared.matched.filter(({ meeting }) => keeps(meeting.body));
  const missing = compared.missing.filter(({ body }) => keeps(body));
  const fresh = added.map(({ bodyId, date }) => ({ body: bodyId, date }));
  const clashes = clashesInWords(await clashesOfNew(em, council, ours, fresh, today));
  return { ...compared, added, matched, missing, clashes, changes: added.length + matched.filter(saysSomethingNew).length };
}

/** Writes what `comparedCalendar` shows, in the caller's transaction and on record; the same calendar again writes nothing. */
export async function importCalendar(
  em: EntityManager,
  council: CouncilAtWork,
  calendar: ReadCalendar,
  by: Importer,
): Promise<CalendarImport> {
  // Changes of one council's meetings come one after the other.
  await em.findOneOrFail(Council, council.id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const compared = await comparedCalendar(em, council, calendar, by);
  if (compared.changes === 0) return compared;
  const importedAt = by.at.toISOString();
  for (const entry of compared.added) {
    const { bodyId, date, time, place, address, extraordinary } = entry;
    em.create(Meeting, {
      ...{ id: randomUUID(), councilId: council.id, body: bodyId, date, time, place, address, extraordinary, considers: [] },
      listed: { ...listedThere(entry), importedAt },
    });
  }
  const changed = compared.matched.filter(saysSomethingNew);
  for (const { meeting, entry, details, isGuess } of changed) {
    for (const detail of details) takeOver(detail, meeting);
    // What only seems to be the same meeting is not known by that id from then on.
    const uid = isGuess ? null : (entry.uid ?? meeting.listed?.uid ?? null);
    meeting.listed = { ...listedThere(entry), uid, importedAt };
    meeting.revision += 1;
  }
  await em.flush();
  await appendToAuditTrail(em, {
    councilId: council.id,
    at: by.at,
    personId: by.personId,
    act: 'import meetings',
    subject: 'meetings',
    details: { file: calendar.fileName, sha256: calendar.sourceSha256, added: compared.added.length, changed: changed.length },
  });
  return compared;
}

function takeOver({ what, after }: ChangedDetail, meeting: Meeting): void {
  if (what === 'kind') meeting.extraordinary = after === 'extraordinary';
  else meeting[what] = after;
}

/** Apart from what is taken over, a calendar tells its own id, a day of its own and that the meeting is cancelled or put off there. */
function saysSomethingNew({ meeting: { listed }, entry, details, isGuess }: MatchedMeeting<Meeting>): boolean {
  if (details.length > 0 || !listed) return true;
  const sameId = isGuess || entry.uid === null || entry.uid === listed.uid;
  const sameState = entry.cancelled === listed.cancelled && (entry.postponed ?? false) === (listed.postponed ?? false);
  return !sameId || !sameState || entry.date !== listed.date;
}
