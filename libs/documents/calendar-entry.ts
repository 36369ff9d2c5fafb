/** One meeting of a council's calendar as a file writes it, made into what is compared: a body, a day, and what else is said of it. */
import { Temporal } from 'temporal-polyfill';
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import { modernGovAddress, readAddress } from '../calendar/meeting-address.js';
import { readTimeOfDay } from '../calendar/time-of-day.js';
import { DomainError } from '../domain/domain-error.js';

/** The words of a file, by what they are about. Blank or absent is the same. */
export interface EntryWords {
  body: string;
  date: string;
  time?: string | undefined;
  place?: string | undefined;
  address?: string | undefined;
  uid?: string | undefined;
  status?: string | undefined;
  /** Modern.Gov's numbers, and where its pages are. */
  committee?: string | undefined;
  meeting?: string | undefined;
  site?: string | undefined;
}

const BODY_LIMIT = 300;
const PLACE_LIMIT = 250;
const UID_LIMIT = 500;

/**
 * @param at where in the file the entry stands, for example 'Line 3 of the list'
 * @throws DomainError 'invalid' where body or day is missing or something is too long to keep
 */
export function calendarEntry(words: EntryWords, at: string): CalendarEntry {
  const { body, cancelled } = bodyIn(words.body);
  const date = readDay(words.date);
  if (body === '' || date === null)
    throw new DomainError(
      'invalid',
      `${at} has no body or no date that can be read: ${[words.body, words.date].filter(Boolean).join(', ')}.`,
    );
  const entry: CalendarEntry = {
    ...{ body, date },
    time: readTimeOfDay(words.time ?? '') ?? timeIn(words.date),
    place: blankAsNull(words.place),
    address: addressIn(words),
    uid: blankAsNull(words.uid) ?? blankAsNull(words.meeting),
    cancelled: cancelled || /cancel/i.test(words.status ?? ''),
  };
  requireKeepable(entry, at);
  return entry;
}

/** A calendar says it in the title, too: 'CANCELLED: Cabinet', 'Cabinet (cancelled)', 'Cabinet, Tuesday, 3rd February, 2026'. */
function bodyIn(title: string): { body: string; cancelled: boolean } {
  const marked = /^\W*cancell?ed\b[\s:–-]*|[\s:(–-]*\bcancell?ed\W*$/i;
  const dated = /,?\s+(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+\d.*$/i;
  const body = title.replace(marked, '').replace(dated, '').trim();
  return { body, cancelled: marked.test(title) };
}

/** '2026-01-20', '20/01/2026', 'Tue 20 January 2026' and the same with a time behind them are one day; null for anything else. */
export function readDay(text: string): string | null {
  const words = text
    .trim()
    .replace(/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+/i, '')
    .replace(/[T ,]+\d{1,2}[:.]\d\d.*$/, '');
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(words);
  const named = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*[.,]?\s+(\d{4})$/i.exec(words);
  const month = named ? 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').indexOf((named[2] ?? '').toLowerCase()) + 1 : 0;
  const parts = british ? [british[3], british[2], british[1]] : named ? [named[3], String(month), named[1]] : words.split('-');
  try {
    const [year, monthOf, day] = parts.map(Number);
    return Temporal.PlainDate.from({ year: year ?? NaN, month: monthOf ?? NaN, day: day ?? NaN }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** A time behind the day, as in '2026-03-04 19:00'. Midnight there says that no time is given. */
function timeIn(date: string): string | null {
  const time = readTimeOfDay(/[T ,]+(\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?)/i.exec(date)?.[1] ?? '');
  return time === '00:00' ? null : time;
}

function addressIn({ address = '', site = '', committee = '', meeting = '' }: EntryWords): string | null {
  return readAddress(address) ?? modernGovAddress(site, committee, meeting);
}

function blankAsNull(text: string | undefined): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

function requireKeepable({ body, place, uid }: CalendarEntry, at: string): void {
  const tooLong =
    body.length > BODY_LIMIT ? 'body' : (place?.length ?? 0) > PLACE_LIMIT ? 'place' : (uid?.length ?? 0) > UID_LIMIT ? 'id' : null;
  if (tooLong) throw new DomainError('invalid', `${at} has a ${tooLong} that is far longer than any meeting’s. Shorten it in the file.`);
  if ([body, place, uid].some((text) => text !== null && (text.includes('\0') || !text.isWellFormed())))
    throw new DomainError('invalid', `${at} contains a character that cannot be kept. Remove it from the file.`);
}
