/** The calendar of meetings as pages: the list, and moving a meeting with what that changes shown before it is done. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import { may, requireMay, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { text } from '../validation.js';
import { Councils } from '../councils.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { dayFromForm, type DayTyped } from './day-from-form.js';
import { Meetings } from './meetings.service.js';

const moveForm = z.object({
  to: z.iso.date('Choose the day again'),
  reason: text(1_000, 'The reason').default(''),
  key: z.string('Open the page again and send the form from there').min(8).max(200),
});

@Controller('/meetings')
@ApiExcludeController()
export class MeetingsPages {
  constructor(
    private readonly meetings: Meetings,
    private readonly feeds: CalendarFeeds,
    private readonly councils: Councils,
  ) {}

  @Get()
  @Policy('cycle.read')
  async list(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    const all = await this.meetings.all(person.councilId);
    const { settings } = await this.councils.byId(person.councilId);
    const mayMove = (body: string): boolean => may('meeting.manage', person, body);
    return page('meetings/list.njk', {
      title: 'Meetings',
      wide: true,
      coming: all.filter(({ isPast }) => !isPast),
      past: all.filter(({ isPast }) => isPast),
      mayMove,
      ownCalendar: this.feeds.pathFor(person),
      councilId: person.councilId,
      committees: settings.bodies.filter(({ id }) => id !== settings.timetable.bodies.review),
    });
  }

  /** With a day in the address it shows what moving the meeting there would change. */
  @Get(':id/move')
  @Policy('meeting.manage')
  async ask(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Query() typed: DayTyped): Promise<Page> {
    if (typed['to-day'] === undefined && typed['to-month'] === undefined && typed['to-year'] === undefined)
      return this.movePage(person, id, {}, []);
    const day = dayFromForm('to', typed);
    if (day.error) return this.movePage(person, id, typed, [day.error]);
    return this.previewPage(person, id, day.date, typed);
  }

  @Post(':id/move')
  @Policy('meeting.manage')
  async move(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = readForm(moveForm, body);
    if (form.errors) return this.movePage(person, id, {}, form.errors);
    const { to, reason, key } = form.value;
    try {
      await this.meetings.move(person, id, { to, reason }, key);
    } catch (error) {
      const { errors, status } = refusedForm(error);
      return this.movePage(person, id, {}, errors, status);
    }
    return seeOther('/meetings', 'The meeting has been moved. Everyone whose dates change gets one e-mail.');
  }

  private async movePage(person: SignedInPerson, id: string, typed: DayTyped, errors: FormError[], status?: number): Promise<Page> {
    const meeting = await this.meetings.one(person.councilId, id);
    requireMay('meeting.manage', person, meeting.body);
    const model = { title: `Move the meeting of ${meeting.bodyName}`, meeting, typed, errors };
    return status ? page('meetings/move.njk', model, status) : page('meetings/move.njk', model);
  }

  private async previewPage(person: SignedInPerson, id: string, to: string, typed: DayTyped): Promise<Page> {
    try {
      const preview = await this.meetings.preview(person, id, to);
      return page('meetings/move-preview.njk', { title: 'What moving the meeting changes', ...preview, typed, key: randomUUID() });
    } catch (error) {
      const { errors, status } = refusedForm(error);
      return this.movePage(
        person,
        id,
        typed,
        errors.map(({ text: words }) => ({ field: 'to-day', text: words })),
        status,
      );
    }
  }
}
