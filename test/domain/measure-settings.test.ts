/** What follows from a measure's settings: when it is due, its target and its figure to date; and the demonstration's settings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../libs/config/paths.js';
import type { Quarter } from '../../libs/domain/financial-year.js';
import * as measures from '../../libs/domain/measure-settings.js';
import { parseFigure } from '../../libs/domain/parse-figure.js';

const sum: measures.MeasureSettings = {
  code: 'X_1',
  table: 'csi',
  direction: 'lower',
  frequency: 'quarterly',
  addsUp: 'sum',
  dataOnly: false,
};
const rate: measures.MeasureSettings = { ...sum, addsUp: 'rate' };
const yearly: measures.MeasureSettings = { ...sum, frequency: 'yearly', addsUp: 'latest' };
const number = (value: number, unit = '') => ({ kind: 'number', value, unit });
const figures = (...raw: string[]) => new Map(raw.map((each, index) => [(index + 1) as Quarter, each]));

describe('a target to date', () => {
  it('is spread evenly over the quarters of a sum, and said to be assumed', () => {
    expect(measures.targetToDate(parseFigure('1,850'), sum, 1)).toEqual({ target: number(462.5), assumed: true });
    expect(measures.targetToDate(parseFigure('1,850'), sum, 3)).toEqual({ target: number(1387.5), assumed: true });
  });

  it('is the whole target at the end of the year, which is no assumption', () => {
    expect(measures.targetToDate(parseFigure('1,850'), sum, 4)).toEqual({ target: number(1850), assumed: false });
  });

  it('follows the profile that is set', () => {
    const profiled: measures.MeasureSettings = { ...sum, profile: [0.1, 0.2, 0.6, 1] };
    expect(measures.targetToDate(parseFigure('400'), profiled, 2)).toEqual({ target: number(80), assumed: false });
    expect(measures.targetToDate(parseFigure('400'), profiled, 4)).toEqual({ target: number(400), assumed: false });
  });

  it('is the same in each quarter for a rate', () => {
    expect(measures.targetToDate(parseFigure('82%'), rate, 1)).toEqual({ target: number(82, '%'), assumed: false });
  });

  it('is what was written where that is no number', () => {
    expect(measures.targetToDate(parseFigure('TBC'), sum, 1).target).toEqual({ kind: 'text', text: 'TBC', pending: true });
    expect(measures.targetToDate(parseFigure('30-40'), sum, 1).target).toMatchObject({ kind: 'range', text: '30-40' });
    expect(measures.targetToDate(parseFigure(''), sum, 1).target).toEqual({ kind: 'none' });
  });
});

describe('a figure to date', () => {
  it('adds the quarters of a sum', () => {
    expect(measures.figureToDate(figures('100', '1,110', '5'), sum, 2)).toEqual(number(1210));
  });

  it('adds figures with a unit to such without, and keeps how exactly they are meant', () => {
    expect(measures.figureToDate(figures('10 visits', '5'), sum, 2)).toEqual(number(15, 'visits'));
    expect(measures.figureToDate(figures('10+', '5'), sum, 2)).toEqual({ ...number(15), about: 'at least' });
    expect(measures.figureToDate(figures('10 days', '2 weeks'), sum, 2)).toEqual({ kind: 'text', text: '10 days + 2 weeks' });
  });

  it('is not known where one quarter is missing, and says which', () => {
    expect(measures.figureToDate(figures('', '110'), sum, 2)).toEqual({ kind: 'missing', quarters: [1] });
    expect(measures.figureToDate(new Map(), sum, 3)).toEqual({ kind: 'missing', quarters: [1, 2, 3] });
  });

  it("is the quarter's own for a rate and for a yearly figure", () => {
    expect(measures.figureToDate(figures('', '79%'), rate, 2)).toEqual(number(79, '%'));
    expect(measures.figureToDate(figures('79%', ''), rate, 2)).toEqual({ kind: 'missing', quarters: [2] });
    expect(measures.figureToDate(figures('', '', '', '62%'), { ...yearly, addsUp: 'sum' }, 4)).toEqual(number(62, '%'));
  });

  it('is what was written where that cannot be added', () => {
    expect(measures.figureToDate(figures('10', 'TBC'), sum, 2)).toEqual({ kind: 'text', text: 'TBC', pending: true });
    expect(measures.figureToDate(figures('10', '5-6'), sum, 2)).toMatchObject({ kind: 'range', text: '5-6' });
    expect(measures.figureToDate(figures('10', 'n/a'), sum, 2)).toEqual({ kind: 'missing', quarters: [2] });
    expect(measures.figureToDate(figures('10', '5%'), sum, 2)).toEqual({ kind: 'text', text: '10 + 5%' });
  });
});

describe('the settings of measures', () => {
  const file: unknown = JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/measure-settings.json'), 'utf8'));
  const settings = measures.readMeasureSettings(file);
  const codes = (table: 'csi' | 'kpi', wanted: (each: measures.MeasureSettings) => boolean) =>
    settings.filter((each) => each.table === table && wanted(each)).map((each) => each.code.replace('ComS_', ''));

  it('are those that domain.md section f sets for the demonstration', () => {
    const is = (direction: string, frequency: string, addsUp?: string) => (each: measures.MeasureSettings) =>
      !each.dataOnly && each.direction === direction && each.frequency === frequency && (addsUp ?? each.addsUp) === each.addsUp;
    expect(settings).toHaveLength(18);
    expect(codes('csi', is('lower', 'quarterly', 'sum'))).toEqual(['011', '012', '013', '014', '001']);
    expect(codes('csi', is('lower', 'quarterly', 'rate'))).toEqual(['24']);
    expect(codes('csi', is('unknown', 'quarterly'))).toEqual(['025']);
    expect(codes('csi', is('higher', 'yearly'))).toEqual(['032']);
    expect(codes('csi', is('higher', 'quarterly', 'sum'))).toEqual(['100']);
    expect(codes('kpi', (each) => each.dataOnly)).toEqual(['012', '013', '014']);
    expect(codes('kpi', is('higher', 'quarterly', 'rate'))).toEqual(['012d', '013d', '014d', '048', '049']);
    expect(codes('kpi', is('higher', 'yearly'))).toEqual(['NEW']);
  });

  it('give a reason wherever there is no RAG', () => {
    for (const each of settings)
      expect([each.code, each.reason !== undefined]).toEqual([each.code, each.dataOnly || each.direction === 'unknown']);
  });

  it('leave a yearly measure to the last quarter', () => {
    expect(([1, 2, 3, 4] as const).map((quarter) => measures.isDueIn(yearly, quarter))).toEqual([false, false, false, true]);
    expect(measures.isDueIn(sum, 1)).toBe(true);
  });

  it('are refused with the place of what is wrong', () => {
    expect(() => measures.readMeasureSettings([{ ...sum, direction: 'sideways' }])).toThrow('/0/direction');
    expect(() => measures.readMeasureSettings([{ ...sum, profile: [0.1, 0.2, 0.3, 0.9] }])).toThrow('/0/profile/3');
  });

  it('are refused where a measure is set twice in one table, not where it stands in both', () => {
    expect(() => measures.readMeasureSettings([sum, rate])).toThrow('The settings of X_1 in the CSI table are given twice.');
    expect(measures.readMeasureSettings([sum, { ...sum, table: 'kpi' }])).toHaveLength(2);
  });
});
