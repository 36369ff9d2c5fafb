/** What becomes of a meeting: the states that it can be in, and the changes that put it, or what it was to consider, elsewhere. */

/** 'planned' until its agenda is published; 'adjourned', 'cancelled' and 'inquorate' ones decided nothing more and stay on record. */
export const MEETING_STATES = ['planned', 'agenda-published', 'held', 'adjourned', 'cancelled', 'inquorate'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

/** What people call the states. */
export const MEETING_STATE_TITLES: Record<MeetingState, string> = {
  planned: 'Planned',
  'agenda-published': 'Agenda published',
  held: 'Held',
  adjourned: 'Adjourned',
  cancelled: 'Cancelled',
  inquorate: 'Inquorate',
};

/** How a meeting can change: it moves to another day, or what it was to consider goes to another meeting. */
export const MEETING_CHANGES = ['moved', 'adjourned', 'cancelled', 'inquorate'] as const;
export type MeetingChangeKind = (typeof MEETING_CHANGES)[number];

/** Where the business of a meeting goes: to one that stands in the calendar, or to an extraordinary one on a day that is named. */
export type BusinessGoesTo = { meetingId: string } | { date: string };

/** Whether a meeting takes place, took place or will: only such a one considers anything and keeps its body's day. */
export function isStanding(state: MeetingState): boolean {
  return state === 'planned' || state === 'agenda-published' || state === 'held';
}

/** Whether it is still to be held. */
export function isToCome(state: MeetingState): boolean {
  return state === 'planned' || state === 'agenda-published';
}

/**
 * Whether a change is open to a meeting in this state. Only one that is still to be held can be moved or cancelled; that it was adjourned
 * or had too few members is found out on its day, and may be so although the meeting went down as held.
 */
export function mayChange(kind: MeetingChangeKind, state: MeetingState): boolean {
  return isToCome(state) || (state === 'held' && (kind === 'adjourned' || kind === 'inquorate'));
}
