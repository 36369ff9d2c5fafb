/** Figures that cannot be read, are still to come, are a range, or do not fit the others of their row. */
import { describe, expect, it } from '@jest/globals';
import { addedBy, foundInSeed } from './changed-seed.js';

describe('a figure that cannot be read', () => {
  it('is queried in its cell, once for a row with several measures', () => {
    expect(addedBy('figure-not-understood', '60.4%', 'some')).toMatchObject([
      { code: 'ComS_032', column: 'achieved 2021/22', severity: 'note' },
    ]);
    expect(addedBy('figure-not-understood', '84 87%', '84 of 96 87%')).toHaveLength(1);
  });

  it('is one figure as well where two are needed', () => {
    expect(addedBy('figure-not-understood', '84 87%', '84')).toMatchObject([{ code: 'ComS_013', line: 68 }]);
  });

  it('is none of those that councils write', () => {
    for (const figure of ['n/a', '-', '60+', 'approx. 60%', '60.4%*', '55-60%', 'TBC', '６０％'])
      expect([figure, addedBy('figure-not-understood', '60.4%', figure)]).toEqual([figure, []]);
    expect(addedBy('figure-not-understood', '84 87%', 'n/a')).toEqual([]);
  });
});

describe('a figure that is still to come', () => {
  it('is told under the measure that waits for it', () => {
    expect(addedBy('figure-to-be-confirmed', '60.4%', 'TBC')).toMatchObject([
      { code: 'ComS_032', column: 'achieved 2021/22', severity: 'note' },
    ]);
    expect(addedBy('figure-to-be-confirmed', '84 87%', '84 to be confirmed')).toMatchObject([{ code: 'ComS_013d' }]);
  });

  it('is told in the budget too', () => {
    expect(addedBy('figure-to-be-confirmed', '(13,000)', 'awaiting grant')).toMatchObject([{ column: 'budget 2025/26', line: 138 }]);
  });

  it('is not a blank, which has its own rule for targets', () => {
    expect(addedBy('figure-to-be-confirmed', '60.4%', 'n/a')).toEqual([]);
  });
});

describe('a range', () => {
  it('is queried where it stands for a target, and may stand for a result', () => {
    expect(addedBy('range-for-target', '\t400\t420\t450', '\t400\t400-420\t450')).toMatchObject([
      { code: 'ComS_100', column: 'target 2025/26' },
    ]);
    expect(addedBy('range-for-target', '60.4%', '58-60%')).toEqual([]);
  });
});

describe('the unit of a figure', () => {
  it('is queried where it is not that of the others', () => {
    expect(addedBy('units-differ', '60.4%\t57.7%', '60.4\t57.7%')).toMatchObject([{ code: 'ComS_032', column: 'achieved 2021/22' }]);
    expect(
      addedBy('units-differ', '\t304\t341\t383\t400\t420\t450', '\t28 days\t4 weeks\t30 days\t28 days\t28 days\t28 days'),
    ).toMatchObject([{ code: 'ComS_100', column: 'achieved 2022/23' }]);
  });

  it('may be left out where it is a word', () => {
    expect(addedBy('units-differ', '\t304\t341\t383\t', '\t304 people\t341\t383\t')).toEqual([]);
  });

  it('is right throughout the seed', () => {
    expect(foundInSeed('units-differ')).toEqual([]);
  });
});

describe('a figure that is out of all proportion', () => {
  it('is queried, above and below', () => {
    expect(addedBy('implausible-figure', '\t304\t341', '\t73,390\t341')).toMatchObject([{ code: 'ComS_100', column: 'achieved 2021/22' }]);
    expect(addedBy('implausible-figure', '6,358', '63')).toMatchObject([{ code: 'ComS_001' }]);
  });

  it('is not a small count that went up, nor a nought', () => {
    expect(addedBy('implausible-figure', '\t46\t60\t103', '\t2\t60\t103')).toEqual([]);
    expect(addedBy('implausible-figure', '\t304\t341', '\t0\t341')).toEqual([]);
    expect(foundInSeed('implausible-figure')).toEqual([]);
  });
});
