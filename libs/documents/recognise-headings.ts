/** Which lines of a plan's text are headings: the named sections, and the outcome objectives above their tables. */
import { FULL_PLAN_PART_TITLES, FULL_PLAN_PARTS, type FullPlanPart, type SectionName } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';

/** In this order: "LINK KEY TASKS … TO THE FINANCIAL BUDGETS" is the budget's heading though it names the key tasks. */
const SECTION_HEADINGS: [SectionName, RegExp][] = [
  ['introduction', /^introduction$/i],
  ['background', /^background$/i],
  ['performance', /^business plan\s*[–—-]\s*performance indicators\b/i],
  ['csi', /^critical success indicators?\b(?:\s*\(CSIs?\))?$/i],
  ['kpi', /^key performance indicators?\b(?:\s*\(KPIs?\))?$/i],
  ['budget', /^link(?:ing|s)? (?:of )?(?:the )?key tasks\b.*\bbudgets?$/i],
  ['actions', /^key tasks and priorities for improvement\b/i],
];

/** The section that a line opens, or null. Markdown marks and numbering before the words, and case, do not matter. */
export function sectionOpenedBy(line: string): SectionName | null {
  const words = withoutMarks(line);
  if (words.length > 150) return null;
  return SECTION_HEADINGS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** The part of the full plan whose title the line is, or null. */
export function fullPlanPartOpenedBy(line: string): FullPlanPart | null {
  const words = withoutMarks(line).toLowerCase();
  return FULL_PLAN_PARTS.find((part) => FULL_PLAN_PART_TITLES[part].toLowerCase() === words) ?? null;
}

function withoutMarks(line: string): string {
  return plainText(line)
    .replace(/^#+\s*/, '')
    .replace(/^\d+(?:\.\d+)*[.)]?\s+/, '')
    .replace(/\*\*/g, '')
    .replace(/:$/, '')
    .trim();
}

export interface ObjectiveHeading {
  code: string;
  name: string;
}

/** An outcome objective such as "Reduce Drug and Alcohol Use (CS3)": words with a code in brackets at the end; else null. */
export function objectiveIn(line: string): ObjectiveHeading | null {
  const match = /^(.+?)\s*\(([A-Za-z]{1,6}\s?\d{1,3}[a-z]?)\)$/.exec(withoutMarks(line));
  return match ? { name: match[1] ?? '', code: match[2] ?? '' } : null;
}
