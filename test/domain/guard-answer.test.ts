/** How long an answer to the alarm of 1 April holds, and who may give which. */
import { describe, expect, it } from '@jest/globals';
import { holdsUntil, mayAnswer, type AnswerGiven } from '../../libs/domain/guard-answer.js';
import { ROLES, type Role } from '../../libs/domain/route.js';

const meeting = { id: 'm', date: '2026-03-24' };
const other: AnswerGiven = { number: 1, round: 1, kind: 'other-meeting', meetingId: 'm', until: '2026-03-16' };
const urgency: AnswerGiven = { ...other, kind: 'urgency', meetingId: null };

describe('an answer holds', () => {
  it.each([
    ['up to its day', urgency, 1, '2026-03-16', '2026-03-16'],
    ['no longer than its day', urgency, 1, '2026-03-17', null],
    ['only in its round', urgency, 2, '2026-03-10', null],
    ['until its meeting as it is now', other, 1, '2026-03-20', '2026-03-24'],
    ['no longer than its meeting', other, 1, '2026-03-25', null],
    ['not once its meeting is no longer held', { ...other, meetingId: 'gone' }, 1, '2026-03-10', null],
  ] as const)('%s', (_, answer, round, today, expected) => {
    expect(holdsUntil(answer, { round }, [meeting], today)).toBe(expected);
  });
});

describe('an answer is given', () => {
  const may = (role: Role, scope: string | null, isTold = false): boolean[] =>
    (['other-meeting', 'urgency', 'accept-lateness'] as const).map((kind) =>
      mayAnswer(kind, { roles: [{ role, scope }], isTold }, 'cabinet'),
    );

  it('by whoever the alarm tells, whatever their role', () => {
    for (const role of ROLES) expect([role, may(role, null, true)]).toEqual([role, [true, true, true]]);
  });

  it('by the performance team, by the clerk of the body for another meeting, and by nobody else', () => {
    for (const role of ROLES) {
      const expected =
        role === 'performance-team' ? [true, true, true] : role === 'committee-clerk' ? [true, false, false] : [false, false, false];
      expect([role, may(role, null)]).toEqual([role, expected]);
    }
    expect(may('committee-clerk', 'cabinet')).toEqual([true, false, false]);
    expect(may('committee-clerk', 'council')).toEqual([false, false, false]);
  });
});
