/** Who works with the plans: people, the posts they hold, the roles they have, and how they are known when they call. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Role } from '../../domain/route.js';
import type { Handover } from '../../domain/standing-in.js';

export const Person = defineEntity({
  name: 'Person',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    name: p.string(),
    email: p.string(),
    jobTitle: p.string(),
    /** The next person up, who is told when reminders stay without effect. */
    managerId: p.uuid().nullable(),
    /** The first day on which they are not here any more, perhaps one to come; who follows them stands in their Absence. */
    leftOn: p.date().nullable(),
  },
  uniques: [{ properties: ['councilId', 'email'] }],
});
export type Person = InferEntity<typeof Person>;

/** A post owns indicators and actions; its holder is asked, and after them the deputy or the team's mailbox. */
export const Post = defineEntity({
  name: 'Post',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    title: p.string(),
    otherSpellings: p.json<string[]>(),
    holderId: p.uuid().nullable(),
    deputyId: p.uuid().nullable(),
    teamMailbox: p.string().nullable(),
  },
  uniques: [{ properties: ['councilId', 'title'] }],
});
export type Post = InferEntity<typeof Post>;

/** A role in a person's hands, for one priority or body, or for all (scope null). */
export const RoleGrant = defineEntity({
  name: 'RoleGrant',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    personId: p.uuid(),
    role: p.string().$type<Role>(),
    scope: p.string().nullable(),
  },
  indexes: [{ properties: ['councilId', 'role'] }, { properties: ['personId'] }],
});
export type RoleGrant = InferEntity<typeof RoleGrant>;

/** Days on which a person is away, and who stands in; without a last day they have left. */
export const Absence = defineEntity({
  name: 'Absence',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    personId: p.uuid(),
    firstDay: p.date(),
    /** Before the first day where it was withdrawn before it began. */
    lastDay: p.date().nullable(),
    /** Null where nobody does. */
    standInId: p.uuid().nullable(),
    /** Who follows in single matters; of somebody who left, in each of theirs. */
    handovers: p.json<Handover[]>(),
    /** For the person and those who manage people only; in no e-mail and not in the audit trail. */
    reason: p.text().nullable(),
    recordedBy: p.uuid(),
    recordedAt: p.datetime(),
    /** The day on which successors got what was handed over. */
    handedOverOn: p.date().nullable(),
    /** The day on which the person was told that it has ended. */
    toldOfEndOn: p.date().nullable(),
  },
  indexes: [{ properties: ['councilId', 'firstDay'] }],
});
export type Absence = InferEntity<typeof Absence>;

/** A key for programs that act for a person; only its SHA-256 is kept. */
export const ApiToken = defineEntity({
  name: 'ApiToken',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    personId: p.uuid(),
    tokenHash: p.string().unique(),
    name: p.string(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
  },
});
export type ApiToken = InferEntity<typeof ApiToken>;

/** A signed-in browser; the session's id is kept hashed. */
export const Session = defineEntity({
  name: 'Session',
  properties: {
    idHash: p.string().primary(),
    data: p.json<Record<string, unknown>>(),
    expiresAt: p.datetime(),
  },
  indexes: [{ properties: ['expiresAt'] }],
});
export type Session = InferEntity<typeof Session>;
