/** Which words of a text were taken out and put in: what is marked where two texts are shown as one. */
import { diffWords } from 'diff';
import { plainText } from './plain-text.js';

/** A piece of text that both texts have, or only the earlier, or only the later. */
export interface WordChange {
  text: string;
  kind: 'same' | 'removed' | 'added';
}

/** Takes "1,900" for one word, as people do. */
const BY_WORDS = new Intl.Segmenter('en-GB', { granularity: 'word' });

/** Beyond so many characters in a piece, or so many words changed in it, nobody follows single words, and looking for them takes long. */
const MOST_CHARACTERS = 100_000;
const MOST_CHANGES = 1000;

/**
 * The later text with what was taken out of the earlier one in its place. White space that is no change is in no mark; text that
 * differs in white space alone is the same.
 * @returns in the order of reading, what was removed before what was added in its place; [] for two blank texts
 */
export function wordChanges(before: string, after: string): WordChange[] {
  if (before === after || plainText(before) === plainText(after)) return pieces(['same', after]);
  return isShort(before, after) ? (changedWords(before, after) ?? aroundTheChange(before, after)) : aroundTheChange(before, after);
}

function isShort(before: string, after: string): boolean {
  return before.length + after.length <= MOST_CHARACTERS;
}

/** What two long texts begin and end with alike set aside; what stands between is looked at word by word if it is short enough. */
function aroundTheChange(before: string, after: string): WordChange[] {
  const start = sharedStart(before, after);
  const end = sharedEnd(before.slice(start), after.slice(start));
  const [was, is] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const between = (isShort(was, is) ? changedWords(was, is) : undefined) ?? pieces(['removed', was], ['added', is]);
  return [...pieces(['same', after.slice(0, start)]), ...between, ...pieces(['same', after.slice(after.length - end)])];
}

function changedWords(before: string, after: string): WordChange[] | undefined {
  const found = diffWords(before, after, { intlSegmenter: BY_WORDS, maxEditLength: MOST_CHANGES });
  return found
    ?.map(({ value, added, removed }): WordChange => ({ text: value, kind: added ? 'added' : removed ? 'removed' : 'same' }))
    .filter(({ text }) => text !== '');
}

function pieces(...all: [WordChange['kind'], string][]): WordChange[] {
  return all.filter(([, text]) => text !== '').map(([kind, text]) => ({ text, kind }));
}

/** How many characters two texts begin with alike, up to the end of a word. */
function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  while (length > 0 && !/\s/.test(one[length - 1]!)) length -= 1;
  return length;
}

/** How many characters two texts end with alike, from the beginning of a word. */
function sharedEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  while (length > 0 && !/\s/.test(one.at(-length)!)) length -= 1;
  return length;
}
