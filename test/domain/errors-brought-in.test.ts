/** Which queries a draft brought in itself, and which the plan of the year before had already. */
import { describe, expect, it } from '@jest/globals';
import { withCells } from '../../libs/domain/edit-plan.js';
import { errorsBroughtIn, tracedFindings } from '../../libs/domain/errors-brought-in.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { seedPlan } from '../support/seed-plan.js';

const old = seedPlan();
const draft = rollForward(old, { to: '2026/27' }).plan;
const newTarget = 'target 2026/27';

function broughtIn(plan: typeof draft, before: typeof draft | null = old): string[] {
  return errorsBroughtIn(plan, before).map(({ rule, code, column }) => `${rule} ${code} ${column}`);
}

describe('an error that a draft brought in', () => {
  it('is none of those that it was rolled forward with', () => {
    expect(broughtIn(draft)).toEqual([]);
    expect(tracedFindings(draft, old).filter(({ severity }) => severity === 'error')).toHaveLength(4);
  });

  it('is each of them where the plan begins anew', () => {
    expect(broughtIn(draft, null)).toHaveLength(4);
  });

  it('is a target that is missing now and stood there before', () => {
    expect(broughtIn(withCells(draft, 'csi-ComS_100', { [newTarget]: '' }))).toEqual(['no-first-year-target ComS_100 target 2026/27']);
  });

  it('is not a target that the year before lacked as well, in its own first year', () => {
    const without = withCells(old, 'csi-ComS_100', { 'target 2025/26': 'n/a', futureYears: 'n/a' });
    const { plan } = rollForward(without, { to: '2026/27' });
    expect(broughtIn(plan, without)).toEqual([]);
    expect(broughtIn(withCells(plan, 'csi-ComS_100', { [newTarget]: '-' }), without)).toHaveLength(1);
  });

  it('is a figure in an old column that somebody wrote anew', () => {
    const key = 'achieved 2023/24';
    expect(broughtIn(withCells(draft, 'kpi-ComS_014', { [key]: '103 104%' }))).toEqual([`percentage-out-of-range ComS_014d ${key}`]);
    expect(broughtIn(withCells(draft, 'kpi-ComS_014', { [key]: '103 100%' }))).toEqual([]);
  });
});
