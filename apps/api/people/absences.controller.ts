/** The JSON of absences: recording, ending, and that somebody leaves. */
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ROLES } from '../../../libs/domain/route.js';
import { postMatter, roleMatter, type Handover } from '../../../libs/domain/standing-in.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import { previewHash, text } from '../validation.js';
import { Absences, type ListedAbsence } from './absences.service.js';
import { Leaving } from './leaving.service.js';

const day = z.iso.date('Write the day like 2026-01-27');
const idParam = z.uuid('Give the id');
const absence = z
  .object({
    id: z.uuid(),
    personId: z.uuid(),
    person: z.string(),
    firstDay: z.iso.date(),
    lastDay: z.iso.date().nullable().meta({ description: 'Included; null for somebody who leaves or has left.' }),
    standIn: z.string().nullable().meta({ description: 'Null where nobody stands in.' }),
    reason: z.string().nullable(),
    recordedBy: z.string(),
    is: z.enum(['coming', 'now', 'over', 'withdrawn']),
  })
  .meta({ id: 'Absence' });
const absenceList = z.object({ absences: z.array(absence) }).meta({ id: 'Absences' });
const asked = z
  .strictObject({
    personId: z.uuid().optional().meta({ description: 'Left out for one’s own.' }),
    firstDay: day,
    lastDay: day,
    standInId: z.uuid().nullable(),
    reason: text(500, 'The reason').default(''),
    previewHash: previewHash.optional(),
  })
  .meta({ id: 'AbsenceToRecord' });
const goesTo = z.array(z.object({ title: z.string(), goesTo: z.string() }));
const preview = z
  .object({ person: z.string(), standIn: z.string().nullable(), matters: goesTo, tasks: z.array(z.string()), previewHash })
  .meta({ id: 'AbsencePreview' });
const recorded = z.object({ id: z.uuid() }).meta({ id: 'RecordedAbsence' });
const handover = z.strictObject({
  what: z.union([z.strictObject({ postId: z.uuid() }), z.strictObject({ role: z.enum(ROLES), scope: z.string().nullable() })]),
  toId: z.uuid().nullable().meta({ description: 'Null is nobody for now.' }),
  as: z.enum(['successor', 'stand-in']),
});
const leaving = z
  .strictObject({ firstDay: day.meta({ description: 'The first day on which they are not here any more.' }), handovers: z.array(handover) })
  .meta({ id: 'LeavingToRecord' });

@Controller('/api/v1')
@ApiTags('People')
export class AbsencesController {
  constructor(
    private readonly absences: Absences,
    private readonly leaving: Leaving,
  ) {}

  /** Everybody's for those who manage people, one's own with `own=yes`. */
  @Get('absences')
  @Policy('absence.record')
  @ApiResponse({ status: 200, standardSchema: absenceList })
  @Refusals(422)
  async list(
    @CurrentPerson() person: SignedInPerson,
    @Query({ schema: z.object({ own: z.literal('yes').optional() }) }) { own }: { own?: 'yes' | undefined },
  ): Promise<z.infer<typeof absenceList>> {
    return { absences: await this.absences.list(person, own ? 'own' : 'everybody') };
  }

  /** Writes nothing. */
  @Post('absences/preview')
  @HttpCode(200)
  @Policy('absence.record')
  @ApiResponse({ status: 200, standardSchema: preview })
  @Refusals(422)
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Body({ schema: asked }) body: z.infer<typeof asked>,
  ): Promise<z.infer<typeof preview>> {
    return this.absences.preview(person, { ...body, personId: body.personId ?? person.id });
  }

  @Post('absences')
  @Policy('absence.record')
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: recorded })
  @Refusals(412, 422)
  async record(
    @CurrentPerson() person: SignedInPerson,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: asked }) body: z.infer<typeof asked>,
  ): Promise<z.infer<typeof recorded>> {
    return this.absences.record(person, { ...body, personId: body.personId ?? person.id }, requiredKey(key));
  }

  /** Ends it today; one that has ended stays as it is. */
  @Post('absences/:id/end')
  @HttpCode(200)
  @Policy('absence.record')
  @ApiResponse({ status: 200, standardSchema: absence })
  @Refusals(404, 409)
  async end(@CurrentPerson() person: SignedInPerson, @Param('id', { schema: idParam }) id: string): Promise<ListedAbsence> {
    return this.absences.end(person, id);
  }

  /** Records that somebody leaves, with one handover for each of their posts and roles. */
  @Post('people/:id/leaving')
  @Policy('people.manage')
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: recorded })
  @Refusals(404, 422)
  async leave(
    @CurrentPerson() person: SignedInPerson,
    @Param('id', { schema: idParam }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: leaving }) { firstDay, handovers }: z.infer<typeof leaving>,
  ): Promise<z.infer<typeof recorded>> {
    const asDomain = handovers.map(({ what, toId, as }): Handover => {
      return { matter: 'postId' in what ? postMatter(what.postId) : roleMatter(what.role, what.scope), toId, as };
    });
    return this.leaving.record(person, { personId: id, firstDay, handovers: asDomain }, requiredKey(key));
  }
}
