/** What is asked about a quarter's figure before it is saved. */
import { describe, expect, it } from '@jest/globals';
import { checkFigure, targetOfQuarter } from '../../libs/domain/check-figure.js';
import { settingsNotMade, type MeasureSettings } from '../../libs/domain/measure-settings.js';

const sum: MeasureSettings = { ...settingsNotMade('csi', 'ComS_011'), direction: 'lower', addsUp: 'sum' };
const rate: MeasureSettings = { ...sum, addsUp: 'rate' };

describe('a figure that somebody gives for a quarter', () => {
  it.each(['498', '1,745', '0', '(3)', '-2.5'])('is taken where it fits the quarter’s share of the target (%s)', (raw) => {
    expect(checkFigure(raw, { target: raw === '498' ? '1,850' : '', settings: sum }, 2)).toEqual({ kind: 'fine' });
  });

  it.each(['TBC', 'a dozen', 'n/a', '84 %%', '30-40'])('is none where it cannot be read (%s)', (raw) => {
    expect(checkFigure(raw, { target: '70%', settings: rate }, 2)).toMatchObject({ kind: 'unreadable' });
  });

  it.each([
    ['103%', '70%', rate, 'not between 0% and 100%'],
    ['84', '70%', rate, 'not in the unit of its target of 70%'],
    ['12 months', '70%', rate, 'not in the unit of its target of 70%'],
    ['73,390', '420', sum, 'more than ten times the target of 105'],
    ['4', '420', sum, 'less than a tenth of the target of 105'],
  ])('is asked about where it looks like a slip of the pen (%s against %s)', (raw, target, settings, words) => {
    expect(checkFigure(raw, { target, settings }, 3)).toEqual({ kind: 'query', message: expect.stringContaining(words) as unknown });
  });

  it('takes the unit of its target where it has none', () => {
    expect(checkFigure('27', { target: '28 days', settings: rate }, 2)).toEqual({ kind: 'fine' });
    expect(checkFigure('27 days', { target: '28 days', settings: rate }, 2)).toEqual({ kind: 'fine' });
  });

  it('is held against what the profile leaves for the quarter', () => {
    const profiled: MeasureSettings = { ...sum, profile: [0.1, 0.2, 0.5, 1] };
    expect([1, 2, 3, 4].map((quarter) => targetOfQuarter('100', profiled, quarter as 1 | 2 | 3 | 4))).toEqual(
      [10, 10, 30, 50].map((value) => ({ kind: 'number', value, unit: '' })),
    );
    expect(targetOfQuarter('70%', rate, 3)).toEqual({ kind: 'number', value: 70, unit: '%' });
  });
});
