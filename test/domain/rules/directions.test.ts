/** Which way measures should move, and targets that are looser than the last result or far from all of them. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { projectRoot } from '../../../libs/config/paths.js';
import { DEFAULT_SETTINGS } from '../../../libs/domain/findings.js';
import { readMeasureSettings } from '../../../libs/domain/measure-settings.js';
import { addedBy, foundInSeed } from './changed-seed.js';

const measures = readMeasureSettings(JSON.parse(readFileSync(`${projectRoot}/docs/demonstration/measure-settings.json`, 'utf8')));
const settings = { ...DEFAULT_SETTINGS, measures };

describe('a direction', () => {
  it('is asked for only where a measure is rated', () => {
    expect(foundInSeed('direction-unknown', settings)).toMatchObject([{ code: 'ComS_025', severity: 'warning' }]);
  });

  it('is not asked for where no settings are at hand', () => {
    expect(foundInSeed('direction-unknown')).toEqual([]);
  });

  const turned = (code: string, direction: 'lower' | 'higher') => ({
    ...settings,
    measures: measures.map((one) => (one.code === code && one.table === 'csi' ? { ...one, direction } : one)),
  });

  it('is queried where it contradicts the words of its indicator', () => {
    expect(foundInSeed('direction-against-wording', turned('ComS_011', 'higher'))).toMatchObject([
      { code: 'ComS_011', column: 'description', severity: 'note' },
    ]);
    expect(
      addedBy('direction-against-wording', 'Number of residents referred', 'Increase in residents referred', turned('ComS_100', 'lower')),
    ).toMatchObject([{ code: 'ComS_100' }]);
  });

  it('is not queried where the words say nothing, or agree', () => {
    expect(foundInSeed('direction-against-wording', settings)).toEqual([]);
    expect(foundInSeed('direction-against-wording', turned('ComS_001', 'higher'))).toEqual([]);
  });
});

describe('a target that the last result beats', () => {
  it('is told by the wording', () => {
    expect(addedBy('looser-target', '\t100\t100\t100\t', '\t100\t150\t100\t')).toMatchObject([
      { code: 'ComS_013', column: 'target 2025/26' },
    ]);
  });

  it('is told by the settings where the words say nothing', () => {
    const [from, to] = ['\t22%\t20%\t20%', '\t22%\t30%\t20%'] as const;
    expect(addedBy('looser-target', from, to)).toEqual([]);
    expect(addedBy('looser-target', from, to, settings)).toMatchObject([{ code: 'ComS_24' }]);
  });

  it('is not seen where the units differ, nor by a result that cannot be right', () => {
    expect(addedBy('looser-target', '\t100\t100\t100\t', '\t100\t150%\t100\t')).toEqual([]);
    expect(foundInSeed('looser-target', settings)).toEqual([]);
  });
});

describe('a target that never moves', () => {
  it('is queried where the results are far from it and do not come nearer', () => {
    expect(foundInSeed('far-target').map(({ code }) => code)).toEqual(['ComS_013', 'ComS_014', 'ComS_032', 'ComS_013d', 'ComS_NEW']);
  });

  it('is queried once for a measure that stands in both tables', () => {
    expect(foundInSeed('far-target', settings).filter(({ code }) => code === 'ComS_014')).toHaveLength(1);
  });

  it('is fine where it moves, is near, or the results are on their way to it', () => {
    const [from, results] = ['60.4%\t57.7%\t62.2%\t80%\t80%\t80%', '60.4%\t57.7%\t62.2%'] as const;
    const without = (to: string) => addedBy('far-target', from, to).filter(({ code }) => code === 'ComS_032');
    expect(without(`${results}\t65%\t65%\t65%`)).toEqual([]);
    expect(without(`${results}\t80%\t81%\t82%`)).toEqual([]);
    expect(without('40%\t50%\t60%\t80%\t80%\t80%')).toEqual([]);
    expect(without('60%\t50%\t40%\t80%\t80%\t80%')).toHaveLength(1);
    expect(without('n/a\tn/a\t40%\t80%\t80%\t80%')).toEqual([]);
  });
});
