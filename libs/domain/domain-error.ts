/** The one way the product refuses: a code for machines and a plain English sentence for people. */

/** What kind of refusal it is; the API and the pages choose their status from it (`apps/api/problem.filter.ts`). */
export type RefusalCode =
  | 'not-found' // there is no such thing, or not for this person
  | 'not-signed-in'
  | 'not-allowed' // this person may not do that
  | 'not-now' // the plan is at a step where that cannot be done
  | 'stale' // what the person saw has changed since
  | 'invalid' // what was sent is incomplete or wrong
  | 'key-reused' // the same Idempotency-Key with another body
  | 'unreadable'; // a file that is not a plan we can read

/** Where in the input the trouble is: a JSON pointer for machines, a sentence for people. */
export interface InvalidField {
  pointer: string;
  detail: string;
}

/** A refusal that is meant for the person who asked: never retried, never shown as a fault. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly fields: InvalidField[] = [],
  ) {
    super(message);
  }
}
