/** What a figure's cell says, in the ways in which councils write it. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aboutBoth, figureText, parseFigure, sameUnit } from '../../libs/domain/parse-figure.js';

describe('a number', () => {
  it.each([
    ['2,185', 2185, ''],
    ['60.4%', 60.4, '%'],
    ['60 %', 60, '%'],
    ['90 per cent', 90, '%'],
    ['(13,000)', -13000, ''],
    ['£1,234.50', 1234.5, '£'],
    ['(£13,000)', -13000, '£'],
    ['£(15,500)', -15500, '£'],
    ['-£500', -500, '£'],
    ['£-500', -500, '£'],
    ['-5', -5, ''],
    ['−5', -5, ''],
    ['\u201010', -10, ''],
    ['+5%', 5, '%'],
    ['\u00A07 ', 7, ''],
    ['0', 0, ''],
    ['£1.35m', 1_350_000, '£'],
    ['£1.1 million', 1_100_000, '£'],
    ['£43k', 43_000, '£'],
    ['43k', 43_000, ''],
    ['2 million', 2_000_000, ''],
    ['£2bn', 2_000_000_000, '£'],
    ['28 days', 28, 'days'],
    ['1 day', 1, 'days'],
    ['7.84 Days', 7.84, 'days'],
    ['113kg', 113, 'kg'],
    ['130.4 kg', 130.4, 'kg'],
    ['2.5hrs', 2.5, 'hours'],
    ['250k visits', 250_000, 'visits'],
    ['45 cases per month', 45, 'cases per month'],
    ['45.', 45, ''],
    ['２，１８５', 2185, ''],
    ['８２％', 82, '%'],
    ['1\u00A0975', 1975, ''],
    ['1\u2009975', 1975, ''],
    ['13\u202F000\u202F000', 13_000_000, ''],
  ])('“%s” is %d “%s”', (raw, value, unit) => {
    expect(parseFigure(raw)).toEqual({ kind: 'number', value, unit });
  });

  it.each(['45*', '45**', '45†', '45¹', '*45', '45 [1]', '45 (provisional)', '45 (p)', '45* (p)', '45 (note 2)', '\u206045'])(
    'is the same with a footnote mark (“%s”)',
    (raw) => {
      expect(parseFigure(raw)).toEqual({ kind: 'number', value: 45, unit: '' });
    },
  );

  it.each([
    ['40+', 'at least', 40, ''],
    ['at least 40', 'at least', 40, ''],
    ['≥ 90%', 'at least', 90, '%'],
    ['90%+', 'at least', 90, '%'],
    ['40+ days', 'at least', 40, 'days'],
    ['10 or more', 'at least', 10, ''],
    ['over 40', 'more than', 40, ''],
    ['>90%', 'more than', 90, '%'],
    ['up to 5', 'at most', 5, ''],
    ['within 28 days', 'at most', 28, 'days'],
    ['< 5', 'less than', 5, ''],
    ['under £2m', 'less than', 2_000_000, '£'],
    ['40.5% (approx.)', 'about', 40.5, '%'],
    ['approx. 40', 'about', 40, ''],
    ['c. 40', 'about', 40, ''],
    ['around £43k', 'about', 43_000, '£'],
    ['45 (e)', 'about', 45, ''],
  ])('“%s” is %s %d “%s”', (raw, about, value, unit) => {
    expect(parseFigure(raw)).toEqual({ kind: 'number', value, unit, about });
  });

  it('of any size is read back from how it is written in Britain', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (value) => {
        expect(parseFigure(value.toLocaleString('en-GB'))).toEqual({ kind: 'number', value, unit: '' });
      }),
    );
  });
});

describe('a range', () => {
  it.each([
    ['30-40', 30, 40, ''],
    ['30 – 40', 30, 40, ''],
    ['2–3%', 2, 3, '%'],
    ['2%-3%', 2, 3, '%'],
    ['£1m to £2m', 1_000_000, 2_000_000, '£'],
    ['£1-2m', 1_000_000, 2_000_000, '£'],
    ['12 to 18 months', 12, 18, 'months'],
    ['between 30 and 40', 30, 40, ''],
  ])('“%s” goes from %d to %d “%s”', (raw, from, to, unit) => {
    expect(parseFigure(raw)).toEqual({ kind: 'range', from, to, unit, text: raw });
  });

  it.each(['40-30', '2025-26', '2025-2026', '30-40-50', '5 days - 2%'])('is not “%s”', (raw) => {
    expect(parseFigure(raw)).toEqual({ kind: 'text', text: raw });
  });
});

describe('no figure', () => {
  it.each(['', ' ', '-', '–', '—', '‐', '\u00A0', 'n/a', 'N/A', 'n/a (new measure)', 'Not applicable', 'No target', 'New'])(
    'is said by “%s”',
    (raw) => {
      expect(parseFigure(raw)).toEqual({ kind: 'none' });
    },
  );

  it.each(['TBC', 'tba', 'T.B.C.', 'to be confirmed', 'Awaiting data', 'awaiting Q4', '45 TBC', 'not yet available', 'data to follow'])(
    'is still to come with “%s”',
    (raw) => {
      expect(parseFigure(raw)).toEqual({ kind: 'text', text: raw, pending: true });
    },
  );
});

describe('words', () => {
  it.each([
    ...['*Note', '433 79%', '1,15', '(5', '5)', '(-5)', '£5%', 'a dozen', '84 %%', '1 in 5', '3:12', '5 of 10', '5/10'],
    ...['45 (1)', '1 975', '5th', '2m', '45 m²', '5 a day', '31 March 2027', '2022/23', '10 more', 'None', '5 red', '£12 per household'],
  ])('are no figure (“%s”)', (raw) => {
    expect(parseFigure(raw)).toEqual({ kind: 'text', text: raw });
  });

  it('of any kind are read as something, and kept as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789£%()+-–.,/* kmdays toncab<>ⅷ¹\u00A0\uFF11') }), (raw) => {
        const figure = parseFigure(raw);
        if (figure.kind === 'number') expect(Number.isFinite(figure.value)).toBe(true);
        if (figure.kind === 'range') expect(figure.from).toBeLessThanOrEqual(figure.to);
      }),
    );
  });
});

describe('figures beside each other', () => {
  it.each([
    ['days', 'days', true],
    ['', 'days', true],
    ['days', 'weeks', false],
    ['', '%', false],
    ['£', '', false],
    ['%', 'days', false],
  ])('in “%s” and “%s” can be compared: %s', (one, other, comparable) => {
    expect([sameUnit(one, other), sameUnit(other, one)]).toEqual([comparable, comparable]);
  });

  it('are together as exact as the less exact of them', () => {
    expect(aboutBoth(undefined, undefined)).toBeUndefined();
    expect(aboutBoth('at least', undefined)).toBe('at least');
    expect(aboutBoth('at least', 'at most')).toBe('about');
  });

  it('keep the spaces between their thousands, and no others', () => {
    expect(figureText(' 1\u2009975  ')).toBe('1\u00A0975');
    expect(figureText('433\u00A079%')).toBe('433 79%');
  });
});
