/** What a careful reader queries in a plan: the seed's faults, each rule on a plan that breaks it, and on one that does not. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { projectRoot } from '../../libs/config/paths.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import type { Finding } from '../../libs/domain/finding.js';
import { DEFAULT_SETTINGS, findingsOf, RULES } from '../../libs/domain/findings.js';
import { readMeasureSettings } from '../../libs/domain/measure-settings.js';
import { seedPlan, seedPosts, seedWith } from '../support/seed-plan.js';

const inSeed = findingsOf(seedPlan());

function foundBy(rule: string, findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.rule === rule);
}

/** The findings of one rule that a change of the seed's text adds. */
function addedBy(rule: string, from: string, to: string): Finding[] {
  const before = foundBy(rule, inSeed).map(({ message }) => message);
  return foundBy(rule, findingsOf(readPlanText(seedWith(from, to)))).filter(({ message }) => !before.includes(message));
}

describe('the errors of the seed', () => {
  const errors = inSeed.filter(({ severity }) => severity === 'error');

  it('are the four that its readers should have stopped at', () => {
    expect(errors.map(({ rule, line, code, column }) => [rule, line, code, column])).toEqual([
      ['percentage-out-of-range', 71, 'ComS_014d', 'achieved 2023/24'],
      ['placeholder-code', 72, 'ComS_NEW', 'description'],
      ['repeated-action-code', 84, 'BCRP', 'action'],
      ['no-target-date', 130, 'ComS_2528_03', 'officers'],
    ]);
  });

  it('say that the 103 % equals the count beside it, and where the other BCRP stands', () => {
    expect(errors[0]?.message).toContain('equals the count beside it (ComS_014)');
    expect(errors[2]?.message).toContain('line 81');
  });

  it('do not include the target date told in words, which is a warning', () => {
    expect(foundBy('prose-target-date', inSeed)).toMatchObject([{ severity: 'warning', line: 129, code: 'COMS2528_02' }]);
  });
});

describe('the warnings and notes of the seed', () => {
  const withRegister = findingsOf(seedPlan(), { ...DEFAULT_SETTINGS, register: seedPosts });
  const places = (severity: string) =>
    withRegister.filter((finding) => finding.severity === severity).map(({ rule, line, code }) => [rule, line, code]);

  it('are those that a careful reader would query, each once', () => {
    expect(places('warning')).toEqual([
      ['code-form', 50, 'ComS_24'],
      ['no-owner', 51, 'ComS_025'],
      ['date-before-code-year', 106, 'COMS2627_11'],
      ['unknown-post', 114, 'COMS2427_12'],
      ['blank-outcome', 129, 'COMS2528_02'],
      ['prose-target-date', 129, 'COMS2528_02'],
      ['code-form', 130, 'ComS_2528_03'],
      ['budget-line-incomplete', 136, null],
      ['budget-line-incomplete', 138, null],
      ['budget-line-incomplete', 139, null],
      ['budget-line-incomplete', 141, null],
      ['net-not-sum', 142, null],
      ['too-many-csi', null, null],
    ]);
    expect(places('note')).toEqual([
      ['comments-differ', 42, 'ComS_013'],
      ['post-spelled-otherwise', 45, 'ComS_014'],
      ['new-with-results', 59, 'ComS_100'],
      ['markup-in-cell', 71, 'ComS_014'],
      ['markup-in-cell', 72, 'ComS_NEW'],
      ['markup-in-cell', 73, 'ComS_048'],
      ['post-spelled-otherwise', 92, 'COMS2527_01'],
      ['post-spelled-otherwise', 96, 'COMS2425_06'],
      ['gap-in-codes', 115, 'COMS2427_14'],
      ['post-spelled-otherwise', 130, 'ComS_2528_03'],
      ['post-spelled-otherwise', 130, 'ComS_2528_03'],
      ['headings-differ', null, 'CS3'],
      ['headings-differ', null, 'CS3'],
    ]);
  });

  it('find the missing owner without a register too, and then say nothing of other posts', () => {
    expect(foundBy('no-owner', inSeed)).toMatchObject([{ code: 'ComS_025' }]);
    expect([...foundBy('unknown-post', inSeed), ...foundBy('post-spelled-otherwise', inSeed)]).toEqual([]);
  });
});

