/** What programs send and get about rehearsals. */
import { z } from 'zod';
import { MEETING_CHANGES } from '../../../libs/domain/meeting.js';
import { ASKED_SCENARIOS, EVENT_KINDS } from '../../../libs/domain/rehearsal.js';
import { day, idParam as meetingId } from '../meetings/meetings.schemas.js';
import { text } from '../validation.js';

export const rehearsalId = z.uuid('Give the rehearsal’s id');

const change = z
  .strictObject({
    meetingId,
    kind: z.enum(MEETING_CHANGES, 'Say moved, adjourned, cancelled or inquorate').default('moved'),
    to: day.optional(),
    business: z.union([z.strictObject({ meetingId }), z.strictObject({ date: day })]).optional(),
    reason: text(1_000, 'The reason').optional(),
  })
  .meta({ description: 'A meeting that is changed first, as in a meeting’s moves' });

export const rehearsalWanted = z
  .strictObject({
    year: text(20, 'The year').optional().meta({ description: 'Like 2028-29; left out with a change, the year that the meeting is about' }),
    scenario: z
      .enum(ASKED_SCENARIOS, 'Choose one of the scenarios')
      .default('on-time')
      .meta({ description: 'What people do with their plans' }),
    change: change.optional(),
  })
  .refine(({ year, change: changed }) => year !== undefined || changed !== undefined, { path: ['year'], error: 'Give the year' })
  .meta({ id: 'RehearsalWanted' });

export const rehearsal = z
  .object({
    id: z.uuid(),
    year: z.string(),
    scenario: z.enum(ASKED_SCENARIOS),
    change: z
      .object({
        ...{ meetingId: z.uuid(), body: z.string(), from: z.iso.date(), kind: z.enum(MEETING_CHANGES), to: z.iso.date().nullable() },
        businessOn: z.iso.date().nullable(),
      })
      .nullable(),
    askedBy: z.string(),
    askedAt: z.iso.datetime(),
    state: z
      .enum(['waiting', 'running', 'done', 'failed', 'interrupted'])
      .meta({ description: 'An interrupted one goes no further: ask for it anew' }),
    reachedDay: z.iso.date().nullable(),
    percent: z.int(),
    failedBecause: z.string().nullable(),
  })
  .meta({ id: 'Rehearsal' });

export const event = z
  .object({
    at: z.iso.datetime(),
    kind: z.enum(EVENT_KINDS),
    plan: z.string().nullable().meta({ description: 'The end of the plan’s address' }),
    step: z.string().nullable(),
    who: z.string(),
    what: z.string(),
  })
  .meta({ id: 'RehearsedEvent' });

export const rehearsalList = z.object({ rehearsals: z.array(rehearsal) }).meta({ id: 'RehearsalList' });
export const rehearsalWithEvents = rehearsal
  .extend({ events: z.array(event).nullable().meta({ description: 'Null until it is done, and where they were not asked for' }) })
  .meta({ id: 'RehearsalWithEvents' });
export const withEvents = z.object({ events: z.enum(['yes', 'no'], 'Say yes or no').default('yes') });
