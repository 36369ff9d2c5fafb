/** A cell with several figures taken apart: one for each measure of its row. */
import { figureText, NOTHING, parseFigure } from './parse-figure.js';
import { plainText } from './plain-text.js';

const FIGURE_IN_TEXT = /\([^()]*\)|[-−–]?£?\d[\d,.\u00A0]*(?:\s%|%)?|\S+/g;

/**
 * A composite cell taken apart: "433 79%" for two codes is ["433", "79%"]. A blank cell, a dash, "n/a" or "TBC" stands for each code.
 * Lines, semicolons and strokes set figures apart, and so does the only way to read each piece as a figure ("28 days 79%"). A single
 * figure could be any measure's, so it is nobody's; other cells that do not fit stay whole and read as a text.
 */
export function figureParts(raw: string, count: number): string[] {
  const text = figureText(raw);
  if (standsForEach(text)) return Array<string>(count).fill(text);
  const pieces = text.match(FIGURE_IN_TEXT) ?? [];
  const fits = pieces.length === count;
  const parts =
    fits && pieces.every(isFigure) ? pieces : (inLines(raw, count) ?? setApart(text, count) ?? onlyWayToRead(text.split(' '), count));
  if (parts) return parts.map(withoutBracketsOfShare);
  return fits ? pieces : Array<string>(count).fill(pieces.length === 1 ? '' : text);
}

/** Whether a cell says of all its measures that they have no figure, or none yet. */
function standsForEach(text: string): boolean {
  if (NOTHING.test(text)) return true;
  const figure = parseFigure(text);
  return (
    !/\d/.test(text) && (figure.kind === 'none' || (figure.kind === 'text' && figure.pending === true)) && !/^n ?\/ ?a\W+\S/i.test(text)
  );
}

function inLines(raw: string, count: number): string[] | null {
  const lines = raw.split(/[\r\n]+/).filter((line) => plainText(line) !== '');
  return lines.length === count ? lines.map(figureText) : null;
}

function setApart(text: string, count: number): string[] | null {
  for (const separator of [/\s*[;|]\s*/, /\s+\/\s+/, /\s*\/\s*/, /,\s+/, /\s+[-–—]\s+/]) {
    const parts = text.split(separator);
    if (parts.length === count && parts.every(isFigure)) return parts;
  }
  return null;
}

/** More words than this are a sentence. */
const MOST_WORDS = 12;

/** The words in as many groups as there are measures, if there is one way only in which each group is a figure. */
function onlyWayToRead(words: string[], count: number): string[] | null {
  if (words.length > MOST_WORDS || words.length < count) return null;
  const ways = groupings(words, count);
  return ways.length === 1 ? ways[0]! : null;
}

function groupings(words: string[], count: number): string[][] {
  if (count === 1) return isFigure(words.join(' ')) ? [[words.join(' ')]] : [];
  return words.slice(0, words.length - count + 1).flatMap((_, index) => {
    const first = words.slice(0, index + 1).join(' ');
    return isFigure(first) ? groupings(words.slice(index + 1), count - 1).map((rest) => [first, ...rest]) : [];
  });
}

function isFigure(text: string): boolean {
  const figure = parseFigure(text);
  return figure.kind !== 'text' || figure.pending === true;
}

/** "84 (12%)": the brackets set the share apart from its count, and do not make it negative. */
function withoutBracketsOfShare(part: string, index: number): string {
  return index === 0 ? part : (/^\(\s*([\d.,]+\s?%)\s*\)$/.exec(part)?.[1] ?? part);
}
