/** Random plans on random calendars: too late, and the last day to act, are what a plain search through all days finds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { courseOf, type PlanOnCourse } from '../../libs/calendar/plan-course.js';
import { cycleTimetable } from '../../libs/calendar/timetable.js';
import { readCalendarSettings, type Meeting } from '../../libs/calendar/timetable-settings.js';
import { createCalendar, type Calendar } from '../../libs/calendar/working-days.js';
import { projectRoot } from '../../libs/config/paths.js';
import { missionRoute, type Route, type Stage } from '../../libs/domain/route.js';
import { randomFrom, type Random } from '../../apps/cli/rehearsal/random.js';

const PLANS = 1_500;
const { bodies, timetable } = readCalendarSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')));
const COMMITTEE = 'overview-and-scrutiny';

/** On to Cabinet and Council, as Broxtowe's plans went in 2025. */
const longRoute: Route = {
  ...missionRoute,
  stages: [
    ...missionRoute.stages.map((stage): Stage => (stage.power === 'approve' ? { ...stage, power: 'recommend' } : stage)),
    ...(['cabinet', 'council'] as const).map((body): Stage => ({
      ...{ id: body, title: body, body, power: body === 'cabinet' ? 'recommend' : 'approve', role: 'committee-clerk', callInDays: 0 },
      deadline: body === 'cabinet' ? 'cabinetMeeting' : 'councilMeeting',
    })),
  ],
};

interface Case {
  plan: PlanOnCourse;
  route: Route;
  meetings: Meeting[];
  settings: typeof timetable;
  calendar: Calendar;
  today: string;
}

type Kind = 'own' | 'listed' | 'extraordinary';

/** Tries every day and every meeting from today on; it knows nothing of latest days. */
class PlainSearch {
  private readonly last: string;
  private readonly memo = new Map<string, boolean>();

  constructor(
    private readonly one: Case,
    private readonly kind: Kind,
    /** The working days of the plan's cycle, in order. */
    private readonly workingDays: readonly string[],
  ) {
    this.last = `${one.plan.dates.year.slice(0, 4)}-03-31`;
  }

  /** Every day on which the plan's step can be done, or the agenda of its meeting be published, so that it is published in time. */
  helpfulDays(): readonly string[] {
    const { plan, route, today } = this.one;
    if (plan.dates.publication > this.last) return [];
    if (plan.state.fullPlan !== 'complete' && this.workingDaysFrom(today).length === 0) return [];
    const index = route.stages.findIndex(({ id }) => id === plan.state.at);
    const here = route.stages[index];
    if (!here)
      return plan.state.fullPlan === 'complete'
        ? [today, this.last].filter((day) => day >= today && day <= this.last)
        : this.workingDaysFrom(today);
    if (!isCommittee(here)) return this.workingDaysFrom(today).filter((day) => this.leadsOn(index + 1, day));
    return [...this.recordedDays(here, index), ...this.agendaDays(here, index)].sort();
  }

  /** The meeting was, and the plan was with the body: what it decided can be recorded on any working day. */
  private recordedDays(here: Stage, index: number): readonly string[] {
    const { plan, today } = this.one;
    const own = plan.dates[here.deadline];
    const isUsedUp = own !== null && plan.heldOverOn !== null && plan.heldOverOn >= own;
    if (this.kind !== 'own' || own === null || own >= today || plan.since > own || isUsedUp) return [];
    return this.workingDaysFrom(today).filter((day) => this.leadsOn(index + 1, day));
  }

  private agendaDays(here: Stage, index: number): string[] {
    const { plan, today } = this.one;
    const own = plan.dates[here.deadline];
    return this.meetingsOf(here).flatMap((meeting) => {
      const agenda = this.agendaOf(meeting);
      if (!agenda || !this.leadsOn(index + 1, meeting)) return [];
      if (this.kind === 'own' && plan.heldOverOn !== null && own !== null && plan.heldOverOn >= own) return [];
      if (agenda >= today) return [agenda];
      // Its agenda is out with the plan on it: what is left is to meet.
      return this.kind === 'own' && meeting >= today && plan.since <= agenda ? [meeting] : [];
    });
  }

  /** Whether a plan that comes to a stage on a day can still be published in time. */
  private leadsOn(index: number, day: string): boolean {
    const key = `${index} ${day}`;
    const known = this.memo.get(key);
    if (known !== undefined) return known;
    const answer = this.search(index, day);
    this.memo.set(key, answer);
    return answer;
  }

  private search(index: number, day: string): boolean {
    const stage = this.one.route.stages[index];
    if (!stage) return day <= this.last;
    if (!isCommittee(stage)) return this.workingDaysFrom(day).some((each) => this.leadsOn(index + 1, each));
    return this.meetingsOf(stage).some((meeting) => (this.agendaOf(meeting) ?? '') >= day && this.leadsOn(index + 1, meeting));
  }

  private meetingsOf(stage: Stage): string[] {
    const own = this.one.plan.dates[stage.deadline];
    if (this.kind === 'own') return own === null ? [] : [own];
    const listed = this.one.meetings.filter(({ body }) => body === stage.body).map(({ date }) => date);
    return this.kind === 'listed' ? listed : [...listed, ...this.workingDays];
  }

  /** The last working day with so many clear working days between it and the meeting. */
  private agendaOf(meeting: string): string | undefined {
    const before = this.workingDays.findLastIndex((day) => day < meeting);
    return this.workingDays[before - this.one.settings.clearDaysOfNotice];
  }

