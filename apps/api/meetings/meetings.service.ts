/** The council's calendar of meetings: what is coming, what moving one would change, and moving it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { weekdayInWords } from '../../../libs/calendar/dates.js';
import type { Clash } from '../../../libs/calendar/clashes.js';
import {
  CYCLE_DATE_TITLES,
  movedCycle,
  movedQuarter,
  newClashes,
  QUARTER_DATE_TITLES,
  withMeetingMoved,
  type KnownMeeting,
} from '../../../libs/calendar/move-meeting.js';
import { paperDates, type TimetableSource } from '../../../libs/calendar/timetable.js';
import type { Environment } from '../../../libs/config/environment.js';
import { meetingsOf, type CouncilAtWork } from '../../../libs/database/council-at-work.js';
import { MeetingMove } from '../../../libs/database/entities/council.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import type { MeetingMoveRequest, RecordedMove } from '../../../workflows/activity-contract.js';
import type { moveMeeting } from '../../../workflows/move-meeting.js';
import { meetingMoveWorkflowId } from '../../../workflows/workflow-ids.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';

/** One date that changes, in words. */
export interface ChangedDate {
  /** 'Plans of 2026/27' or the quarter. */
  of: string;
  title: string;
  before: string;
  after: string;
}

/** A meeting of the calendar with what follows from it. */
export interface ListedInCalendar {
  meeting: KnownMeeting;
  bodyName: string;
  isPast: boolean;
  /** null for officers' meetings, which publish no papers. */
  finalReportDue: string | null;
  agendaPublished: string | null;
  considers: string[];
  /** The latest first. */
  moves: MeetingMove[];
}

export interface MovePreview {
  meeting: KnownMeeting;
  bodyName: string;
  to: string;
  changes: ChangedDate[];
  clashes: Clash[];
  /** Whether every open year's plans are still decided before they are published. */
  firstOfAprilHolds: boolean;
}

@Injectable()
export class Meetings {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly temporal: Client,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The council's meetings in the order of their days, each with the days that follow from it. */
  async all(councilId: string): Promise<ListedInCalendar[]> {
    const council = await this.councils.byId(councilId);
    const today = council.clock.today();
    const moves = await this.em.fork().find(MeetingMove, { councilId }, { orderBy: { number: 'desc' } });
    return (await meetingsOf(this.em.fork(), councilId)).map((meeting) => ({
      meeting,
      bodyName: bodyName(council, meeting.body),
      isPast: meeting.date < today,
      ...(meeting.body === council.settings.timetable.bodies.review ? NO_PAPERS : papersOf(council, meeting.date)),
      considers: meeting.considers.map((item) =>
        item.what === 'plans' ? `Business plans ${item.year}` : `Report on ${quarterInWords(item.year, item.quarter)}`,
      ),
      moves: moves.filter(({ meetingId }) => meetingId === meeting.id),
    }));
  }

  /** @throws DomainError 'not-found' */
  async one(councilId: string, id: string): Promise<KnownMeeting & { bodyName: string }> {
    const council = await this.councils.byId(councilId);
    const meeting = (await meetingsOf(this.em.fork(), councilId)).find((each) => each.id === id);
    if (!meeting) throw new DomainError('not-found', 'There is no such meeting.');
    return { ...meeting, bodyName: bodyName(council, meeting.body) };
  }

  /**
   * Everything that putting a meeting on another day would change, and nothing is written.
   * @throws DomainError 'not-allowed', 'not-found', 'invalid'
   */
  async preview(person: SignedInPerson, id: string, to: string): Promise<MovePreview> {
    const meeting = await this.one(person.councilId, id);
    requireMay('meeting.manage', person, meeting.body);
    const em = this.em.fork();
    const council = await this.councils.byId(person.councilId);
    const before = await meetingsOf(em, council.id);
    const today = council.clock.today();
    const after = withMeetingMoved(before, id, to, today);
    const rules = { bodies: council.settings.bodies, settings: council.settings.timetable, calendar: council.calendar };
    const source: TimetableSource = { meetings: after, ...rules };
    const cycles = await em.find(Cycle, { councilId: council.id, status: 'open' }, { orderBy: { year: 'asc' } });
    const quarters = await em.find(
      Quarter,
      { councilId: council.id, status: { $ne: 'closed' } },
      { orderBy: { year: 'asc', quarter: 'asc' } },
    );
    const years = cycles.map(({ dates }) => movedCycle(dates, source));
    return {
      meeting,
      bodyName: meeting.bodyName,
      to,
      changes: [
        ...years.flatMap(({ dates, moved }) =>
          moved.map(({ name, ...date }) => ({ of: `Business plans ${dates.year}`, title: CYCLE_DATE_TITLES[name], ...date })),
        ),
        ...quarters.flatMap(({ year, quarter, dates }) =>
          movedQuarter(dates, source).moved.map(({ name, ...date }) => ({
            of: quarterInWords(financialYearFromId(year), quarter as QuarterNumber),
            title: QUARTER_DATE_TITLES[name],
            ...date,
          })),
        ),
      ],
      clashes: [
        ...onDayOff(council, meeting.bodyName, to),
        ...years.flatMap(({ dates }) => newClashes(dates.year, before, after, { ...rules, today })),
      ],
      firstOfAprilHolds: years.every(({ dates }) => dates.committeeMeeting < dates.publication),
    };
  }

  /**
   * Puts a meeting on another day; the same request counts once.
   * @throws DomainError as `preview`, and 'key-reused'
   */
  async move(
    person: SignedInPerson,
    id: string,
    { to, reason }: { to: string; reason: string },
    idempotencyKey: string,
  ): Promise<RecordedMove> {
    const meeting = await this.one(person.councilId, id);
    requireMay('meeting.manage', person, meeting.body);
    const asked = { meetingId: id, to, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) };
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

/** How long a clerk waits before they are told to send it again. */
const PATIENCE_MS = 25_000;

const NO_PAPERS = { finalReportDue: null, agendaPublished: null };

function papersOf({ settings, calendar }: CouncilAtWork, date: string): { finalReportDue: string; agendaPublished: string } {
  const { finalReportDue, agendaPublished } = paperDates(date, { settings: settings.timetable, calendar });
  return { finalReportDue, agendaPublished };
}

function bodyName({ settings }: CouncilAtWork, body: string): string {
  return settings.bodies.find(({ id }) => id === body)?.name ?? body;
}

function onDayOff({ calendar }: CouncilAtWork, name: string, to: string): Clash[] {
  if (calendar.isWorkingDay(to)) return [];
  return [
    {
      kind: 'day-off',
      what: `${name} on ${weekdayInWords(to)}`,
      why: 'That is a weekend, a bank holiday or a day on which the council is closed.',
    },
  ];
}
