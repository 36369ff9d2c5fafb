/** Cells with several figures, one for each measure of their row. */
import { describe, expect, it } from '@jest/globals';
import { figureParts } from '../../libs/domain/figure-parts.js';

describe('a cell with two figures', () => {
  it.each([
    ['433 79%', ['433', '79%']],
    ['(13,000) 5 %', ['(13,000)', '5 %']],
    ['84 (12%)', ['84', '12%']],
    ['84 (12)', ['84', '(12)']],
    ['n/a 79%', ['n/a', '79%']],
    ['433 n/a', ['433', 'n/a']],
    ['433 / 79%', ['433', '79%']],
    ['433/79%', ['433', '79%']],
    ['433; 79%', ['433', '79%']],
    ['433\n79% (approx.)', ['433', '79% (approx.)']],
    ['433 - 79%', ['433', '79%']],
    ['28 days 79%', ['28 days', '79%']],
    ['1\u00A0975 79%', ['1\u00A0975', '79%']],
    ['30-40 79%', ['30-40', '79%']],
    ['30 - 40 79%', ['30 - 40', '79%']],
    ['433* 79%*', ['433*', '79%*']],
    ['40+ >90%', ['40+', '>90%']],
    ['£1.2m 5%', ['£1.2m', '5%']],
    ['433 to be confirmed', ['433', 'to be confirmed']],
  ])('“%s” is taken apart', (raw, parts) => {
    expect(figureParts(raw, 2)).toEqual(parts);
  });

  it.each(['-', '', 'n/a', 'TBC', 'to be confirmed'])('“%s” stands for both', (raw) => {
    expect(figureParts(raw, 2)).toEqual([raw, raw]);
  });

  it.each(['79%', '433'])('“%s” could be either’s, and is nobody’s', (raw) => {
    expect(figureParts(raw, 2)).toEqual(['', '']);
  });

  it.each(['1 2 3', '84 of 96 87%', '12 to 18 months'])('“%s” stays whole', (raw) => {
    expect(figureParts(raw, 2)).toEqual([raw, raw]);
  });

  it('is not searched for ever where it is a long text', () => {
    const text = '1 '.repeat(4000).trim();
    expect(figureParts(text, 3)).toEqual([text, text, text]);
  });
});
