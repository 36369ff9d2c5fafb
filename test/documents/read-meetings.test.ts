/** Calendars of meetings as councils have them: JSON, CSV from a spreadsheet or Modern.Gov, a calendar file. */
import { describe, expect, it } from '@jest/globals';
import { readMeetings } from '../../libs/documents/read-meetings.js';

const read = (text: string, site?: string): unknown => readMeetings(new TextEncoder().encode(text), { site });
const silent = { uid: null, time: null, place: null, address: null, cancelled: false, postponed: false, extraordinary: false };
const event = (lines: string): string => `BEGIN:VEVENT\r\n${lines}\r\nEND:VEVENT\r\n`;
const calendar = (...events: string[]): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map(event).join('')}END:VCALENDAR\r\n`;

describe('a list of meetings', () => {
  it('comes as JSON, bare or in an object', () => {
    const list = [
      { body: 'O&S', date: '2025-01-20', venue: 'Town Hall', time: '6.30 pm', url: 'https://d.example/x', id: 7, cancelled: true },
    ];
    const expected = [
      {
        ...{ ...silent, body: 'O&S', date: '2025-01-20', place: 'Town Hall', time: '18:30', address: 'https://d.example/x' },
        ...{ uid: '7', cancelled: true },
      },
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
        ...{ ...silent, body: 'Cabinet', date: '2026-02-03', time: '18:00', place: 'Council Chamber', uid: '5347' },
        address: 'https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=229&MId=5347',
      },
      {
        ...{ ...silent, body: 'Council', date: '2026-03-04', uid: '5348', cancelled: true },
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
        ...{ ...silent, uid: '1', body: 'Overview and Scrutiny Committee', date: '2026-01-20', time: '18:00' },
        ...{ place: 'Council Chamber, Beeston', address: 'https://d.example/ieListDocuments.aspx?CId=1&MId=2' },
      },
      { ...silent, uid: '2', body: 'Cabinet', date: '2026-02-03' },
      { ...silent, uid: '3', body: 'Council', date: '2026-07-01', time: '00:30' },
      { ...silent, uid: '4', body: 'Planning', date: '2026-03-04', time: '19:00', cancelled: true },
    ]);
  });

  it.each([
    ['CANCELLED: Cabinet', 'Cabinet', 'cancelled'],
    ['Cabinet (Cancelled)', 'Cabinet', 'cancelled'],
    ['Cabinet - CANCELLED', 'Cabinet', 'cancelled'],
    ['Cabinet – Cancelled (no business)', 'Cabinet', 'cancelled'],
    ['Cabinet has been called off', 'Cabinet', 'cancelled'],
    ['Task Group on cancelled leases', 'Task Group on cancelled leases', ''],
    ['Postponed - Cabinet', 'Cabinet', 'cancelled postponed'],
    ['POSTPONED TO 10 FEBRUARY 2026: Cabinet', 'Cabinet', 'cancelled postponed'],
    ['Cabinet (Postponed to 10 February 2026)', 'Cabinet', 'cancelled postponed'],
    ['Cabinet (rescheduled from 27 January 2026)', 'Cabinet', ''],
    ['Deferred Payments Panel', 'Deferred Payments Panel', ''],
    ['Extraordinary Council', 'Council', 'extraordinary'],
    ['Council (Extraordinary)', 'Council', 'extraordinary'],
    ['Council - Extraordinary Meeting', 'Council', 'extraordinary'],
    ['Extraordinary Council, Tuesday, 3rd February, 2026 7.00 pm - CANCELLED', 'Council', 'cancelled extraordinary'],
    ['Cabinet, Tuesday, 3rd February, 2026 6.00 pm', 'Cabinet', ''],
    ['Cabinet on Tuesday 3 February 2026', 'Cabinet', ''],
    ['Cabinet, 3 February 2026', 'Cabinet', ''],
    ['Cabinet 03/02/2026', 'Cabinet', ''],
    ['3 February 2026 - Cabinet', 'Cabinet', ''],
    ['Cabinet -', 'Cabinet', ''],
    [', Cabinet', 'Cabinet', ''],
    ['Planning (Enforcement)', 'Planning (Enforcement)', ''],
    ['Council - Budget Setting', 'Council - Budget Setting', ''],
  ])('says in the title “%s” that it is of %s and %s', (title, body, said) => {
    const flags = Object.fromEntries(['cancelled', 'postponed', 'extraordinary'].map((flag) => [flag, said.split(' ').includes(flag)]));
    expect(read(JSON.stringify([{ body: title, date: '2026-02-03' }]))).toEqual([{ ...silent, body, date: '2026-02-03', ...flags }]);
  });

  it.each([
    ['Postponed', { cancelled: true, postponed: true }],
    ['Deferred', { cancelled: true, postponed: true }],
    ['Cancelled', { cancelled: true, postponed: false }],
    ['Not cancelled', { cancelled: false, postponed: false }],
    ['Postponed from 27 January', { cancelled: false, postponed: false }],
    ['Confirmed', { cancelled: false, postponed: false }],
  ])('says in the status “%s” whether it is held', (status, held) => {
    expect(read(`Committee,Date,Status\nCabinet,03/02/2026,${status}\n`)).toMatchObject([held]);
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
    ['a wrong line after blank ones', 'body,date\n\n,\n\nO&S,soon\n', 'Line 5 of the list has no day of a meeting: “soon”'],
    ['a wrong line after a cell of two lines', 'body,date\n"O&\nS",2026-01-20\r\nO&S,\n', 'Line 4 of the list has no day'],
    ['a line without a body', 'body,date\n-,2026-01-20\n', 'Line 2 of the list has no body'],
    ['a year of two digits', 'body,date\nO&S,26-02-03\n', 'Line 2 of the list has no day of a meeting: “26-02-03” is not a date'],
    ['the year 1', 'body,date\nO&S,0001-02-03\n', 'Line 2 of the list has no day of a meeting: “0001-02-03” lies outside the years'],
    ['the year 9999', '[{"body":"O&S","date":"9999-12-31"}]', 'at /0/date: “9999-12-31” lies outside the years 2000 to 2099'],
    [
      'a quotation mark that is not closed',
      'body,date\n\n"O&S,2026-01-20\nx,y\n',
      'begins in line 3, a quotation mark is opened and not closed',
    ],
    ['a quotation mark in a cell', 'body,date\nO"S,2026-01-20\n', 'begins in line 2, a quotation mark stands inside a cell'],
    [
      'two columns of dates',
      'Date,Committee,Date\n2026-01-20,O&S,2026-01-27\n',
      'two columns that could be the day of the meeting, “Date” and “Date”',
    ],
    ['a column of other dates alone', 'Date published,Committee\n2026-01-20,O&S\n', 'headings “body” and “date”'],
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

describe('the column of the day', () => {
  it.each([
    ['Date published,Committee,Meeting date'],
    ['Date,Committee,Meeting date'],
    ['Created,Committee,Start date'],
    ['Date modified,Committee,Date'],
    ['Date,Committee,MeetingDate'],
    ['Day,Committee,Date'],
    ['Agenda published,Committee,Date (DD/MM/YYYY)'],
    ['Start date of notice,Committee,Start'],
  ])('is the last of “%s”', (headings) => {
    expect(read(`${headings}\n01/12/2025,Cabinet,03/02/2026\n`)).toEqual([{ ...silent, body: 'Cabinet', date: '2026-02-03' }]);
  });

  it('is set apart by the sign that the headings use', () => {
    const csv = 'Committee,Venue,Date\nCabinet,Town Hall; Beeston,2026-02-03\n,,\n';
    expect(read(csv)).toEqual([{ ...silent, body: 'Cabinet', place: 'Town Hall; Beeston', date: '2026-02-03' }]);
  });
});

describe('a list that a spreadsheet saved in an encoding that can only be guessed', () => {
  it('is refused with the name of the format in which Excel saves it so that it can be read', () => {
    const windows1252 = Buffer.from('Committee,Date,Location\nCabinet,03/02/2026,Caf\xe9 Nord\n', 'latin1');
    expect(() => readMeetings(windows1252)).toThrow('In Excel, save it as “CSV UTF-8 (Comma delimited)” and choose the new file');
  });
});

describe('a moment', () => {
  it.each([
    ['2026-06-30T23:30:00Z', '2026-07-01', '00:30'],
    ['2026-01-20T18:00:00.000Z', '2026-01-20', '18:00'],
    ['2026-07-21T18:00:00+01:00', '2026-07-21', '18:00'],
    ['2026-07-21T13:00:00-04:00', '2026-07-21', '18:00'],
    ['2026-07-20T23:00:00Z', '2026-07-21', null],
    ['2026-07-21T00:00:00Z', '2026-07-21', null],
    ['2026-07-21T18:00:00', '2026-07-21', '18:00'],
  ])('%s is in London whichever form it comes in', (moment, date, time) => {
    const expected = [{ ...silent, body: 'Cabinet', date, time }];
    expect(read(JSON.stringify([{ body: 'Cabinet', date: moment }]))).toEqual(expected);
    expect(read(`Committee,Date\nCabinet,${moment}\n`)).toEqual(expected);
    if (/[+-]\d\d:\d\d$/.test(moment)) return;
    const stamp = moment.replace(/\.000/, '').replace(/[-:]/g, '');
    expect(read(calendar(`SUMMARY:Cabinet\r\nDTSTART:${stamp}`))).toEqual(expected);
  });
});
