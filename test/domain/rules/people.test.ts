/** Owners and officers: missing, unknown to the register, or known by another spelling. */
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../libs/domain/findings.js';
import { seedPosts } from '../../support/seed-plan.js';
import { addedBy, foundInSeed } from './changed-seed.js';

const settings = { ...DEFAULT_SETTINGS, register: seedPosts };

describe('a missing owner', () => {
  it('is told with a register and without', () => {
    expect(foundInSeed('no-owner')).toMatchObject([{ code: 'ComS_025', column: 'owner' }]);
    expect(foundInSeed('no-owner', settings)).toMatchObject([{ code: 'ComS_025', column: 'owner' }]);
  });

  it('is told of an action with a date alone', () => {
    expect(addedBy('no-owner', 'Head of Communities and Community Safety September 2025', 'September 2025')).toMatchObject([
      { code: 'BCRPMS_01', column: 'officers' },
    ]);
  });
});

describe('a post that the register does not know', () => {
  it('is told with its words, to be added as a spelling', () => {
    expect(foundInSeed('unknown-post', settings)).toMatchObject([
      { code: 'COMS2427_12', column: 'officers', words: 'Communities Officer Equalities and Vulnerabilities' },
    ]);
  });

  it('is told of an indicator’s owner too, which then is not missing', () => {
    const [from, to] = ['Housing Operations Manager Previously', 'Head of Parks. Previously'] as const;
    expect(addedBy('unknown-post', from, to, settings)).toMatchObject([
      { code: 'ComS_013', column: 'owner', words: 'Head of Parks' },
      { code: 'ComS_013', column: 'owner', words: 'Head of Parks' },
    ]);
    expect(addedBy('no-owner', from, to, settings)).toEqual([]);
  });

  it('is not asked about without a register', () => {
    expect(foundInSeed('unknown-post')).toEqual([]);
    expect(foundInSeed('post-spelled-otherwise')).toEqual([]);
  });
});

describe('a post in another spelling', () => {
  it('is told with what is written and what the register has', () => {
    const found = foundInSeed('post-spelled-otherwise', settings);
    expect(found.map(({ code }) => code)).toEqual(['ComS_014', 'COMS2527_01', 'COMS2425_06', 'ComS_2528_03', 'ComS_2528_03']);
    expect(found.at(-1)?.message).toContain('“Licencing Manager”; the register has “Licensing Manager”');
  });
});

describe('two spellings of a title, without a register', () => {
  it('are told at the rarer one', () => {
    expect(foundInSeed('titles-differ').map(({ code }) => code)).toEqual(['COMS2527_01', 'COMS2425_06', 'COMS2427_12', 'ComS_2528_03']);
  });

  it('are told where one letter of a short title differs', () => {
    expect(addedBy('titles-differ', 'Communities and Crime Manager March 2027', 'Comunities and Crime Manager March 2027')).toMatchObject([
      { code: 'BCRP', line: 84 },
    ]);
  });

  it('are not taken for one where the posts are others, and are left to the register where there is one', () => {
    expect(addedBy('titles-differ', 'Communities and Crime Manager March 2027', 'Head of Housing March 2027')).toEqual([]);
    expect(foundInSeed('titles-differ', settings)).toEqual([]);
  });
});
