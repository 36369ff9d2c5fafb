/** What keeps a plan from its course by the days that are set: each trouble as a sentence. */
import { isReadyToPublish, type Stage } from '../domain/route.js';
import { weekdayAndDay } from './dates.js';
import type { CourseSource } from './plan-course.js';
import { fairDay } from './plan-dates.js';
import { isMeetingStage, onWay } from './ways-to-publication.js';

export interface Trouble {
  /** Whether it is about the plan's way through its bodies, or about what comes after and beside it. */
  about: 'way' | 'full-plan' | 'publication';
  sentence: string;
}

/** Every trouble there is, that of the plan's way first; none for a plan that is on course. */
export function troublesOf(source: CourseSource): Trouble[] {
  const { state, dates, today } = source;
  const troubles: Trouble[] = wayTroubles(source).map((sentence) => ({ about: 'way', sentence }));
  if (state.fullPlan !== 'complete' && dates.fullPlanDue < today)
    troubles.push({ about: 'full-plan', sentence: `The full plan was due on ${weekdayAndDay(dates.fullPlanDue)} and is not signed off.` });
  if (isReadyToPublish(state) && dates.publication < today)
    troubles.push({
      about: 'publication',
      sentence: `It is approved and complete and was to be published on ${weekdayAndDay(dates.publication)}, but it is not published.`,
    });
  return troubles;
}

/** Follows the plan along its own days; what comes behind the first meeting that does not fit would only repeat it. */
function wayTroubles(source: CourseSource): string[] {
  const troubles: string[] = [];
  let done = source.today;
  for (const [index, stage] of source.stages.entries()) {
    if (index < source.stage) continue;
    const isHere = index === source.stage;
    if (!isMeetingStage(stage)) {
      if (isHere && source.dueOn !== null && source.dueOn < source.today) troubles.push(overdue(stage, source.dueOn, source));
      done = officersDay(stage, done, isHere, source);
      continue;
    }
    const trouble = isHere ? troubleAtMeeting(stage, source) : troubleOnTheWay(stage, done, source);
    if (trouble) return [...troubles, trouble];
    done = source.dates[stage.deadline] ?? done;
  }
  return troubles;
}

/** When a stage that is no meeting will be done by the days that are set: its own day, or a fair time once that has passed. */
function officersDay(stage: Stage, from: string, isHere: boolean, source: CourseSource): string {
  const set = isHere ? source.dueOn : source.dates[stage.deadline];
  if (set !== null && set >= from) return set;
  return isHere ? from : fairDay(stage.deadline, from, source.dates, source);
}

function overdue(stage: Stage, dueOn: string, source: CourseSource): string {
  const day = weekdayAndDay(dueOn);
  return stage.power === 'draft' ? `The draft was due on ${day} and is not submitted.` : `${nameOf(stage, source)} was to agree by ${day}.`;
}

/** The plan is with the body: its own meeting has to be ahead, with the plan on its agenda. */
function troubleAtMeeting(stage: Stage, source: CourseSource): string | null {
  const { since, heldOverOn, today, last } = source;
  const [name, own] = [nameOf(stage, source), source.dates[stage.deadline]];
  if (own === null) return `No meeting of ${name} is set for it.`;
  const [day, { agenda }] = [weekdayAndDay(own), onWay(stage, own, true, source)];
  if (heldOverOn !== null && heldOverOn >= own) return `${name} had it on ${weekdayAndDay(own)} and has not decided.`;
  if (own < today)
    return since <= own
      ? `${name} met on ${day}, and what it decided is not recorded.`
      : `${name} met on ${day}, before the plan came to it.`;
  if (since > agenda && agenda < today)
    return `It came to ${name} on ${weekdayAndDay(since)}, after the agenda for ${day} was published on ${weekdayAndDay(agenda)}.`;
  return own > last ? `${name} considers it on ${day}, after the last day for publication.` : null;
}

/** The plan is still to come to the body: it has to come before the agenda of its own meeting is published. */
function troubleOnTheWay(stage: Stage, done: string, source: CourseSource): string | null {
  const [name, own] = [nameOf(stage, source), source.dates[stage.deadline]];
  if (own === null) return `No meeting of ${name} is set for it.`;
  const [day, { agenda }] = [weekdayAndDay(own), onWay(stage, own, true, source)];
  if (own < source.today) return `${name} met on ${day}, before the plan came to it.`;
  if (agenda < source.today) return `The agenda for ${name} on ${day} was published on ${weekdayAndDay(agenda)} without it.`;
  if (done > agenda)
    return `By the days that are set it comes to ${name} on ${weekdayAndDay(done)}, after the agenda for ${day} is published on ${weekdayAndDay(agenda)}.`;
  return own > source.last ? `${name} considers it on ${day}, after the last day for publication.` : null;
}

/** A body as a sentence names it: officers' bodies by their short name, committees in full. */
export function nameOf({ body, title, power }: Stage, { bodies }: Pick<CourseSource, 'bodies'>): string {
  const known = bodies.find(({ id }) => id === body);
  return (power === 'review' ? known?.otherNames[0] : undefined) ?? known?.name ?? title;
}
