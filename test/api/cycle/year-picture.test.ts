/** The year as a picture: every date on its place in its lane, none upon another, today where it is. */
import { describe, expect, it } from '@jest/globals';
import { yearPicture, type PicturedDate, type YearPicture } from '../../../apps/api/cycle/year-picture.js';

const on = (date: string, index: number): PicturedDate => {
  return { date, title: date, isMeeting: index % 2 === 0, isPast: date < '2025-11-03', number: index + 1 };
};
const PLANS = [
  '2025-09-01',
  '2025-11-18',
  '2025-12-02',
  '2026-01-02',
  '2026-01-05',
  '2026-01-12',
  '2026-03-04',
  '2026-03-04',
  '2026-03-24',
].map(on);
/** Forty meetings, some on one day. */
const MEETINGS = Array.from({ length: 40 }, (_, index) =>
  on(new Date(Date.UTC(2025, 8, 2 + Math.floor(index / 2) * 10)).toISOString().slice(0, 10), index + 9),
);
const LANES = [
  { lane: 'plans', title: 'Plans', dates: PLANS },
  { lane: 'meetings', title: 'Other meetings', dates: MEETINGS },
];

describe('the year as a picture', () => {
  const picture = yearPicture(LANES, '2025-11-03');
  const marks = picture.lanes.flatMap((lane) => lane.marks);

  it('begins and ends with whole months', () => {
    expect(picture.months.map(({ label }) => label)).toEqual(['Sept', 'Oct', 'Nov', 'Dec', 'Jan', 'Feb', 'Mar', 'Apr']);
    expect(picture.months[0]?.x).toBe(24);
    expect(picture.months.at(-1)?.x).toBe(picture.width - 24);
  });

  it('has every date once, inside its lane below the lane’s title, with none upon another', () => {
    expect(marks.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 49 }, (_, index) => index + 1),
    );
    for (const { top, height, marks: inLane } of picture.lanes)
      for (const { x, y } of inLane) {
        expect(x).toBeGreaterThanOrEqual(24);
        expect(x).toBeLessThanOrEqual(picture.width - 24);
        expect(y - 12).toBeGreaterThanOrEqual(top + 24);
        expect(y + 12).toBeLessThanOrEqual(top + height);
      }
    for (const one of marks)
      for (const other of marks)
        if (one.number < other.number) expect(Math.abs(one.x - other.x) >= 29 || Math.abs(one.y - other.y) >= 29).toBe(true);
  });

  it('has its lanes one below the other, down to the line of months', () => {
    const [plans, meetings] = picture.lanes;
    expect([plans?.top, meetings?.top, picture.axis]).toEqual([0, plans?.height, (meetings?.top ?? 0) + (meetings?.height ?? 0)]);
  });

  it('shows today between the dates around it, and not at all outside the year', () => {
    const xOf = ({ lanes }: YearPicture, number: number): number => lanes[0]!.marks.find((mark) => mark.number === number)!.x;
    expect(picture.today).toBeGreaterThan(xOf(picture, 1));
    expect(picture.today).toBeLessThan(xOf(picture, 2));
    expect(yearPicture(LANES, '2027-01-01').today).toBeNull();
  });

  it('says in words what it shows', () => {
    expect(yearPicture([LANES[0]!], '2025-11-03').description).toBe(
      'From 1 September 2025 to 24 March 2026: 1 of 9 dates are past. The table has them all.',
    );
  });
});
