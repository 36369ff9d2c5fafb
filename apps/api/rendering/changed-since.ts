/** What a page says when something else would follow now than it showed. */
import { isChangedSince } from '../../../libs/database/what-was-seen.js';
import { refusalIn } from '../problem.js';
import type { FormError } from './page.js';

const CHANGED_SINCE: FormError = {
  field: 'what-follows',
  text: 'Something has changed since: this is what follows now. Nothing has been recorded yet.',
};

/** What to say above the preview when it is shown once more; null if it was refused for another reason. */
export function changedSince(error: unknown): FormError[] | null {
  return isChangedSince(refusalIn(error)) ? [CHANGED_SINCE] : null;
}
