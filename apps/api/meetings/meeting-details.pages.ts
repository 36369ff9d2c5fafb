/** Adding a meeting, with what speaks against its day shown first, and changing its time, place and address. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readAddress } from '../../../libs/calendar/meeting-address.js';
import { readTimeOfDay } from '../../../libs/calendar/time-of-day.js';
import { previewHashOf } from '../../../libs/database/what-was-seen.js';
import { CurrentPerson } from '../access/current-person.js';
import { may, requireMay, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Councils } from '../councils.js';
import { changedSince } from '../rendering/changed-since.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm, SEND_FROM_PAGE } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { text } from '../validation.js';
import { dayFromForm, groupOf, inOrder, type DayTyped } from './day-from-form.js';
import { MeetingRecords, type NewMeeting } from './meeting-records.service.js';
import { PLACE_LIMIT } from './meetings.schemas.js';
import { Meetings } from './meetings.service.js';

/** A field that may stay empty, read as what it means; null where it is empty. */
const optional = (read: (words: string) => string | null, wrong: string) =>
  z
    .string()
    .default('')
    .transform((words) => words.trim())
    .refine((words) => words === '' || read(words) !== null, wrong)
    .transform((words) => (words === '' ? null : read(words)));

const details = {
  time: optional(readTimeOfDay, 'Write the time like 18:00 or 6.30 pm'),
  place: text(PLACE_LIMIT, 'The place')
    .default('')
    .transform((words) => words.trim() || null),
  address: optional(readAddress, 'Copy the full address, beginning with https://'),
  kind: z.enum(['ordinary', 'extraordinary'], 'Choose ordinary or extraordinary').transform((kind) => kind === 'extraordinary'),
};
const revision = z.coerce.number(SEND_FROM_PAGE).int();
const newMeetingForm = z.object({ body: z.string('Choose who meets').min(1, 'Choose who meets').max(100), ...details });
const editForm = z.object({ ...details, revision });

@Controller('/meetings')
@ApiExcludeController()
@Policy('meeting.manage')
export class MeetingDetailsPages {
  constructor(
    private readonly meetings: Meetings,
    private readonly records: MeetingRecords,
    private readonly councils: Councils,
  ) {}

  /** With a body and a day in the address it shows what would be added. */
  @Get('add')
  async ask(@CurrentPerson() person: SignedInPerson, @Query() typed: DayTyped): Promise<Page> {
    if (Object.keys(typed).length === 0) return this.addPage(person, { kind: 'ordinary' }, []);
    const { wanted, errors } = newMeeting(typed);
    if (!wanted) return this.addPage(person, typed, errors);
    return this.refusedOr(person, typed, () => this.addPreview(person, wanted, typed));
  }

  @Post('add')
  async add(@CurrentPerson() person: SignedInPerson, @Body() body: DayTyped | null): Promise<Page | SeeOther> {
    const typed = body ?? {};
    const { wanted, errors } = newMeeting(typed);
    const sent = formKey.safeParse(typed['key']);
    if (!wanted || !sent.success)
      return this.addPage(person, typed, sent.success ? errors : [...errors, { field: 'body', text: SEND_FROM_PAGE }]);
    return this.refusedOr(person, typed, async () => {
      try {
        const { id } = await this.records.add(person, wanted, sent.data, typed['previewHash'] ?? '');
        return seeOther(`/meetings/${id}`, 'The meeting has been added.');
      } catch (error) {
        const changed = changedSince(error);
        if (!changed) throw error;
        return this.addPreview(person, wanted, typed, changed);
      }
    });
  }

  @Get(':id/edit')
  async askWhat(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<Page> {
    return this.editPage(person, id, null, []);
  }

  @Post(':id/edit')
  async edit(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: DayTyped | null): Promise<Page | SeeOther> {
    const form = readForm(editForm, body);
    if (form.errors) return this.editPage(person, id, body, form.errors);
    const { kind: extraordinary, revision: seen, ...changed } = form.value;
    try {
      await this.records.change(person, id, { ...changed, extraordinary }, seen);
    } catch (error) {
      const { errors, status } = refusedForm(error);
      return this.editPage(person, id, body, errors, status);
    }
    return seeOther(`/meetings/${id}`, 'The meeting has been changed.');
  }

  /** @param errors what has changed since it was shown before */
  private async addPreview(person: SignedInPerson, wanted: NewMeeting, typed: DayTyped, errors: FormError[] = []): Promise<Page> {
    const warnings = await this.records.warnings(person, wanted);
    const bodyName = (await this.councils.byId(person.councilId)).settings.bodies.find(({ id }) => id === wanted.body)?.name ?? '';
    const shown = { wanted, bodyName, warnings, typed, key: randomUUID(), previewHash: previewHashOf(warnings), errors };
    return page('meetings/add-preview.njk', { title: 'Add this meeting?', ...shown }, errors.length > 0 ? 412 : 200);
  }

  private async refusedOr<Done extends Page | SeeOther>(
    person: SignedInPerson,
    typed: DayTyped,
    work: () => Promise<Done>,
  ): Promise<Done | Page> {
    try {
      return await work();
    } catch (error) {
      const { errors, status } = refusedForm(error);
      return this.addPage(
        person,
        typed,
        errors.map(({ field, text: words }) => ({ field: field === 'date' ? 'on-day' : field, text: words })),
        status,
      );
    }
  }

  private async addPage(person: SignedInPerson, typed: DayTyped, errors: FormError[], status?: number): Promise<Page> {
    const { settings } = await this.councils.byId(person.councilId);
    const bodies = settings.bodies.filter(({ id }) => may('meeting.manage', person, id));
    return page('meetings/add.njk', { title: 'Add a meeting', bodies, typed, errors, problems: problemsIn(errors) }, status);
  }

  /** @param typed what was sent; null shows what is kept */
  private async editPage(person: SignedInPerson, id: string, typed: DayTyped | null, errors: FormError[], status?: number): Promise<Page> {
    const listed = await this.meetings.one(person.councilId, id);
    const { meeting } = listed;
    requireMay('meeting.manage', person, meeting.body);
    const kept = { time: meeting.time ?? '', place: meeting.place ?? '', address: meeting.address ?? '' };
    const fields = typed ?? { ...kept, kind: meeting.extraordinary ? 'extraordinary' : 'ordinary', revision: String(meeting.revision) };
    const title = 'Change time, place or address';
    return page('meetings/edit.njk', { title, ...listed, typed: fields, errors, problems: problemsIn(errors) }, status);
  }
}

function newMeeting(typed: DayTyped): { wanted: NewMeeting | null; errors: FormError[] } {
  const form = readForm(newMeetingForm, typed);
  const day = dayFromForm('on', 'day of the meeting', typed);
  if (form.errors || day.error) {
    const found = [...(form.errors ?? []), ...(day.error ? [day.error] : [])];
    return { wanted: null, errors: inOrder(found, ['body', 'on', 'time', 'place', 'address', 'kind']) };
  }
  const { kind: extraordinary, ...rest } = form.value;
  return { wanted: { ...rest, extraordinary, date: day.date }, errors: [] };
}

/** The first thing to be put right at each field; the parts of a day are one field. */
function problemsIn(errors: readonly FormError[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { field, text: words } of errors) problems[groupOf(field)] ??= words;
  return problems;
}
