/** A rehearsal's events as people read them: filtered, on pages, as a picture, and what they say of each plan. */
import { describe, expect, it } from '@jest/globals';
import { eventsAsCsv } from '../../../apps/api/rehearsals/rehearsal-files.js';
import { rehearsalPicture } from '../../../apps/api/rehearsals/rehearsal-picture.js';
import { previewAddress } from '../../../apps/api/rehearsals/rehearsal-words.js';
import { offeredYears } from '../../../apps/api/rehearsals/rehearsable-years.js';
import { rehearsedPlans } from '../../../apps/api/rehearsals/rehearsed-plans.js';
import { peopleIn, timelineOf } from '../../../apps/api/rehearsals/timeline.js';
import { missionRoute } from '../../../libs/domain/route.js';
import type { EventKind, RehearsedEvent } from '../../../libs/domain/rehearsal.js';

const EVERYTHING = { kind: null, plan: null, who: null };

function event(at: string, kind: EventKind, more: Partial<RehearsedEvent> = {}): RehearsedEvent {
  return { at: `${at}:00Z`, kind, plan: 'housing', step: null, who: 'Maya Thornton', what: 'Something', ...more };
}

describe('a timeline', () => {
  const events = [
    event('2025-11-18T08:00', 'reminder', { who: 'Ruth Adeyemi' }),
    event('2025-11-18T08:00', 'reminder', { who: 'Graham Pell' }),
    event('2025-11-18T08:00', 'task', { who: 'Graham Pell, Ruth Adeyemi' }),
    event('2026-03-31T23:30', 'email', { plan: null }),
  ];

  it('has what several people are told at once on one line, on London’s day', () => {
    const { months, contents, count } = timelineOf(events, EVERYTHING);
    expect(count).toBe(4);
    expect(months.map(({ title, days }) => [title, days.map(({ title: day, lines }) => [day, lines.map(({ who }) => who)])])).toEqual([
      [
        'November 2025',
        [
          [
            'Tuesday 18 November',
            [
              ['Ruth Adeyemi', 'Graham Pell'],
              ['Graham Pell', 'Ruth Adeyemi'],
            ],
          ],
        ],
      ],
      ['April 2026', [['Wednesday 1 April', [['Maya Thornton']]]]],
    ]);
    expect(contents.map(({ id, count: each }) => [id, each])).toEqual([
      ['2025-11', 3],
      ['2026-04', 1],
    ]);
  });

  it('is filtered by kind, plan and person, also where a task names several', () => {
    expect(peopleIn(events)).toEqual(['Graham Pell', 'Maya Thornton', 'Ruth Adeyemi']);
    expect(timelineOf(events, { ...EVERYTHING, who: 'Ruth Adeyemi' }).count).toBe(2);
    expect(timelineOf(events, { kind: 'reminder', plan: 'housing', who: 'Ruth Adeyemi' }).count).toBe(1);
    expect(timelineOf(events, { ...EVERYTHING, plan: 'none' })).toMatchObject({ count: 0, months: [], pages: 1 });
  });

  it('of thousands of events has pages, and each month leads to the page on which it begins', () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      event(new Date(Date.UTC(2025, 8, 1, 8) + index * 3 * 3_600_000).toISOString().slice(0, 16), 'email', { what: `E-mail ${index}` }),
    );
    const second = timelineOf(many, EVERYTHING, 2);
    expect([second.page, second.pages, second.months.flatMap(({ days }) => days.flatMap(({ lines }) => lines)).length]).toEqual([
      2, 5, 400,
    ]);
    expect(second.months[0]?.days[0]?.lines[0]?.what).toBe('E-mail 400');
    for (const { id, page } of second.contents) expect(timelineOf(many, EVERYTHING, page).months.map((month) => month.id)).toContain(id);
    expect(timelineOf(many, EVERYTHING, 99).page).toBe(5);
    expect(timelineOf(many, EVERYTHING, Number.NaN).page).toBe(1);
  });

  it('is a file in which nothing is a formula', () => {
    expect(eventsAsCsv([event('2026-01-05T08:00', 'email', { what: '=1+1' })])).toBe(
      "\uFEFFDate,Time,Kind,Plan,Step,Who,What\r\n2026-01-05,08:00,E-mail,housing,,Maya Thornton,'=1+1\r\n",
    );
  });
});

