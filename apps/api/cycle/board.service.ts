/** The cycle of a year on one board: its dates, and where every plan stands, with whom, since when, and whether it is on course. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { answerInWords } from '../../../libs/calendar/guard-answers.js';
import { COURSE_TITLES, COURSES, type Course } from '../../../libs/calendar/plan-course.js';
import { presentClashes } from '../../../libs/database/calendar-clashes.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import type { Task } from '../../../libs/database/entities/tasks.js';
import { coursesOf, type CoursesOfCycle, type PlanWithCourse } from '../../../libs/database/plan-courses.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import type { GuardAnswerKind } from '../../../libs/domain/guard-answer.js';
import { isOver } from '../../../libs/domain/route.js';
import { Councils } from '../councils.js';
import { standsAt, stopsOf, type Stop } from '../plans/plan-reader.js';
import { boardYear, type BoardYear } from './board-year.js';
import { byUrgency } from './board-order.js';
import { Chases } from './chases.service.js';
import { Holders } from './holders.js';
import { whomToChase } from './whom-to-chase.js';
import type { ShownChase } from './write-chase.js';

/** What was answered to an alarm about a plan, as the board tells it. */
export interface ShownAnswer {
  kind: GuardAnswerKind;
  inWords: string;
  /** The day up to which it holds; null once it holds no longer. */
  holdsUntil: string | null;
  reason: string | null;
  by: string;
  at: Date;
}

/** With whom the full plan is. */
export interface FullPlanWith {
  heldBy: string[];
  sinceDay: string;
  dueOn: string | null;
  isLate: boolean;
}

export interface BoardRow {
  plan: Plan;
  standsAt: string;
  stops: Stop[];
  /** The names of those who have the plan now. */
  heldBy: string[];
  sinceDay: string;
  dueOn: string | null;
  isLate: boolean;
  fullPlan: Plan['fullPlan'];
  /** Who completes the full plan and by when; null unless it is asked for. */
  fullPlanWith: FullPlanWith | null;
  course: Course;
  courseTitle: string;
  reason: string | null;
  latestAction: PlanWithCourse['latestAction'];
  answer: ShownAnswer | null;
  chased: ShownChase | null;
  /** Whom a chase would go to now. */
  toChase: Pick<Person, 'id' | 'name'>[];
  /** Whether a chase would be about the full plan alone, and not about the step where the plan is. */
  chasesFullPlan: boolean;
  /** The key of the row's own button, so that a double click counts once. */
  chaseKey: string;
}

export interface Board {
  cycle: Cycle;
  /** The council's day. */
  today: string;
  /** The most urgent first. */
  plans: BoardRow[];
  /** How many plans are on each course, the worst first; only those that there are. */
  counts: { course: Course; title: string; count: number }[];
  /** How many clashes the calendar has now; 0 on the board of a year that is over. */
  clashes: number;
}

@Injectable()
export class Boards {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly chases: Chases,
  ) {}

  /** The year of the latest cycle, or null before the first. */
  async latestYear(councilId: string): Promise<string | null> {
    const [cycle] = await this.em.fork().find(Cycle, { councilId }, { orderBy: { year: 'desc' }, limit: 1 });
    return cycle?.year ?? null;
  }

  /** The dates of a board's year, for its picture and table. */
  async year({ cycle }: Pick<Board, 'cycle'>): Promise<BoardYear> {
    return boardYear(this.em.fork(), cycle, await this.councils.now(cycle.councilId));
  }

  /** @throws DomainError 'not-found' */
  async of(councilId: string, year: string): Promise<Board> {
    const em = this.em.fork();
    const cycle = await em.findOne(Cycle, { councilId, year });
    if (!cycle) throw new DomainError('not-found', 'There is no cycle for this year.');
    const moment = await this.councils.now(councilId);
    const { today } = moment;
    const plans = await em.find(Plan, { cycleId: cycle.id }, { orderBy: { title: 'asc' } });
    const courses = await coursesOf(em, moment.council, cycle, plans, today);
    const rows = await this.rows(em, moment, cycle, courses);
    const counts = COURSES.map((course) => ({
      course,
      title: COURSE_TITLES[course],
      count: rows.filter((row) => row.course === course).length,
    }));
    return {
      cycle,
      today,
      plans: rows.sort(byUrgency),
      counts: counts.filter(({ count }) => count > 0),
      clashes: cycle.status === 'open' ? (await presentClashes(em, moment.council, today)).length : 0,
    };
  }

  private async rows(em: EntityManager, moment: CouncilMoment, cycle: Cycle, { plans, rules }: CoursesOfCycle): Promise<BoardRow[]> {
    const chases = await this.chases.ofPlans(plans.map(({ plan }) => plan.id));
    const answerers = await em.find(Person, { id: { $in: plans.flatMap(({ answer }) => (answer ? [answer.answer.answeredBy] : [])) } });
    const holders = new Holders(em, moment);
    const rows: BoardRow[] = [];
    for (const one of plans) {
      const { plan, input, course, reason, latestAction } = one;
      const task = presentTask(one);
      const fullPlanTask = one.tasks.find(({ kind }) => kind === 'full-plan');
      const dueOn = task?.dueOn ?? null;
      const toChase = await whomToChase(one.tasks, plan, moment.today, holders);
      const found = { plan, cycle, dates: input.dates };
      rows.push({
        ...{ plan, standsAt: standsAt(found), stops: stopsOf(found), sinceDay: londonDay(plan.since), fullPlan: plan.fullPlan },
        ...{ heldBy: task ? await holders.of(task) : [], dueOn, isLate: isLate(dueOn, moment) },
        fullPlanWith: fullPlanTask ? await fullPlanWith(fullPlanTask, holders, moment) : null,
        ...{ course, courseTitle: COURSE_TITLES[course], reason, latestAction },
        answer: shownAnswer(one, rules, answerers),
        chased: isOver(plan) ? null : (chases.get(plan.id) ?? null),
        toChase: toChase.map(({ person: { id, name } }) => ({ id, name })),
        chasesFullPlan: toChase.length > 0 && toChase.every(({ tasks }) => tasks.every(({ kind }) => kind === 'full-plan')),
        chaseKey: randomUUID(),
      });
    }
    return rows;
  }
}

async function fullPlanWith(task: Task, holders: Holders, moment: CouncilMoment): Promise<FullPlanWith> {
  const dueOn = task.dueOn ?? null;
  return { heldBy: await holders.of(task), sinceDay: londonDay(task.openedAt), dueOn, isLate: isLate(dueOn, moment) };
}

function isLate(dueOn: string | null, { today }: CouncilMoment): boolean {
  return dueOn !== null && dueOn < today;
}

/** The task of the step where the plan is; behind the last one, that of the full plan. */
function presentTask({ plan, tasks }: PlanWithCourse): Task | null {
  return tasks.find(({ at }) => at === plan.at) ?? (plan.at === 'publication' ? (tasks[0] ?? null) : null);
}

function shownAnswer({ answer: latest }: PlanWithCourse, rules: CoursesOfCycle['rules'], people: readonly Person[]): ShownAnswer | null {
  if (!latest) return null;
  const { kind, meetingId, until, reason, answeredBy, answeredAt } = latest.answer;
  const meeting = rules.meetings.find(({ id }) => id === meetingId) ?? null;
  return {
    kind,
    inWords: answerInWords({ kind, meeting, until }, rules),
    holdsUntil: latest.holdsUntil,
    reason: reason ?? null,
    by: people.find(({ id }) => id === answeredBy)?.name ?? '',
    at: answeredAt,
  };
}
