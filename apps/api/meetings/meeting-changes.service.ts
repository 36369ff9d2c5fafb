/** Moving a meeting or calling it off: what that would change, and doing it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { Clash } from '../../../libs/calendar/clashes.js';
import { meetingsInstead, type KnownMeeting, type MeetingChange } from '../../../libs/calendar/change-meeting.js';
import {
  CYCLE_DATE_TITLES,
  isDecidedInTime,
  isTaxSetInTime,
  newClashes,
  QUARTER_DATE_TITLES,
  warningsOfDay,
} from '../../../libs/calendar/move-meeting.js';
import type { Environment } from '../../../libs/config/environment.js';
import { meetingsOf } from '../../../libs/database/council-at-work.js';
import type { Meeting } from '../../../libs/database/entities/council.js';
import { meetingRules, workOutChange, type WorkedOutChange } from '../../../libs/database/meeting-change.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import type { MeetingMoveRequest, RecordedMove } from '../../../workflows/activity-contract.js';
import type { moveMeeting } from '../../../workflows/move-meeting.js';
import { meetingMoveWorkflowId } from '../../../workflows/workflow-ids.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';
import { Meetings } from './meetings.service.js';

/** One date that changes, in words. */
export interface ChangedDate {
  /** 'Plans of 2026/27' or the quarter. */
  of: string;
  title: string;
  before: string;
  after: string;
}

export interface ChangePreview {
  meeting: Meeting;
  bodyName: string;
  /** The meeting that considers it then, and whether that is a new one; null where there was nothing to consider. */
  toMeeting: KnownMeeting | null;
  isNew: boolean;
  changes: ChangedDate[];
  clashes: Pick<Clash, 'what' | 'why'>[];
  /** Whether every open year's plans are still decided before they are published. */
  firstOfAprilHolds: boolean;
  /** Whether Council still meets before the day by which the council tax is to be set. */
  councilTaxDayHolds: boolean;
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
    const { before, meetings, toMeeting, cycles } = changed;
    const isNew = toMeeting?.id === NOT_YET;
    const onNewDay = toMeeting && (isNew || change.kind === 'moved') ? warningsOfDay(toMeeting.body, toMeeting.date, today, rules) : [];
    return {
      ...{ meeting, bodyName, toMeeting, isNew },
      changes: changesInWords(changed),
      clashes: eachOnce([...onNewDay, ...cycles.flatMap(({ dates }) => newClashes(dates.year, before, meetings, { ...rules, today }))]),
      firstOfAprilHolds: cycles.every(({ cycle, dates }) => isDecidedInTime(dates, cycle.route)),
      councilTaxDayHolds: cycles.every(({ dates }) => isTaxSetInTime(dates, rules)),
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

function changesInWords({ cycles, quarters }: WorkedOutChange): ChangedDate[] {
  return [
    ...cycles.flatMap(({ dates, moved }) =>
      moved.map(({ name, ...date }) => ({ of: `Business plans ${dates.year}`, title: CYCLE_DATE_TITLES[name], ...date })),
    ),
    // A plan for which another meeting was chosen has dates of its own.
    ...cycles.flatMap(({ plans, moved }) =>
      plans.flatMap(({ plan, moved: theirs }) =>
        theirs
          .filter(({ name, after }) => !moved.some((date) => date.name === name && date.after === after))
          .map(({ name, ...date }) => ({ of: plan.title, title: CYCLE_DATE_TITLES[name], ...date })),
      ),
    ),
    ...quarters.flatMap(({ period: { year, quarter }, moved }) =>
      moved.map(({ name, ...date }) => ({
        of: quarterInWords(financialYearFromId(year), quarter as QuarterNumber),
        title: QUARTER_DATE_TITLES[name],
        ...date,
      })),
    ),
  ];
}

function agendaToDo({ kind }: MeetingChange, before: KnownMeeting, toMeeting: KnownMeeting | null): ChangePreview['agenda'] {
  if (kind === 'moved') return before.state === 'agenda-published' ? 'publish-anew' : null;
  return toMeeting?.state === 'agenda-published' && before.considers.length > 0 ? 'supplement' : null;
}

/** A clash that belongs to no year is found for each of them, and told once. */
function eachOnce<Told extends { what: string; why: string }>(clashes: readonly Told[]): Told[] {
  return [...new Map(clashes.map((clash) => [`${clash.what} ${clash.why}`, clash])).values()];
}
