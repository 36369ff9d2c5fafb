/** The record: an append-only audit trail, and the answers already given to requests. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** One act, chained to the one before it by its hash. The database refuses to change or delete it. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  properties: {
    councilId: p.string().primary(),
    number: p.integer().primary(),
    at: p.datetime(),
    /** The person who acted; null where the product did. */
    personId: p.uuid().nullable(),
    act: p.string(),
    subject: p.string(),
    details: p.json<Record<string, unknown>>(),
    previousHash: p.string(),
    hash: p.string(),
  },
});
export type AuditEntry = InferEntity<typeof AuditEntry>;

/** The answer to a request that must count once: the same key gives it again. */
export const RequestAnswer = defineEntity({
  name: 'RequestAnswer',
  properties: {
    /** SHA-256 of council, person and Idempotency-Key. */
    key: p.string().primary(),
    /** SHA-256 of what was asked; another body under the same key is refused. */
    bodyHash: p.string(),
    answer: p.json<Record<string, unknown>>(),
    createdAt: p.datetime(),
  },
  indexes: [{ properties: ['createdAt'] }],
});
export type RequestAnswer = InferEntity<typeof RequestAnswer>;
