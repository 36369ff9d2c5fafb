/** By which day a plan has to come where, so that it can still be published in time: worked out backwards from the last day. */
import type { Stage } from '../domain/route.js';
import type { PlanDates } from './plan-dates.js';
import { paperDates, type TimetableSource } from './timetable.js';

/**
 * How much of the calendar a way changes: 'own' keeps to the meetings that the plan is meant for, 'listed' takes any that the
 * calendar has, 'extraordinary' calls meetings that it has not.
 */
export const WAYS = ['own', 'listed', 'extraordinary'] as const;
export type WayKind = (typeof WAYS)[number];

/** A meeting on a plan's way. */
export interface MeetingOnWay {
  stage: Stage;
  /** 'YYYY-MM-DD' */
  date: string;
  /** The last day on which its agenda can be published, and by which the plan has to be with the body. */
  agenda: string;
  isListed: boolean;
}

/** What the ways of a plan follow from: its route, its own dates, and the meetings that are held. */
export interface WaysSource extends TimetableSource {
  stages: readonly Stage[];
  dates: PlanDates;
  /** The last day of publication, 'YYYY-MM-DD'. */
  last: string;
}

/** Whether a stage is a meeting that is called with notice; drafting and the officers' review are done on any working day. */
export function isMeetingStage({ body, power }: Pick<Stage, 'body' | 'power'>): boolean {
  return body !== null && power !== 'draft' && power !== 'review';
}

/** The meetings of a way from one stage on, and the last day on which a plan may come to that stage. */
export interface WayFrom {
  arriveBy: string;
  meetings: MeetingOnWay[];
}

/**
 * The latest way of a kind from a stage to publication; every stage before it has to be done by `arriveBy`.
 * @param index of the stage in the route; behind the last one there is only publication
 * @returns null where the kind has no way, whatever the day
 */
export function latestWay(index: number, kind: WayKind, source: WaysSource): WayFrom | null {
  const stage = source.stages[index];
  if (!stage) return { arriveBy: source.last, meetings: [] };
  const rest = latestWay(index + 1, kind, source);
  if (!rest) return null;
  if (!isMeetingStage(stage)) return { ...rest, arriveBy: source.calendar.lastWorkingDay(rest.arriveBy) };
  const meeting = latestMeeting(stage, rest.arriveBy, kind, source);
  return meeting && { arriveBy: meeting.agenda, meetings: [meeting, ...rest.meetings] };
}

/** The meeting of a stage, not after a day, whose agenda is published last; a listed one before an extraordinary one. */
export function latestMeeting(stage: Stage, notAfter: string, kind: WayKind, source: WaysSource): MeetingOnWay | null {
  const listed = meetingDays(stage, kind, source).filter((date) => date <= notAfter);
  const candidates = listed.map((date) => onWay(stage, date, true, source));
  if (kind === 'extraordinary') candidates.push(onWay(stage, source.calendar.lastWorkingDay(notAfter), false, source));
  return candidates.reduce<MeetingOnWay | null>((best, each) => (best === null || each.agenda > best.agenda ? each : best), null);
}

function meetingDays({ body, deadline }: Stage, kind: WayKind, { dates, meetings }: WaysSource): string[] {
  const own = dates[deadline];
  if (kind === 'own') return own === null ? [] : [own];
  return meetings.filter((meeting) => meeting.body === body).map(({ date }) => date);
}

/** A meeting with the day on which its agenda is published. */
export function onWay(stage: Stage, date: string, isListed: boolean, source: Omit<TimetableSource, 'meetings'>): MeetingOnWay {
  return { stage, date, agenda: paperDates(date, source).agendaPublished, isListed };
}
