/** Rehearsals that people asked for: what was asked, how far each has come, and the events that it came back with. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { BusinessGoesTo, MeetingChangeKind } from '../../domain/meeting.js';
import type { AskedScenario, RehearsedEvent } from '../../domain/rehearsal.js';

/** A meeting that is changed first, with where it stood when the rehearsal was asked for. */
export interface RehearsedChange {
  meetingId: string;
  body: string;
  /** Its day before the change. */
  from: string;
  kind: MeetingChangeKind;
  /** The day it moves to. */
  to?: string;
  business?: BusinessGoesTo;
  /** The day of the meeting that has the business then. */
  businessOn?: string;
  reason?: string;
}

export const REHEARSAL_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export type RehearsalState = (typeof REHEARSAL_STATES)[number];

export const Rehearsal = defineEntity({
  name: 'Rehearsal',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** "2028-29" */
    year: p.string(),
    scenario: p.string().$type<AskedScenario>(),
    /** null for a year without a change. */
    change: p.json<RehearsedChange>().nullable(),
    askedBy: p.uuid(),
    /** The council's time. */
    askedAt: p.datetime(),
    state: p.string().$type<RehearsalState>(),
    /** The council's day on which it was asked for, and about the last one that is played. */
    beginsOn: p.date(),
    endsOn: p.date(),
    /** The day that it has come to. */
    reachedDay: p.date().nullable(),
    events: p.json<RehearsedEvent[]>().nullable().lazy(),
    /** A sentence for people. */
    failedBecause: p.text().nullable(),
    /** The server's real time at which the process that plays it last said that it does. */
    beatAt: p.datetime(),
  },
  indexes: [{ properties: ['councilId', 'askedAt'] }],
});
export type Rehearsal = InferEntity<typeof Rehearsal>;
