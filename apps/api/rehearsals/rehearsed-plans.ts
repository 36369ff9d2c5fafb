/** How each plan came through a rehearsal: the day on which it left each stage of its route, and whether it was published in time. */
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { financialYearFromId, firstDay } from '../../../libs/domain/financial-year.js';
import type { RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import type { Route } from '../../../libs/domain/route.js';

/** What a plan did with a stage: the day on which it left it, an empty text where that was before the rehearsal began, or null where it never did. */
export type PassedOn = string | null;

const BEFORE: PassedOn = '';

export interface RehearsedPlan {
  slug: string;
  /** In the order of the columns. */
  passed: PassedOn[];
  publishedOn: string | null;
  /** Published before its year began. */
  isInTime: boolean;
}

/** The columns: each stage of the route, and the full plan. */
export function stagesOf(route: Route): { id: string; title: string }[] {
  return [...route.stages.map(({ id, title }) => ({ id, title })), { id: 'full-plan', title: 'Full plan' }];
}

/**
 * Every plan that a rehearsal tells of.
 * @param year the year of the plans, "2026-27"
 */
export function rehearsedPlans(events: readonly RehearsedEvent[], year: string, route: Route): RehearsedPlan[] {
  const yearBegins = firstDay(financialYearFromId(year));
  const plans = Map.groupBy(
    events.filter(({ plan }) => plan !== null),
    ({ plan }) => plan!,
  );
  return [...plans].map(([slug, ofPlan]) => {
    const published = ofPlan.find(({ kind }) => kind === 'publication');
    const publishedOn = published ? londonDay(new Date(published.at)) : null;
    const passed = passedOn(ofPlan, route, publishedOn !== null);
    return { slug, passed, publishedOn, isInTime: publishedOn !== null && publishedOn < yearBegins };
  });
}

/** A stage is behind a plan by the last step taken there, unless the plan was sent back to its beginning then or later. */
function passedOn(events: readonly RehearsedEvent[], route: Route, isPublished: boolean): PassedOn[] {
  const ids = route.stages.map(({ id }) => id);
  const sentBack = events.findLast(({ kind, step }) => kind === 'task' && step === ids[0])?.at ?? '';
  const lastStep = (id: string): RehearsedEvent | undefined => events.findLast(({ kind, step }) => kind === 'decision' && step === id);
  const since = events.filter(({ at, kind }) => at > sentBack && kind !== 'reminder');
  const furthest = isPublished ? ids.length : Math.max(-1, ...since.map(({ step }) => ids.indexOf(step ?? '')));
  const stages = ids.map((id, index): PassedOn => {
    const left = lastStep(id);
    if (left) return left.at > sentBack ? londonDay(new Date(left.at)) : null;
    return index < furthest ? BEFORE : null;
  });
  const signedOff = lastStep('full-plan');
  return [...stages, signedOff ? londonDay(new Date(signedOff.at)) : isPublished ? BEFORE : null];
}
