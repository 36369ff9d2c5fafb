/** What a change makes of a council's meetings: one moves, or is called off and its business goes to another; the rules, and who is refused. */
import { isStanding, isToCome, mayChange, type BusinessGoesTo, type MeetingChangeKind, type MeetingState } from '../domain/meeting.js';
import { DomainError } from '../domain/domain-error.js';
import { inWords, parseDay, weekdayInWords } from './dates.js';
import type { Consideration, Meeting } from './timetable-settings.js';

/** A meeting of the calendar, with the id by which it is changed. */
export type KnownMeeting = Meeting & { id: string; state: MeetingState; extraordinary: boolean };

/** What somebody wants changed. */
export interface MeetingChange {
  meetingId: string;
  kind: MeetingChangeKind;
  /** Where it moves to, 'YYYY-MM-DD'; of 'moved' only. */
  to?: string | undefined;
  /** Where its business goes; of the other kinds, and only needed where it was to consider something. */
  business?: BusinessGoesTo | undefined;
}

/** The calendar as it will be. */
export interface ChangedMeetings<Known extends KnownMeeting = KnownMeeting> {
  /** The meeting as it was. */
  meeting: Known;
  /** In the order of their days; those that the change does not touch are the very ones that were given. */
  meetings: KnownMeeting[];
  /** The meeting that has the business now: the moved one itself, another, a new one, or none where nothing was to be considered. */
  toMeeting: KnownMeeting | null;
}

/** The meetings that take place: deadlines follow from them, and only they can clash. */
export function standingMeetings<Known extends { state: MeetingState }>(meetings: readonly Known[]): Known[] {
  return meetings.filter(({ state }) => isStanding(state));
}

/** The meetings that the business of one can go to: later ones of the same body that are still to be held. */
export function meetingsInstead<Known extends KnownMeeting>(meetings: readonly Known[], meeting: KnownMeeting, today: string): Known[] {
  return meetings.filter(
    ({ id, body, date, state }) => id !== meeting.id && body === meeting.body && isToCome(state) && date >= today && date > meeting.date,
  );
}

/**
 * The meetings after a change.
 * @param today the council's day
 * @param newId the id of the extraordinary meeting, where the change calls for one
 * @throws DomainError 'not-found' or 'invalid', with what to do
 */
export function withMeetingChanged<Known extends KnownMeeting>(
  meetings: readonly Known[],
  change: MeetingChange,
  today: string,
  newId: string,
): ChangedMeetings<Known> {
  const meeting = meetings.find(({ id }) => id === change.meetingId);
  if (!meeting) throw new DomainError('not-found', 'There is no such meeting.');
  if (change.kind === 'moved') return moved(meetings, meeting, change.to, today);
  requireOpenTo(meeting, change.kind, today);
  const calledOff: KnownMeeting = { ...meeting, state: change.kind, considers: [] };
  const toMeeting = meetingWithBusiness(meetings, meeting, change.business, today, newId);
  const others = meetings.filter(({ id }) => id !== meeting.id && id !== toMeeting?.id);
  return { meeting, toMeeting, meetings: byDay([...others, calledOff, ...(toMeeting ? [toMeeting] : [])]) };
}

/**
 * Makes sure that a body can meet on a day.
 * @param except the id of the meeting that moves there
 * @throws DomainError 'invalid' at this field where the day has passed or the body meets then already
 */
export function requireFreeDay(
  meetings: readonly KnownMeeting[],
  body: string,
  on: string,
  today: string,
  { pointer = '/date', except }: { pointer?: string; except?: string } = {},
): string {
  const date = parseDay(on).toString();
  if (date < today) refuse(pointer, `${weekdayInWords(date)} has passed. Choose a day from today on.`);
  if (standingMeetings(meetings).some((one) => one.id !== except && one.body === body && one.date === date))
    refuse(pointer, `The same body meets on ${weekdayInWords(date)} already. Choose another day.`);
  return date;
}

