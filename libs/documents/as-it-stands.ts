/** The mark by which our own documents say: this text is what it says, not a heading, a header, a row's end or markup. */

/** U+2060 WORD JOINER: invisible, no white space, and kept by every format that plans are written in. */
const MARK = '\u2060';

/** A text with the mark before it, so that it reads back as it stands. */
export function marked(text: string): string {
  return MARK + text;
}

/** Whether a text carries the mark; white space before it makes no difference, as formats add and drop that. */
export function isMarked(text: string): boolean {
  return text.trimStart().startsWith(MARK);
}

/** The text without the mark; one that carries none comes back untouched. */
export function unmarked(text: string): string {
  return isMarked(text) ? text.trimStart().slice(MARK.length) : text;
}
