/** What is asked of whom, the notices that tell them, and the messages that carry the notices. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Role } from '../../domain/route.js';

export type TaskKind =
  | 'draft'
  | 'review'
  | 'decide'
  | 'full-plan'
  | 'quarterly-update'
  | 'quarter-cabinet'
  | 'meetings-missing' // a cycle or a quarter cannot open without them
  | 'undelivered'
  | 'guard-alarm';

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
    /** The stage's id for a plan's task; for missing meetings what waits for them, as `businessKey` writes it. */
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
    /** For an undelivered e-mail: the first message that could not be delivered; others to the same address join (Message.taskId). */
    messageId: p.uuid().nullable(),
    /** How it was closed where that needs words, for example the reason why nothing had to be sent again. */
    closedBecause: p.text().nullable(),
  },
  indexes: [{ properties: ['councilId', 'closedAt'] }, { properties: ['planId'] }, { properties: ['quarterId'] }],
});
export type Task = InferEntity<typeof Task>;

/** 'done': what it reminds of was done before it left; 'said-later': a later reminder of the same in the same e-mail says more. */
export type LeftOut = 'done' | 'said-later';

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
    /** The tasks that it reminds of: once all are done, there is nothing left to say. Null for what stays true. */
    taskIds: p.json<string[]>().nullable(),
    /** Why the e-mail that left does not say it; null where it does, or has not left yet. */
    leftOut: p.string().$type<LeftOut>().nullable(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'kind', 'subject', 'recipient', 'occurrence'] }],
  indexes: [{ properties: ['messageId'] }],
});
export type Notice = InferEntity<typeof Notice>;

/**
 * 'queued' waits for its time or for the mail server; 'sent' was taken over by the server; 'refused' came back, at once or
 * later (then it has `sentAt`); 'dropped' had nothing left to say when its time came.
 */
export type MessageStatus = 'queued' | 'sent' | 'refused' | 'dropped';

/** One e-mail with one notice, or with those of a day: queued with what caused it, sent later with its own patience. Its id makes the Message-ID. */
export const Message = defineEntity({
  name: 'Message',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    recipientEmail: p.string(),
    /** The id of the plan, quarter or cycle that it is about: mail programs group by it. */
    thread: p.uuid().nullable(),
    /** The council's day of which it is the digest; null for one that leaves at once. */
    digestOn: p.date().nullable(),
    /** True once its words may have reached the server: nothing is added any more, so that one Message-ID is one text. */
    sealed: p.boolean().default(false),
    status: p.string().$type<MessageStatus>(),
    attempts: p.integer().default(0),
    /** When it was first to leave, in the server's time: those to one recipient leave in this order. */
    dueAt: p.datetime(),
    /** In the server's time. */
    nextAttemptAt: p.datetime(),
    lastError: p.text().nullable(),
    sentAt: p.datetime().nullable(),
    /** The task of the performance team, once it could not be delivered. */
    taskId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'recipientEmail', 'digestOn'] }],
  indexes: [{ properties: ['status', 'nextAttemptAt'] }, { properties: ['taskId'] }],
});
export type Message = InferEntity<typeof Message>;
