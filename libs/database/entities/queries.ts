/** Queries that were accepted with a reason: who, when and for which text; and acceptances that were withdrawn again. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** One query of a plan that somebody accepted. The database refuses to change or delete it. */
export const QueryAcceptance = defineEntity({
  name: 'QueryAcceptance',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    rule: p.string(),
    /** Null where the plan as a whole is meant. */
    rowId: p.text().nullable(),
    code: p.text().nullable(),
    /** The key of the cell's column; null where the whole row or plan is meant. */
    column: p.text().nullable(),
    /** The text that it was given for; it covers no other. */
    text: p.text(),
    /** What the query said when it was accepted. */
    message: p.text(),
    reason: p.text(),
    acceptedBy: p.uuid(),
    /** Whose role it was, while who accepted stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    acceptedAt: p.datetime(),
  },
  indexes: [{ properties: ['planId', 'acceptedAt'] }],
});
export type QueryAcceptance = InferEntity<typeof QueryAcceptance>;

/** That an acceptance holds no longer, in a row of its own: what was accepted stays on record. */
export const AcceptanceWithdrawal = defineEntity({
  name: 'AcceptanceWithdrawal',
  properties: {
    acceptanceId: p.uuid().primary(),
    withdrawnBy: p.uuid(),
    withdrawnAt: p.datetime(),
  },
});
export type AcceptanceWithdrawal = InferEntity<typeof AcceptanceWithdrawal>;
