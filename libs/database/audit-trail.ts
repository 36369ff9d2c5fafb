/** The audit trail: every act on record, each entry chained to the one before it. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditEntry } from './entities/record.js';

/** What is put on record; the number and the hashes are the trail's own. */
export type AuditedAct = Pick<AuditEntry, 'councilId' | 'at' | 'personId' | 'act' | 'subject' | 'details'>;

const beginningOfTrail = '0'.repeat(64);

/**
 * Appends an act to its council's trail, in the caller's transaction.
 * The trail is one line: whoever appends waits for the one before to commit, so call it last.
 */
export async function appendToAuditTrail(em: EntityManager, act: AuditedAct): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`audit ${act.councilId}`]);
  const last = await em.findOne(AuditEntry, { councilId: act.councilId }, { orderBy: { number: 'desc' } });
  const number = (last?.number ?? 0) + 1;
  const previousHash = last?.hash ?? beginningOfTrail;
  em.persist(em.create(AuditEntry, { ...act, number, previousHash, hash: hashOfEntry({ ...act, number, previousHash }) }));
  await em.flush();
}

/**
 * Verifies a council's trail from its beginning.
 * @returns the number of the first entry that was touched or removed, or null if the trail is whole
 */
export async function firstBrokenEntry(em: EntityManager, councilId: string): Promise<number | null> {
  let previousHash = beginningOfTrail;
  let number = 0;
  for (const entry of await em.find(AuditEntry, { councilId }, { orderBy: { number: 'asc' } })) {
    number += 1;
    const isWhole = entry.number === number && entry.previousHash === previousHash && entry.hash === hashOfEntry(entry);
    if (!isWhole) return number;
    previousHash = entry.hash;
  }
  return null;
}

function hashOfEntry(entry: AuditedAct & { number: number; previousHash: string }): string {
  const { councilId, at, personId, act, subject, details, number, previousHash } = entry;
  const text = canonicalize({ councilId, at: at.toISOString(), personId, act, subject, details, number, previousHash });
  return createHash('sha256')
    .update(text ?? '')
    .digest('hex');
}
