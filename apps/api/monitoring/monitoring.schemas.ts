/** What programs send and get about quarters: the JSON of /api/v1/quarters. */
import { z } from 'zod';
import { text } from '../validation.js';
import { ACTION_STATUSES } from '../../../libs/domain/report-action.js';

/** '2025-26' in an address. */
export const yearInAddress = z.string().regex(/^\d{4}-\d{2}$/, 'Write the financial year like 2025-26.');
export const quarterInAddress = z.coerce.number().int().min(1, 'Quarters are 1 to 4.').max(4, 'Quarters are 1 to 4.');
export const reportNumber = z.coerce.number().int().min(1);

const reportSummary = z
  .object({
    number: z.int(),
    preparedFor: z.enum(['gmt', 'cabinet', 'on-demand']),
    preparedAt: z.iso.datetime(),
    preparedBy: z.string().nullable(),
  })
  .meta({ id: 'ReportSummary' });

const missing = z.object({
  post: z.string().nullable(),
  person: z.string().nullable(),
  rows: z.array(z.object({ code: z.string(), name: z.string() })),
});

export const quarter = z
  .object({
    year: yearInAddress,
    quarter: z.int(),
    title: z.string(),
    status: z.enum(['collecting', 'with-gmt', 'with-cabinet', 'closed']),
    dates: z.object({
      opens: z.iso.date(),
      due: z.iso.date(),
      preparedForGmt: z.iso.date(),
      gmtMeeting: z.iso.date(),
      finalReportDue: z.iso.date(),
      agendaPublished: z.iso.date(),
      cabinetMeeting: z.iso.date(),
    }),
    minute: z.string().nullable(),
    closedAt: z.iso.datetime().nullable(),
    missing: z.array(missing),
    reports: z.array(reportSummary),
  })
  .meta({ id: 'Quarter' });

export const quarters = z.object({ quarters: z.array(quarter) }).meta({ id: 'Quarters' });

const givenRow = {
  plan: z.object({ slug: z.string(), title: z.string() }),
  code: z.string(),
  name: z.string(),
  post: z.string().nullable(),
  commentary: z.string(),
  demonstration: z.boolean(),
  enteredBy: z.string().nullable(),
  enteredAt: z.iso.datetime().nullable(),
  revision: z.int(),
};

export const measurement = z
  .object({
    ...givenRow,
    value: z.string(),
    provisional: z.boolean(),
    yearTarget: z.string(),
    quarterTarget: z.string().nullable(),
    lastValue: z.string().nullable(),
  })
  .meta({ id: 'Measurement' });

const status = z.enum(ACTION_STATUSES);

export const actionUpdate = z
  .object({
    ...givenRow,
    rowId: z.string(),
    status: status.nullable(),
    percent: z.int().nullable(),
    targetDate: z.string(),
    last: z.object({ status, percent: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'ActionUpdate' });

export const rows = z.object({ measurements: z.array(measurement), actions: z.array(actionUpdate) }).meta({ id: 'QuarterRows' });

export const measurementToSave = z
  .strictObject({
    value: text(100, 'The figure'),
    commentary: text(4000, 'The commentary').default(''),
    provisional: z.boolean().default(false),
    confirmed: z.boolean().default(false).describe('The figure looks like a slip of the pen, and it is right.'),
  })
  .meta({ id: 'MeasurementToSave' });

export const actionToSave = z
  .strictObject({
    status,
    percent: z.int().min(0).max(100).nullable().default(null),
    commentary: text(4000, 'The commentary').default(''),
  })
  .meta({ id: 'ActionToSave' });

export const noting = z.strictObject({ minute: text(100, 'The minute').trim().min(1, 'Give the minute number.') }).meta({ id: 'Noting' });

export const preparedReport = z.object({ number: z.int() }).meta({ id: 'PreparedReport' });

/** The content is libs/domain/cabinet-report.ts as it was prepared. */
export const report = reportSummary
  .extend({
    content: z.looseObject({
      title: z.string(),
      year: z.string(),
      quarter: z.int(),
      tallies: z.looseObject({}),
      exceptions: z.looseObject({}),
      plans: z.array(z.looseObject({})),
    }),
  })
  .meta({ id: 'Report' });

export const rowsQuery = z.object({ all: z.stringbool().or(z.literal('')).optional() });
export const planQuery = z.object({
  plan: z.string().optional().describe("The plan's part of its address, where a code stands in several"),
});
