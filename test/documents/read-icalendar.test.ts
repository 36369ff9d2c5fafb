/** Calendar files that are damaged, say things in unusual ways or speak of other clocks: read with certainty, or refused with the place. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildFolder } from '../../libs/config/paths.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { readMeetings } from '../../libs/documents/read-meetings.js';

const read = (text: string) => readMeetings(new TextEncoder().encode(text));
const calendar = (...lines: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const cabinet = event('UID:1', 'SUMMARY:Cabinet', 'DTSTART;VALUE=DATE:20260203');

/** What is thrown, with its code. */
function refusal(text: string): string {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    if (error instanceof DomainError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('a calendar file is refused, with the entry or the line,', () => {
  it.each([
    [
      'where two entries that differ have one UID',
      calendar(cabinet, event('UID:1', 'SUMMARY:Council', 'DTSTART;VALUE=DATE:20260304')),
      'invalid: The entry “Council” of the calendar (line 8) has the same UID as another, “Cabinet” on 2026-02-03 (line 3)',
    ],
    [
      'where an entry is a changed day of a series',
      calendar(cabinet, event('UID:1', 'SUMMARY:Cabinet', 'RECURRENCE-ID:20260203T180000Z', 'DTSTART:20260210T180000Z')),
      'invalid: The entry “Cabinet” of the calendar repeats instead of naming each day',
    ],
    [
      'where an entry names further days',
      calendar(event('SUMMARY:Cabinet', 'DTSTART:20260203T180000Z', 'RDATE:20260303T180000Z')),
      'invalid: The entry “Cabinet” of the calendar repeats instead of naming each day',
    ],
    [
      'where the rule by which an entry repeats is none',
      calendar(event('SUMMARY:Cabinet', 'DTSTART:20260203T180000Z', 'RRULE:FREQ=BANANA')),
      'invalid: The entry “Cabinet” of the calendar repeats instead of naming each day',
    ],
    [
      'where a day does not exist',
      calendar(event('SUMMARY:Cabinet', 'DTSTART;VALUE=DATE:20260231')),
      'invalid: The entry “Cabinet” of the calendar has no day of a meeting: “2026-02-31” is not a date',
    ],
    [
      'where an hour does not exist',
      calendar(event('SUMMARY:Cabinet', 'DTSTART:20260203T250000')),
      'unreadable: The entry “Cabinet” of the calendar cannot be read: line 5, “DTSTART:20260203T250000”, is a day or an hour that does not exist.',
    ],
    [
      'where a day is written otherwise',
      calendar(event('SUMMARY:Cabinet', 'DTSTART:2026-02-31')),
      'unreadable: The entry “Cabinet” of the calendar cannot be read: line 5, “DTSTART:2026-02-31”, is no day as a calendar writes it',
    ],
    [
      'where a time zone’s name needs quotation marks',
      calendar(event('SUMMARY:Cabinet', 'DTSTART;TZID=(UTC+00:00) Dublin, Edinburgh, Lisbon, London:20260203T180000')),
      'with a time zone in quotation marks if its name has a comma or a colon',
    ],
    [
      'where an entry has two days',
      calendar(event('SUMMARY:Cabinet', 'DTSTART;VALUE=DATE:20260203', 'DTSTART;VALUE=DATE:20260204')),
      'line 6, “DTSTART;VALUE=DATE:20260204”, gives it a second day',
    ],
    [
      'where an entry has no title',
      calendar(event('DTSTART;VALUE=DATE:20260203')),
      'The entry that begins in line 3 of the calendar has no body',
    ],
    [
      'where a line is damaged',
      calendar(event('SUMMARY:Cabinet', 'DTSTART;TZID="Europe/London:20260203T180000')),
      'line 5, “DTSTART;TZID=',
    ],
    [
      'where it was cut off in an entry',
      calendar(cabinet, event('SUMMARY:Council', 'DTSTART;VALUE=DATE:20260304')).replace(/END:VEVENT\r\nEND:VCALENDAR\r\n$/, ''),
      'unreadable: The entry “Council” of the calendar, from line 8 on, is not complete: the file was cut short',
    ],
    [
      'where it was cut off in the last word of an entry',
      calendar(cabinet).replace(/ENT\r\nEND:VCALENDAR\r\n$/, ''),
      'unreadable: The entry “Cabinet” of the calendar, from line 3 on, is not complete: the file was cut short',
    ],
    ['where it was cut off between two', calendar(cabinet).replace('END:VCALENDAR', ''), 'The calendar has no end: the file was cut short'],
    [
      'where the end of an entry is missing',
      calendar(cabinet.replace('END:VEVENT\r\n', ''), cabinet).replace('END:VEVENT\r\n', ''),
      'line 7',
    ],
    ['where the word that begins an entry is damaged', calendar(cabinet.replace('BEGIN:VEVENT', 'BEGIN:VEVEMT')), 'line 3, “BEGIN:VEVEMT”'],
    ['where something stands behind its end', `${calendar(cabinet)}DTSTART:20260203\r\n`, 'belongs to no calendar'],
    ['where it is in the year 1', calendar(event('SUMMARY:Cabinet', 'DTSTART;VALUE=DATE:00010203')), '“0001-02-03” lies outside the years'],
  ])('%s', (_, text, sentence) => {
    expect(refusal(text)).toContain(sentence);
  });
});

describe('a calendar file', () => {
  it('may have the same entry twice, alarms, tasks, broken lines of text, and more than one calendar', () => {
    const alarm = ['BEGIN:VALARM', 'SUMMARY:Remind', 'UID:9', 'TRIGGER:-PT1H', 'END:VALARM'].join('\r\n');
    const withAlarm = event('UID:1', alarm, 'SUMMARY:Cabinet', 'DTSTART:20260203', 'DESCRIPTION:The papers', 'are at https://d.example');
    const task = ['BEGIN:VTODO', 'SUMMARY:Book a room', 'DTSTART:20260101', 'END:VTODO'].join('\r\n');
    expect(
      read(`${calendar(withAlarm, withAlarm, task)}\r\n${calendar(event('UID:2', 'SUMMARY:Council', 'DTSTART:20260304'))}`),
    ).toMatchObject([
      { uid: '1', body: 'Cabinet', date: '2026-02-03', time: null },
      { uid: '2', body: 'Council', date: '2026-03-04', time: null },
    ]);
  });

  it('may call off all that stands in it', () => {
    expect(read(calendar('METHOD:CANCEL', cabinet))).toMatchObject([{ body: 'Cabinet', cancelled: true }]);
  });
});

const SUMMER = 'DTSTART:20260721T180000';
const ownZone = (name: string, offsets: [string, string]): string =>
  [
    ...['BEGIN:VTIMEZONE', `TZID:${name}`],
    ...['BEGIN:DAYLIGHT', 'DTSTART:19810329T010000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
    ...[`TZOFFSETFROM:${offsets[0]}`, `TZOFFSETTO:${offsets[1]}`, 'END:DAYLIGHT'],
    ...['BEGIN:STANDARD', 'DTSTART:19961027T020000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
    ...[`TZOFFSETFROM:${offsets[1]}`, `TZOFFSETTO:${offsets[0]}`, 'END:STANDARD', 'END:VTIMEZONE'],
  ].join('\r\n');
const inZone = (name: string): string => event('SUMMARY:Cabinet', SUMMER.replace('DTSTART', `DTSTART;TZID=${name}`));
const LONDON: [string, string] = ['+0000', '+0100'];

/** Each with the hour that it is in London. */
const TIMES: [string, string, string][] = [
  ['on no clock in particular', calendar(event('SUMMARY:Cabinet', SUMMER)), '18:00'],
  ['in a calendar of London', calendar('X-WR-TIMEZONE:Europe/London', event('SUMMARY:Cabinet', SUMMER)), '18:00'],
  ['in a zone that nobody knows', calendar(inZone('Town Hall')), '18:00'],
  ['in Outlook’s zone', calendar(inZone('GMT Standard Time')), '18:00'],
  ['in a zone with a long name', calendar(inZone('"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"')), '18:00'],
  ['in the file’s own London', calendar(ownZone('London', LONDON), inZone('London')), '18:00'],
  ['in the file’s own zone of London’s clocks', calendar(ownZone('Town Hall', LONDON), inZone('Town Hall')), '18:00'],
  ['in a London without summer time', calendar(ownZone('London', ['+0000', '+0000']), inZone('London')), '18:00'],
  [
    'in the file’s own zone of Berlin’s clocks',
    calendar(ownZone('W. Europe Standard Time', ['+0100', '+0200']), inZone('W. Europe Standard Time')),
    '17:00',
  ],
  ['in Paris', calendar(inZone('Europe/Paris')), '17:00'],
  ['in Paris by a longer name', calendar(inZone('/mozilla.org/20050126_1/Europe/Paris')), '17:00'],
  ['in UTC', calendar(event('SUMMARY:Cabinet', `${SUMMER}Z`)), '19:00'],
  ['in a zone without an offset', calendar('BEGIN:VTIMEZONE', 'TZID:X', 'END:VTIMEZONE', inZone('X')), '18:00'],
  [
    'in a zone that would change every second',
    calendar(ownZone('X', LONDON).replaceAll('FREQ=YEARLY', 'FREQ=SECONDLY'), inZone('X')),
    '18:00',
  ],
];

describe.each(['Europe/London', 'America/New_York', 'UTC', 'Pacific/Auckland'])('on a machine in %s', (zone) => {
  it('a time is that of London’s clocks, unless it says otherwise', () => {
    const script = `
      import { readMeetings } from ${JSON.stringify(join(buildFolder, 'libs/documents/read-meetings.js'))};
      const texts = ${JSON.stringify(TIMES.map(([, text]) => text))};
      console.log(JSON.stringify(texts.map((text) => readMeetings(new TextEncoder().encode(text))[0])));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      ...{ encoding: 'utf8', env: { ...process.env, TZ: zone } },
    });
    const found = (JSON.parse(stdout) as { date: string; time: string }[]).map(({ date, time }, index) => [TIMES[index]?.[0], date, time]);
    expect(found).toEqual(TIMES.map(([what, , time]) => [what, '2026-07-21', time]));
  });
});
