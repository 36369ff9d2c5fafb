/** The text of a cell that may carry HTML tags, as a web editor leaves them behind. */
import { parse } from 'node-html-parser';

/** Tags that editors write for how text looks. Anything else in angle brackets is the council's text and stays. */
const FORMATTING_TAGS = 'a|abbr|b|blockquote|br|div|em|font|h[1-6]|hr|i|li|ol|p|pre|s|small|span|strong|sub|sup|u|ul';
const FORMATTING_TAG = new RegExp(`</?(?:${FORMATTING_TAGS})(?:\\s[^<>]*)?/?>`, 'i');
const OTHER_ANGLE_BRACKET = new RegExp(`<(?!/?(?:${FORMATTING_TAGS})(?:\\s[^<>]*)?/?>)`, 'gi');

export interface CellText {
  text: string;
  /** Whether tags were dropped to get the text. */
  hadMarkup: boolean;
}

/**
 * A cell without its HTML tags, paragraphs each on a line of their own. A cell without tags comes back untouched, ampersands
 * and angle brackets included ("BCRPDA&V_15", "< 5").
 */
export function cellText(raw: string): CellText {
  if (!FORMATTING_TAG.test(raw)) return { text: raw, hadMarkup: false };
  const html = raw.replace(OTHER_ANGLE_BRACKET, '&lt;');
  return { text: parse(html).structuredText, hadMarkup: true };
}