  private workingDaysFrom(day: string): readonly string[] {
    return this.workingDays.slice(this.workingDays.findIndex((each) => each >= day)).filter((each) => each >= day);
  }
}

function workingDaysOf({ calendar, plan }: Case): string[] {
  const from = Temporal.PlainDate.from(`${Number(plan.dates.year.slice(0, 4)) - 1}-10-15`);
  const days = Array.from({ length: 200 }, (_, index) => from.add({ days: index }).toString());
  return days.filter((day) => day.slice(5) <= '03-31' || day.slice(5) >= '10-15').filter((day) => calendar.isWorkingDay(day));
}

function isCommittee({ power }: Stage): boolean {
  return power !== 'draft' && power !== 'review';
}

function randomCase(random: Random): Case {
  const start = random.between(2024, 2040);
  const year = `${start}/${String((start + 1) % 100).padStart(2, '0')}`;
  const dayIn = (from: string, most: number): string =>
    Temporal.PlainDate.from(from)
      .add({ days: random.between(0, most) })
      .toString();
  const route = random.oneOf([missionRoute, longRoute]);
  const settings = { ...timetable, clearDaysOfNotice: random.oneOf([5, 5, 3, 0]), years: {} };
  settings.years = { [year]: { fullPlanDue: `${start}-03-13`, publication: dayIn(`${start}-03-10`, 21) } };
  const calendar = createCalendar({ closures: random.oneOf([[], [`${start}-03-30`], [`${start}-03-31`]]) });
  const plans = { what: 'plans', year } as const;
  const meetings: Meeting[] = [
    { body: 'gmt', date: dayIn(`${start - 1}-11-25`, 14), considers: [plans] },
    { body: COMMITTEE, date: dayIn(`${start}-01-15`, 60), considers: [plans] },
    ...(random.next() < 0.8 ? [{ body: 'cabinet', date: dayIn(`${start}-02-01`, 50), considers: [plans] }] : []),
    ...(random.next() < 0.8 ? [{ body: 'council', date: dayIn(`${start}-02-25`, 40), considers: [plans] }] : []),
    ...Array.from({ length: random.between(0, 5) }, () => ({
      ...{ body: random.oneOf([COMMITTEE, 'cabinet', 'council']), date: dayIn(`${start}-01-10`, 90), considers: [] },
      ...{ state: 'planned' as const, extraordinary: false },
    })),
  ];
  const today = dayIn(`${start - 1}-11-10`, random.oneOf([60, 143]));
  const at = random.oneOf([...route.stages.map(({ id }) => id), 'publication']);
  const dates = { ...cycleTimetable({ year, meetings, settings, calendar }), chosen: [] };
  const own = dates[route.stages.find(({ id }) => id === at)?.deadline ?? 'draftDue'];
  const plan: PlanOnCourse = {
    state: { at, round: random.between(1, 2), fullPlan: random.oneOf(['not-asked-for', 'asked-for', 'complete', 'complete']) },
    since: [dayIn(`${start - 1}-11-01`, 100), today].sort()[0]!,
    dueOn: random.next() < 0.5 ? dayIn(`${start - 1}-11-10`, 120) : null,
    heldOverOn: own !== null && own <= today && random.next() < 0.3 ? own : null,
    dates: random.next() < 0.05 ? { ...dates, publication: `${start}-04-15` } : dates,
  };
  return { plan, route, meetings, settings, calendar, today };
}

const KINDS: readonly Kind[] = ['own', 'listed', 'extraordinary'];

describe('fifteen hundred random plans', () => {
  it('are too late exactly when no day and no meeting leads to publication, and else have the last day that does', () => {
    const random = randomFrom(20_260_401);
    const seen = new Map<string, number>();
    for (let number = 0; number < PLANS; number++) {
      const one = randomCase(random);
      const { course, latestAction } = courseOf(one.plan, { ...one, bodies });
      seen.set(course, (seen.get(course) ?? 0) + 1);
      const workingDays = workingDaysOf(one);
      const ways = KINDS.map((kind) => new PlainSearch(one, kind, workingDays).helpfulDays());
      expect([number, one.today, course === 'too-late']).toEqual([number, one.today, ways.every((days) => days.length === 0)]);
      if (!latestAction) continue;
      // Where only the full plan is behind, or only publication is left, the last day is not one of a way through meetings.
      if (!/full plan|publish/.test(latestAction.what) || /agenda/.test(latestAction.what)) {
        const least = ways.find((days) => days.length > 0)!;
        expect([number, one.today, latestAction.what, latestAction.by]).toEqual([number, one.today, latestAction.what, least.at(-1)]);
      }
      const tomorrow = Temporal.PlainDate.from(latestAction.by).add({ days: 1 }).toString();
      const onThatDay = courseOf(one.plan, { ...one, bodies, today: latestAction.by });
      const after = courseOf(one.plan, { ...one, bodies, today: tomorrow });
      expect([number, after.latestAction?.what]).not.toEqual([number, latestAction.what]);
      if (one.plan.heldOverOn === null) expect([number, onThatDay.course === 'too-late']).toEqual([number, false]);
    }
    // Every course is met often enough to mean something.
    for (const course of ['too-late', 'at-risk', 'on-course']) expect([course, (seen.get(course) ?? 0) > 100]).toEqual([course, true]);
  });
});
