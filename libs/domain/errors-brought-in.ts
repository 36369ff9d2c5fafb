/** Which findings a draft brought in itself: only its own errors stop a submission, what came from earlier years never does (domain.md section f). */
import type { BusinessPlan, Row } from './business-plan.js';
import type { Finding, RuleSettings } from './finding.js';
import { DEFAULT_SETTINGS, findingsOf } from './findings.js';
import { withoutNewMark } from './codes.js';
import { firstYearOf, indicatorRowsOf } from './plan-rows.js';

/** A finding with where it came from. */
export interface TracedFinding extends Finding {
  /** Whether the plan of the year before had it in the same cell, or as the target of its own first year, with the same text. */
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
  const known = new Set(inherited ? keyedFindings(inherited, settings).flatMap(({ keys }) => keys) : []);
  return keyedFindings(draft, settings).map(({ keys, finding }) => ({ ...finding, inherited: keys.some((key) => known.has(key)) }));
}

/**
 * The errors of a draft that the plan it was rolled forward from does not have in the same cell with the same text.
 * @param inherited the plan that the draft came from, null for a plan that begins anew
 */
export function errorsBroughtIn(draft: BusinessPlan, inherited: BusinessPlan | null): Finding[] {
  return tracedFindings(draft, inherited).filter((finding) => finding.severity === 'error' && !finding.inherited);
}

function keyedFindings(plan: BusinessPlan, settings: RuleSettings): { keys: string[]; finding: Finding }[] {
  const cells = new Map(rowsOf(plan).map((row) => [row.id, row.cells]));
  const firstTarget = `target ${firstYearOf(plan)}`;
  return findingsOf(plan, settings).map((finding) => {
    const { rule, rowId, code, column } = finding;
    // Rolling forward clears "(New)", which makes the text no other.
    const text = rowId && column ? withoutNewMark(cells.get(rowId)?.[column] ?? '') : null;
    // It also proposes the figure for future years as the target of a new first year: the same figure, a column further.
    const columns = column === firstTarget ? [column, 'target of the first year'] : [column];
    return { keys: columns.map((each) => JSON.stringify([rule, rowId, code, each, text])), finding };
  });
}

function rowsOf(plan: BusinessPlan): Row[] {
  return [...indicatorRowsOf(plan).map(({ row }) => row), ...plan.actions.rows, ...plan.budget.rows];
}
