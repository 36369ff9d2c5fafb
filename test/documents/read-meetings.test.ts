/** Lists of meetings as councils have them: JSON, CSV from a spreadsheet, a calendar file. */
import { describe, expect, it } from '@jest/globals';
import { readMeetings } from '../../libs/documents/read-meetings.js';

const read = (text: string): unknown => readMeetings(new TextEncoder().encode(text));

describe('a list of meetings', () => {
  it('comes as JSON, bare or in an object', () => {
    const list = [{ body: 'O&S', date: '2025-01-20', place: 'Town Hall' }];
    expect(read(JSON.stringify(list))).toEqual([{ body: 'O&S', date: '2025-01-20' }]);
    expect(read(JSON.stringify({ meetings: list }))).toEqual([{ body: 'O&S', date: '2025-01-20' }]);
  });

  it('comes as CSV, with dates as people write them', () => {
    const csv =
      '\uFEFFDate;Committee;Venue\r\n20/01/2026;Overview & Scrutiny;"Town Hall; Beeston"\r\nTue 3 February 2026;Cabinet\r\n2026-03-04 19:00;Council;\r\n';
    expect(read(csv)).toEqual([
      { body: 'Overview & Scrutiny', date: '2026-01-20' },
      { body: 'Cabinet', date: '2026-02-03' },
      { body: 'Council', date: '2026-03-04' },
    ]);
  });

  it('comes as a calendar file: the day in London counts, a cancelled meeting is none', () => {
    const event = (lines: string): string => `BEGIN:VEVENT\r\n${lines}\r\nEND:VEVENT\r\n`;
    const calendar = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${event('UID:1\r\nSUMMARY:Overview and Scrutiny\r\n  Committee\r\nDTSTART;TZID=Europe/London:20260120T180000')}${event(
      'UID:2\r\nSUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20260203',
    )}${event('UID:3\r\nSUMMARY:Council\r\nDTSTART:20260630T233000Z')}${event('UID:4\r\nSUMMARY:Planning\r\nSTATUS:CANCELLED\r\nDTSTART:20260304T190000Z')}END:VCALENDAR\r\n`;
    expect(read(calendar)).toEqual([
      { body: 'Overview and Scrutiny Committee', date: '2026-01-20' },
      { body: 'Cabinet', date: '2026-02-03' },
      { body: 'Council', date: '2026-07-01' },
    ]);
  });

  it.each([
    ['nothing in it', '[]', 'holds no meeting'],
    ['broken JSON', '[{', 'is not JSON'],
    ['JSON of something else', '[{"committee":"O&S"}]', 'needs a "body" and a "date"'],
    ['a day that does not exist', '[{"body":"O&S","date":"2026-02-30"}]', '“2026-02-30” is not a date'],
    ['CSV of something else', 'a,b\n1,2\n', 'headings “body” and “date”'],
    ['a line without a date', 'body,date\nO&S,soon\n', 'Line 2 of the list'],
  ])('is refused with %s', (_, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});
