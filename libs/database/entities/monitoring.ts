/** The quarter: what is measured, what was reported, and the Cabinet's report made from it. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { QuarterTimetable } from '../../calendar/timetable.js';
import type { CabinetReport as CabinetReportContent } from '../../domain/cabinet-report.js';
import type { MeasureSettings } from '../../domain/measure-settings.js';
import type { ActionStatus } from '../../domain/report-action.js';

export type QuarterStatus = 'collecting' | 'with-gmt' | 'with-cabinet' | 'closed';

export const Quarter = defineEntity({
  name: 'Quarter',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** "2025-26". */
    year: p.string(),
    quarter: p.integer(),
    status: p.string().$type<QuarterStatus>(),
    dates: p.json<QuarterTimetable>(),
    openedAt: p.datetime(),
    minute: p.string().nullable(),
    closedAt: p.datetime().nullable(),
  },
  uniques: [{ properties: ['councilId', 'year', 'quarter'] }],
});
export type Quarter = InferEntity<typeof Quarter>;

/** What a measure needs beside its figures; the document states none of it (domain.md f). */
export const MeasureSetting = defineEntity({
  name: 'MeasureSetting',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    table: p.string().$type<MeasureSettings['table']>(),
    code: p.string(),
    settings: p.json<MeasureSettings>(),
  },
  uniques: [{ properties: ['councilId', 'table', 'code'] }],
});
export type MeasureSetting = InferEntity<typeof MeasureSetting>;

/**
 * One measure's figure for one quarter, as its updater gave it; blank while it is missing.
 * A code that stands in two tables is one measure: nobody is asked for it twice.
 */
export const Measurement = defineEntity({
  name: 'Measurement',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    planId: p.uuid(),
    year: p.string(),
    quarter: p.integer(),
    code: p.string(),
    /** What the measure is called in the plan, without its code. */
    name: p.text(),
    /** The post that is asked: the last named in the row's cell, unless set; null asks the performance team. */
    postId: p.uuid().nullable(),
    value: p.string(),
    commentary: p.text(),
    provisional: p.boolean().default(false),
    demonstration: p.boolean().default(false),
    enteredBy: p.uuid().nullable(),
    /** Whose post it was, while who gave it stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    enteredAt: p.datetime().nullable(),
    revision: p.integer().version(),
  },
  uniques: [{ properties: ['planId', 'year', 'quarter', 'code'] }],
  indexes: [{ properties: ['councilId', 'year', 'quarter'] }],
});
export type Measurement = InferEntity<typeof Measurement>;

/** How one action stands at a quarter. */
export const ActionUpdate = defineEntity({
  name: 'ActionUpdate',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    planId: p.uuid(),
    year: p.string(),
    quarter: p.integer(),
    /** The action's row in the plan; codes can stand twice. */
    rowId: p.string(),
    code: p.string(),
    name: p.text(),
    postId: p.uuid().nullable(),
    status: p.string().$type<ActionStatus>().nullable(),
    percent: p.integer().nullable(),
    commentary: p.text(),
    demonstration: p.boolean().default(false),
    enteredBy: p.uuid().nullable(),
    /** Whose post it was, while who gave it stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    enteredAt: p.datetime().nullable(),
    revision: p.integer().version(),
  },
  uniques: [{ properties: ['planId', 'year', 'quarter', 'rowId'] }],
  indexes: [{ properties: ['councilId', 'year', 'quarter'] }],
});
export type ActionUpdate = InferEntity<typeof ActionUpdate>;

/** The report as it was prepared at one moment, for GMT, for Cabinet or on demand; never changed afterwards. */
export const CabinetReport = defineEntity({
  name: 'CabinetReport',
  properties: {
    id: p.uuid().primary(),
    quarterId: p.uuid(),
    number: p.integer(),
    preparedFor: p.string().$type<'gmt' | 'cabinet' | 'on-demand'>(),
    content: p.json<CabinetReportContent>().lazy(),
    preparedAt: p.datetime(),
    preparedBy: p.uuid().nullable(),
  },
  uniques: [{ properties: ['quarterId', 'number'] }],
});
export type CabinetReport = InferEntity<typeof CabinetReport>;
