/** The council's own calendar beside ours: which meetings are new, what is said otherwise there, and where the days disagree. */
import { isStanding, type MeetingState } from '../domain/meeting.js';
import type { KnownMeeting } from './change-meeting.js';
import { parseDay } from './dates.js';
import { bodyNamed, type ListedMeeting } from './listed-meetings.js';
import { addressKey } from './meeting-address.js';
import type { CalendarSettings } from './timetable-settings.js';

/** A meeting as the council's calendar gives it; null for what it does not say. */
export interface CalendarEntry extends ListedMeeting {
  uid: string | null;
  /** 'HH:MM' in London. */
  time: string | null;
  place: string | null;
  address: string | null;
  /** Not held on this day. */
  cancelled: boolean;
  /** Not held on this day because it is put off; then it is `cancelled` as well. */
  postponed: boolean;
  extraordinary: boolean;
}

/** A meeting of ours with what can differ from the calendar. */
export type ComparableMeeting = KnownMeeting & {
  time?: string | null;
  place?: string | null;
  address?: string | null;
  listed?: { uid: string | null; date: string; cancelled: boolean; postponed?: boolean } | null;
};

/** What of a meeting is taken over from the calendar. */
export const TAKEN_OVER = ['time', 'place', 'address', 'kind'] as const;
export type TakenOver = (typeof TAKEN_OVER)[number];

/** The kind is 'ordinary' or 'extraordinary'. */
export interface ChangedDetail {
  what: TakenOver;
  before: string | null;
  after: string;
}

/** A meeting that both have. */
export interface MatchedMeeting<Known> {
  meeting: Known;
  entry: CalendarEntry;
  details: ChangedDetail[];
  /** True where nothing identifies the meeting and it only seems to be the same on another day: then nothing is taken over of it. */
  isGuess: boolean;
}

/** How the calendar speaks against ours. */
export type Disagreement =
  { kind: 'other-day'; date: string } | { kind: 'cancelled-there' } | { kind: 'postponed-there' } | { kind: 'still-there'; date: string };

export interface CalendarComparison<Known extends ComparableMeeting = ComparableMeeting> {
  /** Meetings of the council's bodies that are not in ours, with the id of the body. */
  added: (CalendarEntry & { bodyId: string })[];
  matched: MatchedMeeting<Known>[];
  /** Of bodies that are not the council's. */
  unknown: CalendarEntry[];
  /** Left out: over, cancelled before we knew of them, or on a day that the body's meeting has already. */
  leftOut: CalendarEntry[];
  /** Ours that the calendar does not have, of the bodies and the days that it covers. */
  missing: Known[];
}

/**
 * Pairs the entries with our meetings by what identifies them: the calendar's own id, else the address, else body and day.
 * @param today the council's day: meetings that are over are not added any more
 */
export function compareCalendar<Known extends ComparableMeeting>(
  entries: readonly CalendarEntry[],
  meetings: readonly Known[],
  bodies: CalendarSettings['bodies'],
  today: string,
): CalendarComparison<Known> {
  const known = entries.flatMap((entry) => {
    const bodyId = bodyNamed(entry.body, bodies);
    return bodyId === null ? [] : [{ ...entry, bodyId }];
  });
  const pairs = pairedMeetings(known, meetings);
  const taken = new Set(standing(meetings).map(bodyAndDay));
  const guesses = guessedPairs(known, meetings, pairs, (entry) => entry.date >= today && !taken.has(`${entry.bodyId} ${entry.date}`));
  const rest = known.filter((entry) => !pairs.has(entry) && !guesses.has(entry));
  const added = rest.filter((entry) => {
    const key = `${entry.bodyId} ${entry.date}`;
    if (entry.cancelled || entry.date < today || taken.has(key)) return false;
    taken.add(key);
    return true;
  });
  const matched = new Set([...pairs.values(), ...guesses.values()]);
  return {
    added,
    matched: [
      ...[...pairs].map(([entry, meeting]) => ({ meeting, entry, details: detailsOf(entry, meeting), isGuess: false })),
      ...[...guesses].map(([entry, meeting]) => ({ meeting, entry, details: [], isGuess: true })),
    ],
    unknown: entries.filter(({ body }) => bodyNamed(body, bodies) === null),
    leftOut: rest.filter((entry) => !added.includes(entry)),
    missing: standing(meetings).filter((meeting) => !matched.has(meeting) && isCovered(meeting, known)),
  };
}

/** What is kept of an entry beside the meeting, to tell where the two disagree. */
export function listedThere({ uid, date, cancelled, postponed }: CalendarEntry): {
  uid: string | null;
  date: string;
  cancelled: boolean;
  postponed?: boolean;
} {
  return { uid, date, cancelled, ...(postponed && { postponed }) };
}