describe('a rule', () => {
  it('about two tables lets figures pass that agree, and tells those that do not', () => {
    expect(foundBy('figures-disagree', inSeed)).toEqual([]);
    expect(addedBy('figures-disagree', '\t84 87%\t', '\t85 87%\t')).toMatchObject([
      { code: 'ComS_013', column: 'achieved 2021/22', line: 68 },
    ]);
  });

  it('about figures sees words, and cells with too few figures for their codes', () => {
    expect(addedBy('figure-not-understood', '60.4%', 'TBC')).toMatchObject([{ code: 'ComS_032', column: 'achieved 2021/22' }]);
    expect(addedBy('figure-not-understood', '84 87%', '84')).toMatchObject([{ code: 'ComS_013', line: 68 }]);
    expect(addedBy('figure-not-understood', '84 87%', '84 of 96 87%')).toHaveLength(1);
  });

  it('about targets tells one that the last result already beats, by the wording or by the settings', () => {
    expect(addedBy('looser-target', '\t100\t100\t100\t', '\t100\t150\t100\t')).toMatchObject([
      { code: 'ComS_013', column: 'target 2025/26' },
    ]);
    const plan = readPlanText(seedWith('\t22%\t20%\t20%', '\t22%\t30%\t20%'));
    const measures = [{ code: 'ComS_24', table: 'csi', direction: 'lower', dataOnly: false } as const];
    expect(foundBy('looser-target', findingsOf(plan))).toEqual([]);
    expect(foundBy('looser-target', findingsOf(plan, { ...DEFAULT_SETTINGS, measures }))).toMatchObject([{ code: 'ComS_24' }]);
  });

  it('about directions asks only for measures that are rated', () => {
    const measures = readMeasureSettings(JSON.parse(readFileSync(`${projectRoot}/docs/demonstration/measure-settings.json`, 'utf8')));
    const found = foundBy('direction-unknown', findingsOf(seedPlan(), { ...DEFAULT_SETTINGS, measures }));
    expect(found).toMatchObject([{ code: 'ComS_025', severity: 'warning' }]);
  });

  it('about the plan’s years sees a date after the last', () => {
    expect(addedBy('date-beyond-plan', 'September 2025', 'April 2028')).toMatchObject([{ code: 'BCRPMS_01' }]);
    expect(addedBy('date-beyond-plan', 'September 2025', 'March 2028')).toEqual([]);
  });

  it('about the net line lets the right sum pass', () => {
    const plan = readPlanText(seedWith('\t*Note\t*Note\t*Note', '\t(13,000)\t-\t-'));
    expect(foundBy('net-not-sum', findingsOf(plan))).toEqual([]);
  });

  it('about the limit of CSIs follows the council’s number', () => {
    expect(foundBy('too-many-csi', findingsOf(seedPlan(), { maximumCsi: 9 }))).toEqual([]);
  });

  it('about percentages lets 0% and 100% pass and counts alone', () => {
    expect(addedBy('percentage-out-of-range', '60.4%', '100.1%')).toMatchObject([{ code: 'ComS_032', severity: 'error' }]);
    expect(addedBy('percentage-out-of-range', '60.4%', '-1%')).toHaveLength(1);
    expect(addedBy('percentage-out-of-range', '60.4%', '0%')).toEqual([]);
    expect(addedBy('percentage-out-of-range', '60.4%', '104')).toEqual([]);
  });

  it('about codes sees one on three actions twice, whatever its capitals', () => {
    const found = findingsOf(readPlanText(seedWith('BCRPASB_29', 'bcrpasb_30').replace('BCRPASB_28', 'BcrpASB_30')));
    expect(foundBy('repeated-action-code', found)).toHaveLength(3);
  });

  it('about placeholders sees TBC as well', () => {
    expect(addedBy('placeholder-code', 'COMS2528_01', 'COMS_TBC')).toMatchObject([{ code: 'COMS_TBC', column: 'action' }]);
  });

  it('about dates sees a missing one, and words in its place', () => {
    expect(addedBy('no-target-date', 'Communities and Community Safety September 2025', 'Communities and Community Safety')).toMatchObject([
      { code: 'BCRPMS_01', line: 107 },
    ]);
    expect(addedBy('prose-target-date', 'September 2025', 'Ongoing')).toMatchObject([{ code: 'BCRPMS_01' }]);
  });

  it('about targets looks at the plan’s first year, for each measure', () => {
    expect(addedBy('no-first-year-target', '\t400\t420\t450\t', '\t400\t\t450\t')).toMatchObject([
      { code: 'ComS_100', column: 'target 2025/26' },
    ]);
    expect(addedBy('no-first-year-target', '\t400\t420\t450\t', '\t\t420\t\t')).toEqual([]);
    expect(addedBy('no-first-year-target', '\t60 70%\t60 70%\t60 70%\t', '\t60 70%\t-\t60 70%\t').map(({ code }) => code)).toEqual([
      'ComS_014',
      'ComS_014d',
    ]);
  });

  it('about cells sees rows that are too long and too short', () => {
    expect(addedBy('wrong-number-of-cells', '\t789\t1,150', '\t789\t\t1,150')).toMatchObject([{ line: 51, code: 'ComS_025' }]);
    expect(addedBy('wrong-number-of-cells', 'BWP / Juno / Equation\t', '')).toMatchObject([{ code: 'COMS2224_08a' }]);
  });

  it('has a title, an explanation and a name of its own', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
    for (const { title, explanation } of RULES) expect([title.length > 10, explanation.length > 60]).toEqual([true, true]);
  });
});

describe('the list of findings', () => {
  it('is in the order of the lines, those without a line last', () => {
    const lines = inSeed.map(({ line }) => line ?? Infinity);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it('names rules of the table only and leads to rows of the plan', () => {
    const rules = RULES.map(({ name }) => name);
    expect(inSeed.filter(({ rule }) => !rules.includes(rule))).toEqual([]);
    expect(inSeed.filter(({ line, rowId }) => line !== null && rowId === null)).toEqual([]);
  });

  it('leaves the plan as it was', () => {
    const plan = seedPlan();
    findingsOf(plan);
    expect(plan).toEqual(seedPlan());
  });
});
