/** Budget lines that name nothing, and net lines that are not their sum. */
import { describe, expect, it } from '@jest/globals';
import { addedBy, foundInSeed } from './changed-seed.js';

describe('a budget line', () => {
  it('needs a text and a code', () => {
    expect(foundInSeed('budget-line-incomplete').map(({ line }) => line)).toEqual([136, 138, 139, 141]);
    expect(foundInSeed('budget-line-incomplete')[0]?.message).toContain('has no text and names no action code');
  });

  it('is complete with both', () => {
    const [from, to] = ['as it becomes available\t\t', 'as it becomes available\tBCRPMS_01\t'] as const;
    expect(addedBy('budget-line-incomplete', from, to)).toEqual([]);
  });
});

describe('a net line', () => {
  it('is held against the sum, and told to keep its note', () => {
    expect(foundInSeed('net-not-sum')).toMatchObject([{ line: 142, column: 'budget 2025/26' }]);
    expect(foundInSeed('net-not-sum')[0]?.message).toContain('Enter the sum beside the note.');
  });

  it('says which lines were added where some are no numbers', () => {
    const found = addedBy(
      'net-not-sum',
      'not yet known whether there will be a further Safer Streets fund initiatives.\t\t-',
      'not yet known.\t\t10-20',
    );
    expect(found[0]?.message).toContain('those of its lines that are numbers add up to -13,000');
  });

  it('with thousands in short is the same sum', () => {
    expect(addedBy('net-not-sum', '\t*Note\t*Note\t*Note', '\t£(13k)\t-\tn/a')).toEqual([]);
  });
});
