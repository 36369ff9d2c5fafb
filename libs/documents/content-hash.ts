/** The fingerprints by which a plan's content is named: approvals bind to them, publication is proven by them. */
import { createHash } from 'node:crypto';
import type { BusinessPlan } from '../domain/business-plan.js';
import { canonicalText } from '../domain/canonical.js';

/** SHA-256 in hex of what a committee decides on: title, narrative, indicators, actions, budget. */
export function extractHash(plan: BusinessPlan): string {
  return sha256(canonicalText(plan, 'extract'));
}

/** SHA-256 in hex of the whole plan, with the parts that complete it where it has them. */
export function fullHash(plan: BusinessPlan): string {
  return sha256(canonicalText(plan, 'full'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
