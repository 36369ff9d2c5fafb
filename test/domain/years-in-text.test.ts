/** Financial years in headings and texts. */
import { describe, expect, it } from '@jest/globals';
import { withYear, withYearsMovedOn, yearIn, yearsIn } from '../../libs/domain/years-in-text.js';

describe('a financial year in a text', () => {
  it.each([
    ['Achieved 2021/22', '2021/22'],
    ['Achieved 2022\\23', '2022/23'],
    ['Target 2025-26', '2025/26'],
    ['Target 2025/2026', '2025/26'],
    ['Target 2025 – 26', '2025/26'],
    ['funding (2022/3)', '2022/23'],
    ['Target 25/26', '2025/26'],
    ['Actual FY24/25', '2024/25'],
    ['Target 2019/20', '2019/20'],
    ['Target 2099/00', '2099/00'],
    ['2025/26 – 2027/28', '2025/26'],
  ])('“%s” names %s', (text, year) => {
    expect(yearIn(text)).toBe(year);
  });

  it.each(['Plan 2025–2028', 'Target 2025/27', '31/03/2027', '24/7', 'Grade 11/12', 'Plan 2025', ''])('is not found in “%s”', (text) => {
    expect(yearIn(text)).toBeNull();
  });

  it('can be one of several', () => {
    expect(yearsIn('2025/26 – 2027/28 (was 24/25)')).toEqual(['2025/26', '2027/28', '2024/25']);
  });

  it('can be put in the place of another', () => {
    expect(withYear('Target 25/26 (%)', '2026/27')).toBe('Target 2026/27 (%)');
    expect(withYear('Future years', '2026/27')).toBe('Future years');
  });

  it('moves on with every span', () => {
    expect(withYearsMovedOn('Plan 2025–2028, 2025/26 and 2099-00')).toBe('Plan 2026–2029, 2026/27 and 2100-01');
  });
});
