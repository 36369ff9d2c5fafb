/** The last thing that can still be done so that a plan is published in time: what, by whom, by which day. */
import { isReadyToPublish } from '../domain/route.js';
import { nameOf, troublesOf } from './course-troubles.js';
import { weekdayAndDay } from './dates.js';
import type { CourseSource } from './plan-course.js';
import { isMeetingStage, latestMeeting, latestWay, onWay, WAYS, type MeetingOnWay, type WayKind } from './ways-to-publication.js';

export interface LatestAction {
  /** In a sentence without its full stop: "GMT agrees by Monday 12 January, when the agenda for Tuesday 20 January is published". */
  what: string;
  /** Who does it: "GMT", "The clerk of Overview and Scrutiny Committee". */
  who: string;
  /** The last day on which it helps, 'YYYY-MM-DD'. */
  by: string;
}

/** Null where by ordinary notice nothing leads to publication in time. */
export function latestAction(source: CourseSource): LatestAction | null {
  if (source.dates.publication > source.last) return null;
  if (isReadyToPublish(source.state)) return publication(source);
  const fullPlan = source.state.fullPlan === 'complete' ? null : signOff(source);
  if (source.state.fullPlan !== 'complete' && !fullPlan) return null;
  if (source.stage >= source.stages.length) return fullPlan;
  for (const kind of WAYS) {
    const action = stageAction(kind, source);
    if (action) return fullPlan && isOnlyAboutFullPlan(source) ? fullPlan : action;
  }
  return null;
}

function isOnlyAboutFullPlan(source: CourseSource): boolean {
  const troubles = troublesOf(source);
  return troubles.length > 0 && troubles.every(({ about }) => about === 'full-plan');
}

function signOff({ today, last, calendar }: CourseSource): LatestAction | null {
  const by = calendar.lastWorkingDay(last);
  return by < today ? null : { what: `The full plan is signed off by ${weekdayAndDay(by)}`, who: 'The head of service', by };
}

function publication({ dates, today, last }: CourseSource): LatestAction | null {
  if (last < today) return null;
  if (dates.publication >= today)
    return { what: `It is published on ${weekdayAndDay(dates.publication)}`, who: 'Nobody: it is done on its day', by: dates.publication };
  return { what: `Find out by ${weekdayAndDay(last)} why it is not published`, who: 'The performance team', by: last };
}

/** The last day for the step that the plan waits for, by ways of one kind; null where that kind has none any more. */
function stageAction(kind: WayKind, source: CourseSource): LatestAction | null {
  const here = source.stages[source.stage]!;
  const rest = latestWay(source.stage + 1, kind, source);
  if (!rest) return null;
  if (!isMeetingStage(here)) return officersAction(kind, rest.arriveBy, rest.meetings, source);
  return kind === 'own' ? ownMeetingAction(rest.arriveBy, rest.meetings, source) : otherMeetingAction(kind, rest, source);
}

function officersAction(kind: WayKind, arriveBy: string, meetings: readonly MeetingOnWay[], source: CourseSource): LatestAction | null {
  const { stages, stage, calendar, today } = source;
  const here = stages[stage]!;
  const by = calendar.lastWorkingDay(arriveBy);
  if (by < today) return null;
  const review = stages.slice(stage + 1).find(({ power }) => power === 'review');
  const officers = here.power === 'draft' ? ['The priority’s leader', ...(review ? [nameOf(review, source)] : [])] : [nameOf(here, source)];
  const agreed = review ? ` and ${nameOf(review, source)} agrees` : '';
  const step = here.power === 'draft' ? `the draft is submitted${agreed}` : `${officers.join()} agrees`;
  const [first] = meetings;
  const what = first ? withMeeting(kind, first, step, by, source) : `${step} by ${weekdayAndDay(by)}`;
  // Whoever keeps the meetings has to act as well where the plan is to go to another one.
  const who =
    first && kind !== 'own' ? [clerkOf(nameOf(first.stage, source)), ...officers.map((name) => name.replace('The ', 'the '))] : officers;
  return { what: capitalised(what) + furtherMeetings(meetings.slice(1)), who: inOneLine(who), by };
}

/** An officers' step that has to be done before the agenda of a meeting is published. */
function withMeeting(
  kind: WayKind,
  { stage, date, agenda, isListed }: MeetingOnWay,
  step: string,
  by: string,
  source: CourseSource,
): string {
  const [name, day] = [nameOf(stage, source), weekdayAndDay(date)];
  if (kind === 'own')
    return by === agenda
      ? `${step} by ${weekdayAndDay(by)}, when the agenda for ${day} is published`
      : `${step} by ${weekdayAndDay(by)}, before the agenda for ${day} is published`;
  if (isListed)
    return `take it to the meeting of ${name} on ${day}: its agenda is published on ${weekdayAndDay(agenda)}, so ${step} by then`;
  return `${extraordinary(name, agenda, day)}, so ${step} by then`;
}

/** The plan is with the body that it is meant for: on the agenda of its meeting, or decided about and not yet recorded. */
function ownMeetingAction(arriveBy: string, further: readonly MeetingOnWay[], source: CourseSource): LatestAction | null {
  const { since, heldOverOn, today, calendar } = source;
  const here = source.stages[source.stage]!;
  const own = source.dates[here.deadline];
  if (own === null || (heldOverOn !== null && heldOverOn >= own)) return null;
  const [name, day, who] = [nameOf(here, source), weekdayAndDay(own), clerkOf(nameOf(here, source))];
  if (own < today) {
    const by = calendar.lastWorkingDay(arriveBy);
    if (since > own || by < today) return null;
    return { what: `Record by ${weekdayAndDay(by)} what ${name} decided on ${day}` + furtherMeetings(further), who, by };
  }
  const { agenda } = onWay(here, own, true, source);
  if (own > arriveBy) return null;
  if (agenda >= today)
    return { what: `Publish it with the agenda for ${day} by ${weekdayAndDay(agenda)}` + furtherMeetings(further), who, by: agenda };
  return since <= agenda ? { what: `${name} decides on ${day}` + furtherMeetings(further), who: name, by: own } : null;
}

function otherMeetingAction(
  kind: WayKind,
  rest: { arriveBy: string; meetings: MeetingOnWay[] },
  source: CourseSource,
): LatestAction | null {
  const here = source.stages[source.stage]!;
  const meeting = latestMeeting(here, rest.arriveBy, kind, source);
  if (!meeting || meeting.agenda < source.today) return null;
  const [name, day] = [nameOf(here, source), weekdayAndDay(meeting.date)];
  const what = meeting.isListed
    ? `Take it to the meeting of ${name} on ${day}: its agenda is published on ${weekdayAndDay(meeting.agenda)}`
    : capitalised(extraordinary(name, meeting.agenda, day));
  return { what: what + furtherMeetings(rest.meetings), who: clerkOf(name), by: meeting.agenda };
}

function extraordinary(name: string, agenda: string, day: string): string {
  return `call an extraordinary meeting of ${name}: its agenda must be published by ${weekdayAndDay(agenda)} for a meeting on ${day}`;
}

/** Meetings behind the first one that the calendar does not have yet. */
function furtherMeetings(meetings: readonly MeetingOnWay[]): string {
  const toCall = meetings.filter(({ isListed }) => !isListed);
  return toCall.map(({ stage, date }) => `; then an extraordinary meeting of ${stage.title} on ${weekdayAndDay(date)}`).join('');
}

function clerkOf(name: string): string {
  return `The clerk of ${name}`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** 'GMT', 'The priority’s leader and GMT'. */
function inOneLine(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
