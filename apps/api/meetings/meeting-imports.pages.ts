/** The pages on which a clerk brings in the council's own calendar: choose the file, see what it would change, take it over. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CALENDAR_TOO_LARGE } from '../../../libs/documents/read-meetings.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { refusalIn } from '../problem.js';
import { changedSince } from '../rendering/changed-since.js';
import { receivedFile } from '../receive-file.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { MeetingImports, type ImportSummary } from './meeting-imports.service.js';

@Controller('/meetings/import')
@ApiExcludeController()
@Policy('meeting.manage')
export class MeetingImportsPages {
  constructor(private readonly imports: MeetingImports) {}

  @Get()
  choose(): Page {
    return choosePage();
  }

  @Post()
  async send(@CurrentPerson() person: SignedInPerson, @Body() body: { calendar?: unknown } | null): Promise<Page | SeeOther> {
    const file = receivedFile(body?.calendar);
    if (!file) return choosePage('Choose the file that holds the calendar');
    const { name, bytes } = file;
    if (!bytes) return choosePage(CALENDAR_TOO_LARGE);
    try {
      return seeOther(`/meetings/import/${await this.imports.receive(person, name, bytes)}`);
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal?.code === 'unreadable' || refusal?.code === 'invalid') return choosePage(refusal.message);
      throw error;
    }
  }

  @Get(':id')
  async preview(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<Page> {
    return this.previewPage(person, id);
  }

  @Post(':id')
  async takeOver(
    @CurrentPerson() person: SignedInPerson,
    @Param('id') id: string,
    @Body() body: { previewHash?: unknown } | null,
  ): Promise<Page | SeeOther> {
    const seen = typeof body?.previewHash === 'string' ? body.previewHash : '';
    try {
      return seeOther('/meetings', takenOver(await this.imports.takeOver(person, id, seen)));
    } catch (error) {
      const changed = changedSince(error);
      if (!changed) throw error;
      return this.previewPage(person, id, changed);
    }
  }

  /** @param errors what has changed since it was shown before */
  private async previewPage(person: SignedInPerson, id: string, errors: FormError[] = []): Promise<Page> {
    const { fileName, summary } = await this.imports.preview(person, id);
    const model = { title: `What ${fileName} would change`, wide: true, id, ...summary, errors };
    return page('meetings/import-preview.njk', model, errors.length > 0 ? 412 : 200);
  }
}

function takenOver({ added, changed, onAnotherDay, cancelledThere, postponedThere }: ImportSummary): string {
  const meetings = (number: number): string => `${number} ${number === 1 ? 'meeting' : 'meetings'}`;
  const told = [
    ...(added.length > 0 ? [`${meetings(added.length)} added`] : []),
    ...(changed.length > 0 ? [`${meetings(changed.length)} changed`] : []),
    ...(onAnotherDay.length + cancelledThere.length + postponedThere.length > 0
      ? ['what it says otherwise stands beside each meeting']
      : []),
  ];
  return `The calendar has been taken over${told.length > 0 ? `: ${told.join(', ')}` : ''}.`;
}

function choosePage(error?: string): Page {
  const errors = error === undefined ? [] : [{ field: 'calendar', text: error }];
  return page('meetings/import.njk', { title: 'Bring in the council’s calendar', errors });
}
