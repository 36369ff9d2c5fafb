/** Characters that XML cannot hold, in the way that spreadsheets write them: `_x0001_` (ECMA-376, 22.9.2.19, ST_Xstring). */

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** What XML forbids, or what the program that writes our spreadsheets would leave out: control characters and the like. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\0-\x08\x0b\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]|\p{Noncharacter_Code_Point}/gu;

/** The text that a cell of a spreadsheet means. */
export function withoutEscapes(text: string): string {
  return text.includes('_x') ? text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;
}

/** A text as a cell of a spreadsheet holds it; broken halves of characters become the replacement sign. */
export function withEscapes(text: string): string {
  const escaped = text.toWellFormed().replace(ESCAPE, '_x005F$&').replace(UNWRITABLE, escapeOf);
  // The writer looks its texts up in a plain object, where "constructor" and the like are always found.
  return escaped in {} ? escapeOf(escaped.slice(0, 1)) + escaped.slice(1) : escaped;
}

/** Characters beyond the first 65,536 are written in their two halves. */
function escapeOf(character: string): string {
  return character
    .split('')
    .map((half) => `_x${half.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .join('');
}
