/** Moving a meeting and calling one off, each with what that changes shown before it is done. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { MeetingChange } from '../../../libs/calendar/change-meeting.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { MEETING_CHANGES, type BusinessGoesTo, type MeetingChangeKind } from '../../../libs/domain/meeting.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { refusalIn } from '../problem.js';
import { changedSince } from '../rendering/changed-since.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { text } from '../validation.js';
import { dayFromForm, dayToForm, type DayTyped } from './day-from-form.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { Meetings, type ListedInCalendar } from './meetings.service.js';

/** As many characters as the reason of a change may have. */
const REASON_LIMIT = 1_000;
const reasonForm = z.object({ reason: text(REASON_LIMIT, 'The reason').default('') });
/** Looked at only once the change itself is known, so that one that is too long comes back on the preview and not on the first form. */
const reason = z.string().default('');
/** A form without it was not made here; it gets the preview again, as one whose preview is out of date. */
const previewHash = z.string().max(64).default('');
const moveForm = z.object({ to: z.iso.date('Choose the day again'), reason, key: formKey, previewHash });
const callOffForm = z.object({
  meeting: z.uuid('Choose the meeting again').optional(),
  date: z.iso.date('Choose the day again').optional(),
  ...{ reason, key: formKey, previewHash },
});
/** What the forms of both previews send. */
type Confirmed = Pick<z.infer<typeof moveForm>, 'reason' | 'key' | 'previewHash'>;

type CalledOff = Exclude<MeetingChangeKind, 'moved'>;

const WORDS: Record<CalledOff, { title: string; button: string; told: string }> = {
  cancelled: { title: 'Cancel the meeting', button: 'Cancel the meeting', told: 'The meeting is cancelled.' },
  adjourned: { title: 'The meeting was adjourned', button: 'Record the adjournment', told: 'The adjournment is recorded.' },
  inquorate: {
    title: 'Too few members came',
    button: 'Record that it was inquorate',
    told: 'It is recorded that the meeting was inquorate.',
  },
};

@Controller('/meetings')
@ApiExcludeController()
@Policy('meeting.manage')
export class MeetingChangesPages {
  constructor(
    private readonly meetings: Meetings,
    private readonly changes: MeetingChanges,
  ) {}

  /** With a day in the address it shows what moving the meeting there would change. */
  @Get(':id/move')
  async askWhereTo(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Query() typed: DayTyped): Promise<Page> {
    if (typed['to-day'] === undefined && typed['to-month'] === undefined && typed['to-year'] === undefined)
      return this.movePage(person, id, {}, []);
    const day = dayFromForm('to', 'new day of the meeting', typed);
    if (day.error) return this.movePage(person, id, typed, [day.error]);
    return this.previewed(
      person,
      { meetingId: id, kind: 'moved', to: day.date },
      { ...MOVING, reason: reasonIn(typed) },
      (errors, status) => this.movePage(person, id, typed, at('to-day', errors), status),
    );
  }

  @Post(':id/move')
  async move(@CurrentPerson() person: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const form = readForm(moveForm, body);
    if (form.errors) return this.movePage(person, id, {}, at('to-day', form.errors));
    const change = { meetingId: id, kind: 'moved', to: form.value.to } as const;
    const { to, reason: given } = form.value;
    const typed = { ...dayToForm('to', to), reason: given };
    return this.made(person, change, form.value, { ...MOVING, told: 'The meeting has been moved.' }, (errors, status) =>
      this.movePage(person, id, typed, at('to-day', errors), status),
    );
  }

  /** With another meeting or a day in the address, or where nothing is to be considered, it shows what calling the meeting off would change. */
  @Get(':id/call-off/:kind')
  async askWhatInstead(
    @CurrentPerson() person: SignedInPerson,
    @Param('id') id: string,
    @Param('kind') wanted: string,
    @Query() typed: DayTyped,
  ): Promise<Page> {
    const kind = calledOff(wanted);
    const { considers } = await this.meetings.one(person.councilId, id);
    if (typed['business'] === undefined && considers.length > 0) {
      const asked = Object.keys(typed).length > 0;
      return this.insteadPage(
        person,
        id,
        kind,
        typed,
        asked ? [{ field: 'business', text: 'Choose which meeting considers it instead' }] : [],
      );
    }
    const day = typed['business'] === 'extraordinary' ? dayFromForm('on', 'day of the extraordinary meeting', typed) : null;
    if (day?.error) return this.insteadPage(person, id, kind, typed, [day.error]);
    const business = businessOf({ meeting: day ? undefined : typed['business'], date: day?.date ?? undefined });
    return this.previewed(person, { meetingId: id, kind, business }, { ...WORDS[kind], reason: reasonIn(typed) }, (errors, status) =>
      this.insteadPage(person, id, kind, typed, at(day ? 'on-day' : 'business', errors), status),
    );
  }

