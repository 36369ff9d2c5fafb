/** Which queries an acceptance covers: those on the very text that it was given for, and no other. */
import { describe, expect, it } from '@jest/globals';
import { countQueries, namedQuery, settledQueries, type AcceptedQuery, type SettledQuery } from '../../libs/domain/accepted-queries.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { withCells, withRowAdded } from '../../libs/domain/edit-plan.js';
import { rollForward } from '../../libs/domain/roll-forward.js';
import { seedPlan } from '../support/seed-plan.js';

const row = 'csi-ComS_011';
const target = 'target 2026/27';
const draft = rollForward(seedPlan(), { to: '2026/27' }).plan;
const withError = withCells(draft, row, { [target]: '103%' });

function queriesOf(plan: BusinessPlan, acceptances: AcceptedQuery[] = []): SettledQuery[] {
  return settledQueries(plan, seedPlan(), acceptances);
}

function found(plan: BusinessPlan, acceptances: AcceptedQuery[], rule = 'percentage-out-of-range'): SettledQuery {
  const query = queriesOf(plan, acceptances).find((one) => one.rule === rule && (one.rowId === row || one.rowId === null));
  if (!query) throw new Error(`There is no query of ${rule}.`);
  return query;
}

const accepted = found(withError, []);

describe('a query', () => {
  it('stops the submission if it is an error that the draft brought in, and else never does', () => {
    const stopping = queriesOf(withError).filter(({ state }) => state === 'stops');
    expect(stopping.map(({ rule, rowId, column, text }) => ({ rule, rowId, column, text }))).toEqual([
      { rule: 'percentage-out-of-range', rowId: row, column: target, text: '103%' },
    ]);
    const earlier = queriesOf(withError).filter(({ state }) => state === 'earlier');
    expect(earlier.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
    expect(queriesOf(draft).filter(({ state }) => state === 'stops')).toEqual([]);
  });

  it('is to be looked at if it is a warning or a note that came with the draft', () => {
    const words = withCells(draft, row, { [target]: 'about a dozen' });
    expect(found(words, [], 'figure-not-understood')).toMatchObject({ state: 'open', rowName: 'ComS_011', heading: 'Target 2026/27' });
  });

  it('is accepted while the same text stands in the same place', () => {
    expect(found(withError, [accepted])).toMatchObject({ state: 'accepted', acceptance: accepted });
    const elsewhere = withCells(withError, 'csi-ComS_012', { [target]: '90' });
    expect(found(elsewhere, [accepted]).state).toBe('accepted');
    expect(found(withCells(withError, row, { [target]: ' 103%\u00A0' }), [accepted]).state).toBe('accepted');
  });

  it('is open again when its text is another, and covered again when it is the old one', () => {
    const changed = withCells(withError, row, { [target]: '104%' });
    expect(found(changed, [accepted]).state).toBe('stops');
    expect(found(withCells(changed, row, { [target]: '103%' }), [accepted]).state).toBe('accepted');
  });

  it.each([
    ['rule', { rule: 'no-owner' }],
    ['row', { rowId: 'csi-ComS_012' }],
    ['column', { column: 'futureYears' }],
    ['code', { code: 'ComS_012' }],
  ])('is not covered by what was accepted for another %s', (_, other) => {
    expect(found(withError, [{ ...accepted, ...other }]).state).toBe('stops');
  });

  it('of earlier years can be accepted too', () => {
    const [earlier] = queriesOf(draft).filter(({ state }) => state === 'earlier');
    expect(queriesOf(draft, [earlier!]).filter(({ state }) => state === 'accepted')).toHaveLength(1);
  });

  it('about a whole row stands on all of its cells', () => {
    const blank = queriesOf(draft).find(({ rule, column }) => rule === 'budget-line-incomplete' && column === null)!;
    const stateIn = (plan: BusinessPlan): string | undefined =>
      queriesOf(plan, [blank]).find(({ rule, rowId }) => rule === blank.rule && rowId === blank.rowId)?.state;
    expect(stateIn(draft)).toBe('accepted');
    expect(stateIn(withCells(draft, blank.rowId!, { 'budget 2026/27': '5' }))).not.toBe('accepted');
  });

  it('about the plan as a whole is open again when it says something else: ten indicators are not nine', () => {
    const limit = found(draft, [], 'too-many-csi');
    expect(limit).toMatchObject({ rowId: null, rowName: null });
    expect(found(draft, [limit], 'too-many-csi').state).toBe('accepted');
    const ten = withRowAdded(draft, 'csi-1', { id: 'new', cells: { description: 'Noise (ComS_099)', owner: 'Licensing Manager' } });
    expect(found(ten, [limit], 'too-many-csi').state).not.toBe('accepted');
  });

  it('is the same one in whatever order the cells of its row came back from the database', () => {
    const shuffled = structuredClone(withError);
    const cells = shuffled.budget.rows.map((one) => (one.cells = Object.fromEntries(Object.entries(one.cells).reverse())));
    expect(cells.length).toBeGreaterThan(0);
    const all = queriesOf(withError);
    expect(queriesOf(shuffled, all).filter(({ state }) => state !== 'accepted')).toEqual([]);
  });
});

describe('queries that one acceptance covers', () => {
  it('count once', () => {
    const twice = [accepted, { ...accepted, message: 'Another sentence of the same rule.' }];
    expect([countQueries(twice), countQueries([...twice, { ...accepted, code: null }])]).toEqual([1, 2]);
  });
});

describe('a query in a refusal', () => {
  it('names its row, once', () => {
    expect(namedQuery(accepted)).toBe(accepted.message);
    expect(namedQuery({ ...accepted, message: 'This row has 7 cells.' })).toBe('ComS_011: This row has 7 cells.');
    expect(namedQuery({ ...accepted, rowName: null, message: 'The plan has nine.' })).toBe('The plan has nine.');
  });
});
