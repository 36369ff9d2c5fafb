/** The council's own calendar beside ours: how meetings are paired, what is taken over, and what is only told. */
import { describe, expect, it } from '@jest/globals';
import { summaryOf } from '../../libs/calendar/calendar-summary.js';
import { compareCalendar, disagreementOf, type CalendarEntry, type ComparableMeeting } from '../../libs/calendar/compare-calendar.js';

const bodies = [
  { id: 'cabinet', name: 'Cabinet', otherNames: ['Executive'] },
  { id: 'council', name: 'Council', otherNames: ['Full Council'] },
];
const today = '2025-11-03';
const page = (number: number): string => `https://democracy.example/ieListDocuments.aspx?CId=1&MId=${number}`;
const entry = (body: string, date: string, changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ body, date, uid: null, time: null, place: null, address: null, cancelled: false, postponed: false, extraordinary: false },
  ...changes,
});
const ours = (id: string, body: string, date: string, changes: Partial<ComparableMeeting> = {}): ComparableMeeting => ({
  ...{ id, body, date, considers: [], state: 'planned', extraordinary: false },
  ...changes,
});
const compare = (entries: CalendarEntry[], meetings: ComparableMeeting[]) => compareCalendar(entries, meetings, bodies, today);
const told = (entries: CalendarEntry[], meetings: ComparableMeeting[]) => summaryOf(compare(entries, meetings), bodies);

