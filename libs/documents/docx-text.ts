/** Texts as a Word document can hold them. */

/** Control characters, which XML forbids; tabs and line ends it may hold. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\0-\x08\x0e-\x1f\ufffe\uffff]/g;

/**
 * A text without what no Word document can hold: control characters and broken halves of characters become the replacement
 * sign, so that the document opens and shows that something stood there. Vertical tabs, form feeds and the
 * next-line sign, which readers of XML drop, become spaces.
 */
export function wordText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\v\f\x85]/g, ' ')
    .replace(FORBIDDEN, '\uFFFD');
}
