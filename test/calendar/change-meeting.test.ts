/** What may be done with a meeting, where its business goes, and who is refused with what sentence. */
import { describe, expect, it } from '@jest/globals';
import { standingMeetings, withMeetingChanged, type KnownMeeting, type MeetingChange } from '../../libs/calendar/change-meeting.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { mayChange, MEETING_CHANGES, MEETING_STATES, type MeetingState } from '../../libs/domain/meeting.js';

const today = '2026-01-20';
const plans = { what: 'plans', year: '2026/27' } as const;
const q3 = { what: 'quarter', year: '2025/26', quarter: 3 } as const;
const meeting = (id: string, date: string, changes: Partial<KnownMeeting> = {}): KnownMeeting => ({
  ...{ id, body: 'cabinet', date, considers: [], state: 'planned', extraordinary: false },
  ...changes,
});
const calendar: KnownMeeting[] = [
  meeting('past', '2026-01-06', { considers: [plans] }),
  meeting('today', today, { considers: [plans, q3] }),
  meeting('next', '2026-02-03', { considers: [q3] }),
  meeting('scrutiny', '2026-02-05', { body: 'overview-and-scrutiny' }),
  meeting('off', '2026-02-10', { state: 'cancelled' }),
  meeting('later', '2026-03-03', { state: 'agenda-published' }),
];
const changed = (change: MeetingChange, meetings = calendar) => withMeetingChanged(meetings, change, today, 'new');
const refusal = (change: MeetingChange, meetings = calendar): [string, string | undefined] => {
  try {
    changed(change, meetings);
  } catch (error) {
    if (error instanceof DomainError) return [error.message, error.fields[0]?.pointer];
  }
  return ['not refused', undefined];
};
const byId = (meetings: readonly KnownMeeting[], id: string) => meetings.find((one) => one.id === id);

describe('a meeting', () => {
  it('moves with its business, is planned again, and the calendar stays in order', () => {
    const { meetings, toMeeting } = changed({ meetingId: 'later', kind: 'moved', to: '2026-01-30' });
    expect(toMeeting).toEqual(meeting('later', '2026-01-30'));
    expect(meetings.map(({ id }) => id)).toEqual(['past', 'today', 'later', 'next', 'scrutiny', 'off']);
  });

  it.each(['adjourned', 'cancelled', 'inquorate'] as const)(
    'that is %s considers nothing any more; a later one has its business, each item once',
    (kind) => {
      const { meetings, toMeeting } = changed({ meetingId: 'today', kind, business: { meetingId: 'next' } });
      expect(byId(meetings, 'today')).toEqual(meeting('today', today, { state: kind }));
      expect(toMeeting).toEqual(meeting('next', '2026-02-03', { considers: [q3, plans] }));
      expect(calendar).toContainEqual(meeting('next', '2026-02-03', { considers: [q3] }));
    },
  );

  it('leaves its business to an extraordinary meeting on a day that is named', () => {
    const { meetings, toMeeting } = changed({ meetingId: 'today', kind: 'inquorate', business: { date: '2026-01-27' } });
    expect(toMeeting).toEqual(meeting('new', '2026-01-27', { considers: [plans, q3], extraordinary: true }));
    expect(meetings).toHaveLength(calendar.length + 1);
  });

  it('that was to consider nothing is called off with nothing chosen', () => {
    expect(changed({ meetingId: 'later', kind: 'cancelled' })).toMatchObject({ toMeeting: null });
  });

  it('can be on the day of one that was called off', () => {
    expect(changed({ meetingId: 'next', kind: 'moved', to: '2026-02-10' }).toMeeting?.date).toBe('2026-02-10');
  });

  it.each<[string, MeetingChange, string, string]>([
    ['with nobody to take its business', { meetingId: 'today', kind: 'cancelled' }, 'Choose the meeting that considers', '/business'],
    [
      'in favour of an earlier meeting',
      { meetingId: 'today', kind: 'cancelled', business: { meetingId: 'past' } },
      'Choose a later meeting',
      '/business',
    ],
    [
      'in favour of another body',
      { meetingId: 'today', kind: 'cancelled', business: { meetingId: 'scrutiny' } },
      'Choose a later meeting',
      '/business',
    ],
    [
      'in favour of a cancelled one',
      { meetingId: 'today', kind: 'cancelled', business: { meetingId: 'off' } },
      'Choose a later meeting',
      '/business',
    ],
    [
      'in favour of a day that has passed',
      { meetingId: 'past', kind: 'cancelled', business: { date: '2026-01-09' } },
      'has passed',
      '/business',
    ],
    ['in favour of its own day', { meetingId: 'today', kind: 'adjourned', business: { date: today } }, 'Choose a day after', '/business'],
    [
      'in favour of a day when it meets',
      { meetingId: 'today', kind: 'cancelled', business: { date: '2026-02-03' } },
      'meets on',
      '/business',
    ],
    ['as adjourned before its day', { meetingId: 'next', kind: 'adjourned', business: { meetingId: 'later' } }, 'is only on', '/kind'],
    ['as inquorate before its day', { meetingId: 'later', kind: 'inquorate' }, 'is only on', '/kind'],
    ['a second time', { meetingId: 'off', kind: 'cancelled' }, 'is cancelled, so', '/kind'],
    ['by moving it after it was over', { meetingId: 'past', kind: 'moved', to: '2026-02-20' }, 'stays where it was', '/date'],
    ['by moving it nowhere', { meetingId: 'next', kind: 'moved' }, 'Choose the day', '/date'],
    ['by moving it to where the body meets', { meetingId: 'next', kind: 'moved', to: '2026-03-03' }, 'meets on', '/date'],
    ['that is not there', { meetingId: 'none', kind: 'cancelled' }, 'no such meeting', ''],
  ])('is not called off %s', (_, change, words, pointer) => {
    expect(refusal(change)).toEqual([expect.stringContaining(words), pointer || undefined]);
  });

  it('can be changed in each state just as the rules say', () => {
    for (const state of MEETING_STATES)
      for (const kind of MEETING_CHANGES) {
        const meetings = [meeting('one', today, { state })];
        const [words] = refusal({ meetingId: 'one', kind, to: '2026-02-02' }, meetings);
        expect([state, kind, words === 'not refused']).toEqual([state, kind, mayChange(kind, state)]);
      }
    const open = (state: MeetingState): string[] => MEETING_CHANGES.filter((kind) => mayChange(kind, state));
    expect(open('planned')).toEqual(open('agenda-published'));
    expect([open('held'), open('cancelled')]).toEqual([['adjourned', 'inquorate'], []]);
  });

  it('stands until it is called off', () => {
    expect(standingMeetings(calendar).map(({ id }) => id)).toEqual(['past', 'today', 'next', 'scrutiny', 'later']);
  });
});
