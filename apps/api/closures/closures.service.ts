/** The council's closures and polling days: what they are, what changing them would do to every date, and doing it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { calendarChangeInWords, closuresOf, ordinaryElectionDay, pollingDaysOf } from '../../../libs/calendar/special-days.js';
import type { CalendarChange, Closure, PollingDay } from '../../../libs/domain/calendar-change.js';
import type { Environment } from '../../../libs/config/environment.js';
import { specialDaysOf, whatCalendarFollows, workOutCalendarChange, type CalendarFollows } from '../../../libs/database/calendar-change.js';
import { councilAtWork } from '../../../libs/database/council-at-work.js';
import { noticesOfCalendarChange, whoIsTold } from '../../../libs/database/told-of-change.js';
import { previewHashOf } from '../../../libs/database/what-was-seen.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import type { RecordedCalendarChange } from '../../../workflows/activity-contract.js';
import type { changeCalendar } from '../../../workflows/change-calendar.js';
import { calendarChangeWorkflowId } from '../../../workflows/workflow-ids.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';

/** What is on record, and whether it is still to come. */
export interface ListedDays {
  today: string;
  closures: Closure[];
  pollingDays: PollingDay[];
  /** The next ordinary day of election that is not on record, 'YYYY-MM-DD'. */
  ordinaryElectionDay: string;
}

export interface CalendarPreview extends CalendarFollows {
  /** What would be changed, as a sentence. */
  what: string;
  /** Names all that follows: sent with the change it makes sure that nothing else is done. */
  previewHash: string;
}

/** How long somebody waits before they are told to send it again. */
const PATIENCE_MS = 25_000;

@Injectable()
export class Closures {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly temporal: Client,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** In the order of their days. */
  async list({ councilId }: SignedInPerson): Promise<ListedDays> {
    // Read anew: another process may have changed them a moment ago.
    const { settings, clock } = await councilAtWork(this.em.fork(), councilId, Date.now);
    const [days, today] = [specialDaysOf(settings), clock.today()];
    return { today, closures: closuresOf(days), pollingDays: pollingDaysOf(days), ordinaryElectionDay: ordinaryElectionDay(days, today) };
  }

  /**
   * Everything that a change would bring, and nothing is written.
   * @throws DomainError 'not-allowed', 'invalid'
   */
  async preview(person: SignedInPerson, change: CalendarChange): Promise<CalendarPreview> {
    requireMay('calendar.manage', person, '');
    const em = this.em.fork();
    const council = await councilAtWork(em, person.councilId, Date.now);
    const today = council.clock.today();
    const follows = whatCalendarFollows(await workOutCalendarChange(em, council, change, today), today);
    return { what: calendarChangeInWords(change), ...follows, previewHash: previewHashOf(follows) };
  }

  /**
   * Makes the change; the same request counts once.
   * @param previewHash of the preview that was seen, where there was one
   * @throws DomainError as `preview`, 'key-reused', and 'stale' where something else would follow now than was seen
   */
  async change(
    person: SignedInPerson,
    change: CalendarChange,
    idempotencyKey: string,
    previewHash?: string,
  ): Promise<RecordedCalendarChange> {
    requireMay('calendar.manage', person, '');
    const { councilId, id: personId } = person;
    const seen = previewHash === undefined ? {} : { previewHash };
    const key = requestKey(councilId, personId, idempotencyKey, { calendar: change, ...seen });
    const given = await answerGivenTo<RecordedCalendarChange>(this.em.fork(), key);
    if (given) return given;
    const recorded = await this.temporal.withDeadline(Date.now() + PATIENCE_MS, () =>
      this.temporal.workflow.execute<typeof changeCalendar>('changeCalendar', {
        workflowId: calendarChangeWorkflowId(councilId, key.key),
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: this.environment.TEMPORAL_TASK_QUEUE,
        args: [{ councilId, personId, change, ...seen, ...key }],
      }),
    );
    this.councils.forget();
    return recorded;
  }

  /** Who hears of a change that is on record, as a sentence. */
  async whoIsTold({ councilId }: SignedInPerson, { number }: RecordedCalendarChange): Promise<string> {
    return whoIsTold(this.em.fork(), councilId, noticesOfCalendarChange(number));
  }
}
