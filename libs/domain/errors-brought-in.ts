/** Which findings a draft brought in itself: only its own errors stop a submission, what came from earlier years never does (domain.md section f). */
import type { BusinessPlan, Row } from './business-plan.js';
import type { Finding, RuleSettings } from './finding.js';
import { DEFAULT_SETTINGS, findingsOf } from './findings.js';
import { withoutNewMark } from './parse-cell.js';
import { indicatorRowsOf } from './plan-rows.js';

/** A finding with where it came from. */
export interface TracedFinding extends Finding {
  /** Whether the plan of the year before had it in the same cell with the same text. */
  inherited: boolean;
}

/**
 * Every finding of a draft, each with whether the plan that it was rolled forward from had it already.
 * @param inherited the plan that the draft came from, null for a plan that begins anew
 */
export function tracedFindings(
  draft: BusinessPlan,
  inherited: BusinessPlan | null,
  settings: RuleSettings = DEFAULT_SETTINGS,
): TracedFinding[] {
  const known = new Set(inherited ? keyedFindings(inherited, settings).map(({ key }) => key) : []);
  return keyedFindings(draft, settings).map(({ key, finding }) => ({ ...finding, inherited: known.has(key) }));
}

/**
 * The errors of a draft that the plan it was rolled forward from does not have in the same cell with the same text.
 * @param inherited the plan that the draft came from, null for a plan that begins anew
 */
export function errorsBroughtIn(draft: BusinessPlan, inherited: BusinessPlan | null): Finding[] {
  return tracedFindings(draft, inherited).filter((finding) => finding.severity === 'error' && !finding.inherited);
}

function keyedFindings(plan: BusinessPlan, settings: RuleSettings): { key: string; finding: Finding }[] {
  const cells = new Map(rowsOf(plan).map((row) => [row.id, row.cells]));
  return findingsOf(plan, settings).map((finding) => {
    // Rolling forward clears "(New)", which makes the text no other.
    const text = finding.rowId && finding.column ? withoutNewMark(cells.get(finding.rowId)?.[finding.column] ?? '') : null;
    return { key: JSON.stringify([finding.rule, finding.rowId, finding.code, finding.column, text]), finding };
  });
}

function rowsOf(plan: BusinessPlan): Row[] {
  return [...indicatorRowsOf(plan).map(({ row }) => row), ...plan.actions.rows, ...plan.budget.rows];
}
