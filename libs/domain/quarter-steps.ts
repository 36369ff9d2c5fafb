/** What people may do with a quarter's report, and who may. */
import type { GrantedRole, Role } from './route.js';

export type QuarterStep = 'prepare' | 'note';

/** The steps with what their buttons say. */
export const QUARTER_STEPS: Record<QuarterStep, { label: string; by: Role }> = {
  prepare: { label: 'Prepare the report now', by: 'performance-team' },
  note: { label: 'Record that Cabinet noted the report', by: 'committee-clerk' },
};

/** @param cabinet the id of the body that monitors, which the clerk's role must be for */
export function mayTakeQuarterStep(step: QuarterStep, granted: readonly GrantedRole[], cabinet: string): boolean {
  const { by } = QUARTER_STEPS[step];
  return granted.some(({ role, scope }) => role === by && (by !== 'committee-clerk' || (scope ?? null) === null || scope === cabinet));
}
