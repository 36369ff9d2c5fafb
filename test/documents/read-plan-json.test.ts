/** The JSON of a plan: written, read back, and refused with the place where it is not such a file. */
import { describe, expect, it } from '@jest/globals';
import { readPlanJson } from '../../libs/documents/read-plan-json.js';
import { writePlanJson } from '../../libs/documents/write-plan-json.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { seedPlan } from '../support/seed-plan.js';

/** The seed's file, changed. */
function fileWith(change: (file: ReturnType<typeof parsed>) => void): string {
  const file = parsed();
  change(file);
  return JSON.stringify(file);
}

function parsed() {
  return JSON.parse(writePlanJson(seedPlan())) as Record<string, unknown> & { plan: ReturnType<typeof seedPlan> };
}

describe('the JSON of a plan', () => {
  it('says what it is, and reads back as the very same', () => {
    const plan = { ...seedPlan(), fullPlan: { policies: 'One', serviceObjectives: '', baseline: '', managementIndicators: '', risks: '' } };
    const text = writePlanJson(plan);
    expect(JSON.parse(text)).toMatchObject({
      format: 'plancycle plan',
      version: 1,
      extractHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    expect(readPlanJson(text)).toEqual({ plan, remarks: [] });
  });

  it('has a remark where its content was changed afterwards', () => {
    const { plan, remarks } = readPlanJson(fileWith((file) => (file.plan.title = 'Another plan')));
    expect(plan.title).toBe('Another plan');
    expect(remarks).toEqual([expect.objectContaining({ rule: 'changed-since-export', severity: 'error' })]);
  });

  it.each([
    ['no plan', fileWith((file) => delete (file as { plan?: unknown }).plan), '/plan'],
    ['another version', fileWith((file) => (file.version = 2)), '/version'],
    ['a list', '[]', ''],
    ['a figure for a cell', fileWith((file) => Object.assign(file.plan.kpis.rows[1]!.cells, { 'a/b': 5 })), '/plan/kpis/rows/1/cells/a~1b'],
    ['a year that is none', fileWith((file) => (file.plan.kpis.columns[1]!.year = '2021/23')), '/plan/kpis/columns/1/year'],
    ['a section that there is not', fileWith((file) => (file.plan.sections[0]!.name = 'annex' as 'kpi')), '/plan/sections/0/name'],
    ['a line below 1', fileWith((file) => (file.plan.actions.rows[0]!.line = 0)), '/plan/actions/rows/0/line'],
  ])('is refused with the place: %s', (_what, text, pointer) => {
    const refusal = refusalOf(text);
    expect(refusal.fields[0]?.pointer).toBe(pointer);
    expect(refusal.message).toContain(pointer === '' ? 'the file as a whole' : pointer);
  });

  it('is refused where two rows have one id', () => {
    expect(refusalOf(fileWith((file) => (file.plan.actions.rows[4]!.id = 'kpi-ComS_012'))).message).toContain(
      'two rows with the id “kpi-ComS_012”',
    );
  });

  it('is refused where it is cut short', () => {
    expect(refusalOf(writePlanJson(seedPlan()).slice(0, 500)).message).toContain('damaged or was cut short');
  });
});

function refusalOf(text: string): DomainError {
  try {
    readPlanJson(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('It was read.');
}
