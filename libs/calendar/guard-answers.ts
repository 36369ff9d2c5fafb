/** Answers to the alarm of 1 April in words. */
import { GUARD_ANSWER_TITLES, type GuardAnswerKind } from '../domain/guard-answer.js';
import { weekdayInWords } from './dates.js';
import type { Meeting } from './timetable-settings.js';

/** What an answer says; `meeting` is there as it is now, null where it has none. */
export interface AnswerInWords {
  kind: GuardAnswerKind;
  meeting: Meeting | null;
  /** 'YYYY-MM-DD' */
  until: string;
}

/** "Another meeting: Overview and Scrutiny Committee on Tuesday 10 March 2026", without a full stop. */
export function answerInWords(
  { kind, meeting, until }: AnswerInWords,
  { bodies }: { bodies: readonly { id: string; name: string }[] },
): string {
  const title = GUARD_ANSWER_TITLES[kind];
  if (kind === 'urgency') return `${title}: settled by ${weekdayInWords(until)}`;
  if (kind === 'accept-lateness') return `${title}: published on ${weekdayInWords(until)}`;
  const body = bodies.find(({ id }) => id === meeting?.body)?.name ?? 'a meeting that is no longer held';
  return meeting ? `${title}: ${body} on ${weekdayInWords(meeting.date)}` : `${title}: ${body}`;
}
