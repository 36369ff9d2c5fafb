/** Owners and officers are posts, not people: a council's register of posts, and the posts that a cell names. */
import type { Row } from './business-plan.js';
import { officersLinesOf } from './parse-date.js';
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
  /** The posts that are written in other words than the register's title, with the words of the text. */
  otherwise: { title: string; written: string }[];
}

/** What an indicator's owner cell names, and the comments after it. */
export interface SplitOwner extends SplitPosts {
  /** The end of the cell in one line. */
  comments: string;
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

/** A register made ready to take many cells apart. */
export interface PostSplitter {
  /** @see splitPosts */
  officers: (text: string) => SplitPosts;
  /** @see splitOwner */
  owner: (text: string) => SplitOwner;
}

/** Makes a register ready; to be asked once where many cells are read. */
export function postSplitter(register: readonly Post[]): PostSplitter {
  const spellings = spellingsOf(register);
  return { officers: (text) => officersIn(inLines(text), spellings), owner: (text) => ownerIn(inLines(text), spellings) };
}

/**
 * Takes apart a cell that names several posts with nothing between them, the longest spelling first, capitals or not. Signs, "and",
 * the ends of lines and a name in brackets behind a post make no difference. What is left over goes to the performance team as a
 * finding, never to a guess (domain.md, section f).
 */
export function splitPosts(text: string, register: readonly Post[]): SplitPosts {
  return postSplitter(register).officers(text);
}

/**
 * The posts that an indicator's owner cell begins with, and the comments after them. A post that the comments mention owns
 * nothing; a cell that begins with other words has no owner (the seed's ComS_025), unless they are like the title of a post: then
 * they are the rest.
 */
export function splitOwner(text: string, register: readonly Post[]): SplitOwner {
  return postSplitter(register).owner(text);
}

/** The posts that a row names: an action's officers, or an indicator's owners. */
export function postsOf(row: Row, register: readonly Post[]): string[] {
  if (row.cells.officers !== undefined) return splitPosts(officersLinesOf(row), register).posts;
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

/** As `plainText`, but for the ends of lines, which set posts apart. */
function inLines(raw: string): string {
  const lines = raw.split(/[\r\n]+/).map(plainText);
  return lines.filter((line) => line !== '').join('\n');
}

function officersIn(words: string, spellings: readonly Spelling[]): SplitPosts {
  const mentions = mentionsIn(words, spellings);
  const ends = [0, ...mentions.map(({ end }) => end)];
  const starts = [...mentions.map(({ start }) => start), words.length];
  const rest = starts.flatMap((start, index) => leftOver(words.slice(ends[index], start), index > 0));
  return { ...named(words, mentions), rest };
}

/** What stands beside posts; of what follows a post, a person's name in brackets is left aside. */
function leftOver(piece: string, followsPost: boolean): string[] {
  const unnamed = followsPost ? piece.replace(/^\s*[([]([^()[\]]{1,60})[)\]]/, (name) => (TITLE_WORD.test(name) ? name : ' ')) : piece;
  return unnamed
    .split(/\n|;|\s\/\s/)
    .map((part) => withoutJoints(plainText(part)))
    .filter((part) => part !== '');
}

function ownerIn(words: string, spellings: readonly Spelling[]): SplitOwner {
  const leading: Mention[] = [];
  for (const mention of mentionsIn(words, spellings)) {
    const between = words.slice(leading.at(-1)?.end ?? 0, mention.start);
    if (leftOver(between, leading.length > 0).length > 0) break;
    leading.push(mention);
  }
  const following = words.slice(leading.at(-1)?.end ?? 0);
  const isJoined = leading.length === 0 || /^(?:\s*(?:[/&,;]|\n|and\b))+\s*/.test(following);
  const unknown = isJoined ? titleAtStart(withoutJoints(following)) : null;
  const comments = following.replaceAll('\n', ' ').replace(/^[\s.,;:/]+/, '');
  return { ...named(words, leading), rest: unknown === null ? [] : [unknown], comments };
}

const TITLE_WORD =
  /\b(?:head|manager|officers?|director|lead|leader|chief|co-?ordinator|executive|surveyor|solicitor|accountant|supervisor|team|advis[eo]r)\b/i;
const LIKE_A_TITLE =
  /^(?:(?:(?:\p{Lu}[\p{L}'’-]*,?|of|and|for|the|in|&) ){0,5}\p{Lu}[\p{L}'’-]*,? )?(?:Head|Managers?|Officers?|Director|Lead|Leader|Chief|Co-?ordinator|Executive|Surveyor|Solicitor|Accountant|Supervisor|Team|Advis[eo]r)\b/u;
/** Longer than this, a piece without a full stop is the title with the comments behind it. */
const LONGEST_TITLE_WORDS = 10;

/** The words that a text begins with if they are like the title of a post: to the end of the line or sentence, or of the title. */
function titleAtStart(text: string): string | null {
  const title = LIKE_A_TITLE.exec(text)?.[0];
  if (title === undefined) return null;
  const sentence = plainText(text.split(/\n|;|\s\/\s|\.(?:\s|$)|\s[–—-]\s|\(/)[0] ?? '');
  return sentence.split(' ').length <= LONGEST_TITLE_WORDS ? sentence : /\b(?:Head|Director|Chief)$/.test(title) ? firstWords(text) : title;
}

function firstWords(text: string): string {
  return plainText(text).split(' ').slice(0, 5).join(' ');
}

/** Whether a text begins like the title of a post, for plans that are read without a register. */
export function beginsLikeATitle(text: string): boolean {
  return TITLE_WORD.test(plainText(text).split(' ').slice(0, 6).join(' '));
}

function mentionsIn(words: string, spellings: readonly Spelling[]): Mention[] {
  const small = inSmallLetters(words);
  const mentions: Mention[] = [];
  let position = 0;
  while (position < words.length) {
    const found = spellings.find(({ text }) => matchesAt(text, small, position));
    const end = found ? position + found.text.length : nextWord(words, position);
    if (found) mentions.push({ title: found.title, start: position, end });
    position = end;
  }
  return mentions;
}

/** In small letters and in one line, sign for sign: letters that would become two stay as they are. */
function inSmallLetters(words: string): string {
  const small = words.toLowerCase();
  return (small.length === words.length ? small : words).replaceAll('\n', ' ');
}

/** Every spelling of every post, the longest first, so that "Head of Communities" never cuts a longer title short. */
function spellingsOf(register: readonly Post[]): Spelling[] {
  const spellings = register.flatMap(({ title, otherSpellings }) =>
    [title, ...otherSpellings].map((spelling) => ({ title, text: plainText(spelling).toLowerCase() })),
  );
  return spellings.filter(({ text }) => text !== '').sort((a, b) => b.text.length - a.text.length);
}

function matchesAt(text: string, words: string, position: number): boolean {
  if (!words.startsWith(text, position)) return false;
  const end = position + text.length;
  return !/^[\p{L}\p{N}]/u.test(words.slice(end, end + 2));
}

/** Where the next word begins; a post may also stand right after a sign. */
function nextWord(words: string, position: number): number {
  const rest = /[\s/,;:.([&+•–—]+(?=\S)/u.exec(words.slice(position));
  return rest ? position + rest.index + rest[0].length : words.length;
}

const JOINTS_BEFORE = /^(?:[\s.,;:/&+)\]•–—-]|(?:and|with|plus|supported by|lead(?: officer)?(?=:))(?![\p{L}\p{N}]))+/iu;
const JOINTS_AFTER = /(?:[\s.,;:/&+([•–—-]|(?<![\p{L}\p{N}])(?:and|with|plus|supported by))+$/iu;

/** A piece of text without what only joins posts: full stops, commas, strokes, "and", brackets around it or half of it. */
function withoutJoints(piece: string): string {
  const bare = piece.replace(JOINTS_BEFORE, '').replace(JOINTS_AFTER, '');
  if (/^[([][^()[\]]*[)\]]?$/.test(bare)) return withoutJoints(bare.replace(/^[([]|[)\]]$/g, ''));
  return /^[^()[\]]*[)\]]$/.test(bare) ? withoutJoints(bare.slice(0, -1)) : bare;
}

function named(words: string, mentions: readonly Mention[]): Pick<SplitPosts, 'posts' | 'otherwise'> {
  const written = mentions.map(({ title, start, end }) => ({ title, written: plainText(words.slice(start, end)) }));
  return {
    posts: [...new Set(mentions.map(({ title }) => title))],
    otherwise: written.filter((one) => one.written.toLowerCase() !== plainText(one.title).toLowerCase()),
  };
}
