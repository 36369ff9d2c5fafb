/** Text as it is recognised: signs that look alike are alike. What was written stays as it was; this is for comparing only. */
import { plainText } from '../domain/plain-text.js';

/** Zero-width signs and soft hyphens, which word processors leave in text. The mark of `as-it-stands.ts` is none of them. */
const UNSEEN = /[\u00AD\u180E\u200B-\u200F\uFEFF]/g;
/** The marks of footnotes, which would run into the year before them. */
const RAISED = /[\u00B2\u00B3\u00B9\u2070\u2074-\u2079]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const SLASHES = /[\u2044\u2215]/g;

/** One line with full-width digits and letters as ordinary ones, every dash "-" and every slash "/". */
export function recognisable(raw: string): string {
  return plainText(raw.toWellFormed().replace(RAISED, '').normalize('NFKC').replace(UNSEEN, '')).replace(DASHES, '-').replace(SLASHES, '/');
}
