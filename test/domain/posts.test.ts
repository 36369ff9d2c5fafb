/** Posts in owner and officer cells, with the demonstration's register. */
import { describe, expect, it } from '@jest/globals';
import { actionCodeOf, officersTextOf } from '../../libs/domain/parse-cell.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { leadOf, splitOwner, splitPosts, updaterOf } from '../../libs/domain/posts.js';
import { seedPlan, seedPosts } from '../support/seed-plan.js';

const HEAD = 'Head of Communities and Community Safety';

describe('the posts of the seed', () => {
  it('split every officers cell but for one post that the register does not know', () => {
    const rest = seedPlan().actions.rows.flatMap((row) =>
      splitPosts(officersTextOf(row), seedPosts).rest.map((piece) => [actionCodeOf(row), piece]),
    );
    expect(rest).toEqual([['COMS2427_12', 'Communities Officer Equalities and Vulnerabilities']]);
  });

  it('own every indicator but one', () => {
    const rows = indicatorRowsOf(seedPlan()).map(({ row }) => row);
    const owned = rows.map((row) => splitOwner(row.cells.owner ?? '', seedPosts).posts.length);
    expect(owned.filter((count) => count === 1)).toHaveLength(14);
    expect(rows[owned.indexOf(0)]?.id).toBe('csi-ComS_025');
  });

  it('name every row’s lead first and its updater last', () => {
    const row = seedPlan().actions.rows.find((each) => actionCodeOf(each) === 'COMS2527_01')!;
    expect([leadOf(row, seedPosts), updaterOf(row, seedPosts)]).toEqual([HEAD, 'Senior Communities Officer Violence and Domestic Abuse']);
    const unowned = seedPlan().objectives[1]!.table.rows[1]!;
    expect([leadOf(unowned, seedPosts), updaterOf(unowned, seedPosts)]).toEqual([null, null]);
  });
});

describe('a cell that names posts', () => {
  const register = [
    { title: 'Head of Housing', otherSpellings: ['Housing Head'] },
    { title: 'Head of Housing Repairs', otherSpellings: [] },
  ];

  it.each([
    ['Head of Housing Repairs', ['Head of Housing Repairs'], []],
    ['head of housing, HOUSING HEAD', ['Head of Housing'], []],
    ['Head of Housing Repairs. Head of Housing', ['Head of Housing Repairs', 'Head of Housing'], []],
    ['Head of Housing/Head of Housing Repairs', ['Head of Housing', 'Head of Housing Repairs'], []],
    ['Head of\u00A0Housing and the Mayor', ['Head of Housing'], ['the Mayor']],
    ['Overhead of Housing', [], ['Overhead of Housing']],
    ['Head of Housings', [], ['Head of Housings']],
    ['', [], []],
  ])('“%s” splits into posts and a rest', (text, posts, rest) => {
    expect(splitPosts(text, register)).toEqual({ posts, rest });
  });

  it('has no owner in a comment that mentions a post', () => {
    expect(splitOwner('Head of Housing Repairs. Agreed with the Head of Housing.', register)).toEqual({
      posts: ['Head of Housing Repairs'],
      comments: 'Agreed with the Head of Housing.',
    });
    expect(splitOwner('Agreed with the Head of Housing', register).posts).toEqual([]);
  });
});