function moved<Known extends KnownMeeting>(
  meetings: readonly Known[],
  meeting: Known,
  to: string | undefined,
  today: string,
): ChangedMeetings<Known> {
  if (to === undefined) return refuse('/date', 'Choose the day that the meeting moves to.');
  requireOpenTo(meeting, 'moved', today);
  const day = parseDay(to).toString();
  if (day === meeting.date) refuse('/date', `The meeting is on ${weekdayInWords(day)} already. Choose another day.`);
  const date = requireFreeDay(meetings, meeting.body, day, today, { except: meeting.id });
  // An agenda names its day: that of a moved meeting has to be published anew.
  const toMeeting: KnownMeeting = { ...meeting, date, state: 'planned' };
  return { meeting, toMeeting, meetings: byDay(meetings.map((one) => (one.id === meeting.id ? toMeeting : one))) };
}

/** The states in the words of a sentence. */
const HAS_BEEN: Record<MeetingState, string> = {
  planned: 'is still to come',
  'agenda-published': 'is still to come',
  held: 'was held',
  adjourned: 'was adjourned',
  cancelled: 'is cancelled',
  inquorate: 'had too few members',
};

/**
 * Makes sure that a change can be made of a meeting at all, whatever its new day.
 * @throws DomainError 'invalid' with why it cannot
 */
export function requireOpenTo({ state, date }: Pick<KnownMeeting, 'state' | 'date'>, kind: MeetingChangeKind, today: string): void {
  const pointer = kind === 'moved' ? '/date' : '/kind';
  if (!mayChange(kind, state))
    refuse(pointer, `The meeting of ${inWords(date)} ${HAS_BEEN[state]}, so this cannot be recorded of it any more.`);
  if (kind === 'moved' && date < today) refuse(pointer, `The meeting was on ${inWords(date)}; a meeting that is over stays where it was.`);
  if ((kind === 'adjourned' || kind === 'inquorate') && date > today)
    refuse(pointer, `The meeting is only on ${weekdayInWords(date)}. Until then it can be moved or cancelled.`);
}

/** The meeting that takes the business over, with what it then considers. */
function meetingWithBusiness(
  meetings: readonly KnownMeeting[],
  meeting: KnownMeeting,
  business: BusinessGoesTo | undefined,
  today: string,
  newId: string,
): KnownMeeting | null {
  if (!business) {
    if (meeting.considers.length > 0)
      refuse('/business', 'Choose the meeting that considers what this one was to consider, or a day for an extraordinary meeting.');
    return null;
  }
  if ('date' in business) {
    const date = requireFreeDay(meetings, meeting.body, business.date, today, { pointer: '/business', except: meeting.id });
    if (date <= meeting.date)
      refuse('/business', `Choose a day after ${weekdayInWords(meeting.date)}, the day of the meeting that does not take place.`);
    return { id: newId, body: meeting.body, date, considers: [...meeting.considers], state: 'planned', extraordinary: true };
  }
  const target = meetingsInstead(meetings, meeting, today).find(({ id }) => id === business.meetingId);
  if (!target) return refuse('/business', 'Choose a later meeting of the same body that is still to be held.');
  return { ...target, considers: together(target.considers, meeting.considers) };
}

function together(one: readonly Consideration[], other: readonly Consideration[]): Consideration[] {
  const key = (item: Consideration): string => `${item.what} ${item.year} ${item.what === 'quarter' ? item.quarter : ''}`;
  const known = new Set(one.map(key));
  return [...one, ...other.filter((item) => !known.has(key(item)))];
}

function byDay(meetings: KnownMeeting[]): KnownMeeting[] {
  return meetings.sort((a, b) => a.date.localeCompare(b.date));
}

function refuse(pointer: string, detail: string): never {
  throw new DomainError('invalid', detail, [{ pointer, detail }]);
}
