/** Texts as people read them, where nearly all need nothing done. */
import { plainText } from '../plain-text.js';

/** What may have to be normalised: white space but single spaces inside, and signs beyond those that stand for themselves. */
const NEEDS_WORK = /[^\x20-\x7e\u00a1-\u02ff\u2010-\u2027\u2030-\u205e]|^ | {2}| $/;

/** As `plainText`; a text that is plain already costs one look. */
export function asPlainText(raw: string): string {
  return NEEDS_WORK.test(raw) ? plainText(raw) : raw;
}
