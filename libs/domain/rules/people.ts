/** Rows without an owner or officer, and posts that the council's register does not know, or knows by another spelling. */
import type { Row } from '../business-plan.js';
import type { Rule, RuleSettings } from '../finding.js';
import { officersTextOf } from '../parse-cell.js';
import { plainText } from '../plain-text.js';
import { indicatorRowsOf, nameOf, placeOfAction, placeOfIndicator } from '../plan-rows.js';
import { splitOwner, splitPosts } from '../posts.js';

/** Where no register is at hand: words that the title of a post has near its beginning. */
const TITLE_WORDS =
  /^(?:\S+\s+){0,5}(?:head|manager|officers?|director|leader|lead|chief|coordinator|co-ordinator|executive|surveyor|solicitor|accountant|supervisor|team)\b/i;

export const noOwner: Rule = {
  name: 'no-owner',
  severity: 'warning',
  title: 'An indicator without an owner, or an action without an officer',
  explanation:
    'Each quarter one post is asked for each row. Where no post is named, nobody is asked and the figure is missing from the report.',
  check: (plan, settings) => {
    const indicators = indicatorRowsOf(plan)
      .filter(({ row }) => !hasOwner(row, settings))
      .map(({ row }) => placeOfIndicator(row, 'owner'))
      .map((place) => ({
        ...place,
        message: `${nameOf(place.code, '')} names no owner. Put the post that answers for it before the comments.`,
      }));
    const actions = plan.actions.rows
      .filter((row) => officersTextOf(row) === '')
      .map((row) => placeOfAction(row, 'officers'))
      .map((place) => ({ ...place, message: `${nameOf(place.code, '')} names no officer. Add the post that is responsible for it.` }));
    return [...indicators, ...actions];
  },
};

function hasOwner(row: Row, { register }: RuleSettings): boolean {
  const text = plainText(row.cells.owner ?? '');
  return register ? splitOwner(text, register).posts.length > 0 : TITLE_WORDS.test(text);
}

export const unknownPost: Rule = {
  name: 'unknown-post',
  severity: 'warning',
  title: 'A post that is not in the register',
  explanation:
    'Tasks and reminders go to the holder of a post. A post that the register does not know has none, so nobody would be asked. Correct the title, or add the post to the register.',
  check: (plan, { register }) => {
    if (!register) return [];
    return plan.actions.rows.flatMap((row) =>
      splitPosts(officersTextOf(row), register).rest.map((rest) => ({
        ...placeOfAction(row, 'officers'),
        message: `“${rest}” is not in the register of posts. Correct the title, or have the post added to the register.`,
      })),
    );
  },
};

export const postSpelledOtherwise: Rule = {
  name: 'post-spelled-otherwise',
  severity: 'note',
  title: 'A post in another spelling than the register’s',
  explanation: 'The register knows this spelling, so the right person is asked. In a published plan one post should have one title.',
  check: (plan, { register }) => {
    if (!register) return [];
    const indicators = indicatorRowsOf(plan).map(({ row }) => ({
      place: placeOfIndicator(row, 'owner'),
      text: plainText(row.cells.owner ?? ''),
      posts: splitOwner(row.cells.owner ?? '', register).posts,
    }));
    const actions = plan.actions.rows.map((row) => {
      const text = officersTextOf(row);
      return { place: placeOfAction(row, 'officers'), text, posts: splitPosts(text, register).posts };
    });
    return [...indicators, ...actions].flatMap(({ place, text, posts }) =>
      posts
        .filter((title) => !text.toLowerCase().includes(plainText(title).toLowerCase()))
        .map((title) => ({
          ...place,
          message: `${nameOf(place.code, '')} writes the post “${title}” in another way. Use the title of the register.`,
        })),
    );
  },
};
