/** The order of a board's plans: what somebody has to see to first comes first. */
import type { Course } from '../../../libs/calendar/plan-course.js';
import type { BoardRow } from './board.service.js';

type Ordered = Pick<BoardRow, 'course' | 'latestAction' | 'dueOn'> & {
  plan: { title: string };
  answer: { holdsUntil: string | null } | null;
};

const RANK: Record<Course, number> = { 'too-late': 0, 'at-risk': 1, 'on-course': 4, published: 5, 'given-up': 6 };

/** Too late before at risk, what is answered for behind both; then by the last day that helps, the day it is due, the title. */
export function byUrgency(one: Ordered, other: Ordered): number {
  return (
    rankOf(one) - rankOf(other) ||
    dayOf(one).localeCompare(dayOf(other)) ||
    (one.dueOn ?? '9').localeCompare(other.dueOn ?? '9') ||
    one.plan.title.localeCompare(other.plan.title)
  );
}

/** Whether a plan belongs on a board that shows only what is off course. */
export function isOffCourse({ course }: Pick<BoardRow, 'course'>): boolean {
  return course === 'too-late' || course === 'at-risk';
}

function rankOf(row: Ordered): number {
  return RANK[row.course] + (isOffCourse(row) && row.answer?.holdsUntil ? 2 : 0);
}

/** For a plan that is on course the last day says nothing about urgency. */
function dayOf(row: Ordered): string {
  return isOffCourse(row) ? (row.latestAction?.by ?? '') : '';
}
