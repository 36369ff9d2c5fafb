/** The table of rules that a plan is read by, and what they find. */
import type { BusinessPlan } from './business-plan.js';
import type { Finding, Rule, RuleSettings } from './finding.js';
import { blankOutcome } from './rules/blank-outcome.js';
import { budgetLineIncomplete, netNotSum } from './rules/budget-lines.js';
import { codeForm } from './rules/code-form.js';
import { dateBeforeCodeYear, dateBeyondPlan } from './rules/dates-in-span.js';
import { directionUnknown, looserTarget } from './rules/directions.js';
import { figureNotUnderstood, figuresDisagree, newWithResults, tooManyCsi } from './rules/indicator-tables.js';
import { noFirstYearTarget } from './rules/no-first-year-target.js';
import { noOwner, postSpelledOtherwise, unknownPost } from './rules/people.js';
import { percentageOutOfRange } from './rules/percentage-out-of-range.js';
import { placeholderCode } from './rules/placeholder-code.js';
import { repeatedActionCode } from './rules/repeated-action-code.js';
import { noTargetDate, proseTargetDate } from './rules/target-dates.js';
import { commentsDiffer, gapInCodes, headingsDiffer, markupInCell } from './rules/wording.js';
import { wrongNumberOfCells } from './rules/wrong-number-of-cells.js';

const ERRORS: Rule[] = [percentageOutOfRange, repeatedActionCode, placeholderCode, noTargetDate, noFirstYearTarget, wrongNumberOfCells];
const WARNINGS: Rule[] = [
  directionUnknown,
  looserTarget,
  noOwner,
  unknownPost,
  proseTargetDate,
  blankOutcome,
  codeForm,
  dateBeforeCodeYear,
  dateBeyondPlan,
  budgetLineIncomplete,
  netNotSum,
  tooManyCsi,
  figuresDisagree,
  figureNotUnderstood,
];
const NOTES: Rule[] = [newWithResults, postSpelledOtherwise, commentsDiffer, headingsDiffer, markupInCell, gapInCodes];

/** Every rule, the gravest first (severities: domain.md, section f). */
export const RULES: readonly Rule[] = [...ERRORS, ...WARNINGS, ...NOTES];

/** What the demonstration's council sets: its plan says "a maximum of two CSI for each corporate priority". */
export const DEFAULT_SETTINGS: RuleSettings = { maximumCsi: 2 };

/**
 * Everything in a plan that someone should look at, sorted by line (findings without a line last), then by rule. Never changes
 * the plan. The list is complete each time: all queries at once, not the first.
 */
export function findingsOf(plan: BusinessPlan, settings: RuleSettings = DEFAULT_SETTINGS): Finding[] {
  const found = RULES.flatMap(({ name, severity, check }) =>
    check(plan, settings).map(({ line, code, column, message, rowId }) => ({ rule: name, severity, line, code, column, message, rowId })),
  );
  const lineOf = ({ line }: Finding): number => line ?? Number.MAX_SAFE_INTEGER;
  return found.sort((a, b) => lineOf(a) - lineOf(b) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
}
