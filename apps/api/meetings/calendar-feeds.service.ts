/** The calendars that people subscribe to: a committee's meetings, open to anyone, and a person's own dates behind a secret address. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { writeCalendarFeed, type FeedEntry } from '../../../libs/calendar/calendar-feed.js';
import { weekdayInWords } from '../../../libs/calendar/dates.js';
import type { Environment } from '../../../libs/config/environment.js';
import { timetableChanges } from '../../../libs/database/timetable-changes.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { isStanding, type MeetingState } from '../../../libs/domain/meeting.js';
import { People } from '../access/people.js';
import type { SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';
import { Tasks } from '../tasks/tasks.service.js';
import { Meetings, type ListedInCalendar } from './meetings.service.js';

@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly meetings: Meetings,
    private readonly people: People,
    private readonly tasks: Tasks,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The path of a person's own calendar; whoever knows it sees their dates, so it goes to nobody else. */
  pathFor(person: SignedInPerson): string {
    return `/calendars/${person.id}/${this.secretOf(person.id)}.ics`;
  }

  /**
   * A committee's meetings with the days that their papers are due.
   * @throws DomainError 'not-found' for a council or body that there is not, and for officers' meetings, which are not public
   */
  async ofBody(councilId: string, body: string): Promise<string> {
    const { settings, name } = await this.councils.byId(councilId);
    const known = settings.bodies.find(({ id }) => id === body);
    if (!known || body === settings.timetable.bodies.review) throw new DomainError('not-found', 'There is no calendar at this address.');
    const meetings = (await this.meetings.all(councilId)).filter(({ meeting }) => meeting.body === body);
    const entries = meetings.map((meeting) => this.meetingEntry(meeting, `/${councilId}/plans`));
    return writeCalendarFeed(`${known.name}, ${name}`, entries, new Date());
  }

  /**
   * What a person is asked for, on the day that it is due, and the coming meetings.
   * @throws DomainError 'not-found', the same for a wrong secret as for a person who is not there any more
   */
  async ofPerson(personId: string, secret: string): Promise<string> {
    const person = this.isSecretOf(personId, secret) ? await this.people.byId(personId) : null;
    if (!person) throw new DomainError('not-found', 'There is no calendar at this address.');
    const sequence = await timetableChanges(this.em.fork(), person.councilId);
    const tasks = (await this.tasks.mine(person)).flatMap(({ task, title, href, otherwise }): FeedEntry[] => {
      if (!task.dueOn) return [];
      const description = `Due on ${weekdayInWords(task.dueOn)}. Otherwise ${otherwise}.`;
      return [{ uid: `task-${task.id}@plancycle`, sequence, title, date: task.dueOn, description, url: this.environment.BASE_URL + href }];
    });
    const meetings = (await this.meetings.all(person.councilId)).filter(({ isPast }) => !isPast);
    return writeCalendarFeed(
      `Business plans: ${person.name}`,
      [...tasks, ...meetings.map((one) => this.meetingEntry(one, '/meetings'))],
      new Date(),
    );
  }

  private meetingEntry(listed: ListedInCalendar, path: string): FeedEntry {
    const { meeting, bodyName, moves } = listed;
    const state: MeetingState = meeting.state;
    return {
      uid: `meeting-${meeting.id}@plancycle`,
      // Each change counts, of its day as of anything else, so that a calendar never takes an older form for the newer one.
      sequence: moves.length + meeting.revision,
      title: `${bodyName} meets${TITLE_ENDS[state] ?? ''}`,
      ...{ date: meeting.date, time: meeting.time ?? null, place: meeting.place ?? null },
      cancelled: state === 'cancelled',
      description: describedIn(listed),
      url: meeting.address ?? this.environment.BASE_URL + path,
    };
  }

  /** The same as long as the installation's secret is; a person who has left has no calendar any more. */
  private secretOf(personId: string): string {
    return createHmac('sha256', this.environment.SESSION_SECRET).update(`calendar ${personId}`).digest('base64url');
  }

  private isSecretOf(personId: string, secret: string): boolean {
    const [given, right] = [Buffer.from(secret), Buffer.from(this.secretOf(personId))];
    return given.length === right.length && timingSafeEqual(given, right);
  }
}

/** A meeting that was called off keeps its day and says what became of it. */
const TITLE_ENDS: Partial<Record<MeetingState, string>> = {
  adjourned: ' (adjourned)',
  cancelled: ' (cancelled)',
  inquorate: ' (too few members came)',
};

function describedIn({ meeting, considers, agendaPublished, finalReportDue, moves: [last] }: ListedInCalendar): string {
  return [
    ...(!isStanding(meeting.state) && last?.toDate ? [`Its business is considered on ${weekdayInWords(last.toDate)}.`] : []),
    ...(considers.length > 0 ? [`It considers: ${considers.join('; ')}.`] : []),
    ...(agendaPublished && finalReportDue
      ? [`Final report by ${weekdayInWords(finalReportDue)}, agenda by ${weekdayInWords(agendaPublished)}.`]
      : []),
  ].join(' ');
}
