/** Whether a plan is on course for publication before its year begins: worked out from where it stands and from the days to come. */
import { firstDay, lastDay, previousYear } from '../domain/financial-year.js';
import { isReadyToPublish, type PlanState, type Route } from '../domain/route.js';
import { troublesOf } from './course-troubles.js';
import { inWords } from './dates.js';
import { latestAction, type LatestAction } from './latest-action.js';
import type { PlanDates } from './plan-dates.js';
import type { TimetableSource } from './timetable.js';
import type { CalendarSettings } from './timetable-settings.js';
import type { WaysSource } from './ways-to-publication.js';

/** Whether a plan gets there in time. `courseOf` says what each means. */
export const COURSES = ['too-late', 'at-risk', 'on-course', 'published', 'given-up'] as const;
export type Course = (typeof COURSES)[number];

/** As people read them. */
export const COURSE_TITLES: Record<Course, string> = {
  'too-late': 'Too late by ordinary notice',
  'at-risk': 'At risk',
  'on-course': 'On course',
  published: 'Published',
  'given-up': 'Given up',
};

export interface PlanCourse {
  course: Course;
  /** What is wrong, in sentences; null for a plan that is on course or over. */
  reason: string | null;
  /** The last thing that can still be done so that it gets there by ordinary notice, and until when; null where there is none. */
  latestAction: LatestAction | null;
}

/** A plan as far as its course follows from it. All days 'YYYY-MM-DD'. */
export interface PlanOnCourse {
  state: PlanState;
  /** The day on which it came to where it stands. */
  since: string;
  /** The day on which what it waits for at its stage is due; null where nothing is asked of anyone. */
  dueOn: string | null;
  /** The last day on which its body had it without deciding, as when it was noted only; null if there was none in this round. */
  heldOverOn: string | null;
  dates: PlanDates;
}

/** The council's rules and meetings; `meetings` are those that are held. */
export interface CourseRules extends TimetableSource {
  route: Route;
  bodies: CalendarSettings['bodies'];
  today: string;
}

/** What the parts of a course are worked out from. */
export interface CourseSource extends WaysSource, PlanOnCourse, CourseRules {
  /** The index of the stage where the plan is; behind the last one it waits for publication. */
  stage: number;
  /** The first day of the plan's year, 1 April. */
  yearBegins: string;
}

/**
 * The course of a plan on a day.
 *
 * Ordinary notice means: people act on working days; a meeting has its agenda published the set number of clear working days before
 * it, and the plan is with the body by then; a meeting that is not in the calendar can be called on any working day with the same
 * notice; the plan is published on the day on which the last of all this is done, if its own day of publication has come.
 *
 * - 'published', 'given-up': its way is over.
 * - 'too-late': by ordinary notice nothing leads to publication before 1 April any more, or a later day of publication has been
 *   accepted. What is left is urgency, or lateness accepted.
 * - 'at-risk': a way is left, but not by the plan's own days: something that it waits for is overdue (its draft, GMT's review, the
 *   record of a meeting, the full plan, its publication), or its own meeting cannot be reached, is over, is not set, or comes
 *   after 31 March.
 * - 'on-course': nothing is overdue, and by the days that are set it comes to each of its meetings before the agenda is published
 *   and is published before 1 April.
 *
 * The latest action is the one that changes the calendar least: keep to the plan's own meetings; else take other meetings of the
 * calendar; else call extraordinary ones. Its day is the last on which it leads to publication in time; on the day after it is not
 * offered any more. A meeting that took place while the plan was with its body may have decided, so recording that is such an action.
 */
export function courseOf(plan: PlanOnCourse, rules: CourseRules): PlanCourse {
  const { at } = plan.state;
  if (at === 'published' || at === 'given-up') return { course: at, reason: null, latestAction: null };
  const source = courseSource(plan, rules);
  const [troubles, action] = [troublesOf(source), latestAction(source)];
  const sentences = troubles.map(({ sentence }) => sentence);
  if (!action) return { course: 'too-late', reason: [...sentences, tooLate(source)].join(' '), latestAction: null };
  if (troubles.length === 0) return { course: 'on-course', reason: null, latestAction: action };
  return { course: 'at-risk', reason: sentences.join(' '), latestAction: action };
}

/** Whether nothing but its day, which has not passed, keeps a plan from publication: the guard has nothing to ask about it. */
export function isCertain(plan: Pick<PlanOnCourse, 'state' | 'dates'>, today: string): boolean {
  return isReadyToPublish(plan.state) && plan.dates.publication >= today;
}

/** Everything that the parts of a course are worked out from. */
export function courseSource(plan: PlanOnCourse, rules: CourseRules): CourseSource {
  const { stages } = rules.route;
  const index = stages.findIndex(({ id }) => id === plan.state.at);
  const stage = plan.state.at === 'publication' ? stages.length : Math.max(index, 0);
  const { year } = plan.dates;
  return { ...rules, ...plan, stages, stage, last: lastDay(previousYear(year)), yearBegins: firstDay(year) };
}

function tooLate({ dates, last, yearBegins }: CourseSource): string {
  if (dates.publication > last) return `Its publication is set for ${inWords(dates.publication)}.`;
  return `By ordinary notice nothing leads to publication before ${inWords(yearBegins)} any more.`;
}
