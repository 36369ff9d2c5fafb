/** The record of queries accepted with a reason: which stand at a moment, and how a new one is written. */
import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { queryKey, type SettledQuery } from '../domain/accepted-queries.js';
import { AcceptanceWithdrawal, QueryAcceptance } from './entities/queries.js';

/** An acceptance with its withdrawal, null while it has none. */
export interface RecordedAcceptance {
  acceptance: QueryAcceptance;
  withdrawal: AcceptanceWithdrawal | null;
}

/** Every acceptance that was ever given for a plan's queries, the oldest first. */
export async function acceptanceRecord(em: EntityManager, planId: string): Promise<RecordedAcceptance[]> {
  const given = await em.find(QueryAcceptance, { planId }, { orderBy: { acceptedAt: 'asc', id: 'asc' } });
  const withdrawals = await em.find(AcceptanceWithdrawal, { acceptanceId: { $in: given.map(({ id }) => id) } });
  const byAcceptance = new Map(withdrawals.map((withdrawal) => [withdrawal.acceptanceId, withdrawal]));
  return given.map((acceptance) => ({ acceptance, withdrawal: byAcceptance.get(acceptance.id) ?? null }));
}

/**
 * The acceptances of a record that stand.
 * @param at the moment, in the council's time, at which an earlier version was submitted; now unless given
 */
export function standingAcceptances(record: readonly RecordedAcceptance[], at?: Date): QueryAcceptance[] {
  const isAfter = (moment: Date): boolean => at !== undefined && moment > at;
  return record
    .filter(({ acceptance, withdrawal }) => !isAfter(acceptance.acceptedAt) && (!withdrawal || isAfter(withdrawal.withdrawnAt)))
    .map(({ acceptance }) => acceptance);
}

/** Who accepts, why, and when in the council's time. */
export interface Accepting {
  planId: string;
  personId: string;
  /** Whose role it is, where the person stands in for somebody. */
  onBehalfOf: string | null;
  reason: string;
  at: Date;
}

/**
 * Writes one acceptance for each query, in the caller's transaction. Findings of one rule on one text are one acceptance; who
 * may accept, and that the queries are open, is asked by the caller.
 */
export function writeAcceptances(em: EntityManager, queries: readonly SettledQuery[], accepting: Accepting): QueryAcceptance[] {
  const { planId, personId, onBehalfOf, reason, at } = accepting;
  const distinct = new Map(queries.map((query) => [queryKey(query), query]));
  return [...distinct.values()].map(({ rule, rowId, code, column, text, message }) => {
    const place = { rule, rowId, code, column, text, message };
    const given = { reason, acceptedBy: personId, onBehalfOf, acceptedAt: at };
    const acceptance = em.create(QueryAcceptance, { id: randomUUID(), planId, ...place, ...given });
    em.persist(acceptance);
    return acceptance;
  });
}

/** An acceptance as the audit trail keeps it. */
export function acceptanceOnRecord({ id, rule, rowId, code, column }: QueryAcceptance): Record<string, unknown> {
  return { id, rule, rowId: rowId ?? null, code: code ?? null, column: column ?? null };
}
