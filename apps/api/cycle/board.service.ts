/** The cycle of a year on one board: its dates, and where every plan stands, with whom and since when. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { countdown } from '../../../libs/calendar/dates.js';
import { CYCLE_DATE_TITLES, type CycleDateName } from '../../../libs/calendar/move-meeting.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { bothNames, standingInOn, whoHasRole } from '../../../libs/database/standing-in-today.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { Councils } from '../councils.js';
import { standsAt, stopsOf, type Stop } from '../plans/plan-reader.js';

/** One date of the approval timetable. */
export interface TimetableRow {
  name: string;
  title: string;
  date: string;
  countdown: string;
  isPast: boolean;
  isMeeting: boolean;
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
}

export interface Board {
  cycle: Cycle;
  timetable: TimetableRow[];
  /** The council's day. */
  today: string;
  plans: BoardRow[];
}

const NAMES = Object.keys(CYCLE_DATE_TITLES) as CycleDateName[];

@Injectable()
export class Boards {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The year of the latest cycle, or null before the first. */
  async latestYear(councilId: string): Promise<string | null> {
    const [cycle] = await this.em.fork().find(Cycle, { councilId }, { orderBy: { year: 'desc' }, limit: 1 });
    return cycle?.year ?? null;
  }

  /** @throws DomainError 'not-found' */
  async of(councilId: string, year: string): Promise<Board> {
    const em = this.em.fork();
    const cycle = await em.findOne(Cycle, { councilId, year });
    if (!cycle) throw new DomainError('not-found', 'There is no cycle for this year.');
    const plans = await em.find(Plan, { cycleId: cycle.id }, { orderBy: { title: 'asc' } });
    const tasks = await em.find(Task, { planId: { $in: plans.map(({ id }) => id) }, closedAt: null });
    const { clock, calendar } = await this.councils.byId(councilId);
    const today = clock.today();
    const timetable = NAMES.flatMap((name): TimetableRow[] => {
      const date = cycle.dates[name];
      return date
        ? [
            {
              name,
              title: CYCLE_DATE_TITLES[name],
              date,
              countdown: countdown(today, date, calendar),
              isPast: date < today,
              isMeeting: name.endsWith('Meeting'),
            },
          ]
        : [];
    });
    const rows = plans.map(async (plan): Promise<BoardRow> => {
      const task = tasks.find((one) => one.planId === plan.id && one.at === plan.at);
      const dueOn = task?.dueOn ?? null;
      const facts = { heldBy: task ? await this.askedOf(councilId, task, today) : [], sinceDay: londonDay(plan.since), dueOn };
      const found = { plan, cycle };
      return {
        plan,
        standsAt: standsAt(found),
        stops: stopsOf(found),
        ...facts,
        isLate: dueOn !== null && dueOn < today,
        fullPlan: plan.fullPlan,
      };
    });
    return { cycle, today, timetable: timetable.sort((a, b) => a.date.localeCompare(b.date)), plans: await Promise.all(rows) };
  }

  /** "Priya Nair for Maya Thornton"; "nobody" where nobody is there for it, so that it is seen. */
  private async askedOf(councilId: string, { role, scope = null }: Task, today: string): Promise<string[]> {
    if (!role) return [];
    const em = this.em.fork();
    const answering = await whoHasRole(em, councilId, role, scope, await standingInOn(em, councilId, today));
    const people = await em.find(Person, {
      id: { $in: answering.flatMap(({ personId, through }) => [...(personId ? [personId] : []), ...through]) },
    });
    const nameOf = (id: string | null | undefined): string => people.find((person) => person.id === id)?.name ?? '';
    const names = answering.map(({ personId, through }) => bothNames(nameOf(personId), nameOf(through[0])));
    return names.length > 0 ? names.sort((one, other) => one.localeCompare(other)) : ['nobody'];
  }
}
