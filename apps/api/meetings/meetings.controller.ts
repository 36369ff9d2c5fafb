/** The calendar of meetings for programs: the list, new meetings, changes with what they bring, and calendars that come in. */
import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, RefusesStale, requiredKey, requiredRevision } from '../plans/conditions.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingImports } from './meeting-imports.service.js';
import { MeetingRecords } from './meeting-records.service.js';
import * as schemas from './meetings.schemas.js';
import { Meetings, type ListedInCalendar } from './meetings.service.js';

@Controller('/api/v1/meetings')
@ApiTags('Meetings')
export class MeetingsController {
  constructor(
    private readonly meetings: Meetings,
    private readonly changes: MeetingChanges,
    private readonly records: MeetingRecords,
    private readonly imports: MeetingImports,
  ) {}

  @Get()
  @Policy('cycle.read')
  @ApiResponse({ status: 200, standardSchema: schemas.meetingList })
  @Refusals()
  async list(@CurrentPerson() { councilId }: SignedInPerson): Promise<z.infer<typeof schemas.meetingList>> {
    const clashes = await this.meetings.clashes(councilId);
    return {
      meetings: (await this.meetings.all(councilId)).map(asJson),
      clashes: clashes.map(({ kind, what, why, meetings }) => ({ kind, what, why, meetings: meetings.map(({ id }) => id) })),
    };
  }

  /** Adds a meeting. What speaks against its day is told and stops nobody. */
  @Post()
  @HttpCode(201)
  @Policy('meeting.manage')
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: schemas.addedMeeting })
  @Refusals(422)
  async add(
    @CurrentPerson() person: SignedInPerson,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.newMeeting }) wanted: z.infer<typeof schemas.newMeeting>,
  ): Promise<z.infer<typeof schemas.addedMeeting>> {
    const { id, warnings } = await this.records.add(person, wanted, requiredKey(key));
    return { meeting: asJson(await this.meetings.one(person.councilId, id)), warnings };
  }

  /** Takes over the calendar of the council's committee system; the same one again changes nothing. A dry run writes nothing. */
  @Post('imports')
  @HttpCode(200)
  @Policy('meeting.manage')
  @ApiResponse({ status: 200, standardSchema: schemas.imported })
  @Refusals(412, 422)
  async import(
    @CurrentPerson() person: SignedInPerson,
    @Query({ schema: schemas.importQuery }) query: z.infer<typeof schemas.importQuery>,
    @Body({ schema: schemas.calendarFile }) { content, fileName, previewHash }: z.infer<typeof schemas.calendarFile>,
  ): Promise<z.infer<typeof schemas.imported>> {
    const dryRun = query.dryRun === 'true';
    return { dryRun, ...(await this.imports.importNow(person, fileName, new TextEncoder().encode(content), { dryRun, previewHash })) };
  }

  /** Changes time, place, address or whether it is extraordinary; records that its agenda was published, or that it was held. */
  @Patch(':id')
  @Policy('meeting.manage')
  @ApiHeader({ name: 'If-Match', required: false, description: 'The revision that you saw: refused if it was changed meanwhile' })
  @ApiResponse({ status: 200, standardSchema: schemas.meeting })
  @RefusesStale()
  @Refusals(404, 422)
  async edit(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: schemas.idParam }) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: schemas.meetingChange }) change: z.infer<typeof schemas.meetingChange>,
  ): Promise<z.infer<typeof schemas.meeting>> {
    await this.records.change(person, id, change, ifMatch === undefined ? undefined : requiredRevision(ifMatch));
    return asJson(await this.meetings.one(person.councilId, id));
  }

  /** Writes nothing. */
  @Get(':id/move-preview')
  @Policy('meeting.manage')
  @ApiResponse({ status: 200, standardSchema: schemas.preview })
  @Refusals(404, 422)
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: schemas.idParam }) id: string,
    @Query({ schema: schemas.previewQuery }) { kind, to, meetingId, date }: z.infer<typeof schemas.previewQuery>,
  ): Promise<z.infer<typeof schemas.preview>> {
    const business = meetingId ? { meetingId } : date ? { date } : undefined;
    const { toMeeting, isNew, ...found } = await this.changes.preview(person, { meetingId: id, kind, to, business });
    return {
      changes: found.changes,
      withoutDates: found.withoutDates,
      clashes: found.clashes.map(({ what, why }) => ({ what, why })),
      firstOfAprilHolds: found.firstOfAprilHolds,
      councilTaxDayHolds: found.councilTaxDayHolds,
      agenda: found.agenda,
      previewHash: found.previewHash,
      consideredBy: toMeeting && { id: isNew ? null : toMeeting.id, date: toMeeting.date },
    };
  }

  /**
   * Moves a meeting, or records that it was adjourned, cancelled or inquorate and which meeting has its business. With the preview's
   * `previewHash` only what was previewed is done: where anything else would follow by now the answer is 412.
   */
  @Post(':id/moves')
  @HttpCode(200)
  @Policy('meeting.manage')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: schemas.moved })
  @Refusals(404, 412, 422, 503)
  async move(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: schemas.idParam }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.move }) { reason = '', previewHash, ...change }: z.infer<typeof schemas.move>,
  ): Promise<z.infer<typeof schemas.moved>> {
    const { number } = await this.changes.change(person, { meetingId: id, ...change }, { reason, key: requiredKey(key), previewHash });
    return { number };
  }
}

function asJson(listed: ListedInCalendar): z.infer<typeof schemas.meeting> {
  const { meeting, bodyName, considers, finalReportDue, agendaPublished, agendaIsLate, moves } = listed;
  const { id, body, date, state, extraordinary, revision } = meeting;
  return {
    ...{ id, body, name: bodyName, date, state, extraordinary, revision, considers, finalReportDue, agendaPublished, agendaIsLate },
    time: meeting.time ?? null,
    place: meeting.place ?? null,
    address: meeting.address ?? null,
    agendaPublishedOn: meeting.agendaPublishedOn ?? null,
    inTheirCalendar: meeting.listed
      ? {
          ...{ date: meeting.listed.date, cancelled: meeting.listed.cancelled, importedAt: meeting.listed.importedAt },
          postponed: meeting.listed.postponed ?? false,
        }
      : null,
    moves: moves.map(({ kind, fromDate, toDate, toMeetingId, reason, by, movedAt }) => ({
      ...{
        kind,
        from: fromDate,
        to: toDate ?? null,
        toMeeting: toMeetingId ?? null,
        reason: reason ?? null,
        by,
        at: movedAt.toISOString(),
      },
    })),
  };
}
