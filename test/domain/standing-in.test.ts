/** Who answers for whom on a day: every small register against rules written down a second time, and each rule by name. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginning, missionRoute, ruleFor, takenBy, type GrantedRole } from '../../libs/domain/route.js';
import {
  covers,
  isOfMatter,
  postMatter,
  roleMatter,
  rolesToDecideBy,
  StandingIn,
  type DaysAway,
  type Handover,
} from '../../libs/domain/standing-in.js';

const DAY = '2025-11-10';

function away(personId: string, standInId: string | null, more: Partial<DaysAway> = {}): DaysAway {
  return { personId, firstDay: '2025-11-03', lastDay: '2025-11-14', standInId, handovers: [], ...more };
}

function on(...absences: DaysAway[]): StandingIn {
  return StandingIn.on(DAY, absences);
}

describe('somebody who is asked', () => {
  it('answers for themselves while they are here', () => {
    expect(on().answersFor('maya')).toEqual({ personId: 'maya', through: [] });
    expect(on(away('priya', 'maya')).answersFor('maya')).toEqual({ personId: 'maya', through: [] });
  });

  it('is followed by who stands in from the first day to the last, both included, and on no other', () => {
    const absence = away('maya', 'priya');
    const answering = (day: string): string | null => StandingIn.on(day, [absence]).answersFor('maya').personId;
    expect(['2025-11-02', '2025-11-03', '2025-11-14', '2025-11-15'].map(answering)).toEqual(['maya', 'priya', 'priya', 'maya']);
  });

  it('is never followed in an absence that was withdrawn before it began', () => {
    expect(covers({ firstDay: '2025-11-03', lastDay: '2025-11-02' }, '2025-11-02')).toBe(false);
    expect(covers({ firstDay: '2025-11-03', lastDay: '2025-11-02' }, '2025-11-03')).toBe(false);
  });

  it('is followed for good once they have left', () => {
    expect(StandingIn.on('2039-01-01', [away('maya', 'priya', { lastDay: null })]).answersFor('maya').personId).toBe('priya');
  });

  it('who left without a word is followed by nobody', () => {
    expect(StandingIn.on(DAY, [], ['maya']).answersFor('maya')).toEqual({ personId: null, through: ['maya'] });
  });

  it('is followed by the stand-in of a stand-in who is away too, three at most', () => {
    const chain = [away('a', 'b'), away('b', 'c'), away('c', 'd'), away('d', 'e')];
    expect(on(...chain.slice(0, 2)).answersFor('a')).toEqual({ personId: 'c', through: ['a', 'b'] });
    expect(on(...chain).answersFor('a')).toEqual({ personId: 'e', through: ['a', 'b', 'c', 'd'] });
    expect(on(...chain, away('e', 'f')).answersFor('a').personId).toBeNull();
  });

  it('is followed by nobody where the stand-ins stand in for each other', () => {
    expect(on(away('a', 'b'), away('b', 'a')).answersFor('a').personId).toBeNull();
    expect(on(away('a', 'a')).answersFor('a').personId).toBeNull();
  });

  it('is followed in single matters by whom the handover names, nobody among them', () => {
    const handovers: Handover[] = [
      { matter: postMatter('post-1'), toId: 'owen', as: 'successor' },
      { matter: roleMatter('gmt', null), toId: null, as: 'stand-in' },
    ];
    const standingIn = on(away('maya', 'priya', { handovers }));
    expect(standingIn.answersFor('maya', postMatter('post-1')).personId).toBe('owen');
    expect(standingIn.answersFor('maya', roleMatter('gmt', null)).personId).toBeNull();
    expect(standingIn.answersFor('maya', roleMatter('gmt', 'housing')).personId).toBe('priya');
    expect(standingIn.answersFor('maya').personId).toBe('priya');
  });
});

describe('a post', () => {
  const post = { id: 'post-1', holderId: 'maya', deputyId: 'leah' };
  it.each([
    ['its holder', [], 'maya', []],
    ['who stands in for the holder', [away('maya', 'priya')], 'priya', ['maya']],
    ['its deputy, where nobody stands in', [away('maya', null)], 'leah', ['maya']],
    ['its deputy, where who stands in is away as well', [away('maya', 'priya'), away('priya', null)], 'leah', ['maya', 'priya']],
    ['who stands in for the deputy', [away('maya', null), away('leah', 'owen')], 'owen', ['maya', 'leah']],
    ['nobody, where the deputy is away as well', [away('maya', null), away('leah', null)], null, ['maya', 'leah']],
    ['nobody, where the deputy stands in for the holder and is away', [away('maya', 'leah'), away('leah', null)], null, ['maya', 'leah']],
  ] as const)('is answered for by %s', (_, absences, personId, through) => {
    expect(on(...absences).answersForPost(post)).toEqual({ personId, through });
  });

  it('that nobody holds is its deputy’s in their own name, or nobody’s', () => {
    expect(on().answersForPost({ id: 'p', deputyId: 'leah' })).toEqual({ personId: 'leah', through: [] });
    expect(on().answersForPost({ id: 'p' })).toEqual({ personId: null, through: [] });
  });
});

describe('a role', () => {
  const grants = [
    { personId: 'ruth', role: 'gmt' as const, scope: null },
    { personId: 'graham', role: 'gmt' as const, scope: null },
    { personId: 'maya', role: 'priority-leader' as const, scope: 'community-safety' },
  ];

  it('is asked of each who is there once, in their own name where they have it themselves', () => {
    expect(on(away('ruth', 'graham')).whoIsAsked({ role: 'gmt' }, grants, [])).toEqual([{ personId: 'graham', through: [] }]);
    expect(on(away('graham', 'ruth')).whoIsAsked({ role: 'gmt' }, grants, [])).toEqual([{ personId: 'ruth', through: [] }]);
    expect(on(away('ruth', null), away('graham', null)).whoIsAsked({ role: 'gmt' }, grants, [])).toEqual([]);
  });

  it('keeps its scope with who stands in', () => {
    const standingIn = on(away('maya', 'priya'));
    expect(standingIn.rolesOf('priya', grants)).toEqual([{ role: 'priority-leader', scope: 'community-safety', through: ['maya'] }]);
    expect(standingIn.whoIsAsked({ role: 'priority-leader', scope: 'housing' }, grants, [])).toEqual([]);
  });

  it('stays with who is away as well, should they sign in, and with nobody who has left', () => {
    expect(on(away('maya', 'priya')).rolesOf('maya', grants)).toEqual([{ role: 'priority-leader', scope: 'community-safety' }]);
    expect(on(away('maya', 'priya', { lastDay: null })).rolesOf('maya', grants)).toEqual([]);
    expect(StandingIn.on(DAY, [], ['maya']).rolesOf('maya', grants)).toEqual([]);
  });

  it('of one’s own is the one that a step is taken by, before one that one stands in for', () => {
    const standingIn = on(away('ruth', 'graham'));
    const rule = ruleFor(missionRoute, { ...beginning, at: 'gmt-review' }, 'agree')!;
    const taken = (person: string) =>
      takenBy(missionRoute, { ...beginning, at: 'gmt-review' }, rule, 'x', standingIn.rolesOf(person, grants));
    expect(taken('graham')).toEqual({ role: 'gmt', scope: null });
    expect(on(away('ruth', 'maya')).rolesOf('maya', grants)).toContainEqual({ role: 'gmt', scope: null, through: ['ruth'] });
    expect(taken('maya')).toBeNull();
  });

  it('belongs to a matter of its scope, and one for all scopes to each', () => {
    expect(isOfMatter({ role: 'committee-clerk', scope: 'cabinet' }, roleMatter('committee-clerk', null))).toBe(true);
    expect(isOfMatter({ role: 'committee-clerk', scope: 'cabinet' }, roleMatter('committee-clerk', 'council'))).toBe(false);
    expect(isOfMatter({ postId: 'p', role: 'gmt' }, roleMatter('gmt', null))).toBe(false);
    expect(isOfMatter({ postId: 'p' }, postMatter('p'))).toBe(true);
  });
});

describe('a decision', () => {
  const own: GrantedRole = { role: 'gmt' };
  const forGraham: GrantedRole = { role: 'gmt', through: ['graham'] };
  const throughMaya: GrantedRole = { role: 'gmt', through: ['graham', 'maya'] };
  const forMaya: GrantedRole = { role: 'gmt', through: ['maya'] };
  it.each([
    ['is not the author’s, by a role of their own', 'maya', [own], []],
    ['is not the author’s, for somebody else', 'maya', [forGraham], []],
    ['is not made for the author', 'priya', [forMaya], []],
    ['is not made through the author, for whomever', 'priya', [throughMaya], []],
    ['is the stand-in’s of the author by a role of their own', 'priya', [own, forMaya], [own]],
    ['is made for somebody who is no author', 'priya', [forGraham, forMaya], [forGraham]],
  ] as const)('%s', (_, person, roles, left) => {
    expect(rolesToDecideBy(person, roles, ['maya'])).toEqual(left);
  });

  it('is not that of whom the version was submitted for either', () => {
    expect(rolesToDecideBy('maya', [own], ['priya', 'maya'])).toEqual([]);
    expect(rolesToDecideBy('priya', [forGraham], ['priya', 'maya'])).toEqual([]);
    expect(rolesToDecideBy('owen', [forMaya, forGraham], ['priya', 'maya'])).toEqual([forGraham]);
  });
});

describe('every small register', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f'];
  const standIn = fc.option(fc.constantFrom(...people));
  const absences = fc.uniqueArray(fc.record({ personId: fc.constantFrom(...people), standInId: standIn }), {
    selector: ({ personId }) => personId,
  });
  const registers = absences.map((list) => list.map(({ personId, standInId }) => away(personId, standInId)));

  /** The rule as a person would tell it: follow the stand-ins, three at most; somebody who comes up twice is no answer. */
  function told(list: readonly DaysAway[], person: string): string | null {
    const way = [person];
    for (let steps = 0; steps <= 3; steps += 1) {
      const absence = list.find(({ personId }) => personId === way.at(-1));
      if (!absence) return way.at(-1)!;
      if (!absence.standInId || way.includes(absence.standInId)) return null;
      way.push(absence.standInId);
    }
    return list.some(({ personId }) => personId === way.at(-1)) ? null : way.at(-1)!;
  }

  it('gives the answer of the rule, somebody who is here, and past nobody who is', () => {
    fc.assert(
      fc.property(registers, fc.constantFrom(...people), (list, person) => {
        const standingIn = on(...list);
        const { personId, through } = standingIn.answersFor(person);
        expect(personId).toBe(told(list, person));
        if (personId !== null) expect(standingIn.isAway(personId)).toBe(false);
        expect(through.every((id) => standingIn.isAway(id))).toBe(true);
        expect(new Set(through).size).toBe(through.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it('loses no role: each is asked of who holds it, of who stands in, or of nobody, and of nobody twice', () => {
    const grants = people.map((personId, index) => ({ personId, role: 'gmt' as const, scope: index % 2 ? 'x' : null }));
    fc.assert(
      fc.property(registers, (list) => {
        const standingIn = on(...list);
        const asked = standingIn.whoIsAsked({ role: 'gmt', scope: 'x' }, grants, []).map(({ personId }) => personId);
        const expected = new Set(people.flatMap((person) => told(list, person) ?? []));
        expect(new Set(asked)).toEqual(expected);
        expect(asked).toHaveLength(expected.size);
        for (const person of people.filter((one) => !standingIn.isAway(one)))
          expect(standingIn.rolesOf(person, grants).length > 0).toBe(expected.has(person));
      }),
      { numRuns: 2_000 },
    );
  });
});
