/** The calendars that people subscribe to, read back as their programs read them. */
import { describe, expect, it } from '@jest/globals';
import ical, { type VEvent } from 'node-ical';
import { writeCalendarFeed, type FeedEntry } from '../../libs/calendar/calendar-feed.js';

const entry: FeedEntry = {
  uid: 'meeting-1@plancycle',
  sequence: 0,
  title: 'Cabinet meets',
  date: '2026-02-03',
  description: '',
  url: 'https://p.example/',
};
const written = (changes: Partial<FeedEntry>): string =>
  writeCalendarFeed('Cabinet', [{ ...entry, ...changes }], new Date('2025-11-03T09:00:00Z'));
const read = (text: string): VEvent => Object.values(ical.sync.parseICS(text)).find((item): item is VEvent => item?.type === 'VEVENT')!;

describe('an entry of a calendar', () => {
  it('is of the whole day where no time is known', () => {
    expect(written({})).toContain('DTSTART;VALUE=DATE:20260203');
    expect(read(written({}))).toMatchObject({ uid: 'meeting-1@plancycle', datetype: 'date', summary: 'Cabinet meets' });
  });

  it.each([
    ['2026-02-03', '18:00', '2026-02-03T18:00:00.000Z'],
    ['2026-07-21', '18:30', '2026-07-21T17:30:00.000Z'],
    ['2026-10-25', '00:30', '2026-10-24T23:30:00.000Z'],
  ])('on %s at %s is at that hour in London, summer or winter', (date, time, instant) => {
    const text = written({ date, time, place: 'Council Chamber, Beeston; first floor' });
    expect(text).toContain(`DTSTART;TZID=Europe/London:${date.replaceAll('-', '')}T${time.replace(':', '')}00`);
    expect(text).toContain('BEGIN:VTIMEZONE');
    const { start, location } = read(text);
    expect([start.toISOString(), location]).toEqual([instant, 'Council Chamber, Beeston; first floor']);
  });

  it('says in UTC when it was written', () => {
    const text = writeCalendarFeed('Cabinet', [{ ...entry, time: '18:00' }], new Date('2026-07-20T10:11:12.345Z'));
    expect(text.split('\r\n').filter((line) => line.startsWith('DTSTAMP'))).toEqual(['DTSTAMP:20260720T101112Z']);
  });

  it('that is cancelled says so under the same id', () => {
    expect(read(written({ cancelled: true, sequence: 2 }))).toMatchObject({ uid: 'meeting-1@plancycle', status: 'CANCELLED', sequence: 2 });
    expect(read(written({})).status).toBeUndefined();
  });
});
