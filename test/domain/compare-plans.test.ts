/** The differences between two plans: random changes of the demonstration's plan are told exactly, and none is invented. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../libs/config/paths.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import { differencesAsJson, type DifferenceInJson } from '../../libs/domain/differences/difference.js';
import { withCells, withoutRow } from '../../libs/domain/edit-plan.js';
import { readMeasureSettings } from '../../libs/domain/measure-settings.js';
import { mutatedPlan } from '../support/mutate-plan.js';
import { randomFrom } from '../../apps/cli/rehearsal/random.js';
import { seedPlan, seedPosts, seedText } from '../support/seed-plan.js';

const measures = readMeasureSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/measure-settings.json'), 'utf8')));
const told = (...plans: Parameters<typeof comparePlans>): DifferenceInJson[] => differencesAsJson(comparePlans(...plans)).differences;
const known = { register: seedPosts, measures };
/** A row that moved to another table is told under the one where it stands now. */
const placeOf = (table: string, field: string | null): string => (field === 'table' ? '' : table);
const inOrder = (differences: readonly DifferenceInJson[]): string[] => differences.map((one) => JSON.stringify(one)).sort();

describe('200 random changes of the plan', () => {
  it('are told exactly, from one to five at once', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { plan, expected } = mutatedPlan(seedPlan(), 1 + (seed % 5), randomFrom(seed), measures);
      expect([seed, inOrder(told(seedPlan(), plan, known))]).toEqual([seed, inOrder(expected)]);
    }
  });

  it('mirror each other when the plans change places', () => {
    const mirrored = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' } as const;
    for (let seed = 1; seed <= 40; seed++) {
      const { plan } = mutatedPlan(seedPlan(), 2, randomFrom(seed), measures);
      const there = told(seedPlan(), plan, known).map(
        ({ kind, table, field }) => `${mirrored[kind]} ${placeOf(table, field)} ${field ?? ''}`,
      );
      const back = told(plan, seedPlan(), known).map(({ kind, table, field }) => `${kind} ${placeOf(table, field)} ${field ?? ''}`);
      expect([seed, back.sort()]).toEqual([seed, there.sort()]);
    }
  });
});

describe('two documents', () => {
  it.each([
    ['line ends', seedText.replaceAll('\n', '\r\n')],
    ['white space', seedText.replaceAll(' ', '\u00a0 ')],
    ['markup', seedText.replaceAll(/<\/?p>/g, ' ')],
    [
      'fragments',
      seedText.replace(/\n\nIndicator Description \(Code\)[^\n]*\n(?=Reduction in ASB cases reported in the Borough to: Comm)/, '\n'),
    ],
  ])('are equal where they differ in %s only', (_, text) => {
    expect(text === seedText).toBe(false);
    expect(told(seedPlan(), readPlanText(text), known)).toEqual([]);
  });

  it('differ in a figure by one sign, told under its own measure', () => {
    const changed = withCells(seedPlan(), 'kpi-ComS_012', { 'target 2025/26': '400 80%' });
    expect(told(seedPlan(), changed, known)).toEqual([
      {
        ...{ kind: 'changed', table: 'kpi', code: 'ComS_012d', field: 'target 2025/26' },
        ...{ before: '82%', after: '80%', meaning: 'target softened' },
      },
    ]);
    expect(told(seedPlan(), withCells(seedPlan(), 'csi-ComS_011', { 'achieved 2023/24': '1975' }), known)).toHaveLength(1);
  });

  it('differ in the action that one of them dropped, though its code stands twice', () => {
    expect(told(seedPlan(), withoutRow(seedPlan(), 'action-BCRP-2'), known)).toMatchObject([
      { kind: 'removed', table: 'actions', code: 'BCRP', field: null, after: null, meaning: 'dropped' },
    ]);
  });
});
