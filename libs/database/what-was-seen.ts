/** Ties what is recorded to what somebody was shown before they confirmed it. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { DomainError } from '../domain/domain-error.js';

/** Where the digest stands in a request. */
const POINTER = '/previewHash';

/** SHA-256 in hex of what is shown, the same for the same data whatever the order of its members. */
export function previewHashOf(shown: unknown): string {
  return createHash('sha256')
    .update(canonicalize(shown) ?? '')
    .digest('hex');
}

/**
 * Makes sure that what would be recorded now is what was shown.
 * @param seen the digest that came with the confirmation; nothing is asked where there is none
 * @param now what would be shown now, worked out only where something was seen
 * @throws DomainError 'stale'
 */
export function requireSeen(seen: string | undefined, now: () => unknown): void {
  if (seen !== undefined && seen !== previewHashOf(now()))
    throw new DomainError(
      'stale',
      'Something has changed since the preview, and other things would follow now. Nothing has been recorded.',
      [{ pointer: POINTER, detail: 'Ask for the preview again' }],
    );
}

/** Whether a refusal says that something else would be recorded than was shown. */
export function isChangedSince(refusal: DomainError | null): boolean {
  return refusal?.code === 'stale' && refusal.fields.some(({ pointer }) => pointer === POINTER);
}
