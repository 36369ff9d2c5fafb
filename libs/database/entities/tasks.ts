/** What is asked of whom, the notices that tell them, and the messages that carry the notices. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Role } from '../../domain/route.js';

export type TaskKind = 'draft' | 'review' | 'decide' | 'full-plan' | 'quarterly-update' | 'quarter-cabinet' | 'undelivered' | 'guard-alarm';

/** Something that waits for a role, or for the holder of a post, until it is done. */
export const Task = defineEntity({
  name: 'Task',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    kind: p.string().$type<TaskKind>(),
    planId: p.uuid().nullable(),
    quarterId: p.uuid().nullable(),
    /** The cycle whose alarm is to be answered. */
    cycleId: p.uuid().nullable(),
    /** The stage's id for a plan's task. */
    at: p.string(),
    round: p.integer().default(1),
    role: p.string().$type<Role>().nullable(),
    scope: p.string().nullable(),
    /** The post that is asked, for a quarterly update or an alarm. */
    postId: p.uuid().nullable(),
    dueOn: p.date().nullable(),
    openedAt: p.datetime(),
    /** The last reminder's number and day, so that the next one is known. */
    remindedOn: p.date().nullable(),
    closedAt: p.datetime().nullable(),
    closedBy: p.uuid().nullable(),
  },
  indexes: [{ properties: ['councilId', 'closedAt'] }, { properties: ['planId'] }, { properties: ['quarterId'] }],
});
export type Task = InferEntity<typeof Task>;

/** Why someone is told something: once for each kind, subject, recipient and occurrence (I3). */
export const Notice = defineEntity({
  name: 'Notice',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    kind: p.string(),
    /** What it is about, for example "plan/…/gmt-review/2". */
    subject: p.string(),
    recipient: p.string(),
    occurrence: p.string(),
    messageId: p.uuid(),
    /** What the e-mail's template is filled with, as it was at that moment. */
    facts: p.json<Record<string, unknown>>(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'kind', 'subject', 'recipient', 'occurrence'] }],
  indexes: [{ properties: ['messageId'] }],
});
export type Notice = InferEntity<typeof Notice>;

/** One e-mail: queued with what caused it, sent later with its own patience. Its id makes the Message-ID. */
export const Message = defineEntity({
  name: 'Message',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    recipientEmail: p.string(),
    /** The id of the plan, quarter or cycle that it is about: mail programs group by it. */
    thread: p.uuid().nullable(),
    status: p.string().$type<'queued' | 'sent' | 'refused'>(),
    attempts: p.integer().default(0),
    nextAttemptAt: p.datetime(),
    lastError: p.text().nullable(),
    sentAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
  indexes: [{ properties: ['status', 'nextAttemptAt'] }],
});
export type Message = InferEntity<typeof Message>;
