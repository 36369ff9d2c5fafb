/** The cycle and its plans: drafts that people edit, versions that never change, decisions about versions. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CycleTimetable } from '../../calendar/timetable.js';
import type { BusinessPlan, FullPlanParts } from '../../domain/business-plan.js';
import type { RollForwardChange } from '../../domain/roll-forward.js';
import type { PlanState, Route, StepName } from '../../domain/route.js';

/** One council's cycle for one financial year; keeps the route and the dates it runs by. */
export const Cycle = defineEntity({
  name: 'Cycle',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    /** "2026-27". */
    year: p.string(),
    route: p.json<Route>(),
    dates: p.json<CycleTimetable>(),
    status: p.string().$type<'open' | 'ended'>(),
    openedAt: p.datetime(),
  },
  uniques: [{ properties: ['councilId', 'year'] }],
});
export type Cycle = InferEntity<typeof Cycle>;

/** One priority's plan in one financial year. Where it stands is written by `record-transition` only. */
export const Plan = defineEntity({
  name: 'Plan',
  properties: {
    id: p.uuid().primary(),
    councilId: p.string(),
    year: p.string(),
    /** The plan's part of its address, for example "community-safety"; also the scope of its leader's role. */
    slug: p.string(),
    title: p.string(),
    /** Null for a plan that was imported from another year's papers and has no route. */
    cycleId: p.uuid().nullable(),
    at: p.string().$type<PlanState['at']>(),
    round: p.integer(),
    fullPlan: p.string().$type<PlanState['fullPlan']>(),
    /** Since when the plan stands where it stands. */
    since: p.datetime(),
    /** The meetings that consider this plan instead of the cycle's: a meeting's id by its body's. */
    meetings: p.json<Record<string, string>>().nullable(),
    /** The day of publication that was accepted for this plan instead of the cycle's. */
    publication: p.date().nullable(),
  },
  uniques: [{ properties: ['councilId', 'year', 'slug'] }],
  indexes: [{ properties: ['cycleId'] }],
});
export type Plan = InferEntity<typeof Plan>;

/** The text that is being written: the extract for the committee, edited under an optimistic lock. */
export const PlanDraft = defineEntity({
  name: 'PlanDraft',
  properties: {
    planId: p.uuid().primary(),
    content: p.json<BusinessPlan>(),
    /** What the roll-forward proposed and did, for the leader to look through. */
    rolledFrom: p.json<RolledFrom>().nullable(),
    /** The ids of the rows that people changed since the draft was opened. */
    editedRows: p.json<string[]>(),
    editedBy: p.uuid().nullable(),
    editedAt: p.datetime(),
    revision: p.integer().version(),
  },
});
export type PlanDraft = InferEntity<typeof PlanDraft>;

/** Where a rolled-forward draft came from. */
export interface RolledFrom {
  planId: string;
  versionNumber: number;
  changes: RollForwardChange[];
}

/** The parts that the full plan adds, written beside the draft and signed off by the head of service. */
export const FullPlanDraft = defineEntity({
  name: 'FullPlanDraft',
  properties: {
    planId: p.uuid().primary(),
    parts: p.json<FullPlanParts>(),
    editedBy: p.uuid().nullable(),
    editedAt: p.datetime(),
    signedOffBy: p.uuid().nullable(),
    signedOffAt: p.datetime().nullable(),
    revision: p.integer().version(),
  },
});
export type FullPlanDraft = InferEntity<typeof FullPlanDraft>;

/** What a version came from: a leader's submission, another year's committee papers, or publication. */
export type VersionOrigin = 'submitted' | 'imported' | 'published';

/** A text as it was at one moment. The database refuses to change or delete it. */
export const PlanVersion = defineEntity({
  name: 'PlanVersion',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    number: p.integer(),
    origin: p.string().$type<VersionOrigin>(),
    content: p.json<BusinessPlan>().lazy(),
    extractHash: p.string(),
    fullHash: p.string(),
    authorId: p.uuid().nullable(),
    /** For whom it was submitted, while the author stood in for them. */
    authorForId: p.uuid().nullable(),
    sourceFile: p.string().nullable(),
    sourceSha256: p.string().nullable(),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['planId', 'number'] }],
});
export type PlanVersion = InferEntity<typeof PlanVersion>;

/** What a body, or GMT, did with one version. The author of the version is kept beside who decided, so that the database can keep them apart. */
export const Decision = defineEntity({
  name: 'Decision',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    versionId: p.uuid(),
    versionAuthorId: p.uuid().nullable(),
    stage: p.string(),
    round: p.integer(),
    step: p.string().$type<StepName>(),
    /** Ends the stage; the database allows one for each plan, stage and round. */
    effective: p.boolean(),
    reason: p.text().nullable(),
    minute: p.string().nullable(),
    decidedBy: p.uuid(),
    /** Whose role it was, while who decided stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    decidedAt: p.datetime(),
  },
  indexes: [{ properties: ['planId', 'decidedAt'] }],
});
export type Decision = InferEntity<typeof Decision>;

/** One move of a plan from where it stood to where it stands; the history people read. */
export const StepChange = defineEntity({
  name: 'StepChange',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    number: p.integer(),
    step: p.string().$type<StepName>(),
    fromAt: p.string(),
    toAt: p.string(),
    round: p.integer(),
    personId: p.uuid().nullable(),
    /** Whose role it was, while the person stood in for them. */
    onBehalfOf: p.uuid().nullable(),
    versionId: p.uuid().nullable(),
    reason: p.text().nullable(),
    at: p.datetime(),
  },
  uniques: [{ properties: ['planId', 'number'] }],
});
export type StepChange = InferEntity<typeof StepChange>;
