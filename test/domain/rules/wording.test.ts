/** Small things of wording and form. */
import { describe, expect, it } from '@jest/globals';
import { addedBy, foundInSeed } from './changed-seed.js';

describe('tags', () => {
  it('are told once for a row, also in the budget', () => {
    expect(foundInSeed('markup-in-cell').map(({ line }) => line)).toEqual([71, 72, 73]);
    expect(addedBy('markup-in-cell', 'Funding will be applied for', '<p>Funding</p> will be applied for')).toMatchObject([
      { line: 139, column: 'text' },
    ]);
  });
});

describe('headings', () => {
  it('in other words are told with their line', () => {
    expect(foundInSeed('headings-differ').map(({ line, code, column }) => [line, code, column])).toEqual([
      [58, 'CS3', 'description'],
      [58, 'CS3', 'owner'],
    ]);
  });
});

describe('comments', () => {
  it('in two wordings are told of a measure in both tables', () => {
    expect(foundInSeed('comments-differ')).toMatchObject([{ code: 'ComS_013', line: 42 }]);
  });

  it('that differ from a form of words by a slip are told of actions', () => {
    const from =
      'Ensure compliance with the duty\t\tHead of Communities and Community Safety September 2025\tWithin existing resources and budgets';
    expect(addedBy('comments-differ', from, from.replace('resources', 'resource'))).toMatchObject([
      { code: 'BCRPMS_01', column: 'comments' },
    ]);
    expect(
      addedBy('comments-differ', from, from.replace('Within existing resources and budgets', 'Within the grant of the Home Office')),
    ).toEqual([]);
  });
});

describe('a year in an indicator’s text', () => {
  it('is told where it is not the plan’s', () => {
    expect(addedBy('year-in-description', 'All crime (', 'All crime in 2023/24 (')).toMatchObject([
      { code: 'ComS_001', column: 'description' },
    ]);
  });

  it('is fine where it is the plan’s, or where it lasts', () => {
    for (const words of ['in 2025/26', 'since 2019/20', 'compared with the baseline of 2019/20', 'by the Crime Plan 2021-22'])
      expect([words, addedBy('year-in-description', 'All crime (', `All crime ${words} (`)]).toEqual([words, []]);
  });
});

describe('a long text', () => {
  it('is told where members would have to read it each quarter', () => {
    expect(addedBy('text-too-long', 'All crime (', `All crime ${'of every kind '.repeat(30)}(`)).toMatchObject([
      { code: 'ComS_001', column: 'description' },
    ]);
    expect(addedBy('text-too-long', 'ring fenced, any', `ring fenced, ${'as it was before, '.repeat(90)}any`)).toMatchObject([
      { column: 'comments' },
    ]);
  });

  it('is none in the seed', () => {
    expect(foundInSeed('text-too-long')).toEqual([]);
  });
});
