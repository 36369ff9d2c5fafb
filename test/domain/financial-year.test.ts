/** Financial years and quarters: how they are written, when they begin and end. */
import { describe, expect, it } from '@jest/globals';
import * as years from '../../libs/domain/financial-year.js';

describe('a financial year', () => {
  it('is written one way for people and another in addresses', () => {
    expect(years.financialYearId('2025/26')).toBe('2025-26');
    expect(years.financialYearFromId('2025-26')).toBe('2025/26');
    expect(years.parseFinancialYear('2099/00')).toBe('2099/00');
  });

  it.each(['2025/27', '2025-26', '2025', '25/26', '2025/2026', ' 2025/26'])('is not "%s"', (text) => {
    expect(() => years.parseFinancialYear(text)).toThrow('Write it like 2025/26.');
  });

  it.each(['2025/26', '2025-27', '2025'])('is not "%s" in an address', (text) => {
    expect(() => years.financialYearFromId(text)).toThrow('is not a financial year');
  });

  it('runs from 1 April to 31 March', () => {
    expect(years.firstDay('2025/26')).toBe('2025-04-01');
    expect(years.lastDay('2025/26')).toBe('2026-03-31');
    expect(years.currentYearOf('2025-03-31')).toBe('2024/25');
    expect(years.currentYearOf('2025-04-01')).toBe('2025/26');
  });

  it('has one before and one after, across a century too', () => {
    expect(years.nextYear('2098/99')).toBe('2099/00');
    expect(years.previousYear('2100/01')).toBe('2099/00');
    expect(years.nextYear(years.previousYear('2025/26'))).toBe('2025/26');
  });

  it.each([
    [1, '2025-04-01', '2025-06-30', 'Quarter 1 of 2025/26 (April to June 2025)'],
    [2, '2025-07-01', '2025-09-30', 'Quarter 2 of 2025/26 (July to September 2025)'],
    [3, '2025-10-01', '2025-12-31', 'Quarter 3 of 2025/26 (October to December 2025)'],
    [4, '2026-01-01', '2026-03-31', 'Quarter 4 of 2025/26 (January to March 2026)'],
  ] as const)('has a quarter %i from %s to %s', (quarter, start, end, words) => {
    expect(years.quarterStart('2025/26', quarter)).toBe(start);
    expect(years.quarterEnd('2025/26', quarter)).toBe(end);
    expect(years.quarterInWords('2025/26', quarter)).toBe(words);
    expect(years.quarterOf(start)).toEqual({ year: '2025/26', quarter });
    expect(years.quarterOf(end)).toEqual({ year: '2025/26', quarter });
  });

  it('refuses to place what is no date', () => {
    expect(() => years.quarterOf('2025-13-01')).toThrow('is not a date');
  });
});
