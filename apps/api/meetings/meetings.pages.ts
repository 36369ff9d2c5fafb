/** The calendar of meetings as pages: the list, and one meeting with what can be recorded of it. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { parseDay, weekdayInWords } from '../../../libs/calendar/dates.js';
import { bodyTitle } from '../../../libs/calendar/listed-meetings.js';
import { isToCome, mayChange, MEETING_CHANGES, MEETING_STATE_TITLES } from '../../../libs/domain/meeting.js';
import { CurrentPerson } from '../access/current-person.js';
import { may, mayEnter, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Councils } from '../councils.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { refusedForm } from '../tasks/step-form.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { dayFromForm, type DayTyped } from './day-from-form.js';
import { MeetingRecords } from './meeting-records.service.js';
import { Meetings, type ListedInCalendar } from './meetings.service.js';

@Controller('/meetings')
@ApiExcludeController()
export class MeetingsPages {
  constructor(
    private readonly meetings: Meetings,
    private readonly records: MeetingRecords,
    private readonly feeds: CalendarFeeds,
    private readonly councils: Councils,
  ) {}

  /** @param body the one committee whose meetings are wanted; anything else shows all of them */
  @Get()
  @Policy('cycle.read')
  async list(@CurrentPerson() person: SignedInPerson, @Query('body') body?: string): Promise<Page> {
    const { settings } = await this.councils.byId(person.councilId);
    const chosen = settings.bodies.find(({ id }) => id === body) ?? null;
    const all = (await this.meetings.all(person.councilId)).filter(({ meeting }) => !chosen || meeting.body === chosen.id);
    return page('meetings/list.njk', {
      title: 'Meetings',
      wide: true,
      chosen,
      bodies: settings.bodies,
      clashes: await this.meetings.clashes(person.councilId),
      nameOf: (of: string): string => bodyTitle(of, settings.bodies),
      coming: all.filter(({ isPast }) => !isPast),
      past: all.filter(({ isPast }) => isPast).reverse(),
      ...{ states: MEETING_STATE_TITLES, isToCome },
      mayManage: (of: string): boolean => may('meeting.manage', person, of),
      mayAdd: mayEnter('meeting.manage', person),
      ownCalendar: this.feeds.pathFor(person),
      councilId: person.councilId,
      committees: settings.bodies.filter(({ id }) => id !== settings.timetable.bodies.review),
    });
  }

  @Get(':id')
  @Policy('cycle.read')
  async show(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<Page> {
    return this.meetingPage(person, id);
  }

  @Post(':id/agenda')
  @Policy('meeting.manage')
  async publishAgenda(
    @CurrentPerson() person: SignedInPerson,
    @Param('id') id: string,
    @Body() body: DayTyped | null,
  ): Promise<Page | SeeOther> {
    const typed = body ?? {};
    const day = dayFromForm('agenda', 'day on which the agenda was published', typed);
    if (day.error) return this.meetingPage(person, id, [day.error], 422, typed);
    return this.recorded(person, id, { agendaPublishedOn: day.date }, 'The agenda is recorded as published.', typed);
  }

  @Post(':id/held')
  @Policy('meeting.manage')
  async hold(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<Page | SeeOther> {
    return this.recorded(person, id, { state: 'held' }, 'The meeting is recorded as held.');
  }

  private async recorded(
    person: SignedInPerson,
    id: string,
    change: Parameters<MeetingRecords['change']>[2],
    told: string,
    typed: DayTyped = {},
  ): Promise<Page | SeeOther> {
    try {
      await this.records.change(person, id, change);
    } catch (error) {
      const { errors, status } = refusedForm(error);
      const field = 'state' in change ? 'held' : 'agenda-day';
      return this.meetingPage(
        person,
        id,
        errors.map(({ text }) => ({ field, text })),
        status,
        typed,
      );
    }
    return seeOther(`/meetings/${id}`, told);
  }

  private async meetingPage(
    person: SignedInPerson,
    id: string,
    errors: FormError[] = [],
    status = 200,
    typed: DayTyped = {},
  ): Promise<Page> {
    const listed = await this.meetings.one(person.councilId, id);
    const today = (await this.councils.byId(person.councilId)).clock.today();
    const others = await this.meetings.all(person.councilId);
    const { day, month, year } = parseDay(listed.meeting.agendaPublishedOn ?? today);
    return page(
      'meetings/meeting.njk',
      {
        title: `${listed.bodyName}, ${weekdayInWords(listed.meeting.date)}`,
        ...listed,
        errors,
        ...{ today, states: MEETING_STATE_TITLES },
        open: may('meeting.manage', person, listed.meeting.body) ? openTo(listed, today) : null,
        dayOf: (other: string): string | null => others.find(({ meeting }) => meeting.id === other)?.meeting.date ?? null,
        typed: { 'agenda-day': String(day), 'agenda-month': String(month), 'agenda-year': String(year), ...typed },
      },
      status,
    );
  }
}

/** What a clerk can record of a meeting today; nothing of it is offered that would be refused. */
function openTo({ meeting: { state, date }, agendaPublished }: ListedInCalendar, today: string): Record<string, unknown> {
  return {
    agenda: isToCome(state) && agendaPublished !== null && date >= today,
    held: isToCome(state) && date <= today,
    move: isToCome(state) && date >= today,
    calledOff: MEETING_CHANGES.filter((kind) => kind !== 'moved' && mayChange(kind, state) && (kind === 'cancelled' || date <= today)),
  };
}
