/** A plan as JSON for other programs: everything that is kept of it, with the fingerprints of its content. */
import type { BusinessPlan } from '../domain/business-plan.js';
import { extractHash, fullHash } from './content-hash.js';

/** What the file says it is. */
export const PLAN_JSON_FORMAT = 'plancycle plan';

/** The text of the file, with indents and a line end. */
export function writePlanJson(plan: BusinessPlan): string {
  const file = { format: PLAN_JSON_FORMAT, version: 1, extractHash: extractHash(plan), fullHash: fullHash(plan), plan };
  return `${JSON.stringify(file, null, 2)}\n`;
}
