/** The fingerprints of a plan's content: golden values, what changes them and what does not. */
import { describe, expect, it } from '@jest/globals';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { seedPlan, seedWith } from '../support/seed-plan.js';

/** Never change this value to make the test pass: every approval of every council would lose its plan. */
const SEED_HASH = '53693c57d9e5eb5484a2046fed2460d5d1c0895f13900099bd628fb3e8efb022';

describe('the hash of a plan', () => {
  it('is the golden value for the seed', () => {
    expect(extractHash(seedPlan())).toBe(SEED_HASH);
    expect(fullHash(seedPlan())).toBe(SEED_HASH);
  });

  it.each([
    ['a figure', '1,850', '1,851'],
    ['a letter’s case', 'Within existing', 'within existing'],
    ['a year in a header', 'Target 2025/26', 'Target 2026/27'],
    ['a word of the narrative', 'Corporate Plan priority', 'Corporate Plan Priority'],
    ['the footnote', 'External contributions', 'Other contributions'],
    ['an objective’s code', '(CS3)', '(CS4)'],
  ])('differs when %s differs', (_what, from, to) => {
    expect(extractHash(readPlanText(seedWith(from, to)))).not.toBe(SEED_HASH);
  });

  it('differs when two rows change places', () => {
    const plan = seedPlan();
    plan.actions.rows.reverse();
    expect(extractHash(plan)).not.toBe(SEED_HASH);
  });

  it('differs when a blank cell and its neighbour change places', () => {
    expect(extractHash(readPlanText(seedWith('residents\t\tCommunities and Crime', 'residents\tCommunities and Crime\t')))).not.toBe(
      SEED_HASH,
    );
  });

  it('knows nothing of ids, lines, kinds and markup flags', () => {
    const plan = seedPlan();
    plan.actions.rows.forEach((row, index) => Object.assign(row, { id: `other-${index}`, line: 1, markupIn: ['action'] }));
    expect(extractHash(plan)).toBe(SEED_HASH);
  });

  it('of the extract stays and of the whole changes when the full plan is completed', () => {
    const complete = {
      ...seedPlan(),
      fullPlan: { policies: 'One.', serviceObjectives: '', baseline: '', managementIndicators: '', risks: '' },
    };
    expect(extractHash(complete)).toBe(SEED_HASH);
    expect(fullHash(complete)).not.toBe(SEED_HASH);
  });
});
