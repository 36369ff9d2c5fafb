/** Codes that stand twice, are missing, look alike, or are too long. */
import { describe, expect, it } from '@jest/globals';
import { seedPlan } from '../../support/seed-plan.js';
import { addedBy, foundBy, foundInSeed } from './changed-seed.js';

describe('a code on two indicators', () => {
  it('is queried within one table', () => {
    expect(addedBy('repeated-indicator-code', 'ComS_048', 'ComS_049')).toMatchObject([{ code: 'ComS_049', line: 76, severity: 'note' }]);
    expect(addedBy('repeated-indicator-code', 'ComS_012d', 'ComS_012')[0]?.message).toContain('on this row again');
  });

  it('is fine in both tables', () => {
    expect(foundInSeed('repeated-indicator-code')).toEqual([]);
  });
});

describe('codes that look alike', () => {
  it('are queried where one has a letter for a figure, once for the pair', () => {
    const plan = seedPlan();
    const [first, second] = plan.kpis.rows;
    first!.cells.description = 'Invoices paid (BI002a)';
    second!.cells.description = 'Invoices late (B1002b)';
    expect(foundBy('codes-easily-confused', plan)).toMatchObject([{ code: 'B1002b', severity: 'note' }]);
    expect(foundBy('codes-easily-confused', plan)[0]?.message).toContain('BI002a');
  });

  it('are queried beside many siblings', () => {
    expect(addedBy('codes-easily-confused', 'ComS_048', 'ComS_O48')).toMatchObject([{ code: 'ComS_O48' }]);
    expect(addedBy('codes-easily-confused', 'COMS2427_10', 'COMS2427_I0')).toMatchObject([{ code: 'COMS2427_I0', column: 'action' }]);
  });

  it('are none in the seed', () => {
    expect(foundInSeed('codes-easily-confused')).toEqual([]);
  });
});

describe('a row without a code', () => {
  it('is told where most have one, also where it ends in an abbreviation', () => {
    expect(addedBy('no-code', 'Deliver Modern Slavery Statement BCRPMS_01', 'Deliver the statement on CCTV')).toMatchObject([
      { code: null, line: 107, column: 'action', severity: 'note' },
    ]);
    expect(addedBy('no-code', ' (ComS_048)', '')).toHaveLength(1);
  });

  it('is fine where few have one', () => {
    const plan = seedPlan();
    for (const row of plan.actions.rows) row.cells.action = 'Review the policy';
    expect(foundBy('no-code', plan)).toEqual([]);
    expect(foundInSeed('no-code')).toEqual([]);
  });
});

describe('a code for Pentana', () => {
  it('has at most 16 characters', () => {
    expect(addedBy('code-too-long', 'BCRPFRAUD_01', 'BCRPFRAUD2528_001')).toMatchObject([{ code: 'BCRPFRAUD2528_001' }]);
    expect(addedBy('code-too-long', 'BCRPFRAUD_01', 'BCRPFRAUD2528_01')).toEqual([]);
  });
});

describe('a gap in a run of codes', () => {
  it('is told where one is left out, not where many are', () => {
    expect(foundInSeed('gap-in-codes')).toMatchObject([{ code: 'COMS2427_14' }]);
    expect(addedBy('gap-in-codes', 'COMS2427_14', 'COMS2427_19')).toEqual([]);
  });
});
