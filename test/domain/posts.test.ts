/** Posts in owner and officer cells, with the demonstration's register. */
import { describe, expect, it } from '@jest/globals';
import { actionCodeOf } from '../../libs/domain/codes.js';
import { officersTextOf } from '../../libs/domain/parse-date.js';
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
    { title: 'Licensing Manager', otherSpellings: ['Licencing Manager'] },
  ];

  it.each([
    ['Head of Housing Repairs', ['Head of Housing Repairs'], []],
    ['head of housing, HOUSING HEAD', ['Head of Housing'], []],
    ['Head of Housing Repairs. Head of Housing', ['Head of Housing Repairs', 'Head of Housing'], []],
    ['Head of Housing/Head of Housing Repairs', ['Head of Housing', 'Head of Housing Repairs'], []],
    ['Head of Housing / Licensing Manager', ['Head of Housing', 'Licensing Manager'], []],
    ['Head of Housing & Licensing Manager.', ['Head of Housing', 'Licensing Manager'], []],
    ['Head of Housing.Licensing Manager', ['Head of Housing', 'Licensing Manager'], []],
    ['Head of Housing\nLicensing Manager', ['Head of Housing', 'Licensing Manager'], []],
    ['Head of\nHousing', ['Head of Housing'], []],
    ['Lead officer: Head of Housing, with Licensing Manager', ['Head of Housing', 'Licensing Manager'], []],
    ['Head of Housing (Jane Smith) Licensing Manager (J. Doe)', ['Head of Housing', 'Licensing Manager'], []],
    ['(Head of Housing)', ['Head of Housing'], []],
    ['Head of\u00A0Housing and the Mayor', ['Head of Housing'], ['the Mayor']],
    ['Head of Housing (Planning Officer)', ['Head of Housing'], ['Planning Officer']],
    ['Head of Parks / Trees Officer (South)', [], ['Head of Parks', 'Trees Officer (South)']],
    ['Head of Housing\nHead of Parks\nMayor', ['Head of Housing'], ['Head of Parks', 'Mayor']],
    ['Overhead of Housing', [], ['Overhead of Housing']],
    ['Head of Housings', [], ['Head of Housings']],
    ['', [], []],
  ])('“%s” splits into posts and a rest', (text, posts, rest) => {
    expect(splitPosts(text, register)).toMatchObject({ posts, rest });
  });

  it('tells which of them are written otherwise, and how; capitals make no difference', () => {
    expect(splitPosts('HEAD OF HOUSING Licencing Manager', register).otherwise).toEqual([
      { title: 'Licensing Manager', written: 'Licencing Manager' },
    ]);
  });

  it('has no owner in a comment that mentions a post', () => {
    expect(splitOwner('Head of Housing Repairs. Agreed with the Head of Housing.', register)).toEqual({
      posts: ['Head of Housing Repairs'],
      rest: [],
      otherwise: [],
      comments: 'Agreed with the Head of Housing.',
    });
    for (const text of ['Agreed with the Head of Housing', 'Agreed for the Head of Parks', 'Data from the team', 'From 2022 data'])
      expect(splitOwner(text, register)).toMatchObject({ posts: [], rest: [], comments: text });
  });

  it.each([
    ['Head of Parks', ['Head of Parks']],
    ['Head of Parks. Counted once a year.', ['Head of Parks']],
    ['Head of Housing / Head of Parks. Counted once a year.', ['Head of Parks']],
    ['Head of Housing\nParks and Trees Manager\nCounted once a year', ['Parks and Trees Manager']],
    ['Parks Manager Counted once a year in every ward of the Borough and outside it', ['Parks Manager']],
    ['Head of Housing Officers count once a year', []],
    ['Head of Housing and others', []],
  ])('and begins like a title names a post that is not in the register (“%s”)', (text, rest) => {
    expect(splitOwner(text, register).rest).toEqual(rest);
  });

  it('keeps the end of the cell as its comments, whatever the register knows', () => {
    expect(splitOwner('Head of Housing\nCounted  yearly', register).comments).toBe('Counted yearly');
    expect(splitOwner('Head of Parks. Counted yearly', register).comments).toBe('Head of Parks. Counted yearly');
  });
});
