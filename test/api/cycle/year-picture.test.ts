/** The year as a picture: every date on its place, none upon another, today where it is. */
import { describe, expect, it } from '@jest/globals';
import { yearPicture, type PicturedDate } from '../../../apps/api/cycle/year-picture.js';

const on = (date: string, isMeeting = false): PicturedDate => ({ date, title: date, isMeeting, isPast: date < '2025-11-03' });
const DATES = [
  '2025-09-01',
  '2025-11-18',
  '2025-12-02',
  '2026-01-01',
  '2026-01-05',
  '2026-01-12',
  '2026-03-04',
  '2026-03-04',
  '2026-03-24',
].map((date) => on(date));

describe('the year as a picture', () => {
  const picture = yearPicture(DATES, '2025-11-03');

  it('begins and ends with whole months', () => {
    expect(picture.months.map(({ label }) => label)).toEqual(['Sept', 'Oct', 'Nov', 'Dec', 'Jan', 'Feb', 'Mar', 'Apr']);
    expect(picture.months[0]?.x).toBe(24);
    expect(picture.months.at(-1)?.x).toBe(picture.width - 24);
  });

  it('has every date in its order, inside the picture, with none upon another', () => {
    expect(picture.marks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { x, y } of picture.marks) {
      expect(x).toBeGreaterThanOrEqual(24);
      expect(x).toBeLessThanOrEqual(picture.width - 24);
      expect(y).toBeGreaterThan(0);
    }
    for (const one of picture.marks)
      for (const other of picture.marks)
        if (one.number < other.number) expect(Math.abs(one.x - other.x) >= 29 || Math.abs(one.y - other.y) >= 29).toBe(true);
  });

  it('shows today between the dates around it, and not at all outside the year', () => {
    expect(picture.today).toBeGreaterThan(picture.marks[0]!.x);
    expect(picture.today).toBeLessThan(picture.marks[1]!.x);
    expect(yearPicture(DATES, '2027-01-01').today).toBeNull();
  });

  it('says in words what it shows', () => {
    expect(picture.description).toBe('From 1 September 2025 to 24 March 2026: 1 of 9 dates are past. The table has them all.');
  });
});
