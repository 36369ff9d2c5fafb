/** The text of a cell that may carry HTML tags, as a web editor leaves them behind. */
import { parse } from 'node-html-parser';
import { isMarked, unmarked } from './as-it-stands.js';

/** Tags that editors write for how text looks. Anything else in angle brackets is the council's text and stays. */
const FORMATTING_TAGS = 'a|abbr|b|blockquote|br|div|em|font|h[1-6]|hr|i|li|ol|p|pre|s|small|span|strong|sub|sup|u|ul';
const FORMATTING_TAG = new RegExp(`</?(?:${FORMATTING_TAGS})(?:\\s[^<>]*)?/?>`, 'i');
const OTHER_ANGLE_BRACKET = new RegExp(`<(?!/?(?:${FORMATTING_TAGS})(?:\\s[^<>]*)?/?>)`, 'gi');

/** Whether a cell holds tags that reading would drop. */
export function hasTags(text: string): boolean {
  return FORMATTING_TAG.test(text);
}

export interface CellText {
  text: string;
  /** Whether tags were dropped to get the text. */
  hadMarkup: boolean;
}

/**
 * A cell without its HTML tags, paragraphs each on a line of their own. A cell without tags comes back untouched, ampersands
 * and angle brackets included ("BCRPDA&V_15", "< 5"), and so does one that is marked to stand as it is, without its mark.
 */
export function cellText(raw: string): CellText {
  if (isMarked(raw)) return { text: unmarked(raw), hadMarkup: false };
  if (!hasTags(raw)) return { text: raw, hadMarkup: false };
  const html = raw.replace(OTHER_ANGLE_BRACKET, '&lt;');
  return { text: parse(html).structuredText, hadMarkup: true };
}
