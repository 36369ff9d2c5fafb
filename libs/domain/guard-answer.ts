/** What can be answered to an alarm of 1 April about a plan, by whom, and how long an answer holds. */
import type { GrantedRole } from './route.js';

/** Another of the body's meetings; the item taken as urgent, or urgency powers; or a later publication that is accepted. */
export const GUARD_ANSWERS = ['other-meeting', 'urgency', 'accept-lateness'] as const;
export type GuardAnswerKind = (typeof GUARD_ANSWERS)[number];

/** What each answer is called where people choose it or read it. */
export const GUARD_ANSWER_TITLES: Record<GuardAnswerKind, string> = {
  'other-meeting': 'Another meeting',
  urgency: 'Urgency',
  'accept-lateness': 'Lateness accepted',
};

/** An answer as far as it matters whether it still holds. */
export interface AnswerGiven {
  /** Counts the plan's answers from 1. */
  number: number;
  /** The plan's round when it was given. */
  round: number;
  kind: GuardAnswerKind;
  meetingId: string | null;
  /** 'YYYY-MM-DD' */
  until: string;
}

/**
 * The day up to which an answer holds; null once it holds no longer: after that day, when its meeting is no longer held, and when
 * the plan was returned into another round.
 * @param plan the plan as it stands
 * @param meetings the meetings that stand, with their days as they are now: another meeting's day moves with the meeting
 */
export function holdsUntil(
  answer: AnswerGiven,
  plan: { round: number },
  meetings: readonly { id: string; date: string }[],
  today: string,
): string | null {
  if (answer.round !== plan.round) return null;
  const until = answer.kind === 'other-meeting' ? meetings.find(({ id }) => id === answer.meetingId)?.date : answer.until;
  return until !== undefined && until >= today ? until : null;
}

/** Who answers, besides the performance team: whoever holds a post that the guard tells. */
export interface Answerer {
  roles: readonly GrantedRole[];
  /** Whether the person answers for one of the posts that the guard tells. */
  isTold: boolean;
}

/**
 * Whether someone may give an answer. A clerk keeps the calendar of meetings, so they may choose another meeting of their body;
 * urgency and lateness are answered for by the performance team and the posts that the guard tells.
 * @param body the id of the body whose meeting is chosen, or null for any
 */
export function mayAnswer(kind: GuardAnswerKind, { roles, isTold }: Answerer, body: string | null): boolean {
  if (isTold || roles.some(({ role }) => role === 'performance-team')) return true;
  if (kind !== 'other-meeting') return false;
  return roles.some(({ role, scope = null }) => role === 'committee-clerk' && (body === null || scope === null || scope === body));
}
