/** Moving a meeting or calling it off: what that would change, and doing it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { meetingsInstead, requireOpenTo, type KnownMeeting, type MeetingChange } from '../../../libs/calendar/change-meeting.js';
import { disagreementOf, type Disagreement } from '../../../libs/calendar/compare-calendar.js';
import type { Environment } from '../../../libs/config/environment.js';
import { councilAtWork, meetingsOf } from '../../../libs/database/council-at-work.js';
import type { Meeting } from '../../../libs/database/entities/council.js';
import { workOutChange } from '../../../libs/database/meeting-change.js';
import { asShown, isNew, whatFollows, type ChangeFollows } from '../../../libs/database/meeting-change-preview.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { noticesOfMeetingChange, whoIsTold } from '../../../libs/database/told-of-change.js';
import { previewHashOf } from '../../../libs/database/what-was-seen.js';
import type { MeetingMoveRequest, RecordedMove } from '../../../workflows/activity-contract.js';
import type { moveMeeting } from '../../../workflows/move-meeting.js';
import { meetingMoveWorkflowId } from '../../../workflows/workflow-ids.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';
import { Meetings } from './meetings.service.js';

export interface ChangePreview extends ChangeFollows {
  meeting: Meeting;
  bodyName: string;
  /** The meeting that considers it then, and whether that is a new one; null where there was nothing to consider. */
  toMeeting: KnownMeeting | null;
  isNew: boolean;
  /** Names all of this: sent with the change it makes sure that nothing else is made. */
  previewHash: string;
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

  /**
   * The meetings that the business of one can go to, with what the council's own calendar says against each.
   * @throws DomainError 'not-allowed', 'not-found'
   */
  async insteadOf(person: SignedInPerson, id: string): Promise<(Meeting & { disagreement: Disagreement | null })[]> {
    const { meeting } = await this.meetings.one(person.councilId, id);
    requireMay('meeting.manage', person, meeting.body);
    const { clock } = await this.councils.byId(person.councilId);
    const instead = meetingsInstead(await meetingsOf(this.em.fork(), person.councilId), meeting, clock.today());
    return instead.map((one) => ({ ...one, disagreement: disagreementOf(one) }));
  }

  /** @throws DomainError 'not-allowed', 'not-found', and 'invalid' where the meeting is not open to such a change on any day */
  async requireOpen(person: SignedInPerson, id: string, kind: MeetingChange['kind']): Promise<void> {
    const { meeting } = await this.meetings.one(person.councilId, id);
    requireMay('meeting.manage', person, meeting.body);
    const { clock } = await this.councils.byId(person.councilId);
    requireOpenTo(meeting, kind, clock.today());
  }

  /**
   * Everything that a change would bring, and nothing is written.
   * @throws DomainError 'not-allowed', 'not-found', 'invalid'
   */
  async preview(person: SignedInPerson, change: MeetingChange): Promise<ChangePreview> {
    const { meeting, bodyName } = await this.meetings.one(person.councilId, change.meetingId);
    requireMay('meeting.manage', person, meeting.body);
    const em = this.em.fork();
    // Read afresh, as the record does it: settings that have just been changed would else be told twice.
    const council = await councilAtWork(em, person.councilId, Date.now);
    const today = council.clock.today();
    const changed = await workOutChange(em, council, change, today, NOT_YET);
    const follows = whatFollows(council, change, changed, today);
    const previewHash = previewHashOf(asShown(change, changed, follows));
    return { ...follows, meeting, bodyName, toMeeting: changed.toMeeting, isNew: isNew(changed), previewHash };
  }

  /**
   * Makes the change; the same request counts once.
   * @param previewHash of the preview that was seen, where there was one
   * @throws DomainError as `preview`, 'key-reused', and 'stale' where something else would follow now than was seen
   */
  async change(
    person: SignedInPerson,
    change: MeetingChange,
    { reason, key: idempotencyKey, previewHash }: { reason: string; key: string; previewHash?: string | undefined },
  ): Promise<RecordedMove> {
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
      ...(previewHash === undefined ? {} : { previewHash }),
    };
    const key = requestKey(person.councilId, person.id, idempotencyKey, asked);
    const given = await answerGivenTo<RecordedMove>(this.em.fork(), key);
    return given ?? this.execute({ councilId: person.councilId, personId: person.id, ...asked, ...key });
  }

  /** Who hears of a change that is on record, as a sentence. */
  async whoIsTold({ councilId }: SignedInPerson, { meetingId }: MeetingChange, { number }: RecordedMove): Promise<string> {
    return whoIsTold(this.em.fork(), councilId, noticesOfMeetingChange(meetingId, number));
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
