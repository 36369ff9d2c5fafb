/** Owners and officers are posts, not people: a council's register of posts, and the posts that a cell names. */
import type { Row } from './business-plan.js';
import { officersTextOf } from './parse-cell.js';
import { plainText } from './plain-text.js';

/** One post of a council's register. */
export interface Post {
  title: string;
  /** How else plans write it: an older name, a misspelling, a form with words left out. */
  otherSpellings: string[];
}

/** What a text names of a register's posts. */
export interface SplitPosts {
  /** Titles as in the register, in the order of the text, each once. */
  posts: string[];
  /** The pieces of the text that are no post of the register, in order. */
  rest: string[];
}

interface Spelling {
  title: string;
  /** In small letters. */
  text: string;
}

/** A post found in a text: from where to where. */
interface Mention {
  title: string;
  start: number;
  end: number;
}

/**
 * Takes apart a cell that names several posts with nothing between them, the longest spelling first, capitals or not.
 * What is left over goes to the performance team as a finding, never to a guess (domain.md, section f).
 */
export function splitPosts(text: string, register: readonly Post[]): SplitPosts {
  const words = plainText(text);
  const mentions = mentionsIn(words, register);
  const ends = [0, ...mentions.map(({ end }) => end)];
  const starts = [...mentions.map(({ start }) => start), words.length];
  const rest = starts.map((start, index) => words.slice(ends[index], start)).map(withoutJoints);
  return { posts: titlesOf(mentions), rest: rest.filter((piece) => piece !== '') };
}

/**
 * The posts that an indicator's owner cell begins with, and the comments after them. A post that the comments mention owns
 * nothing; a cell that begins with other words has no owner (the seed's ComS_025).
 */
export function splitOwner(text: string, register: readonly Post[]): { posts: string[]; comments: string } {
  const words = plainText(text);
  const leading: Mention[] = [];
  for (const mention of mentionsIn(words, register)) {
    if (withoutJoints(words.slice(leading.at(-1)?.end ?? 0, mention.start)) !== '') break;
    leading.push(mention);
  }
  return { posts: titlesOf(leading), comments: words.slice(leading.at(-1)?.end ?? 0).replace(/^[\s.,;:/]+/, '') };
}

/** The posts that a row names: an action's officers, or an indicator's owners. */
export function postsOf(row: Row, register: readonly Post[]): string[] {
  if (row.cells.officers !== undefined) return splitPosts(officersTextOf(row), register).posts;
  return splitOwner(row.cells.owner ?? '', register).posts;
}

/** The post that answers for a row: the first named; null where the row names none of the register. */
export function leadOf(row: Row, register: readonly Post[]): string | null {
  return postsOf(row, register)[0] ?? null;
}

/** The post that is asked for a row's update: the last named, unless the council sets another; null where there is none. */
export function updaterOf(row: Row, register: readonly Post[]): string | null {
  return postsOf(row, register).at(-1) ?? null;
}

function mentionsIn(words: string, register: readonly Post[]): Mention[] {
  const spellings = spellingsOf(register);
  const mentions: Mention[] = [];
  let position = 0;
  while (position < words.length) {
    const found = spellings.find(({ text }) => matchesAt(text, words, position));
    const end = found ? position + found.text.length : nextWord(words, position);
    if (found) mentions.push({ title: found.title, start: position, end });
    position = end;
  }
  return mentions;
}

/** Every spelling of every post, the longest first, so that "Head of Communities" never cuts a longer title short. */
function spellingsOf(register: readonly Post[]): Spelling[] {
  const spellings = register.flatMap(({ title, otherSpellings }) =>
    [title, ...otherSpellings].map((spelling) => ({ title, text: plainText(spelling).toLowerCase() })),
  );
  return spellings.filter(({ text }) => text !== '').sort((a, b) => b.text.length - a.text.length);
}

function matchesAt(text: string, words: string, position: number): boolean {
  const end = position + text.length;
  return words.slice(position, end).toLowerCase() === text && !/^[\p{L}\p{N}]/u.test(words.slice(end, end + 2));
}

/** Where the next word begins; a post may also stand right after a stroke or a bracket. */
function nextWord(words: string, position: number): number {
  const rest = /[\s/,;(&]+(?=\S)/u.exec(words.slice(position));
  return rest ? position + rest.index + rest[0].length : words.length;
}

/** A piece of text without what only joins posts: full stops, commas, strokes, "and". */
function withoutJoints(piece: string): string {
  return piece.replace(/^(?:[\s.,;:/&()-]|and\b)+|(?:[\s.,;:/&()-]|\band)+$/giu, '');
}

function titlesOf(mentions: Mention[]): string[] {
  return [...new Set(mentions.map(({ title }) => title))];
}