describe('what a rehearsal says of a plan', () => {
  const submitted = event('2025-11-14T10:00', 'decision', { step: 'drafting' });
  const agreed = event('2025-12-02T15:00', 'decision', { step: 'gmt-review' });
  const drafted = (at: string): RehearsedEvent => event(at, 'task', { step: 'drafting' });

  it('has the day on which it left each stage, and whether it is in time', () => {
    const approved = event('2026-01-20T19:00', 'decision', { step: 'overview-and-scrutiny' });
    const full = event('2026-03-10T11:00', 'decision', { step: 'full-plan' });
    const published = event('2026-03-24T09:00', 'publication', { step: 'publication' });
    const way = [drafted('2025-09-01T07:00'), submitted, agreed, approved, full];
    const passed = ['2025-11-14', '2025-12-02', '2026-01-20', '2026-03-10'];
    expect(rehearsedPlans([...way, published], '2026-27', missionRoute)).toEqual([
      { slug: 'housing', passed, publishedOn: '2026-03-24', isInTime: true },
    ]);
    const late = { ...published, at: '2026-04-01T08:00:00Z' };
    expect(rehearsedPlans([...way, late], '2026-27', missionRoute)).toMatchObject([{ publishedOn: '2026-04-01', isInTime: false }]);
    expect(rehearsedPlans(way, '2026-27', missionRoute)).toMatchObject([{ publishedOn: null, isInTime: false }]);
  });

  it('knows what was behind it before the rehearsal began', () => {
    const approved = event('2026-01-20T19:00', 'decision', { step: 'overview-and-scrutiny' });
    expect(rehearsedPlans([approved], '2026-27', missionRoute)).toMatchObject([{ passed: ['', '', '2026-01-20', null] }]);
  });

  it('does not count a stage from which it was sent back', () => {
    const returned = [drafted('2025-09-01T07:00'), submitted, agreed, drafted('2025-12-02T15:00')];
    expect(rehearsedPlans(returned, '2026-27', missionRoute)).toMatchObject([{ passed: [null, null, null, null] }]);
    const again = event('2025-12-04T10:00', 'decision', { step: 'drafting' });
    expect(rehearsedPlans([...returned, again], '2026-27', missionRoute)).toMatchObject([{ passed: ['2025-12-04', null, null, null] }]);
  });
});

describe('a rehearsal as a picture', () => {
  const events = [
    ...Array.from({ length: 9 }, (_, index) => event(`2026-01-0${(index % 5) + 5}T08:00`, 'email')),
    event('2026-01-14T08:00', 'alarm'),
    event('2026-05-14T08:00', 'email'),
  ];
  const picture = rehearsalPicture(events, '2026-04-01');

  it('has a row for each kind that there is, and a mark for each week, larger for more, none upon another', () => {
    expect(picture.rows.map(({ title, marks }) => [title, marks.map((mark) => mark.title)])).toEqual([
      ['E-mails', ['9 e-mails in the week of 5 January 2026', '1 e-mail in the week of 11 May 2026']],
      ['Alarms', ['1 alarm in the week of 12 January 2026']],
    ]);
    const [many, one] = picture.rows[0]!.marks;
    expect(many!.scale).toBeGreaterThan(one!.scale);
    const weekly = rehearsalPicture(
      Array.from({ length: 80 * 7 }, (_, index) =>
        event(new Date(Date.UTC(2025, 8, 1, 8) + index * 86_400_000).toISOString().slice(0, 16), 'email'),
      ),
      '2026-04-01',
    ).rows[0]!.marks;
    for (const [index, mark] of weekly.slice(1).entries()) expect(weekly[index]!.x + 18 * weekly[index]!.scale).toBeLessThan(mark.x + 0.1);
    expect(picture.weeks.map(({ monday, counts }) => [monday, counts.reduce((sum, count) => sum + count, 0)])).toEqual([
      ['2026-01-05', 9],
      ['2026-01-12', 1],
      ['2026-05-11', 1],
    ]);
  });

  it('lies inside its borders, and shows where the year begins', () => {
    for (const { marks } of picture.rows)
      for (const { x, y, scale } of marks) {
        expect(x).toBeGreaterThan(0);
        expect(x + 18 * scale).toBeLessThan(picture.width);
        expect(y + 18 * scale).toBeLessThan(picture.axis);
      }
    expect(picture.yearBegins).toBeGreaterThan(picture.rows[0]!.marks[0]!.x);
    expect(rehearsalPicture(events, '2028-04-01').yearBegins).toBeNull();
    expect(rehearsalPicture(events.slice(0, 1), '2026-04-01').rows[0]!.marks).toHaveLength(1);
  });
});

describe('the years that can be rehearsed', () => {
  it('are those that are open and the next, or the next one before the first cycle', () => {
    const cycles = [
      { year: '2026-27', isOpen: true },
      { year: '2025-26', isOpen: false },
    ];
    expect(offeredYears(cycles, '2026-01-05')).toEqual([
      { year: '2026-27', isOpen: true },
      { year: '2027-28', isOpen: false },
    ]);
    expect(offeredYears([], '2026-01-05')).toEqual([{ year: '2026-27', isOpen: false }]);
  });
});

describe('the way back from a rehearsed change', () => {
  const meeting = { meetingId: 'm1', body: 'cabinet', from: '2026-02-03' };

  it('leads to the preview with everything that was chosen', () => {
    expect(previewAddress({ ...meeting, kind: 'moved', to: '2026-02-10', reason: 'The room & the hall' })).toBe(
      '/meetings/m1/move?to-day=10&to-month=2&to-year=2026&reason=The+room+%26+the+hall',
    );
    expect(previewAddress({ ...meeting, kind: 'cancelled', business: { meetingId: 'm2' } })).toBe(
      '/meetings/m1/call-off/cancelled?business=m2',
    );
    expect(previewAddress({ ...meeting, kind: 'inquorate', business: { date: '2026-02-10' } })).toBe(
      '/meetings/m1/call-off/inquorate?business=extraordinary&on-day=10&on-month=2&on-year=2026',
    );
    expect(previewAddress({ ...meeting, kind: 'cancelled' })).toBe('/meetings/m1/call-off/cancelled');
  });
});