/** What a meeting's last import said against it; null where both agree or the calendar never had it. */
export function disagreementOf({ date, state, listed }: ComparableMeeting): Disagreement | null {
  if (!listed) return null;
  if (!isStanding(state)) return state === 'cancelled' && !listed.cancelled ? { kind: 'still-there', date: listed.date } : null;
  if (listed.cancelled) return { kind: listed.postponed ? 'postponed-there' : 'cancelled-there' };
  return listed.date === date ? null : { kind: 'other-day', date: listed.date };
}

type KnownEntry = CalendarEntry & { bodyId: string };

/** Each entry and each meeting is in one pair at most; a surer sign comes before a weaker one. */
function pairedMeetings<Known extends ComparableMeeting>(
  entries: readonly KnownEntry[],
  meetings: readonly Known[],
): Map<KnownEntry, Known> {
  const pairs = new Map<KnownEntry, Known>();
  const paired = new Set<Known>();
  // A meeting that was called off gives way to one that takes place on the same day.
  const inOrder = [...meetings].sort((a, b) => Number(isStanding(b.state)) - Number(isStanding(a.state)));
  for (const { ofEntry, ofMeeting } of SIGNS) {
    const bySign = Map.groupBy(inOrder, ofMeeting);
    for (const entry of entries) {
      const wanted = pairs.has(entry) ? null : ofEntry(entry);
      const meeting = wanted === null ? undefined : bySign.get(wanted)?.find((one) => !paired.has(one));
      if (!meeting) continue;
      pairs.set(entry, meeting);
      paired.add(meeting);
    }
  }
  return pairs;
}

/** As far as a meeting is usually put off. */
const NEAR_DAYS = 15;

/**
 * An entry that nothing identifies, and the one meeting of its body near it that nothing identifies either: it seems to be that meeting on
 * another day. Only a file with several meetings says so; one of a single meeting is likelier to bring that one in.
 */
function guessedPairs<Known extends ComparableMeeting>(
  entries: readonly KnownEntry[],
  meetings: readonly Known[],
  pairs: ReadonlyMap<KnownEntry, Known>,
  couldBeNew: (entry: KnownEntry) => boolean,
): Map<KnownEntry, Known> {
  const paired = new Set(pairs.values());
  const open = entries.length < 2 ? [] : entries.filter((entry) => !pairs.has(entry) && !entry.cancelled && couldBeNew(entry));
  const unknown = standing(meetings).filter((meeting) => !paired.has(meeting) && !meeting.listed?.uid);
  const near = (entry: KnownEntry, { body, date }: Known): boolean =>
    entry.bodyId === body && Math.abs(parseDay(entry.date).until(parseDay(date)).days) <= NEAR_DAYS;
  return new Map(
    open.flatMap((entry): [KnownEntry, Known][] => {
      const [meeting, ...others] = unknown.filter((one) => near(entry, one));
      const isOnlyOne = meeting !== undefined && others.length === 0 && open.filter((other) => near(other, meeting)).length === 1;
      return isOnlyOne ? [[entry, meeting]] : [];
    }),
  );
}

const SIGNS: { ofEntry: (entry: KnownEntry) => string | null; ofMeeting: (meeting: ComparableMeeting) => string | null }[] = [
  { ofEntry: ({ uid }) => uid, ofMeeting: ({ listed }) => listed?.uid ?? null },
  {
    ofEntry: ({ address }) => (address ? addressKey(address) : null),
    ofMeeting: ({ address }) => (address ? addressKey(address) : null),
  },
  { ofEntry: ({ bodyId, date }) => `${bodyId} ${date}`, ofMeeting: bodyAndDay },
];

function bodyAndDay({ body, date }: { body: string; date: string }): string {
  return `${body} ${date}`;
}

function standing<Known extends { state: MeetingState }>(meetings: readonly Known[]): Known[] {
  return meetings.filter(({ state }) => isStanding(state));
}

/** What the calendar says of time, place, address and kind, and we do not have so; what it does not say stays. */
function detailsOf(entry: CalendarEntry, meeting: ComparableMeeting): ChangedDetail[] {
  const there = { ...entry, kind: entry.extraordinary ? 'extraordinary' : null };
  const ours = { ...meeting, kind: meeting.extraordinary ? 'extraordinary' : 'ordinary' };
  return TAKEN_OVER.flatMap((what) => {
    const [before, after] = [ours[what] ?? null, there[what]];
    return after === null || after === before ? [] : [{ what, before, after }];
  });
}

/** A calendar of one committee, or of one year, says nothing of another. */
function isCovered({ body, date }: KnownMeeting, entries: readonly KnownEntry[]): boolean {
  const days = entries.map((entry) => entry.date).sort();
  return entries.some((entry) => entry.bodyId === body) && date >= (days[0] ?? '') && date <= (days.at(-1) ?? '');
}
