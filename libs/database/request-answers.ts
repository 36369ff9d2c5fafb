/** Requests that count once: the answer already given to a key, whoever asks again. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../domain/domain-error.js';
import { RequestAnswer } from './entities/record.js';

/** The key under which an answer is kept, and the hash of what was asked under it. */
export interface RequestKey {
  key: string;
  bodyHash: string;
}

/**
 * Makes the key of a request.
 * @param idempotencyKey what the caller sent as Idempotency-Key, or the page's own
 * @param body everything that was asked, as plain data
 */
export function requestKey(councilId: string, personId: string, idempotencyKey: string, body: unknown): RequestKey {
  return { key: sha256(canonicalize([councilId, personId, idempotencyKey])), bodyHash: sha256(canonicalize(body)) };
}

/**
 * The answer already given to a request, or null if it is the first time.
 * @throws DomainError 'key-reused' if something else was asked under the same key
 */
export async function answerGivenTo<Answer>(em: EntityManager, { key, bodyHash }: RequestKey): Promise<Answer | null> {
  const given = await em.findOne(RequestAnswer, key);
  if (!given) return null;
  if (given.bodyHash !== bodyHash)
    throw new DomainError('key-reused', 'This Idempotency-Key was already used for another request. Send a new key with each new request.');
  return given.answer as Answer;
}

function sha256(text: string | undefined): string {
  return createHash('sha256')
    .update(text ?? '')
    .digest('hex');
}
