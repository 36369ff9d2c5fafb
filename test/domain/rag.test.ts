/** Red, amber and green: where the lines run, and when there is no status at all. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { queryOf } from '../../libs/domain/figure-queries.js';
import { parseFigure } from '../../libs/domain/parse-figure.js';
import { ragOf, writeFigure, type Direction } from '../../libs/domain/rag.js';

const ask = (figure: string, target: string, direction: Direction = 'lower', tolerancePercent = 5) =>
  ragOf({ figure: parseFigure(figure), target: parseFigure(target), direction, dataOnly: false, tolerancePercent });

describe('red, amber or green', () => {
  it.each([
    ['400', '400', 'lower', 'green'],
    ['399', '400', 'lower', 'green'],
    ['401', '400', 'lower', 'amber'],
    ['420', '400', 'lower', 'amber'],
    ['421', '400', 'lower', 'red'],
    ['400', '400', 'higher', 'green'],
    ['399', '400', 'higher', 'amber'],
    ['380', '400', 'higher', 'amber'],
    ['379', '400', 'higher', 'red'],
    ['77.9%', '82%', 'higher', 'amber'],
    ['77.8%', '82%', 'higher', 'red'],
    ['0', '0', 'lower', 'green'],
    ['1', '0', 'lower', 'red'],
    ['(12,000)', '(13,000)', 'lower', 'red'],
    ['(12,500)', '(13,000)', 'lower', 'amber'],
    ['£1,900', '£1,850', 'lower', 'amber'],
  ] as const)('%s against %s, %s is better: %s', (figure, target, direction, status) => {
    expect(ask(figure, target, direction).status).toBe(status);
  });

  it('says its rule in words', () => {
    expect(ask('421', '400')).toEqual({ status: 'red', rule: '421 against a target of 400; lower is better; more than 5% above it' });
    expect(ask('410', '400')).toEqual({ status: 'amber', rule: '410 against a target of 400; lower is better; within 5% of it' });
    expect(ask('70%', '82%', 'higher')).toEqual({
      status: 'red',
      rule: '70% against a target of 82%; higher is better; more than 5% below it',
    });
    expect(ask('1,800', '1,850')).toEqual({
      status: 'green',
      rule: '1,800 against a target of 1,850; lower is better; on target or better',
    });
  });

  it('takes the tolerance that the council set', () => {
    expect(ask('430', '400', 'lower', 10)).toEqual({
      status: 'amber',
      rule: '430 against a target of 400; lower is better; within 10% of it',
    });
    expect(ask('401', '400', 'lower', 0).status).toBe('red');
  });

  it('is not misled by decimals that a machine cannot hold exactly', () => {
    const target = { kind: 'number', value: 0.3, unit: '' } as const;
    const figure = { kind: 'number', value: 0.1 + 0.2, unit: '' } as const;
    expect(ragOf({ figure, target, direction: 'lower', dataOnly: false, tolerancePercent: 0 }).status).toBe('green');
  });

  it.each([
    ['400', '', 'There is no target.'],
    ['400', '-', 'There is no target.'],
    ['400', 'TBC', 'The target "TBC" says that it is still to come.'],
    ['400', '*Note', 'The target "*Note" is not a number.'],
    ['400', '300-400', 'The target "300-400" is a range, which a number cannot be rated against.'],
    ['a few', '400', 'The figure "a few" is not a number.'],
    ['380-400', '400', 'The figure "380-400" is a range, which a number cannot be rated against.'],
    ['n/a', '400', 'There is no figure.'],
    ['28 days', '4 weeks', '28 days against a target of 4 weeks: they are not in the same unit.'],
    ['', '400', 'There is no figure.'],
    ['79', '82%', '79 against a target of 82%: they are not in the same unit.'],
  ])('has no status for "%s" against "%s", and says why', (figure, target, reason) => {
    expect(ask(figure, target)).toEqual({ status: null, reason });
  });

  it('counts a number that is not meant exactly as the number, and says how it is written', () => {
    expect(ask('42', '40+', 'higher')).toEqual({
      status: 'green',
      rule: '42 against a target of at least 40; higher is better; on target or better',
    });
    expect(ask('approx. 30', '28 days')).toEqual({
      status: 'red',
      rule: 'about 30 against a target of 28 days; lower is better; more than 5% above it',
    });
  });

  it('has no status where the direction is unknown or the measure is data only, and gives the reason that is set', () => {
    const question = { figure: parseFigure('1'), target: parseFigure('1'), tolerancePercent: 5 };
    expect(ask('1,060', '1,100', 'unknown')).toEqual({ status: null, reason: 'It is not settled whether lower or higher is better.' });
    expect(ragOf({ ...question, direction: 'unknown', dataOnly: false, reason: 'Reporting is encouraged.' })).toEqual({
      status: null,
      reason: 'Reporting is encouraged.',
    });
    expect(ragOf({ ...question, direction: 'lower', dataOnly: true })).toEqual({ status: null, reason: 'It is kept for its data only.' });
  });

  it('never gets better when the figure gets worse', () => {
    const order = ['green', 'amber', 'red'];
    const number = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(number, number, number, fc.constantFrom('lower', 'higher'), (target, one, other, direction) => {
        const [better, worse] =
          direction === 'lower' ? [Math.min(one, other), Math.max(one, other)] : [Math.max(one, other), Math.min(one, other)];
        const rank = (value: number) => order.indexOf(ask(String(value), String(target), direction).status ?? '');
        expect(rank(better)).toBeGreaterThanOrEqual(0);
        expect(rank(worse)).toBeGreaterThanOrEqual(rank(better));
      }),
    );
  });
});

describe('a figure in words', () => {
  it.each([
    [{ value: 1850, unit: '' }, '1,850'],
    [{ value: 462.5, unit: '' }, '462.5'],
    [{ value: 60.4, unit: '%' }, '60.4%'],
    [{ value: -13000, unit: '£' }, '-£13,000'],
    [{ value: -0.001, unit: '' }, '0'],
    [{ value: 28, unit: 'days' }, '28 days'],
    [{ value: 40, unit: '%', about: 'at least' }, 'at least 40%'],
  ] as const)('%j is %s', (figure, words) => {
    expect(writeFigure(figure)).toBe(words);
  });
});

describe('a query about a figure', () => {
  it.each([
    ['103%', '70%', '103% is not between 0% and 100%. Is it right?'],
    ['73,390', '420', '73,390 is more than ten times the target of 420. Is it right?'],
    ['4', '420', '4 is less than a tenth of the target of 420. Is it right?'],
    ['420', '420', null],
    ['100%', '100%', null],
    ['TBC', '420', null],
    ['12', '0', null],
  ])('%s against %s: %s', (figure, target, query) => {
    expect(queryOf(parseFigure(figure), parseFigure(target))).toBe(query);
  });
});
