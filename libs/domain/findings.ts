/** The table of rules that a plan is read by, and what they find. */
import type { BusinessPlan } from './business-plan.js';
import type { Finding, Rule, RuleSettings } from './finding.js';
import { readingOf } from './plan-reading.js';
import { blankOutcome } from './rules/blank-outcome.js';
import { budgetLineIncomplete, netNotSum } from './rules/budget-lines.js';
import { codeForm, codesEasilyConfused } from './rules/code-form.js';
import { dateBeforeCodeYear, dateBeyondPlan } from './rules/dates-in-span.js';
import { directionAgainstWording, directionUnknown, looserTarget } from './rules/directions.js';
import { farTarget } from './rules/far-target.js';
import { figureNotUnderstood, figureToBeConfirmed, implausibleFigure, rangeForTarget, unitsDiffer } from './rules/figures.js';
import { figuresDisagree, newWithResults, tooManyCsi } from './rules/indicator-tables.js';
import { noFirstYearTarget } from './rules/no-first-year-target.js';
import { codeTooLong, gapInCodes, noCode } from './rules/other-codes.js';
import { noOwner, postSpelledOtherwise, unknownPost } from './rules/people.js';
import { percentageOutOfRange } from './rules/percentage-out-of-range.js';
import { placeholderCode } from './rules/placeholder-code.js';
import { titlesDiffer } from './rules/post-titles.js';
import { repeatedActionCode, repeatedIndicatorCode } from './rules/repeated-codes.js';
import { emptyRow, unknownColumn, wrongNumberOfCells } from './rules/rows-and-columns.js';
import { sumToldElsewhere } from './rules/sums-told-elsewhere.js';
import { noTargetDate, ongoingTargetDate, proseTargetDate } from './rules/target-dates.js';
import { commentsDiffer, headingsDiffer, markupInCell, textTooLong, yearInDescription } from './rules/wording.js';

const ERRORS: Rule[] = [percentageOutOfRange, repeatedActionCode, placeholderCode, noTargetDate, noFirstYearTarget];
const WARNINGS: Rule[] = [
  directionUnknown,
  looserTarget,
  farTarget,
  noOwner,
  unknownPost,
  proseTargetDate,
  ongoingTargetDate,
  blankOutcome,
  codeForm,
  dateBeforeCodeYear,
  dateBeyondPlan,
  budgetLineIncomplete,
  netNotSum,
  tooManyCsi,
];
const NOTES: Rule[] = [
  ...[wrongNumberOfCells, emptyRow, unknownColumn],
  ...[figuresDisagree, figureNotUnderstood, figureToBeConfirmed, rangeForTarget, unitsDiffer, implausibleFigure],
  ...[directionAgainstWording, newWithResults, sumToldElsewhere],
  ...[repeatedIndicatorCode, codesEasilyConfused, noCode, codeTooLong, gapInCodes],
  ...[postSpelledOtherwise, titlesDiffer],
  ...[commentsDiffer, headingsDiffer, yearInDescription, textTooLong, markupInCell],
];

/** Every rule, the gravest first (severities: domain.md, section f). */
export const RULES: readonly Rule[] = [...ERRORS, ...WARNINGS, ...NOTES];

/** What the demonstration's council sets: its plan says "a maximum of two CSI for each corporate priority". */
export const DEFAULT_SETTINGS: RuleSettings = { maximumCsi: 2 };

/**
 * Everything in a plan that someone should look at, sorted by line (findings without a line last), then by rule. Never changes
 * the plan. The list is complete each time: all queries at once, not the first.
 */
export function findingsOf(plan: BusinessPlan, settings: RuleSettings = DEFAULT_SETTINGS): Finding[] {
  const reading = readingOf(plan);
  const found = RULES.flatMap(({ name, severity, check }) =>
    check(reading, settings).map(({ line, code, column, message, rowId, words }): Finding => ({
      ...{ rule: name, severity, line, code, column, message, rowId },
      ...(words !== undefined && { words }),
    })),
  );
  const lineOf = ({ line }: Finding): number => line ?? Number.MAX_SAFE_INTEGER;
  return found.sort((a, b) => lineOf(a) - lineOf(b) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
}