  @Post(':id/call-off/:kind')
  async callOff(
    @CurrentPerson() person: SignedInPerson,
    @Param('id') id: string,
    @Param('kind') wanted: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const kind = calledOff(wanted);
    const form = readForm(callOffForm, body);
    if (form.errors) return this.insteadPage(person, id, kind, {}, at('business', form.errors));
    const { date, meeting, reason: given } = form.value;
    const typed = { business: date ? 'extraordinary' : meeting, ...(date ? dayToForm('on', date) : {}), reason: given };
    const change = { meetingId: id, kind, business: businessOf(form.value) };
    return this.made(person, change, form.value, WORDS[kind], (errors, status) =>
      this.insteadPage(person, id, kind, typed, at(date ? 'on-day' : 'business', errors), status),
    );
  }

  /** @param errors what has to be put right on the preview itself, or what has changed since it was shown before */
  private async previewed(
    person: SignedInPerson,
    change: MeetingChange,
    words: { title: string; button: string; reason: string },
    refused: (errors: FormError[], status: number) => Promise<Page>,
    errors: FormError[] = [],
  ): Promise<Page> {
    try {
      const preview = await this.changes.preview(person, change);
      const problems = Object.fromEntries(errors.map(({ field, text: told }) => [field, told]));
      const model = {
        ...preview,
        effects: preview,
        kind: change.kind,
        ...words,
        key: randomUUID(),
        errors,
        problems,
        reasonLimit: REASON_LIMIT.toLocaleString('en-GB'),
      };
      return page('meetings/change-preview.njk', model, errors.length === 0 ? 200 : problems['reason'] ? 422 : 412);
    } catch (error) {
      const { errors: found, status } = refusedForm(error);
      return refused(found, status);
    }
  }

  /** Makes the change that was previewed; where anything else would follow by now, that is shown instead. */
  private async made(
    person: SignedInPerson,
    change: MeetingChange,
    form: Confirmed,
    words: { title: string; button: string; told: string },
    refused: (errors: FormError[], status: number) => Promise<Page>,
  ): Promise<Page | SeeOther> {
    const again = (errors: FormError[]): Promise<Page> =>
      this.previewed(person, change, { ...words, reason: form.reason }, refused, errors);
    const wrong = readForm(reasonForm, form).errors;
    if (wrong) return again(wrong);
    try {
      const recorded = await this.changes.change(person, change, form);
      return seeOther('/meetings', `${words.told} ${await this.changes.whoIsTold(person, change, recorded)}`);
    } catch (error) {
      const changed = changedSince(error);
      if (changed) return again(changed);
      const { errors, status } = refusedForm(error);
      return refused(errors, status);
    }
  }

  private async movePage(person: SignedInPerson, id: string, typed: DayTyped, errors: FormError[], status?: number): Promise<Page> {
    const listed = await this.meetings.one(person.councilId, id);
    const title = `Move the meeting of ${listed.bodyName}`;
    const closed = await this.closedPage(person, listed, 'moved', title);
    return closed ?? page('meetings/move.njk', { title, ...listed, typed, errors }, status);
  }

  private async insteadPage(
    person: SignedInPerson,
    id: string,
    kind: CalledOff,
    typed: DayTyped,
    errors: FormError[],
    status?: number,
  ): Promise<Page> {
    const listed = await this.meetings.one(person.councilId, id);
    const closed = await this.closedPage(person, listed, kind, WORDS[kind].title);
    if (closed) return closed;
    const instead = await this.changes.insteadOf(person, id);
    // Without another meeting to choose there is only the day to put right.
    const told = instead.length > 0 ? errors : errors.map((one) => (one.field === 'business' ? { ...one, field: 'on-day' } : one));
    return page('meetings/call-off.njk', { title: WORDS[kind].title, ...listed, kind, instead, typed, errors: told }, status);
  }

  /**
   * Why a meeting is not open to a change, in place of a form that would only be refused; null where it is.
   * @throws DomainError 'not-allowed': who keeps other committees' meetings does not see the form
   */
  private async closedPage(person: SignedInPerson, listed: ListedInCalendar, kind: MeetingChangeKind, title: string): Promise<Page | null> {
    try {
      await this.changes.requireOpen(person, listed.meeting.id, kind);
      return null;
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal?.code !== 'invalid') throw error;
      return page('meetings/change-refused.njk', { title, ...listed, why: refusal.message }, 422);
    }
  }
}

const MOVING = { title: 'What moving the meeting changes', button: 'Move the meeting' };

/** What was written before the change was rehearsed. */
function reasonIn(typed: DayTyped): string {
  return reasonForm.shape.reason.catch('').parse(typed['reason']);
}

/** @throws DomainError 'not-found' for a word that is no such change */
function calledOff(word: string): CalledOff {
  const kind = MEETING_CHANGES.find((one) => one === word);
  if (!kind || kind === 'moved') throw new DomainError('not-found', 'There is nothing at this address.');
  return kind;
}

function businessOf({ meeting, date }: { meeting?: string | undefined; date?: string | undefined }): BusinessGoesTo | undefined {
  if (date) return { date };
  return meeting ? { meetingId: meeting } : undefined;
}

/** The same errors at the one field that they can be put right in. */
function at(field: string, errors: readonly FormError[]): FormError[] {
  return errors.map(({ text: words }) => ({ field, text: words }));
}
