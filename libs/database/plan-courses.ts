/** The courses of a cycle's plans as the database has them, with the answers that people gave to alarms about them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { londonDay } from '../calendar/council-clock.js';
import type { RulesWithMeetings } from '../calendar/meetings-that-help.js';
import { courseOf, isCertain, type PlanCourse, type PlanOnCourse } from '../calendar/plan-course.js';
import { planDates } from '../calendar/plan-dates.js';
import { holdsUntil } from '../domain/guard-answer.js';
import { isOver } from '../domain/route.js';
import type { CouncilAtWork } from './council-at-work.js';
import { GuardAnswer } from './entities/guard.js';
import { Decision, type Cycle, type Plan } from './entities/plans.js';
import { Task } from './entities/tasks.js';
import { standingMeetings } from './plan-dates.js';

/** The latest answer about a plan. */
export interface LatestAnswer {
  answer: GuardAnswer;
  /** The day up to which it holds; null once it holds no longer. */
  holdsUntil: string | null;
}

/** A plan with its course on a day. */
export interface PlanWithCourse extends PlanCourse {
  plan: Plan;
  /** What the course follows from. */
  input: PlanOnCourse;
  /** The open tasks of the plan. */
  tasks: Task[];
  answer: LatestAnswer | null;
  /** Whether the guard asks about it: neither over, nor certain, nor answered for. */
  isOpenQuestion: boolean;
}

export interface CoursesOfCycle {
  rules: RulesWithMeetings;
  plans: PlanWithCourse[];
}

/**
 * @param plans those of the cycle that are asked about
 * @param today the council's day
 */
export async function coursesOf(
  em: EntityManager,
  council: CouncilAtWork,
  cycle: Cycle,
  plans: readonly Plan[],
  today: string,
): Promise<CoursesOfCycle> {
  const ids = plans.map(({ id }) => id);
  const meetings = await standingMeetings(em, council.id);
  const tasks = await em.find(Task, { planId: { $in: ids }, closedAt: null });
  const undecided = await em.find(Decision, { planId: { $in: ids }, effective: false }, { orderBy: { decidedAt: 'desc' } });
  const answers = await em.find(GuardAnswer, { planId: { $in: ids } }, { orderBy: { number: 'desc' } });
  const { bodies, timetable: settings } = council.settings;
  const rules = { meetings, bodies, settings, calendar: council.calendar, route: cycle.route, today };
  return {
    rules,
    plans: plans.map((plan) => {
      const input = onCourse(
        plan,
        cycle,
        tasks,
        undecided.filter(({ planId }) => planId === plan.id),
        rules,
      );
      const answer = latest(
        answers.find(({ planId }) => planId === plan.id),
        plan,
        rules,
      );
      const isSettled = isOver(plan) || isCertain(input, today) || Boolean(answer?.holdsUntil);
      return {
        ...courseOf(input, rules),
        ...{ plan, input, answer, isOpenQuestion: !isSettled },
        tasks: tasks.filter(({ planId }) => planId === plan.id),
      };
    }),
  };
}

function onCourse(
  plan: Plan,
  cycle: Cycle,
  tasks: readonly Task[],
  undecided: readonly Decision[],
  rules: CoursesOfCycle['rules'],
): PlanOnCourse {
  const { at, round, fullPlan, since } = plan;
  const heldOver = undecided.find((decision) => decision.stage === at && decision.round === round);
  return {
    state: { at, round, fullPlan },
    since: londonDay(since),
    dueOn: tasks.find((task) => task.planId === plan.id && task.at === at)?.dueOn ?? null,
    heldOverOn: heldOver ? londonDay(heldOver.decidedAt) : null,
    dates: planDates(cycle.dates, plan, rules),
  };
}

function latest(answer: GuardAnswer | undefined, plan: Plan, { meetings, today }: CoursesOfCycle['rules']): LatestAnswer | null {
  if (!answer) return null;
  return { answer, holdsUntil: holdsUntil({ ...answer, meetingId: answer.meetingId ?? null }, plan, meetings, today) };
}
