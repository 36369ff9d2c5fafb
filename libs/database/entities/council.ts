/** The council, its clock and its meetings. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarSettings, Consideration } from '../../calendar/timetable-settings.js';
import type { DayNames } from '../../calendar/special-days.js';
import type { CalendarChange } from '../../domain/calendar-change.js';
import type { MeetingChangeKind, MeetingState } from '../../domain/meeting.js';

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

/** What a council sets: the calendar's rules, what its closures and polling days are called, and how far off a target is still amber. */
export type CouncilSettings = Omit<CalendarSettings, 'meetings'> & { ragTolerancePercent: number; dayNames?: DayNames };

/** A meeting of a body on a day; deadlines follow from it. A body has one on a day, besides any that were called off. */
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
    /** In London, '18:00'; null where it is not known. */
    time: p.string().nullable(),
    state: p.string().$type<MeetingState>().default('planned'),
    extraordinary: p.boolean().default(false),
    /** The day on which its agenda was published, once that is on record. */
    agendaPublishedOn: p.date().nullable(),
    /** Its page in the council's own committee system. */
    address: p.text().nullable(),
    /** What that system last said of it; null for a meeting that it never gave. */
    listed: p.json<ListedThere>().nullable(),
    /** Counts what was changed about it apart from its day, so that nobody overwrites what they have not seen. */
    revision: p.integer().default(0),
  },
});
export type Meeting = InferEntity<typeof Meeting>;

/** A meeting as the council's committee system gave it, where that can differ from what is planned here. */
export interface ListedThere {
  uid: string | null;
  /** 'YYYY-MM-DD' */
  date: string;
  cancelled: boolean;
  /** Put off, and so not held on that day; then it is `cancelled` as well. */
  postponed?: boolean;
  /** When it last said something new, an instant. */
  importedAt: string;
}

/** A meeting that was moved, or called off with its business going to another. The database refuses to change or delete it. */
export const MeetingMove = defineEntity({
  name: 'MeetingMove',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** Counts the council's moves from 1, so that whoever is told of them knows which came later. */
    number: p.integer(),
    meetingId: p.uuid(),
    kind: p.string().$type<MeetingChangeKind>().default('moved'),
    fromDate: p.date(),
    /** The day on which its business is considered now; null where it had none and went nowhere. */
    toDate: p.date().nullable(),
    /** The meeting that has its business now, unless that is the moved meeting itself. */
    toMeetingId: p.uuid().nullable(),
    /** What it was to consider. */
    business: p.json<Consideration[]>().default([]),
    reason: p.text().nullable(),
    movedBy: p.uuid(),
    /** Whose role it was, while who moved it stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    movedAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'number'] }],
});
export type MeetingMove = InferEntity<typeof MeetingMove>;

/** A change of the council's closures and polling days. The database refuses to change or delete it. */
export const CalendarChangeMade = defineEntity({
  name: 'CalendarChangeMade',
  tableName: 'calendar_change',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** Counts on with the changes of meetings, so that whoever is told of both knows which came later. */
    number: p.integer(),
    change: p.json<CalendarChange>(),
    changedBy: p.uuid(),
    /** Whose role it was, while who changed it stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    changedAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'number'] }],
});
export type CalendarChangeMade = InferEntity<typeof CalendarChangeMade>;
