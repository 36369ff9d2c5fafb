/** Texts that are one text in two spellings. */
import { describe, expect, it } from '@jest/globals';
import { nearSpellings } from '../../../libs/domain/rules/near-spellings.js';

describe('two spellings', () => {
  it.each([
    ['Licensing Manager', 'Licencing Manager', ['licencing', 'licensing']],
    ['Head of Private Sector Housing Services', 'Head of Public Sector Housing Services', ['public', 'private']],
    ['Communities Officer Violence and Domestic Abuse', 'Communities Officer Violence Domestic Abuse Officer', ['officer', '']],
    ['Within existing resources and budgets', 'Within existing resources, budget', ['budget', 'budgets']],
  ])('“%s” and “%s” are one text', (usual, rare, differs) => {
    expect(nearSpellings([usual, usual, rare])).toEqual([{ rare, usual, differs }]);
  });

  it.each([
    ['Head of Housing', 'Head of Planning'],
    ['Senior Officer', 'Senior Officers Group'],
    ['Head of Communities and Community Safety', 'Communities and Crime Manager'],
    ['Communities Officer Children and Young People', 'Communities Officer Equalities and Diversity'],
  ])('“%s” and “%s” are two texts', (one, other) => {
    expect(nearSpellings([one, one, other])).toEqual([]);
  });

  it('that are equally frequent are told at the later, capitals aside', () => {
    expect(nearSpellings(['Licensing Manager', 'Licencing Manager', 'licencing manager', 'LICENSING MANAGER'])).toMatchObject([
      { rare: 'Licencing Manager', usual: 'Licensing Manager' },
    ]);
  });
});
