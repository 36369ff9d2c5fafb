/** What a change of a meeting does to a council's calendar and to every cycle and quarter: one answer, for the preview and for the record. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { comingBusiness } from '../calendar/coming-business.js';
import { comingChanges, type ComingChanges } from '../calendar/coming-timetables.js';
import { standingMeetings, withMeetingChanged, type ChangedMeetings, type MeetingChange } from '../calendar/change-meeting.js';
import {
  movedCycle,
  movedPlanDates,
  movedQuarter,
  type CalendarOfMeetings,
  type CycleDateName,
  type MeetingRules,
  type MovedDate,
} from '../calendar/move-meeting.js';
import { planDates, type PlanDates } from '../calendar/plan-dates.js';
import { isOver } from '../domain/route.js';
import { businessKey, type CycleTimetable, type TimetableSource } from '../calendar/timetable.js';
import { financialYearFromId, type Quarter as QuarterNumber } from '../domain/financial-year.js';
import { meetingsOf, type CouncilAtWork } from './council-at-work.js';
import { Meeting } from './entities/council.js';
import { Quarter } from './entities/monitoring.js';
import { Cycle, Plan } from './entities/plans.js';

/** What a council's timetables become by another calendar: of what is open, and of what is not open yet and has no rows. */
export interface WorkedOutTimetables {
  was: CalendarOfMeetings;
  is: CalendarOfMeetings;
  cycles: ({ cycle: Cycle; plans: MovedPlan[] } & ReturnType<typeof movedCycle>)[];
  quarters: ({ period: Quarter } & ReturnType<typeof movedQuarter>)[];
  coming: ComingChanges;
}

/** The meetings before and after, and every timetable after it; nothing of it is written. */
export interface WorkedOutChange extends ChangedMeetings<Meeting>, WorkedOutTimetables {
  before: Meeting[];
}

/** A plan that is on its way, with its own dates after the change: for some another meeting was chosen than for the cycle. */
export interface MovedPlan {
  plan: Plan;
  /** What was chosen for it; where a chosen meeting was called off, the one that has its business now. */
  meetings: Plan['meetings'];
  dates: PlanDates;
  moved: MovedDate<CycleDateName>[];
}

/** The rules of a council that its meetings are looked at by. */
export function meetingRules({ settings, calendar }: CouncilAtWork): MeetingRules {
  return { bodies: settings.bodies, settings: settings.timetable, calendar };
}

/**
 * @param today the council's day
 * @param newId the id of the extraordinary meeting, where the change calls for one
 * @throws DomainError 'not-found' or 'invalid' for a change that cannot be
 */
export async function workOutChange(
  em: EntityManager,
  council: CouncilAtWork,
  change: MeetingChange,
  today: string,
  newId: string,
): Promise<WorkedOutChange> {
  const before = await meetingsOf(em, council.id);
  const changed = withMeetingChanged(before, change, today, newId);
  const rules = meetingRules(council);
  const [was, is] = [
    { meetings: before, rules },
    { meetings: changed.meetings, rules },
  ];
  return { ...changed, before, ...(await workOutTimetables(em, council.id, was, is, today, changed)) };
}

/**
 * @param was the calendar by which every open timetable was worked out
 * @param today the council's day
 * @param chosenAway where the change takes its business from a meeting that was chosen for a plan, and gives it to another
 */
export async function workOutTimetables(
  em: EntityManager,
  councilId: string,
  was: CalendarOfMeetings,
  is: CalendarOfMeetings,
  today: string,
  chosenAway: Pick<ChangedMeetings, 'meeting' | 'toMeeting'> | null = null,
): Promise<WorkedOutTimetables> {
  const source: TimetableSource = { meetings: is.meetings, ...is.rules };
  const opened = await openedOnce(em, councilId);
  const cycles = opened.cycles.filter(({ status }) => status === 'open');
  const quarters = opened.quarters.filter(({ status }) => status !== 'closed');
  const plans = await em.find(Plan, { cycleId: { $in: cycles.map(({ id }) => id) } }, { orderBy: { slug: 'asc' } });
  return {
    ...{ was, is },
    cycles: cycles.map((cycle) => {
      const moved = movedCycle(cycle.dates, source);
      const onTheirWay = plans.filter((plan) => plan.cycleId === cycle.id && !isOver(plan));
      return { cycle, ...moved, plans: onTheirWay.map((plan) => movedPlan(plan, cycle.dates, moved.dates, was, is, chosenAway)) };
    }),
    quarters: quarters.map((period) => ({ period, ...movedQuarter(period.dates, source) })),
    coming: comingAfter(opened, was, is, today),
  };
}

/** Everything that was ever opened, in the order of its years and quarters. */
interface OpenedOnce {
  cycles: Cycle[];
  quarters: Quarter[];
}

async function openedOnce(em: EntityManager, councilId: string): Promise<OpenedOnce> {
  return {
    cycles: await em.find(Cycle, { councilId }, { orderBy: { year: 'asc' } }),
    quarters: await em.find(Quarter, { councilId }, { orderBy: { year: 'asc', quarter: 'asc' } }),
  };
}

function comingAfter({ cycles, quarters }: OpenedOnce, was: CalendarOfMeetings, is: CalendarOfMeetings, today: string): ComingChanges {
  const opened = new Set([
    ...cycles.map(({ year }) => businessKey({ what: 'plans', year: financialYearFromId(year) })),
    ...quarters.map(({ year, quarter }) =>
      businessKey({ what: 'quarter', year: financialYearFromId(year), quarter: quarter as QuarterNumber }),
    ),
  ]);
  return comingChanges(comingBusiness([...was.meetings, ...is.meetings], opened, today, was.rules), was, is);
}

function movedPlan(
  plan: Plan,
  cycleBefore: CycleTimetable,
  cycleAfter: CycleTimetable,
  was: CalendarOfMeetings,
  is: CalendarOfMeetings,
  chosenAway: Pick<ChangedMeetings, 'meeting' | 'toMeeting'> | null,
): MovedPlan {
  const { meeting, toMeeting } = chosenAway ?? {};
  const isChosen = meeting && plan.meetings?.[meeting.body] === meeting.id;
  const chosen = isChosen && toMeeting ? { ...plan.meetings, [meeting.body]: toMeeting.id } : plan.meetings;
  const dates = planDates(cycleAfter, { ...plan, meetings: chosen }, { ...is.rules, meetings: standingMeetings(is.meetings) });
  const before = planDates(cycleBefore, plan, { ...was.rules, meetings: standingMeetings(was.meetings) });
  return { plan, meetings: chosen, dates, moved: movedPlanDates(before, dates) };
}

/** Puts the calendar into the caller's transaction as it was worked out: nothing else decides what the meetings are then. */
export function takeOverMeetings(em: EntityManager, councilId: string, { before, meetings, meeting }: WorkedOutChange): void {
  const known = new Map(before.map((one) => [one.id, one]));
  for (const { id, body, date, considers, state, extraordinary } of meetings) {
    const row = known.get(id);
    if (!row) em.persist(em.create(Meeting, { id, councilId, body, date, considers, state, extraordinary }));
    else if (row.date !== date || row.state !== state || row.considers.length !== considers.length)
      Object.assign(row, {
        ...{ date, state, considers },
        // A meeting that is planned again publishes its agenda anew.
        agendaPublishedOn: state === 'planned' ? null : row.agendaPublishedOn,
        // What was done to the meeting itself counts as a change of its own; another's business on its agenda counts here.
        revision: row.revision + (id === meeting.id ? 0 : 1),
      });
  }
}