describe('two calendars', () => {
  it('pair a meeting by the calendar’s id, else by its address, else by body and day', () => {
    const listed = { uid: 'a', date: '2026-01-20', cancelled: false };
    const meetings = [
      ours('by-id', 'cabinet', '2026-01-27', { listed }),
      ours('by-address', 'cabinet', '2026-02-10', { address: page(7) }),
      ours('by-day', 'council', '2026-03-04'),
    ];
    const entries = [
      entry('Full Council', '2026-03-04', { uid: 'c' }),
      entry('Executive', '2026-02-03', { uid: 'b', address: `${page(7)}&Ver=4` }),
      entry('Cabinet', '2026-01-20', { uid: 'a' }),
    ];
    const { matched, added, missing } = compare(entries, meetings);
    expect(matched.map(({ meeting, entry: { uid } }) => [meeting.id, uid])).toEqual([
      ['by-id', 'a'],
      ['by-address', 'b'],
      ['by-day', 'c'],
    ]);
    expect([added, missing]).toEqual([[], []]);
  });

  it('take time, place and address over where the file says them, and keep what it does not say', () => {
    const meetings = [ours('one', 'cabinet', '2026-02-03', { time: '18:00', place: 'Town Hall' })];
    expect(told([entry('Cabinet', '2026-02-03', { time: '19:00', address: page(1) })], meetings).changed).toEqual([
      {
        ...{ id: 'one', body: 'Cabinet', date: '2026-02-03' },
        details: [
          { what: 'time', before: '18:00', after: '19:00' },
          { what: 'address', before: null, after: page(1) },
        ],
      },
    ]);
  });

  it('tell where days disagree, what is cancelled on one side only, and what one of them lacks', () => {
    const listed = (uid: string) => ({ uid, date: '2026-02-03', cancelled: false });
    const meetings = [
      ours('moved', 'cabinet', '2026-02-03', { listed: listed('1') }),
      ours('gone', 'cabinet', '2026-02-17', { listed: listed('2') }),
      ours('off', 'council', '2026-02-18', { state: 'cancelled', listed: listed('3') }),
      ours('lacking', 'cabinet', '2026-02-20'),
      ours('outside', 'cabinet', '2026-12-01'),
    ];
    const entries = [
      entry('Cabinet', '2026-01-27', { uid: '1' }),
      entry('Cabinet', '2026-02-17', { uid: '2', cancelled: true }),
      entry('Council', '2026-02-18', { uid: '3' }),
      entry('Planning Committee', '2026-03-01'),
      entry('Planning Committee', '2026-03-08'),
      entry('Cabinet', '2025-10-01'),
      entry('Cabinet', '2026-02-25', { cancelled: true }),
    ];
    expect(told(entries, meetings)).toEqual({
      ...{ added: [], changed: [], postponedThere: [], same: 0 },
      onAnotherDay: [{ id: 'moved', body: 'Cabinet', date: '2026-02-03', calendarDate: '2026-01-27' }],
      cancelledThere: [{ id: 'gone', body: 'Cabinet', date: '2026-02-17' }],
      stillThere: [{ id: 'off', body: 'Council', date: '2026-02-18' }],
      unknownBodies: [{ body: 'Planning Committee', meetings: 2 }],
      leftOut: [
        { body: 'Cabinet', date: '2025-10-01' },
        { body: 'Cabinet', date: '2026-02-25' },
      ],
      missing: [{ id: 'lacking', body: 'Cabinet', date: '2026-02-20' }],
    });
  });

  it('add a meeting of a known body once, and never a second one on its day', () => {
    const entries = [
      entry('Cabinet', '2026-02-03', { uid: '1' }),
      entry('Executive', '2026-02-03', { uid: '2' }),
      entry('Council', '2026-03-04'),
    ];
    const { added, leftOut } = compare(entries, []);
    expect(added.map(({ bodyId, date }) => [bodyId, date])).toEqual([
      ['cabinet', '2026-02-03'],
      ['council', '2026-03-04'],
    ]);
    expect(leftOut).toMatchObject([{ uid: '2' }]);
  });

  it('prefer the meeting that takes place to one that was called off on the same day', () => {
    const meetings = [ours('off', 'cabinet', '2026-02-03', { state: 'cancelled' }), ours('on', 'cabinet', '2026-02-03')];
    expect(compare([entry('Cabinet', '2026-02-03')], meetings).matched.map(({ meeting }) => meeting.id)).toEqual(['on']);
  });

  it('take an entry for the same meeting on another day where only one can be meant, and add it where that is not sure', () => {
    const meetings = [ours('one', 'cabinet', '2026-02-03', { considers: [] }), ours('far', 'council', '2026-03-04')];
    const file = [entry('Cabinet', '2026-02-10', { uid: '1', time: '18:00' }), entry('Council', '2026-05-14')];
    expect(told(file, meetings)).toMatchObject({
      onAnotherDay: [{ id: 'one', date: '2026-02-03', calendarDate: '2026-02-10' }],
      added: [{ body: 'Council', date: '2026-05-14' }],
      changed: [],
    });
    expect(told(file.slice(0, 1), meetings)).toMatchObject({ onAnotherDay: [], added: [{ date: '2026-02-10' }] });
    expect(told([...file, entry('Cabinet', '2026-02-12')], meetings)).toMatchObject({ onAnotherDay: [], added: [{}, {}, {}] });
    const known = ours('one', 'cabinet', '2026-02-03', { listed: { uid: 'x', date: '2026-02-03', cancelled: false } });
    expect(told(file, [known])).toMatchObject({ onAnotherDay: [] });
  });

  it('take over that a meeting is extraordinary, never that it is not', () => {
    const ordinary = ours('one', 'cabinet', '2026-02-03');
    const details = [{ what: 'kind', before: 'ordinary', after: 'extraordinary' }];
    expect(told([entry('Cabinet', '2026-02-03', { extraordinary: true })], [ordinary])).toMatchObject({
      changed: [{ id: 'one', details }],
    });
    expect(told([entry('Cabinet', '2026-02-03')], [{ ...ordinary, extraordinary: true }])).toMatchObject({ changed: [], same: 1 });
    expect(told([entry('Council', '2026-03-12', { extraordinary: true })], [])).toMatchObject({ added: [{ extraordinary: true }] });
  });

  it('tell of a meeting that is postponed there, and bring none in that is', () => {
    const off = entry('Cabinet', '2026-02-03', { cancelled: true, postponed: true });
    const kept = compare([off], [ours('one', 'cabinet', '2026-02-03')]);
    expect(summaryOf(kept, bodies)).toMatchObject({ postponedThere: [{ id: 'one' }], cancelledThere: [], same: 0 });
    expect(told([off], [])).toMatchObject({ added: [], leftOut: [{ date: '2026-02-03' }] });
  });

  it.each(['Cabinet Meeting', 'Meeting of Cabinet', 'meeting of the Executive', 'The Cabinet'])('know %s as Cabinet', (title) => {
    expect(told([entry(title, '2026-02-03')], [])).toMatchObject({ added: [{ body: 'Cabinet' }], unknownBodies: [] });
  });

  it.each(['Council - Budget Setting', 'Council Tax Panel', 'Meeting', 'Cabinet Member Meeting'])('do not take %s for a body', (title) => {
    expect(told([entry(title, '2026-02-03')], [])).toMatchObject({ added: [], unknownBodies: [{ body: title, meetings: 1 }] });
  });

  it('agree again once the meeting is where the calendar has it', () => {
    const listed = { uid: '1', date: '2026-01-27', cancelled: false };
    expect(disagreementOf(ours('one', 'cabinet', '2026-02-03', { listed }))).toEqual({ kind: 'other-day', date: '2026-01-27' });
    expect(disagreementOf(ours('one', 'cabinet', '2026-01-27', { listed }))).toBeNull();
    expect(disagreementOf(ours('one', 'cabinet', '2026-01-27'))).toBeNull();
  });
});
