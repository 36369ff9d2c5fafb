/** Documents that people sent, read and waiting for them to look through and take over. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarEntry } from '../../calendar/compare-calendar.js';
import type { BusinessPlan } from '../../domain/business-plan.js';
import type { Finding } from '../../domain/finding.js';

/** One document for one draft. Nothing of the draft changes until whoever sent it says so. */
export const UploadedDocument = defineEntity({
  name: 'UploadedDocument',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    sentBy: p.uuid(),
    fileName: p.string(),
    /** SHA-256 of the file's bytes. */
    sourceSha256: p.string(),
    content: p.json<BusinessPlan>(),
    /** What reading the file itself had to ask about. */
    remarks: p.json<Finding[]>(),
    sentAt: p.datetime(),
  },
  indexes: [{ properties: ['planId', 'sentBy'] }],
});
export type UploadedDocument = InferEntity<typeof UploadedDocument>;

/** A calendar of meetings that somebody sent. Nothing changes until they take it over. */
export const UploadedCalendar = defineEntity({
  name: 'UploadedCalendar',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    sentBy: p.uuid(),
    fileName: p.string(),
    /** SHA-256 of the file's bytes. */
    sourceSha256: p.string(),
    entries: p.json<CalendarEntry[]>(),
    sentAt: p.datetime(),
  },
  indexes: [{ properties: ['councilId', 'sentBy'] }],
});
export type UploadedCalendar = InferEntity<typeof UploadedCalendar>;
