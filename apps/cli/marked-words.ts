/** Two texts with their words marked, for a terminal: in one line, or in two columns beside each other. */
import type { WordChange } from '../../libs/domain/word-changes.js';

/** What stands before and behind words that were taken out, and that were put in. */
export type Marks = Record<'removed' | 'added', readonly [string, string]>;

const LONGEST_STRETCH = 160;
const KEPT = 60;

/** The same with long stretches that did not change cut down to the words beside the changes. */
export function withoutLongStretches(words: readonly WordChange[]): WordChange[] {
  return words.map(({ text, kind }, index) => {
    if (kind !== 'same' || text.length <= LONGEST_STRETCH) return { text, kind };
    const start = index === 0 ? '' : text.slice(0, text.lastIndexOf(' ', KEPT));
    const end = index === words.length - 1 ? '' : text.slice(text.indexOf(' ', text.length - KEPT));
    return { text: `${start} …${end === '' ? '' : ` ${end.trimStart()}`}`.trimStart(), kind };
  });
}

/** One text with what was taken out and what was put in, each in its marks. */
export function inOneLine(words: readonly WordChange[], marks: Marks): string {
  return words.map(({ text, kind }) => (kind === 'same' ? text : `${marks[kind][0]}${text}${marks[kind][1]}`)).join('');
}

/** What was on the left and what is on the right, each wrapped to half of the width. */
export function besideEachOther(words: readonly WordChange[], marks: Marks, width: number): string[] {
  const half = Math.max(Math.floor((width - ' │ '.length) / 2), 20);
  const left = wrapped(
    words.filter(({ kind }) => kind !== 'added'),
    marks,
    half,
  );
  const right = wrapped(
    words.filter(({ kind }) => kind !== 'removed'),
    marks,
    half,
  );
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const { text = '', length = 0 } = left[index] ?? {};
    return `${text}${' '.repeat(Math.max(half - length, 0))} │ ${right[index]?.text ?? ''}`;
  });
}

interface Line {
  text: string;
  /** How many characters of it are seen: colours take no room. */
  length: number;
}

function wrapped(words: readonly WordChange[], marks: Marks, width: number): Line[] {
  const lines: WordChange[][] = [];
  let line: WordChange[] = [];
  for (const word of unbroken(words, width)) {
    const longer = line.length === 0 ? word : joined(line, word);
    if (line.length > 0 && rendered(longer, marks).length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => rendered(one, marks));
}

/** What stands between white space, each in pieces of one kind; a word that is too long for a line is cut. */
function unbroken(words: readonly WordChange[], width: number): WordChange[][] {
  const found: WordChange[][] = [[]];
  for (const { text, kind } of words)
    text.split(/\s+/).forEach((part, index) => {
      if (index > 0) found.push([]);
      for (let start = 0; start < part.length; start += width) {
        if (start > 0) found.push([]);
        found.at(-1)!.push({ text: part.slice(start, start + width), kind });
      }
    });
  return found.filter((word) => word.length > 0);
}

/** A space between words of one kind belongs to both, else to neither. */
function joined(line: readonly WordChange[], word: readonly WordChange[]): WordChange[] {
  const [last, first] = [line.at(-1)!, word[0]!];
  if (last.kind === first.kind) return [...line.slice(0, -1), { text: `${last.text} ${first.text}`, kind: last.kind }, ...word.slice(1)];
  return [...line, { text: ' ', kind: 'same' }, ...word];
}

function rendered(line: readonly WordChange[], marks: Marks): Line {
  const text = inOneLine(line, marks);
  // eslint-disable-next-line no-control-regex -- the signs that begin a colour
  return { text, length: text.replace(/\u001b\[[\d;]*m/g, '').length };
}
