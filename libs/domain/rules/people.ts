/** Rows without an owner or officer, and posts that the council's register does not know, or knows by another spelling. */
import type { Found, Rule } from '../finding.js';
import type { PlanReading } from '../plan-reading.js';
import { type Place, shortened } from '../plan-rows.js';
import { beginsLikeATitle, type Post, postSplitter, type SplitPosts } from '../posts.js';

export const noOwner: Rule = {
  name: 'no-owner',
  severity: 'warning',
  title: 'An indicator without an owner, or an action without an officer',
  explanation:
    'Each quarter one post is asked for each row. Where no post is named, nobody is asked and the figure is missing from the report.',
  check: ({ indicators, actions }, { register }) => {
    const split = register && postSplitter(register);
    const hasOwner = (text: string, cell: string): boolean => {
      if (!split) return beginsLikeATitle(text);
      const { posts, rest } = split.owner(cell);
      return posts.length > 0 || rest.length > 0;
    };
    return [
      ...indicators
        .filter(({ owner, row }) => !hasOwner(owner, row.cells.owner ?? ''))
        .map(({ name, at }) => ({
          ...at('owner'),
          message: `${name} names no owner. Put the post that answers for it before the comments.`,
        })),
      ...actions
        .filter(({ officers }) => /^[-–—.]?$/.test(officers))
        .map(({ name, at }) => ({ ...at('officers'), message: `${name} names no officer. Add the post that is responsible for it.` })),
    ];
  },
};

export const unknownPost: Rule = {
  name: 'unknown-post',
  severity: 'warning',
  title: 'A post that is not in the register',
  explanation:
    'Tasks and reminders go to the holder of a post. A post that the register does not know has none, so nobody would be asked. Correct the title, or add it to the register as a spelling of its post.',
  check: (reading, { register }) =>
    cellsWithPosts(reading, register).flatMap(({ place, split }) =>
      split.rest.map((words) => ({
        ...place,
        message: `“${shortened(words, 100)}” is not in the register of posts. Correct the title, or add it to the register as a spelling of its post.`,
        words,
      })),
    ),
};

export const postSpelledOtherwise: Rule = {
  name: 'post-spelled-otherwise',
  severity: 'note',
  title: 'A post in another spelling than the register’s',
  explanation: 'The register knows this spelling, so the right person is asked. In a published plan one post should have one title.',
  check: (reading, { register }) =>
    cellsWithPosts(reading, register).flatMap(({ place, split, name }) =>
      split.otherwise.map(({ title, written }): Found => {
        const message = `${name} says “${written}”; the register has “${title}”. Use the title of the register.`;
        return { ...place, message };
      }),
    ),
};

/** Every owner and officers cell, taken apart; none without a register. */
function cellsWithPosts(
  { indicators, actions }: PlanReading,
  register: readonly Post[] | undefined,
): { place: Place; name: string; split: SplitPosts }[] {
  if (!register) return [];
  const { owner, officers } = postSplitter(register);
  return [
    ...indicators.map(({ row, name, at }) => ({ place: at('owner'), name, split: owner(row.cells.owner ?? '') })),
    ...actions.map((action) => ({ place: action.at('officers'), name: action.name, split: officers(action.officers) })),
  ];
}
