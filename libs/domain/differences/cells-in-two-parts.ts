/** Cells that hold two things with nothing between them: a post and comments, officers and a date. */
import { officersTextOf, targetDateOf } from '../parse-date.js';
import { postSplitter, type Post, type PostSplitter } from '../posts.js';

/** A council's posts, made ready when they are first asked for. */
export interface KnownPosts {
  register: readonly Post[];
  splitter: () => PostSplitter;
}

/** A register as it is asked for by whoever tells differences. */
export function knownPosts(register: readonly Post[]): KnownPosts {
  let ready: PostSplitter | undefined;
  return { register, splitter: () => (ready ??= postSplitter(register)) };
}

/** A cell taken apart. The first part is about people, the second is the comments or the date. */
export interface TwoParts {
  people: string;
  rest: string;
  /** The day that the date counts until, 'YYYY-MM-DD'; null for comments and for words in place of a date. */
  lastDay: string | null;
}

/** Both texts of a cell, each taken apart. */
export interface TwoPartsOfBoth {
  before: TwoParts;
  after: TwoParts;
}

/**
 * An indicator's owner cells, each as plain text. A post that the register does not know cannot be told from the comments after it; then the other
 * text of the cell says where they begin, so that one edit is not taken for two.
 */
export function ownersAndComments(was: string, is: string, { register, splitter }: KnownPosts): TwoPartsOfBoth {
  const titles = [was, is].filter((text) => isLikeATitle(text, splitter()));
  const posts = titles.length === 0 ? splitter() : postSplitter([...register, ...titles.map(asPost)]);
  const parts = { before: ownerAndComments(was, posts), after: ownerAndComments(is, posts) };
  if (!bothDiffer(parts)) return parts;
  const [earlier, later] = [posts.owner(was).posts, posts.owner(is).posts];
  if (losesPosts(earlier, later) || isCutShort(parts.before, parts.after))
    return { before: parts.before, after: withCommentsOf(parts.before, parts.after, is) };
  if (losesPosts(later, earlier) || isCutShort(parts.after, parts.before))
    return { before: withCommentsOf(parts.after, parts.before, was), after: parts.after };
  return parts;
}

function ownerAndComments(text: string, posts: PostSplitter): TwoParts {
  const { comments } = posts.owner(text);
  return { people: text.slice(0, text.length - comments.length).trim(), rest: comments, lastDay: null };
}

/** Longer texts are comments, whoever they speak of. */
const LONGEST_TITLE = 80;

/** A cell that names a post and nothing else, though the register does not know it: a few words, each with a capital letter. */
function isLikeATitle(text: string, posts: PostSplitter): boolean {
  if (text === '' || text.length > LONGEST_TITLE || posts.owner(text).posts.length > 0) return false;
  return text.split(' ').every((word) => /^\(?\p{Lu}|^(?:of|and|for|the|in|to|&|-|–|\/)$/u.test(word)) && !/[.;:?!]\s/.test(text);
}

function asPost(title: string): Post {
  return { title, otherSpellings: [] };
}

function bothDiffer({ before, after }: TwoPartsOfBoth): boolean {
  return before.people !== after.people && before.rest !== after.rest;
}

/** Whether posts are lost at the end of a list, as when one of them was written in a way that the register does not know. */
function losesPosts(all: readonly string[], fewer: readonly string[]): boolean {
  return fewer.length < all.length && fewer.every((post, index) => all[index] === post);
}

/** Whether the words of a post break off where the other text goes on, as when its title was mistyped behind a shorter title. */
function isCutShort(certain: TwoParts, doubtful: TwoParts): boolean {
  const begun = doubtful.people.replace(/[\s.,;:/]+$/, '');
  return begun === '' || (begun.length < certain.people.length && `${certain.people} `.startsWith(`${begun} `));
}

/** The doubtful text of a cell with the comments of its other text, if it ends with them or is too short to hold any. */
function withCommentsOf(certain: TwoParts, doubtful: TwoParts, text: string): TwoParts {
  const longest = Math.max(LONGEST_TITLE, 1.5 * certain.people.length);
  if (certain.rest === '') return doubtful.rest.length <= longest ? { people: text, rest: '', lastDay: null } : doubtful;
  const people = withoutEnd(text, certain.rest);
  return people === null ? doubtful : { people, rest: certain.rest, lastDay: null };
}

/** The text before these last words of it; null if it does not end with them. */
function withoutEnd(text: string, end: string): string | null {
  if (text === end) return '';
  return text.endsWith(` ${end}`) ? text.slice(0, -end.length - 1).trim() : null;
}

/** The text after these first words of it; null if it does not begin with them. */
function withoutStart(text: string, start: string): string | null {
  if (start === '') return text;
  return text.startsWith(`${start} `) ? text.slice(start.length + 1).trim() : null;
}

/**
 * An action's officers cells, each as plain text. Words in place of a date are told from posts by how they begin ("subject to …"); where that fails
 * the other text of the cell says where the officers end, so that one edit is not taken for two.
 */
export function officersAndDates(before: string, after: string, posts: KnownPosts): TwoPartsOfBoth {
  const parts = { before: officersAndDate(before), after: officersAndDate(after) };
  if (!bothDiffer(parts)) return parts;
  return {
    before: withOfficersOf(parts.after, parts.before, before, posts),
    after: withOfficersOf(parts.before, parts.after, after, posts),
  };
}

function officersAndDate(text: string): TwoParts {
  const row = { id: '', cells: { officers: text } };
  const date = targetDateOf(row);
  if (date.kind === 'absent') return { people: text, rest: '', lastDay: null };
  const people = text.endsWith(date.text) ? text.slice(0, -date.text.length).trim() : officersTextOf(row);
  return { people, rest: date.text, lastDay: 'lastDay' in date ? date.lastDay : null };
}

const ROLE = /\b(?:manager|officers?|head|director|lead|co-?ordinator|team|executive|chief|advis[eo]r|assistant)\b/i;

/** The doubtful text of a cell, put right by its other text: the same officers before other words, or the same date after them. */
function withOfficersOf(certain: TwoParts, doubtful: TwoParts, text: string, posts: KnownPosts): TwoParts {
  const words = withoutStart(text, certain.people);
  const between = withoutStart(doubtful.people, certain.people) ?? '';
  const isDated = doubtful.lastDay !== null;
  if (certain.rest !== '' && certain.people !== '' && words !== null && !isDated && !namesPosts(between, posts))
    return { people: certain.people, rest: words, lastDay: null };
  if (!isCutShort(certain, doubtful)) return doubtful;
  if (certain.rest === '') return !isDated && namesPosts(doubtful.rest, posts) ? { people: text, rest: '', lastDay: null } : doubtful;
  const people = certain.lastDay === null ? null : withoutEnd(text, certain.rest);
  return people !== null && namesPosts(people, posts) ? { ...certain, people } : doubtful;
}

function namesPosts(text: string, { splitter }: KnownPosts): boolean {
  return ROLE.test(text) || splitter().officers(text).posts.length > 0;
}
