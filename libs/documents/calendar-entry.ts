/** One meeting of a council's calendar as a file writes it, made into what is compared: a body, a day, and what else is said of it. */
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import { modernGovAddress, readAddress } from '../calendar/meeting-address.js';
import { readTimeOfDay } from '../calendar/time-of-day.js';
import { DomainError } from '../domain/domain-error.js';
import { readMoment, whyNoDay } from './london-moment.js';
import { readMeetingStatus, readMeetingTitle } from './meeting-title.js';

/** The words of a file, by what they are about. Blank or absent is the same. */
export interface EntryWords {
  body: string;
  date: string;
  time?: string | undefined;
  place?: string | undefined;
  address?: string | undefined;
  uid?: string | undefined;
  status?: string | undefined;
  /** 'Yes' for an extraordinary meeting, where the file says so beside the title. */
  extraordinary?: string | undefined;
  /** Modern.Gov's numbers, and where its pages are. */
  committee?: string | undefined;
  meeting?: string | undefined;
  site?: string | undefined;
}

const BODY_LIMIT = 300;
const PLACE_LIMIT = 250;
const UID_LIMIT = 500;
const STATUS_LIMIT = 200;

/**
 * @param at where in the file the entry stands, for example 'Line 3 of the list'
 * @throws DomainError 'invalid' where body or day is missing or something is too long to keep
 */
export function calendarEntry(words: EntryWords, at: string): CalendarEntry {
  if (words.body.trim().length > BODY_LIMIT) throw tooLong('body', at);
  const title = readMeetingTitle(words.body);
  if (title.body === '') throw new DomainError('invalid', `${at} has no body. Write whose meeting it is.`);
  const moment = readMoment(words.date);
  if (!moment) throw new DomainError('invalid', `${at} has no day of a meeting: ${dayMissing(words)}.`);
  const status = readMeetingStatus(words.status?.slice(0, STATUS_LIMIT) ?? '');
  const postponed = title.postponed || status.postponed;
  const entry: CalendarEntry = {
    ...{ body: title.body, date: moment.date },
    time: readTimeOfDay(words.time ?? '') ?? moment.time,
    place: blankAsNull(words.place),
    address: addressIn(words),
    uid: blankAsNull(words.uid) ?? blankAsNull(words.meeting),
    cancelled: title.cancelled || status.cancelled || postponed,
    ...{ postponed, extraordinary: title.extraordinary || saysYes(words.extraordinary) },
  };
  requireKeepable(entry, at);
  return entry;
}

function dayMissing({ body, date }: EntryWords): string {
  return date.trim() === '' ? `${body.trim()} has no date` : `“${date.trim().slice(0, 80).toWellFormed()}” ${whyNoDay(date)}`;
}

function addressIn({ address = '', site = '', committee = '', meeting = '' }: EntryWords): string | null {
  return readAddress(address) ?? modernGovAddress(site, committee, meeting);
}

function blankAsNull(text: string | undefined): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

/** What a column of one question holds for yes. */
export function saysYes(cell: string | undefined): boolean {
  return /^(?:yes|y|true|1|x)$/i.test(cell?.trim() ?? '');
}

function tooLong(what: string, at: string): DomainError {
  return new DomainError('invalid', `${at} has a ${what} that is far longer than any meeting’s. Shorten it in the file.`);
}

function requireKeepable({ body, place, uid }: CalendarEntry, at: string): void {
  if ((place?.length ?? 0) > PLACE_LIMIT) throw tooLong('place', at);
  if ((uid?.length ?? 0) > UID_LIMIT) throw tooLong('id', at);
  if ([body, place, uid].some((text) => text !== null && (text.includes('\0') || !text.isWellFormed())))
    throw new DomainError('invalid', `${at} contains a character that cannot be kept. Remove it from the file.`);
}
