/** By the skipped clock: nothing runs for three days, at the worst of times. What fell due meanwhile happens once, late, and the year goes on. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../../apps/cli/rehearsal/stage.js';
import { backOn, dayWith, playYear, type Happened, type PlayedYear } from './year-with-outages.js';

/** The first of three days each, and something that is meant for one of them. */
const OUTAGES = [
  ['the day on which drafts are due, and its reminder', '2025-11-17', 'reminder | business-growth | drafting | Maya Thornton'],
  ['an agenda and the reminder of its committee', '2026-01-12', 'reminder | community-safety | overview-and-scrutiny | Tom Ashworth'],
  ['the beginning of an absence', '2026-02-09', 'email | helen.marsh@broxtowe.example | You stand in for Sam Whitlock'],
  ['the day of publication and an alarm', '2026-03-23', 'publication | community-safety | publication | Plancycle'],
  ['the opening of a quarter', '2026-06-30', 'task | quarterly-update | Priya Nair'],
] as const;
const FIRST_DAYS = OUTAGES.map(([, day]) => day);

describe('a year in which nothing runs for three days, five times', () => {
  let stage: Stage;
  let plain: PlayedYear;
  let year: PlayedYear;
  beforeAll(async () => {
    stage = await openStage();
    [plain, year] = await Promise.all([playYear(stage, []), playYear(stage, FIRST_DAYS)]);
  });
  afterAll(() => stage.close());

  const on = (happened: readonly Happened[], day: string): string[] => happened.filter((one) => one.day === day).map(({ what }) => what);

  /** What a day of the year with outages should bring: its own, and what of the year without was meant for days that fell out. */
  function meantFor(day: string): string[] {
    const days = [...new Set(plain.happened.map((one) => one.day))].filter((one) => dayWith(FIRST_DAYS, one) === day);
    const all = days.map((one) => on(plain.happened, one));
    // The same told on several of these days is told once: the older has nothing to add.
    const times = (what: string): number => Math.max(...all.map((told) => told.filter((one) => one === what).length));
    return [...new Set(all.flat())].sort().flatMap((what) => Array<string>(times(what)).fill(what));
  }

  it.each(OUTAGES)('over %s: everything happens on the day after, once', (_what, first, sample) => {
    expect(on(year.happened, backOn(first))).toEqual(meantFor(backOn(first)));
    expect(on(year.happened, backOn(first))).toContainEqual(expect.stringContaining(sample));
    expect(year.happened.filter(({ day }) => dayWith(FIRST_DAYS, day) !== day)).toEqual([]);
  });

  it('is the same year on every other day', () => {
    const days = [...new Set([...plain.happened, ...year.happened].map(({ day }) => day))];
    const others = days.filter((day) => dayWith(FIRST_DAYS, day) === day && !FIRST_DAYS.map(backOn).includes(day));
    expect(others.map((day) => [day, on(year.happened, day)])).toEqual(others.map((day) => [day, on(plain.happened, day)]));
  });

  it('has one digest a day for each person, in the morning, with the missed day’s news told as late', () => {
    const places = year.digests.map(({ to, day }) => `${to} ${day}`);
    expect(new Set(places).size).toBe(places.length);
    expect(year.digests.filter(({ time }) => time < '08:15')).toEqual([]);
    const maya = year.digests.filter(({ to, day }) => to.startsWith('maya') && day >= '2025-11-17' && day <= '2025-11-20');
    expect(maya).toEqual([
      {
        ...{ to: 'maya.thornton@broxtowe.example', day: '2025-11-20', time: '08:15' },
        subject: expect.stringContaining('2 things wait for you, first: Overdue since Tuesday 18 November 2025') as unknown,
      },
    ]);
  });

  it('has the alarms of its calendar: one that was missed is counted all the same', () => {
    expect(plain.alarms.slice(0, 6)).toEqual(['1', '2', '3', '4', '5', '6']);
    // The fourth fell on Wednesday 25 March. On the day after, the fifth is raised, and the plan that was published needs none.
    expect(year.alarms.slice(0, 5)).toEqual(['1', '2', '3', '5', '6']);
  });

  it('keeps every invariant, and leaves no e-mail behind', () => {
    expect([plain.violations, year.violations]).toEqual([[], []]);
    expect([plain.waiting, year.waiting]).toEqual([0, 0]);
  });
});
