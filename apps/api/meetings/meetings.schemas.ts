/** What programs send and get about meetings. */
import { z } from 'zod';
import { readAddress } from '../../../libs/calendar/meeting-address.js';
import { TAKEN_OVER } from '../../../libs/calendar/compare-calendar.js';
import { readTimeOfDay } from '../../../libs/calendar/time-of-day.js';
import { MEETING_CHANGES, MEETING_STATES } from '../../../libs/domain/meeting.js';
import { previewHash, text } from '../validation.js';

/** As long as the name of any hall. */
export const PLACE_LIMIT = 250;

export const day = z.iso.date('Write the day like 2026-01-27');
export const idParam = z.uuid('Give the meeting’s id');
const kind = z.enum(MEETING_CHANGES, 'Say moved, adjourned, cancelled or inquorate');
const time = z
  .string()
  .refine((value) => readTimeOfDay(value) !== null, 'Write the time like 18:00')
  .transform((value) => readTimeOfDay(value))
  .nullable();
const address = z
  .string()
  .refine((value) => readAddress(value) !== null, 'Give a full address that begins with https:// or http://')
  .transform(readAddress)
  .nullable();
const place = text(PLACE_LIMIT, 'The place').trim().min(1, 'Leave the place out, or give null').nullable();

export const meeting = z
  .object({
    id: z.uuid(),
    body: z.string(),
    name: z.string(),
    date: z.iso.date(),
    time: z.string().nullable().meta({ description: 'In London, like 18:00' }),
    place: z.string().nullable(),
    extraordinary: z.boolean(),
    state: z.enum(MEETING_STATES),
    address: z.string().nullable().meta({ description: "Its page in the council's committee system" }),
    considers: z.array(z.string()),
    finalReportDue: z.iso.date().nullable(),
    agendaPublished: z.iso.date().nullable().meta({ description: 'The day on which its agenda is due to be published' }),
    agendaPublishedOn: z.iso.date().nullable(),
    agendaIsLate: z.boolean(),
    inTheirCalendar: z
      .object({ date: z.iso.date(), cancelled: z.boolean(), postponed: z.boolean(), importedAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'What the imported calendar last said of it' }),
    revision: z.int().meta({ description: 'For If-Match' }),
    moves: z.array(
      z.object({
        kind,
        from: z.iso.date(),
        to: z.iso.date().nullable(),
        toMeeting: z.uuid().nullable(),
        reason: z.string().nullable(),
        by: z.string().meta({ description: 'Who changed it; with both names where they stood in: “Priya Nair for Tom Ashworth”' }),
        at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'Meeting' });

const warning = z.object({ what: z.string(), why: z.string() });
const clash = warning.extend({
  kind: z.string(),
  meetings: z.array(z.uuid()).meta({ description: 'The ids of the meetings that it is about; none where one is missing' }),
});

export const meetingList = z
  .object({
    meetings: z.array(meeting),
    clashes: z.array(clash).meta({ description: 'What clashes in the calendar now, in the years whose plans or quarters are under way' }),
  })
  .meta({ id: 'Meetings' });

/** What a change of the calendar does to the dates, and what then clashes. */
export const effects = z.object({
  changes: z.array(
    z.object({
      of: z.string(),
      title: z.string(),
      before: z.iso.date().nullable().meta({ description: 'null where there is none; only of what is not open yet' }),
      after: z.iso.date().nullable(),
      isOpen: z.boolean().meta({ description: 'false for a cycle or quarter that is not open yet: nobody is told of its dates' }),
    }),
  ),
  withoutDates: z
    .array(z.object({ of: z.string(), missing: z.array(z.string()).meta({ description: 'The bodies of which a meeting is missing' }) }))
    .meta({ description: 'What is to come to these meetings and cannot have its dates yet' }),
  clashes: z.array(warning),
  firstOfAprilHolds: z.boolean().nullable().meta({ description: 'null where no year’s plans have dates to look at' }),
  councilTaxDayHolds: z.boolean().nullable().meta({ description: 'null likewise' }),
});

export const preview = effects
  .extend({
    agenda: z.enum(['publish-anew', 'supplement']).nullable().meta({ description: 'What to do about an agenda that is published already' }),
    consideredBy: z
      .object({ id: z.uuid().nullable(), date: z.iso.date() })
      .nullable()
      .meta({ description: 'The meeting that has the business then; its id is null where it would be a new one' }),
    previewHash,
  })
  .meta({ id: 'MovePreview' });

export const previewQuery = z.strictObject({
  kind: kind.default('moved'),
  to: day.optional(),
  meetingId: idParam.optional(),
  date: day.optional(),
});

const business = z.union([z.strictObject({ meetingId: idParam }), z.strictObject({ date: day })], {
  error: 'Give the business’s meeting as {"meetingId": …} or an extraordinary one’s day as {"date": …}',
});
export const move = z
  .strictObject({
    kind: kind.default('moved'),
    to: day.optional(),
    business: business.optional(),
    reason: text(1_000, 'The reason').optional(),
    previewHash: previewHash.optional(),
  })
  .meta({ id: 'MeetingMove' });
export const moved = z
  .object({ number: z.int().meta({ description: "Counts the council's changes of meetings from 1." }) })
  .meta({ id: 'MovedMeeting' });

export const newMeeting = z
  .strictObject({
    body: z.string('Name the body').min(1, 'Name the body').max(100, 'That is no body'),
    date: day,
    time: time.default(null),
    place: place.default(null),
    address: address.default(null),
    extraordinary: z.boolean().default(false),
  })
  .meta({ id: 'NewMeeting' });
export const addedMeeting = z.object({ meeting, warnings: z.array(warning) }).meta({ id: 'AddedMeeting' });

export const meetingChange = z
  .strictObject({
    time: time.optional(),
    place: place.optional(),
    address: address.optional(),
    extraordinary: z.boolean().optional(),
    agendaPublishedOn: day.optional().meta({ description: 'Records that its agenda was published on that day' }),
    state: z
      .literal('held', 'A meeting is only ever recorded as held here; everything else follows from its agenda and its moves')
      .optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Say what is to be changed')
  .meta({ id: 'MeetingChange' });

export const calendarFile = z
  .strictObject({
    content: z.string('Send the calendar’s text as "content"').min(1, 'The calendar is empty'),
    fileName: text(200, 'The file’s name').default('calendar'),
    previewHash: previewHash.optional(),
  })
  .meta({ id: 'CalendarFile' });
export const importQuery = z.object({ dryRun: z.enum(['true', 'false'], 'Say true or false').default('false') });

const ours = z.object({ id: z.uuid().optional(), body: z.string(), date: z.iso.date() });
export const imported = z
  .object({
    dryRun: z.boolean(),
    changes: z
      .int()
      .meta({ description: 'How many meetings are added or have something new noted; 0 for a calendar that was imported before' }),
    added: z.array(
      ours.extend({
        ...{ time: z.string().nullable(), place: z.string().nullable(), address: z.string().nullable() },
        extraordinary: z.boolean(),
      }),
    ),
    changed: z.array(
      ours.extend({ details: z.array(z.object({ what: z.enum(TAKEN_OVER), before: z.string().nullable(), after: z.string() })) }),
    ),
    onAnotherDay: z.array(ours.extend({ calendarDate: z.iso.date() })),
    cancelledThere: z.array(ours),
    postponedThere: z.array(ours),
    stillThere: z.array(ours),
    unknownBodies: z.array(z.object({ body: z.string(), meetings: z.int() })),
    leftOut: z.array(ours),
    missing: z.array(ours),
    same: z.int(),
    clashes: z.array(warning).meta({ description: 'What the new meetings clash with, in the years that are under way' }),
    previewHash,
  })
  .meta({ id: 'ImportedCalendar' });
