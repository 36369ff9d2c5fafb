/** Moving a meeting or calling it off: what that would change, and doing it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { Clash } from '../../../libs/calendar/clashes.js';
import { withBusiness } from '../../../libs/calendar/coming-business.js';
import { bodyTitle } from '../../../libs/calendar/listed-meetings.js';
import type { CycleTimetable } from '../../../libs/calendar/timetable.js';
import type { Consideration } from '../../../libs/calendar/timetable-settings.js';
import { meetingsInstead, type KnownMeeting, type MeetingChange } from '../../../libs/calendar/change-meeting.js';
import {
  CYCLE_DATE_TITLES,
  isDecidedInTime,
  isTaxSetInTime,
  newClashes,
  newReportClashes,
  QUARTER_DATE_TITLES,
  warningsOfDay,
  type MeetingRules,
  type MovedDate,
} from '../../../libs/calendar/move-meeting.js';
import type { Environment } from '../../../libs/config/environment.js';
import { meetingsOf } from '../../../libs/database/council-at-work.js';
import type { Meeting } from '../../../libs/database/entities/council.js';
import { meetingRules, workOutChange, type WorkedOutChange } from '../../../libs/database/meeting-change.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import { missionRoute, type Route } from '../../../libs/domain/route.js';
import type { MeetingMoveRequest, RecordedMove } from '../../../workflows/activity-contract.js';
import type { moveMeeting } from '../../../workflows/move-meeting.js';
import { meetingMoveWorkflowId } from '../../../workflows/workflow-ids.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';
import { Meetings } from './meetings.service.js';

/** One date that changes, in words. */
export interface ChangedDate {
  /** 'Business plans 2026/27' or the quarter. */
  of: string;
  title: string;
  /** null where there is no such date; only of what is not open yet. */
  before: string | null;
  after: string | null;
  /** Whether the cycle or quarter is open. Of one that is not nobody has a date yet, so nobody is told. */
  isOpen: boolean;
}

/** A year's plans or a quarter that is to come to the meeting, and cannot have its dates yet. */
export interface WithoutDates {
  of: string;
  /** The names of the bodies of which a meeting is missing. */
  missing: string[];
}

export interface ChangePreview {
  meeting: Meeting;
  bodyName: string;
  /** The meeting that considers it then, and whether that is a new one; null where there was nothing to consider. */
  toMeeting: KnownMeeting | null;
  isNew: boolean;
  changes: ChangedDate[];
  withoutDates: WithoutDates[];
  clashes: Pick<Clash, 'what' | 'why'>[];
  /** Whether every year's plans are still decided before they are published; null where no year's dates can be worked out. */
  firstOfAprilHolds: boolean | null;
  /** Whether Council still meets before the day by which the council tax is to be set; null likewise. */
  councilTaxDayHolds: boolean | null;
  /** What has to be done about an agenda that is published already. */
  agenda: 'publish-anew' | 'supplement' | null;
}

/** The id of an extraordinary meeting that there is not yet. */
const NOT_YET = 'not yet';

/** How long a clerk waits before they are told to send it again. */
const PATIENCE_MS = 25_000;

