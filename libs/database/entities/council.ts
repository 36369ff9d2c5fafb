/** The council, its clock and its meetings. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarSettings, Consideration } from '../../calendar/timetable-settings.js';

/** A council; its id is a short text that leads every key, for example "broxtowe". */
export const Council = defineEntity({
  name: 'Council',
  properties: {
    id: p.string().primary(),
    name: p.string(),
    /** Whether this is a demonstration, where one signs in by choosing a person. */
    demonstration: p.boolean().default(false),
    /** The council's time less the server's, in milliseconds: nought but on a demonstration. */
    clockOffsetMs: p.bigint('number').default(0),
    /** The bodies, closures and rules that every date follows from; meetings are rows of their own. */
    settings: p.json<CouncilSettings>(),
  },
});
export type Council = InferEntity<typeof Council>;

/** What a council sets: the calendar's rules, and how far off a target is still amber. */
export type CouncilSettings = Omit<CalendarSettings, 'meetings'> & { ragTolerancePercent: number };

/** A meeting of a body on a day; deadlines follow from it. */
export const Meeting = defineEntity({
  name: 'Meeting',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** 'gmt', 'overview-and-scrutiny', 'cabinet' or 'council'. */
    body: p.string(),
    date: p.date(),
    /** What it has on its agenda of the plans' year. */
    considers: p.json<Consideration[]>(),
    place: p.string().nullable(),
  },
  uniques: [{ properties: ['councilId', 'body', 'date'] }],
});
export type Meeting = InferEntity<typeof Meeting>;

/** A meeting that was put on another day. The database refuses to change or delete it. */
export const MeetingMove = defineEntity({
  name: 'MeetingMove',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** Counts the council's moves from 1, so that whoever is told of them knows which came later. */
    number: p.integer(),
    meetingId: p.uuid(),
    fromDate: p.date(),
    toDate: p.date(),
    reason: p.text().nullable(),
    movedBy: p.uuid(),
    /** Whose role it was, while who moved it stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    movedAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'number'] }],
});
export type MeetingMove = InferEntity<typeof MeetingMove>;
