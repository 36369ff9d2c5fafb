/** What is written in any format reads back as the same plan: the seed, and plans that nobody would think of. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { PLAN_FORMATS, type PlanFormat } from '../../libs/documents/plan-format.js';
import { readPlanFile } from '../../libs/documents/read-plan-file.js';
import { writePlanFile } from '../../libs/documents/write-plan-file.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { canonicalText } from '../../libs/domain/canonical.js';
import { anyPlan } from '../support/generate-plan.js';
import { seedPlan } from '../support/seed-plan.js';

/** The first run of what every run repeats; another number tries other plans. */
const SEED = 20_251_103;

/** How many plans are tried: those formats that are zip files take their time. */
const PLANS: Record<PlanFormat, number> = { text: 200, html: 200, csv: 200, json: 200, xlsx: 60, docx: 50 };

async function throughFile(plan: BusinessPlan, format: PlanFormat): Promise<BusinessPlan> {
  const read = await readPlanFile(await writePlanFile(plan, format));
  expect(read.format).toBe(format);
  return read.plan;
}

describe.each(PLAN_FORMATS)('a plan written as %s and read', (format) => {
  it('is the seed, its rows, their kinds and their missing cells, where it was the seed', async () => {
    const read = await throughFile(seedPlan(), format);
    expect(extractHash(read)).toBe(extractHash(seedPlan()));
    expect(read.budget.rows.map(({ kind, cells }) => [kind, Object.keys(cells).length])).toEqual(
      seedPlan().budget.rows.map(({ kind, cells }) => [kind, Object.keys(cells).length]),
    );
    expect(read.actions.rows.map(({ id }) => id)).toEqual(seedPlan().actions.rows.map(({ id }) => id));
  });

  it('is the seed with the parts of the full plan', async () => {
    const plan = {
      ...seedPlan(),
      fullPlan: {
        policies: 'One\n\n- two\n- **three**',
        serviceObjectives: '',
        baseline: 'Introduction',
        managementIndicators: '',
        risks: 'x',
      },
    };
    expect(fullHash(await throughFile(plan, format))).toBe(fullHash(plan));
  });

  it('is the same, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async (plan) => {
        const read = await throughFile(plan, format);
        expect(canonicalText(read, 'full')).toBe(canonicalText(plan, 'full'));
      }),
      { seed: SEED, numRuns: PLANS[format] },
    );
  });
});
