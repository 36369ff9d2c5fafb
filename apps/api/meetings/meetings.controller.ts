/** The calendar of meetings for programs: the list, what a move would change, and the move. */
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import { text } from '../validation.js';
import { Meetings } from './meetings.service.js';

const day = z.iso.date('Write the day like 2026-01-27');
const idParam = z.uuid('Give the meeting’s id');
const meeting = z
  .object({
    id: z.uuid(),
    body: z.string(),
    name: z.string(),
    date: z.iso.date(),
    considers: z.array(z.string()),
    finalReportDue: z.iso.date().nullable(),
    agendaPublished: z.iso.date().nullable(),
    moves: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), reason: z.string().nullable(), at: z.iso.datetime() })),
  })
  .meta({ id: 'Meeting' });
const meetingList = z.object({ meetings: z.array(meeting) }).meta({ id: 'Meetings' });
const preview = z
  .object({
    changes: z.array(z.object({ of: z.string(), title: z.string(), before: z.iso.date(), after: z.iso.date() })),
    clashes: z.array(z.object({ what: z.string(), why: z.string() })),
    firstOfAprilHolds: z.boolean(),
  })
  .meta({ id: 'MovePreview' });
const move = z.strictObject({ to: day, reason: text(1_000, 'The reason').optional() }).meta({ id: 'MeetingMove' });
const moved = z.object({ number: z.int().meta({ description: "Counts the council's moves from 1." }) }).meta({ id: 'MovedMeeting' });

@Controller('/api/v1/meetings')
@ApiTags('Meetings')
export class MeetingsController {
  constructor(private readonly meetings: Meetings) {}

  @Get()
  @Policy('cycle.read')
  @ApiResponse({ status: 200, standardSchema: meetingList })
  @Refusals()
  async list(@CurrentPerson() { councilId }: SignedInPerson): Promise<z.infer<typeof meetingList>> {
    const all = await this.meetings.all(councilId);
    return {
      meetings: all.map(({ meeting: { id, body, date }, bodyName, considers, finalReportDue, agendaPublished, moves }) => ({
        ...{ id, body, name: bodyName, date, considers, finalReportDue, agendaPublished },
        moves: moves.map(({ fromDate, toDate, reason, movedAt }) => ({
          ...{ from: fromDate, to: toDate, reason: reason ?? null, at: movedAt.toISOString() },
        })),
      })),
    };
  }

  /** Writes nothing. */
  @Get(':id/move-preview')
  @Policy('meeting.manage')
  @ApiResponse({ status: 200, standardSchema: preview })
  @Refusals(404, 422)
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Query({ schema: z.object({ to: day }) }) { to }: { to: string },
  ): Promise<z.infer<typeof preview>> {
    const { changes, clashes, firstOfAprilHolds } = await this.meetings.preview(person, id, to);
    return { changes, clashes: clashes.map(({ what, why }) => ({ what, why })), firstOfAprilHolds };
  }

  @Post(':id/moves')
  @HttpCode(200)
  @Policy('meeting.manage')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: moved })
  @Refusals(404, 422, 503)
  async move(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: move }) { to, reason = '' }: z.infer<typeof move>,
  ): Promise<z.infer<typeof moved>> {
    const { number } = await this.meetings.move(person, id, { to, reason }, requiredKey(key));
    return { number };
  }
}
