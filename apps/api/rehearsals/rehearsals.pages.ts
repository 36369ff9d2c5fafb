/** The pages of rehearsals: asking for one, those that there were, each with its timeline, and its files. */
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { MEETING_CHANGES } from '../../../libs/domain/meeting.js';
import { ASKED_SCENARIOS } from '../../../libs/domain/rehearsal.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Councils } from '../councils.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm, SEND_FROM_PAGE } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { text } from '../validation.js';
import { SCENARIO_WORDS } from './event-kinds.js';
import { eventsAsCsv } from './rehearsal-files.js';
import { RehearsalPage } from './rehearsal-page.js';
import { changeInWords, STATE_WORDS } from './rehearsal-words.js';
import { Rehearsals } from './rehearsals.service.js';

const yearForm = z
  .object({
    year: z.string('Choose a year').min(1, 'Choose a year').max(20, 'Choose a year'),
    otherYear: text(20, 'The year').default(''),
    scenario: z.enum(ASKED_SCENARIOS, 'Choose what people do'),
    key: formKey,
  })
  .refine(({ year, otherYear }) => year !== 'other' || otherYear.trim() !== '', {
    path: ['otherYear'],
    error: 'Enter the year, like 2028/29',
  });
/** What the preview of a change sends, as it would to make it. */
const changeForm = z.object({
  meetingId: z.uuid(SEND_FROM_PAGE),
  kind: z.enum(MEETING_CHANGES),
  to: z.iso.date().optional(),
  meeting: z.uuid().optional(),
  date: z.iso.date().optional(),
  ...{ reason: text(1_000, 'The reason').default(''), key: formKey },
});

/** What was typed, to be shown again with what has to be put right. */
type Typed = Record<string, string | undefined>;

@Controller('/rehearsals')
@ApiExcludeController()
@Policy('rehearsal.run')
export class RehearsalsPages {
  constructor(
    private readonly rehearsals: Rehearsals,
    private readonly rehearsalPage: RehearsalPage,
    private readonly councils: Councils,
  ) {}

  /** With `?year=` in the address that year is chosen. */
  @Get()
  async list(@CurrentPerson() person: SignedInPerson, @Query('year') year?: unknown): Promise<Page> {
    const [first] = await this.rehearsals.years(person.councilId);
    return this.listPage(person, { year: typeof year === 'string' ? year : first?.year, scenario: 'on-time' }, []);
  }

  @Post()
  async ask(@CurrentPerson() person: SignedInPerson, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = readForm(yearForm, body);
    if (form.errors) return this.listPage(person, body as Typed, form.errors);
    const { year, otherYear, scenario } = form.value;
    try {
      const wanted = { year: year === 'other' ? otherYear : year, scenario };
      // One form can be sent twice; sent with another choice it is another request.
      return seeOther(`/rehearsals/${await this.rehearsals.ask(person, wanted, JSON.stringify([form.value.key, wanted]))}`);
    } catch (error) {
      const { errors, status } = refusedForm(error);
      const fields = errors.map((one) => ({ ...one, field: one.field === 'year' && year === 'other' ? 'otherYear' : one.field }));
      return this.listPage(person, body as Typed, fields, status);
    }
  }

  /** From the preview of a change: how the rest of the year goes with it. */
  @Post('changes')
  async askWithChange(@CurrentPerson() person: SignedInPerson, @Body() body: unknown): Promise<SeeOther> {
    const form = readForm(changeForm, body);
    if (form.errors) {
      const wrong = form.errors.map(({ text: sentence }) => `${sentence}.`).join(' ');
      throw new DomainError('invalid', `${wrong} Go back to the preview of the change, put it right there, and use the button again.`);
    }
    const { meetingId, kind, to, meeting, date, reason, key: given } = form.value;
    const business = date ? { date } : meeting ? { meetingId: meeting } : undefined;
    const wanted = { scenario: 'on-time' as const, change: { meetingId, kind, to, business, reason } };
    return seeOther(`/rehearsals/${await this.rehearsals.ask(person, wanted, JSON.stringify([given, wanted]))}`);
  }

  @Get(':id')
  async show(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Query() query: unknown): Promise<Page> {
    return this.rehearsalPage.of(person, id, query);
  }

  @Post(':id/again')
  async again(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<SeeOther> {
    const form = readForm(z.object({ key: formKey }), body);
    if (form.errors) throw new DomainError('invalid', 'Open the page of the rehearsal again and use the button there.');
    return seeOther(`/rehearsals/${await this.rehearsals.again(person, id, form.value.key)}`);
  }

  @Get(':id/download/:format')
  async download(
    @CurrentPerson() { councilId }: SignedInPerson,
    @Param('id') id: string,
    @Param('format') format: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { rehearsal } = await this.rehearsals.one(councilId, id);
    if (format !== 'csv' && format !== 'json')
      throw new DomainError('not-found', `Rehearsals are not written as “${format}”. Choose csv or json.`);
    const events = await this.rehearsals.eventsOf(councilId, id);
    const mediaType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8';
    reply.header('content-type', mediaType).header('content-disposition', `attachment; filename="rehearsal-${rehearsal.year}.${format}"`);
    return format === 'csv' ? eventsAsCsv(events) : `${JSON.stringify({ year: rehearsal.year, events }, null, 2)}\n`;
  }

  private async listPage(person: SignedInPerson, typed: Typed, errors: FormError[], status?: number): Promise<Page> {
    const { settings } = await this.councils.byId(person.councilId);
    const nameOf = (body: string): string => settings.bodies.find(({ id }) => id === body)?.name ?? body;
    const found = await this.rehearsals.all(person.councilId);
    const model = {
      title: 'Rehearsals',
      years: await this.rehearsals.years(person.councilId),
      scenarios: ASKED_SCENARIOS.map((value) => ({ value, text: SCENARIO_WORDS[value] })),
      rehearsals: found.map(({ rehearsal: { id, year, askedAt, reachedDay, change, scenario }, askedBy, state }) => ({
        ...{ id, year, askedAt, reachedDay, askedBy, state, scenario: SCENARIO_WORDS[scenario] },
        change: change ? changeInWords(change, nameOf(change.body)) : null,
      })),
      ...{ states: STATE_WORDS, typed, errors, key: randomUUID() },
      problems: Object.fromEntries(errors.toReversed().map(({ field, text: words }) => [field, words])),
    };
    return status ? page('rehearsals/list.njk', model, status) : page('rehearsals/list.njk', model);
  }
}
