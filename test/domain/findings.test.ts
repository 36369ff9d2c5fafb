/** What a careful reader queries in a plan: the seed's faults, each once; and the rules of old, each on a plan that breaks it and on one that does not. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { projectRoot } from '../../libs/config/paths.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { DEFAULT_SETTINGS, findingsOf, RULES } from '../../libs/domain/findings.js';
import { readMeasureSettings } from '../../libs/domain/measure-settings.js';
import { seedPlan, seedPosts, seedWith } from '../support/seed-plan.js';
import { addedBy, foundBy, foundInSeed } from './rules/changed-seed.js';

const measures = readMeasureSettings(JSON.parse(readFileSync(`${projectRoot}/docs/demonstration/measure-settings.json`, 'utf8')));
const inSeed = findingsOf(seedPlan());

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
    expect(foundInSeed('prose-target-date')).toMatchObject([{ severity: 'warning', line: 129, code: 'COMS2528_02' }]);
  });
});

describe('the warnings and notes of the seed', () => {
  const places = (severity: string, findings = inSeed) =>
    findings.filter((finding) => finding.severity === severity).map(({ rule, line, code }) => [rule, line, code]);

  it('are those that a careful reader would query, each once', () => {
    expect(places('warning')).toEqual([
      ['far-target', 42, 'ComS_013'],
      ['far-target', 45, 'ComS_014'],
      ['code-form', 50, 'ComS_24'],
      ['no-owner', 51, 'ComS_025'],
      ['far-target', 54, 'ComS_032'],
      ['far-target', 68, 'ComS_013d'],
      ['far-target', 72, 'ComS_NEW'],
      ['date-before-code-year', 106, 'COMS2627_11'],
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
      ['headings-differ', 58, 'CS3'],
      ['headings-differ', 58, 'CS3'],
      ['new-with-results', 59, 'ComS_100'],
      ['markup-in-cell', 71, 'ComS_014'],
      ['markup-in-cell', 72, 'ComS_NEW'],
      ['markup-in-cell', 73, 'ComS_048'],
      ['titles-differ', 92, 'COMS2527_01'],
      ['titles-differ', 96, 'COMS2425_06'],
      ['titles-differ', 114, 'COMS2427_12'],
      ['gap-in-codes', 115, 'COMS2427_14'],
      ['titles-differ', 130, 'ComS_2528_03'],
      ['sum-told-elsewhere', 138, null],
    ]);
  });

  it('are the same with a register and with the settings of measures, but for posts and directions', () => {
    const findings = findingsOf(seedPlan(), { ...DEFAULT_SETTINGS, register: seedPosts, measures });
    const before = [...places('error'), ...places('warning'), ...places('note')].map((place) => JSON.stringify(place));
    const now = [...places('error', findings), ...places('warning', findings), ...places('note', findings)];
    expect(now.filter((place) => !before.includes(JSON.stringify(place)))).toEqual([
      ['direction-unknown', 51, 'ComS_025'],
      ['unknown-post', 114, 'COMS2427_12'],
      ['post-spelled-otherwise', 45, 'ComS_014'],
      ['post-spelled-otherwise', 92, 'COMS2527_01'],
      ['post-spelled-otherwise', 96, 'COMS2425_06'],
      ['post-spelled-otherwise', 130, 'ComS_2528_03'],
      ['post-spelled-otherwise', 130, 'ComS_2528_03'],
    ]);
    expect(now).toHaveLength(before.length - 4 + 7);
  });

  it('can be read in a table, and promise nobody that they can be accepted', () => {
    const all = [...inSeed, ...findingsOf(seedPlan(), { ...DEFAULT_SETTINGS, register: seedPosts, measures })];
    expect(all.filter(({ message }) => message.length > 250 || /accept/i.test(message))).toEqual([]);
  });
});

describe('a rule', () => {
  it('about two tables lets figures pass that agree, and tells those that do not', () => {
    expect(foundInSeed('figures-disagree')).toEqual([]);
    expect(addedBy('figures-disagree', '\t84 87%\t', '\t85 87%\t')).toMatchObject([
      { code: 'ComS_013', column: 'achieved 2021/22', line: 68 },
    ]);
  });

  it('about the plan’s years sees a date after the last', () => {
    expect(addedBy('date-beyond-plan', 'September 2025', 'April 2028')).toMatchObject([{ code: 'BCRPMS_01' }]);
    expect(addedBy('date-beyond-plan', 'September 2025', 'March 2028')).toEqual([]);
  });

  it('about the net line lets the right sum pass', () => {
    const plan = readPlanText(seedWith('\t*Note\t*Note\t*Note', '\t(13,000)\t-\t-'));
    expect(foundBy('net-not-sum', plan)).toEqual([]);
  });

  it('about the limit of CSIs follows the council’s number', () => {
    expect(foundBy('too-many-csi', seedPlan(), { maximumCsi: 9 })).toEqual([]);
  });

  it('about percentages lets 0% and 100% pass and counts alone', () => {
    expect(addedBy('percentage-out-of-range', '60.4%', '100.1%')).toMatchObject([{ code: 'ComS_032', severity: 'error' }]);
    expect(addedBy('percentage-out-of-range', '60.4%', '-1%')).toHaveLength(1);
    expect(addedBy('percentage-out-of-range', '60.4%', '0%')).toEqual([]);
    expect(addedBy('percentage-out-of-range', '60.4%', '104')).toEqual([]);
  });

  it('about codes sees one on three actions twice, whatever its capitals', () => {
    const plan = readPlanText(seedWith('BCRPASB_29', 'bcrpasb_30').replace('BCRPASB_28', 'BcrpASB_30'));
    expect(foundBy('repeated-action-code', plan)).toHaveLength(3);
  });

  it('about placeholders sees TBC as well', () => {
    expect(addedBy('placeholder-code', 'COMS2528_01', 'COMS_TBC')).toMatchObject([{ code: 'COMS_TBC', column: 'action' }]);
  });

  it('about dates sees a missing one, and words in its place', () => {
    expect(addedBy('no-target-date', 'Communities and Community Safety September 2025', 'Communities and Community Safety')).toMatchObject([
      { code: 'BCRPMS_01', line: 107 },
    ]);
    expect(addedBy('prose-target-date', 'September 2025', 'Subject to funding')).toMatchObject([{ code: 'BCRPMS_01' }]);
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
    expect(addedBy('wrong-number-of-cells', '\t789\t1,150', '\t789\t\t1,150')).toMatchObject([
      { line: 51, code: 'ComS_025', severity: 'note' },
    ]);
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

  it('names rules of the table only and leads to rows of the plan, but for headings of columns', () => {
    const rules = RULES.map(({ name }) => name);
    expect(inSeed.filter(({ rule }) => !rules.includes(rule))).toEqual([]);
    expect(inSeed.filter(({ line, rowId }) => line !== null && rowId === null).map(({ rule }) => rule)).toEqual([
      'headings-differ',
      'headings-differ',
    ]);
  });

  it('is made of any text that stands in the cells, in sentences that can be read', () => {
    const odd = fc.constantFrom(
      'TBC',
      '30-40',
      '£1.35m',
      '433 79%',
      '2025/26',
      'Q3 2026/27',
      '(',
      '*',
      '\n',
      'BI002a',
      'Head of',
      '<p>',
      '\u00A0',
      '1',
      '_',
    );
    const text = fc.array(fc.oneof(odd, fc.string({ maxLength: 8 })), { maxLength: 12 }).map((parts) => parts.join(' '));
    const plan = seedPlan();
    const rows = [...plan.objectives[0]!.table.rows, ...plan.kpis.rows, ...plan.actions.rows, ...plan.budget.rows];
    fc.assert(
      fc.property(fc.nat(), fc.nat(), text, (which, where, raw) => {
        const { cells } = rows[which % rows.length]!;
        const keys = Object.keys(cells);
        cells[keys[where % keys.length]!] = raw;
        const found = findingsOf(plan, { ...DEFAULT_SETTINGS, register: seedPosts, measures });
        expect(found.filter(({ message }) => message.length > 400 || !/[.?]$/.test(message) || /undefined|NaN|null/.test(message))).toEqual(
          [],
        );
      }),
    );
  });

  it('leaves the plan as it was', () => {
    const plan = seedPlan();
    findingsOf(plan);
    expect(plan).toEqual(seedPlan());
  });
});
