/** What people answered to the alarms of 1 April, and whom they chased: records that never change. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { GuardAnswerKind } from '../../domain/guard-answer.js';

/** An answer to an alarm about one plan. The database refuses to change or delete it. */
export const GuardAnswer = defineEntity({
  name: 'GuardAnswer',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    /** Counts the plan's answers from 1; the latest is the one that counts. */
    number: p.integer(),
    /** The plan's round at that moment: a plan that is returned asks again. */
    round: p.integer(),
    kind: p.string().$type<GuardAnswerKind>(),
    meetingId: p.uuid().nullable(),
    /** The day up to which it holds, as it was then: another meeting's day moves with the meeting. */
    until: p.date(),
    reason: p.text().nullable(),
    answeredBy: p.uuid(),
    answeredAt: p.datetime(),
  },
  uniques: [{ properties: ['planId', 'number'] }],
});
export type GuardAnswer = InferEntity<typeof GuardAnswer>;

/** One person chased once, about a plan or about a quarter's updates. The database refuses to change or delete it. */
export const Chase = defineEntity({
  name: 'Chase',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    planId: p.uuid().nullable(),
    quarterId: p.uuid().nullable(),
    personId: p.uuid(),
    chasedBy: p.uuid(),
    chasedAt: p.datetime(),
  },
  indexes: [{ properties: ['planId', 'chasedAt'] }, { properties: ['quarterId', 'chasedAt'] }],
});
export type Chase = InferEntity<typeof Chase>;
