/** Bytes of a file that should be text, made into text or refused. */
import { DomainError } from '../domain/domain-error.js';

/**
 * Decodes a plan file as UTF-8; a byte order mark is dropped. Throws DomainError('unreadable') for any other
 * encoding: guessing an encoding could change a pound sign or a dash without anybody noticing.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError(
      'unreadable',
      'This file is not text in UTF-8, so it cannot be read with certainty. Save the plan as plain text in UTF-8 and try again.',
    );
  }
}
