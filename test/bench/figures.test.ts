/** The arithmetic of the benchmark: its figures themselves are never asserted. */
import { describe, expect, it } from '@jest/globals';
import { asTable, meetsGoal, percentile, type Figure } from './figures.js';

const figure: Figure = { part: 'start-up', what: 'first page', value: 12.345, unit: 's', goal: { atMost: 30 } };

describe('a percentile', () => {
  it('is the value that a share of all does not exceed, in whatever order they come', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.95, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 95, 100]);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is refused', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

describe('a goal', () => {
  it('is met on the limit and missed beyond it, in its own direction', () => {
    expect(meetsGoal({ ...figure, value: 30 })).toBe(true);
    expect(meetsGoal({ ...figure, value: 30.1 })).toBe(false);
    expect(meetsGoal({ ...figure, value: 30, goal: { atLeast: 31 } })).toBe(false);
    expect(meetsGoal({ ...figure, value: 31, goal: { atLeast: 31 } })).toBe(true);
  });

  it('that is not there is neither met nor missed', () => {
    const { goal: _, ...without } = figure;
    expect(meetsGoal(without)).toBeNull();
  });
});

describe('the table', () => {
  it('shows each figure with its goal and whether it is met', () => {
    const slow = { ...figure, what: 'the page after a decision', value: 151, unit: 'ms', goal: { atMost: 150 }, note: 'p50 of 40' };
    expect(asTable([figure, slow]).split('\n')).toEqual([
      'Part      Figure                      Value      Goal          Note',
      '--------  -------------------------  ------  --------  ------  ---------',
      'start-up  first page                 12.3 s    ≤ 30 s  met',
      'start-up  the page after a decision  151 ms  ≤ 150 ms  MISSED  p50 of 40',
    ]);
  });
});
