/** Calendars of meetings as councils have them: JSON, CSV from a spreadsheet or Modern.Gov, a calendar file. */
import { describe, expect, it } from '@jest/globals';
import { readMeetings } from '../../libs/documents/read-meetings.js';

const read = (text: string, site?: string): unknown => readMeetings(new TextEncoder().encode(text), { site });
const silent = { uid: null, time: null, place: null, address: null, cancelled: false };
const event = (lines: string): string => `BEGIN:VEVENT\r\n${lines}\r\nEND:VEVENT\r\n`;
const calendar = (...events: string[]): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map(event).join('')}END:VCALENDAR\r\n`;

describe('a list of meetings', () => {
  it('comes as JSON, bare or in an object', () => {
    const list = [
      { body: 'O&S', date: '2025-01-20', venue: 'Town Hall', time: '6.30 pm', url: 'https://d.example/x', id: 7, cancelled: true },
    ];
    const expected = [
      { body: 'O&S', date: '2025-01-20', place: 'Town Hall', time: '18:30', address: 'https://d.example/x', uid: '7', cancelled: true },
    ];
    expect(read(JSON.stringify(list))).toEqual(expected);
    expect(read(JSON.stringify({ meetings: list }))).toEqual(expected);
  });

  it('comes as CSV, with dates as people write them', () => {
    const csv =
      '\uFEFFDate;Committee;Venue\r\n20/01/2026;Overview & Scrutiny;"Town Hall; Beeston"\r\nTue 3 February 2026;Cabinet\r\n2026-03-04 19:00;Council;\r\n';
    expect(read(csv)).toEqual([
      { ...silent, body: 'Overview & Scrutiny', date: '2026-01-20', place: 'Town Hall; Beeston' },
      { ...silent, body: 'Cabinet', date: '2026-02-03' },
      { ...silent, body: 'Council', date: '2026-03-04', time: '19:00' },
    ]);
  });

  it('comes as CSV with Modern.Gov’s columns, from which the address of each meeting is made', () => {
    const csv =
      'CommitteeName,CId,MId,Meeting Date,Meeting Time,Location,Status\nCabinet,229,5347,03/02/2026,6.00 pm,Council Chamber,Confirmed\nCouncil,230,5348,04/03/2026,,,Cancelled\n';
    expect(read(csv, 'https://democracy.broxtowe.gov.uk/')).toEqual([
      {
        ...{ body: 'Cabinet', date: '2026-02-03', time: '18:00', place: 'Council Chamber', uid: '5347', cancelled: false },
        address: 'https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=229&MId=5347',
      },
      {
        ...{ body: 'Council', date: '2026-03-04', time: null, place: null, uid: '5348', cancelled: true },
        address: 'https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=230&MId=5348',
      },
    ]);
    expect(read(csv)).toMatchObject([{ address: null }, { address: null }]);
  });

  it('comes as a calendar file: the day and hour in London count, a cancelled meeting is marked', () => {
    const text = calendar(
      'UID:1\r\nSUMMARY:Overview and Scrutiny\r\n  Committee\r\nDTSTART;TZID=Europe/London:20260120T180000\r\nLOCATION:Council Chamber\\, Beeston\r\nURL:https://d.example/ieListDocuments.aspx?CId=1&MId=2',
      'UID:2\r\nSUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20260203',
      'UID:3\r\nSUMMARY:Council\r\nDTSTART:20260630T233000Z',
      'UID:4\r\nSUMMARY:Planning\r\nSTATUS:CANCELLED\r\nDTSTART:20260304T190000Z',
    );
    expect(read(text)).toEqual([
      {
        ...{ uid: '1', body: 'Overview and Scrutiny Committee', date: '2026-01-20', time: '18:00', place: 'Council Chamber, Beeston' },
        ...{ address: 'https://d.example/ieListDocuments.aspx?CId=1&MId=2', cancelled: false },
      },
      { ...silent, uid: '2', body: 'Cabinet', date: '2026-02-03' },
      { ...silent, uid: '3', body: 'Council', date: '2026-07-01', time: '00:30' },
      { ...silent, uid: '4', body: 'Planning', date: '2026-03-04', time: '19:00', cancelled: true },
    ]);
  });

  it.each([
    ['CANCELLED: Cabinet', 'Cabinet', true],
    ['Cabinet (Cancelled)', 'Cabinet', true],
    ['Cabinet - CANCELLED', 'Cabinet', true],
    ['Cabinet, Tuesday, 3rd February, 2026 6.00 pm', 'Cabinet', false],
    ['Cabinet on Tuesday 3 February 2026', 'Cabinet', false],
  ])('says in the title “%s” that it is %s', (title, body, cancelled) => {
    expect(read(JSON.stringify([{ body: title, date: '2026-02-03' }]))).toMatchObject([{ body, cancelled }]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'the town hall', 'https://a:b@d.example/'])('makes no address of %s', (address) => {
    expect(read(JSON.stringify([{ body: 'Cabinet', date: '2026-02-03', address }]))).toMatchObject([{ address: null }]);
  });

  it.each([
    ['nothing in it', '[]', 'holds no meeting'],
    ['broken JSON', '[{', 'is not JSON'],
    ['JSON of something else', '[{"committee":"O&S"}]', 'needs a "body" and a "date"'],
    ['a day that does not exist', '[{"body":"O&S","date":"2026-02-30"}]', '“2026-02-30” is not a date'],
    ['CSV of something else', 'a,b\n1,2\n', 'headings “body” and “date”'],
    ['a line without a date', 'body,date\nO&S,soon\n', 'Line 2 of the list'],
    ['an event without a day', calendar('UID:1\r\nSUMMARY:Cabinet'), '“Cabinet” of the calendar has no day'],
    [
      'an event that repeats',
      calendar('UID:1\r\nSUMMARY:Cabinet\r\nDTSTART:20260203T180000Z\r\nRRULE:FREQ=MONTHLY'),
      'repeats instead of naming',
    ],
    [
      'a place as long as a letter',
      JSON.stringify([{ body: 'Cabinet', date: '2026-02-03', place: 'x'.repeat(251) }]),
      'place that is far longer',
    ],
    ['a character that cannot be kept', '[{"body":"Cab\\u0000inet","date":"2026-02-03"}]', 'cannot be kept'],
    ['more than 2 MB', ' '.repeat(2 * 1024 * 1024 + 1), 'larger than 2 MB'],
  ])('is refused with %s', (_, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});