@Injectable()
export class MeetingChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly meetings: Meetings,
    private readonly temporal: Client,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The meetings that the business of one can go to. @throws DomainError 'not-allowed', 'not-found' */
  async insteadOf(person: SignedInPerson, id: string): Promise<Meeting[]> {
    const { meeting } = await this.meetings.one(person.councilId, id);
    requireMay('meeting.manage', person, meeting.body);
    const { clock } = await this.councils.byId(person.councilId);
    return meetingsInstead(await meetingsOf(this.em.fork(), person.councilId), meeting, clock.today());
  }

  /**
   * Everything that a change would bring, and nothing is written.
   * @throws DomainError 'not-allowed', 'not-found', 'invalid'
   */
  async preview(person: SignedInPerson, change: MeetingChange): Promise<ChangePreview> {
    const { meeting, bodyName } = await this.meetings.one(person.councilId, change.meetingId);
    requireMay('meeting.manage', person, meeting.body);
    const council = await this.councils.byId(person.councilId);
    const today = council.clock.today();
    const rules = meetingRules(council);
    const changed = await workOutChange(this.em.fork(), council, change, today, NOT_YET);
    const { toMeeting } = changed;
    const isNew = toMeeting?.id === NOT_YET;
    const onNewDay = toMeeting && (isNew || change.kind === 'moved') ? warningsOfDay(toMeeting.body, toMeeting.date, today, rules) : [];
    return {
      ...{ meeting, bodyName, toMeeting, isNew },
      changes: changesInWords(changed),
      withoutDates: withoutDates(changed, rules),
      clashes: eachOnce([...onNewDay, ...clashesBrought(changed, { ...rules, today })]),
      firstOfAprilHolds: firstOfAprilHolds(changed),
      councilTaxDayHolds: holdsForAll(yearsWorkedOut(changed).map(({ dates }) => isTaxSetInTime(dates, rules))),
      agenda: agendaToDo(change, meeting, toMeeting),
    };
  }

  /**
   * Makes the change; the same request counts once.
   * @throws DomainError as `preview`, and 'key-reused'
   */
  async change(person: SignedInPerson, change: MeetingChange, reason: string, idempotencyKey: string): Promise<RecordedMove> {
    const { meeting } = await this.meetings.one(person.councilId, change.meetingId);
    requireMay('meeting.manage', person, meeting.body);
    const { meetingId, kind, to, business } = change;
    const asked = {
      meetingId,
      // A move is asked for as it always was, so that its key gives the same answer after an upgrade.
      ...(kind === 'moved' ? {} : { kind }),
      ...(to === undefined ? {} : { to }),
      ...(business === undefined ? {} : { business }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
    const key = requestKey(person.councilId, person.id, idempotencyKey, asked);
    const given = await answerGivenTo<RecordedMove>(this.em.fork(), key);
    return given ?? this.execute({ councilId: person.councilId, personId: person.id, ...asked, ...key });
  }

  private execute(request: MeetingMoveRequest): Promise<RecordedMove> {
    return this.temporal.withDeadline(Date.now() + PATIENCE_MS, () =>
      this.temporal.workflow.execute<typeof moveMeeting>('moveMeeting', {
        workflowId: meetingMoveWorkflowId(request.councilId, request.key),
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: this.environment.TEMPORAL_TASK_QUEUE,
        args: [request],
      }),
    );
  }
}

function changesInWords({ cycles, quarters, coming }: WorkedOutChange): ChangedDate[] {
  return [
    ...cycles.flatMap(({ dates, moved }) => moved.map((date) => openDate(`Business plans ${dates.year}`, CYCLE_DATE_TITLES, date))),
    // A plan for which another meeting was chosen has dates of its own.
    ...cycles.flatMap(({ plans, moved }) =>
      plans.flatMap(({ plan, moved: theirs }) =>
        theirs
          .filter(({ name, after }) => !moved.some((date) => date.name === name && date.after === after))
          .map((date) => openDate(plan.title, CYCLE_DATE_TITLES, date)),
      ),
    ),
    ...quarters.flatMap(({ period: { year, quarter }, moved }) => {
      const of = quarterInWords(financialYearFromId(year), quarter as QuarterNumber);
      return moved.map((date) => openDate(of, QUARTER_DATE_TITLES, date));
    }),
    ...coming.touched.flatMap(({ business, changes }) => changes.map((date) => ({ of: subjectInWords(business), ...date, isOpen: false }))),
  ];
}

function openDate<Name extends string>(of: string, titles: Record<Name, string>, { name, before, after }: MovedDate<Name>): ChangedDate {
  return { of, title: titles[name], before, after, isOpen: true };
}

function subjectInWords(item: Consideration): string {
  return item.what === 'plans' ? `Business plans ${item.year}` : quarterInWords(item.year, item.quarter);
}

function withoutDates({ coming }: WorkedOutChange, { bodies }: MeetingRules): WithoutDates[] {
  return coming.touched
    .filter(({ missing }) => missing.length > 0)
    .map(({ business, missing }) => ({ of: subjectInWords(business), missing: missing.map((body) => bodyTitle(body, bodies)) }));
}

/** The clashes that the calendar has then and has not now, with everything on the agendas that comes to them when it opens. */
function clashesBrought({ before, meetings, cycles, coming }: WorkedOutChange, rules: MeetingRules): Pick<Clash, 'what' | 'why'>[] {
  const [was, is] = [before, meetings].map((all) => withBusiness<KnownMeeting>(coming.business, all, rules)) as [
    KnownMeeting[],
    KnownMeeting[],
  ];
  const years = [
    ...cycles.map(({ dates }) => dates.year),
    ...coming.business.flatMap(({ what, year }) => (what === 'plans' ? [year] : [])),
  ];
  const lost = coming.touched.filter(
    ({ business, missing, wasComplete }) => business.what === 'quarter' && wasComplete && missing.length > 0,
  );
  return [
    ...years.flatMap((year) => newClashes(year, was, is, rules)),
    ...newReportClashes(was, is, rules),
    ...lost.map(({ business, missing }) => ({
      what: `The report on ${subjectInWords(business)}`,
      why: `No meeting of ${missing.map((body) => bodyTitle(body, rules.bodies)).join(', and none of ')} is left that it could go to in time. Add one.`,
    })),
  ];
}

/** The dates of every year whose plans are ahead: of the open cycles, and of those to come as far as their meetings are there. */
function yearsWorkedOut({ cycles, coming }: WorkedOutChange): { dates: CycleTimetable; route: Route }[] {
  return [
    ...cycles.map(({ cycle, dates }) => ({ dates, route: cycle.route })),
    ...coming.years.map((dates) => ({ dates, route: missionRoute })),
  ];
}

function firstOfAprilHolds(changed: WorkedOutChange): boolean | null {
  if (changed.coming.undecided.length > 0) return false;
  return holdsForAll(yearsWorkedOut(changed).map(({ dates, route }) => isDecidedInTime(dates, route)));
}

/** null of nothing: what nobody looked at does not hold. */
function holdsForAll(each: readonly boolean[]): boolean | null {
  return each.length === 0 ? null : each.every(Boolean);
}

function agendaToDo({ kind }: MeetingChange, before: KnownMeeting, toMeeting: KnownMeeting | null): ChangePreview['agenda'] {
  if (kind === 'moved') return before.state === 'agenda-published' ? 'publish-anew' : null;
  return toMeeting?.state === 'agenda-published' && before.considers.length > 0 ? 'supplement' : null;
}

/** A clash that belongs to no year is found for each of them, and told once. */
function eachOnce<Told extends { what: string; why: string }>(clashes: readonly Told[]): Told[] {
  return [...new Map(clashes.map((clash) => [`${clash.what} ${clash.why}`, clash])).values()];
}
