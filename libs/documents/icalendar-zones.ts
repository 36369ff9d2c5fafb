/** The time zones of an iCalendar file: a named zone, one that the file describes itself, or else London's clocks. */
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { linesOf, propertyOf, type CalendarPart } from './icalendar-parts.js';
import { momentOfInstant, momentOfWallClock, type LondonMoment } from './london-moment.js';

/** Says when it is in London at a local time; a zone that nobody knows is London, where the council is. */
export type ReadLocalTime = (local: Temporal.PlainDateTime, zoneName: string | null) => LondonMoment;

/** Outlook's name, and any that says it: '(UTC+00:00) Dublin, Edinburgh, Lisbon, London'. */
const IN_LONDON = /\blondon\b|^gmt standard time$/i;

/** Makes the reader of a file's local times from the zones that the file describes. */
export function createLocalTimeReader(parts: readonly CalendarPart[]): ReadLocalTime {
  const described = parts.filter(({ name }) => name === 'VTIMEZONE');
  const zones = new Map(described.map((part) => [nameOf(part), zoneOf(part)]));
  // To ask for a zone that there is not takes long, and a calendar asks for the same one with every entry.
  const known = new Map<string, string | null>();
  return (local, name) => {
    if (name === null || IN_LONDON.test(name)) return onTheClock(local);
    if (!known.has(name)) known.set(name, knownZone(name));
    const zone = known.get(name) ?? null;
    const instant = zone === null ? instantIn(zones.get(name), local) : local.toZonedDateTime(zone).toInstant();
    return instant ? momentOfInstant(instant) : onTheClock(local);
  };
}

function onTheClock(local: Temporal.PlainDateTime): LondonMoment {
  return momentOfWallClock(local.toPlainDate().toString(), local.toPlainTime().toString({ smallestUnit: 'minute' }));
}

function nameOf(part: CalendarPart): string {
  return String(propertyOf(part, 'TZID')?.getFirstValue() ?? '').trim();
}

/** 'Europe/Paris', also behind something else as in '/mozilla.org/20050126_1/Europe/Paris'; null for a name that no zone has. */
function knownZone(name: string): string | null {
  const [last = name] = /[a-z_]+\/[a-z_]+$/i.exec(name) ?? [];
  return [name, last].find(isZone) ?? null;
}

function isZone(name: string): boolean {
  try {
    new Temporal.PlainDate(2026, 1, 1).toZonedDateTime(name);
    return true;
  } catch {
    return false;
  }
}

/** What a zone's changes may repeat by: a day of every year, which is all that clocks go by. Anything else could count for hours. */
const YEARLY =
  /^RRULE:FREQ=YEARLY(?:;(?:UNTIL=\w+|WKST=[A-Z]{2}|INTERVAL=1|BYMONTH=(?:[1-9]|1[0-2])|BYDAY=[+-]?[1-4]?(?:SU|MO|TU|WE|TH|FR|SA)))*$/i;
const CHANGES_LIMIT = 500;

/** Null for a description that is none. */
function zoneOf(part: CalendarPart): ICAL.Timezone | null {
  const all = { content: part.withInner };
  const changes = linesOf(all, 'BEGIN').length;
  if (changes === 0 || changes > CHANGES_LIMIT || !linesOf(all, 'RRULE').every(({ text }) => YEARLY.test(text.trim()))) return null;
  try {
    const text = ['BEGIN:VTIMEZONE', ...part.withInner.map((one) => one.text), 'END:VTIMEZONE'].join('\r\n');
    return new ICAL.Timezone(new ICAL.Component(ICAL.parse(text) as unknown[]));
  } catch {
    return null;
  }
}

function instantIn(zone: ICAL.Timezone | null | undefined, local: Temporal.PlainDateTime): Temporal.Instant | null {
  if (!zone) return null;
  const { year, month, day, hour, minute, second } = local;
  try {
    return Temporal.Instant.fromEpochMilliseconds(new ICAL.Time({ year, month, day, hour, minute, second }, zone).toUnixTime() * 1000);
  } catch {
    return null;
  }
}
