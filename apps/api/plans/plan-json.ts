/** Plans as programs get them: the shapes of plans.schemas.ts made from what the database holds. */
import type { PlanQuery } from './plan-queries.js';
import type { z } from 'zod';
import type { PlanVersion } from '../../../libs/database/entities/plans.js';
import type { StepRule } from '../../../libs/domain/route.js';
import { standsAt, type PlanInCycle, type PlanRecord } from './plan-reader.js';
import type { plan, planSummary, planVersion, query, versionSummary } from './plans.schemas.js';

export function summaryJson(found: PlanInCycle): z.infer<typeof planSummary> {
  const { year, slug, title, at, round, fullPlan, since } = found.plan;
  return { year, slug, title, state: { at, round, fullPlan }, standsAt: standsAt(found), since: since.toISOString() };
}

export function planJson(
  record: PlanRecord,
  steps: readonly StepRule[],
  revisions: { draftRevision: number | null; fullPlanRevision: number | null },
): z.infer<typeof plan> {
  return {
    ...summaryJson(record),
    dates: datesJson(record),
    steps: steps.map(({ step, label, needs }) => ({ step, label, needs: [...needs] })),
    ...revisions,
    versions: record.versions.map((version) => versionJson(version)),
    decisions: record.decisions.map(({ stage, round, step, effective, versionNumber, reason, minute, by, decidedAt }) => ({
      ...{ stage, round, outcome: step, effective, versionNumber, by },
      ...{ reason: reason ?? null, minute: minute ?? null, at: decidedAt.toISOString() },
    })),
    history: record.history.map(({ number, step, fromAt, toAt, round, by, reason, at }) => ({
      ...{ number, step, from: fromAt, to: toAt, round, by, reason: reason ?? null, at: at.toISOString() },
    })),
  };
}

export function versionJson(version: Omit<PlanVersion, 'content'> & { author: string | null }): z.infer<typeof versionSummary> {
  const { number, origin, extractHash, fullHash, author, createdAt, sourceFile, sourceSha256 } = version;
  const source = { sourceFile: sourceFile ?? null, sourceSha256: sourceSha256 ?? null };
  return { number, origin, extractHash, fullHash, author, createdAt: createdAt.toISOString(), ...source };
}

export function fullVersionJson(version: PlanVersion & { author: string | null }): z.infer<typeof planVersion> {
  return { ...versionJson(version), content: version.content };
}

export function queriesJson(queries: readonly PlanQuery[]): z.infer<typeof query>[] {
  return queries.map(({ rule, severity, rowId, column, message, inherited, state }) => ({
    ...{ rule, severity, rowId, column, message, inherited },
    accepted: state === 'accepted',
  }));
}

/** The plan's own dates, without the note which of them were chosen for it. */
function datesJson({ cycle, dates = cycle?.dates }: PlanInCycle): Record<string, string | null> | null {
  if (!dates) return null;
  const { chosen: _, ...days } = { chosen: [], ...dates };
  return days;
}
