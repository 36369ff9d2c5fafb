/** Which lines of a plan's text are headings: the named sections, and the outcome objectives above their tables. */
import { FULL_PLAN_PART_TITLES, FULL_PLAN_PARTS, type FullPlanPart, type SectionName } from '../domain/business-plan.js';
import { plainText } from '../domain/plain-text.js';
import { recognisable } from './recognisable.js';

/** The years that stand behind a heading: "2025/26", "2025/26 - 2027/28", "for 2025-28". */
const YEAR = '(?:20)?\\d\\d\\s?[/\\\\-]\\s?(?:20)?\\d\\d';
const YEARS = `(?:\\s*[-:,]?\\s*\\(?(?:(?:for|in)\\s+)?(?:the\\s+(?:financial\\s+)?years?\\s+)?${YEAR}(?:\\s*(?:-|to|and)\\s*${YEAR})?\\)?)?`;
const KINDS_OF_MEASURE = '(?:key|performance|service|corporate|outcome|success|headline|strategic|local|priority|our|the|main|annual)';

/** In this order: "LINK KEY TASKS … TO THE FINANCIAL BUDGETS" is the budget's heading though it names the key tasks. */
const SECTION_HEADINGS: [SectionName, RegExp][] = [
  ['introduction', heading('introduction|foreword|executive summary|purpose of (?:the|this) (?:business |service )?plan')],
  ['background', heading('background|(?:strategic |policy |local |national )?context|about (?:the|this|our) (?:service|plan|priority)')],
  ['performance', /^business plan\s*-\s*performance indicators\b/i],
  ['csi', heading('(?:our )?critical success (?:indicators?|factors?|measures?)(?: \\(CS[IF]s?\\))?|CSIs?')],
  [
    'kpi',
    heading(
      `(?:${KINDS_OF_MEASURE} )*(?:indicators?|measures?|targets|PIs|KPIs)(?: \\(K?PIs?\\))?(?: and (?:targets|measures|indicators))?` +
        '|how (?:we will|will we|do we|we) measure (?:our )?(?:success|performance|progress)\\??|measuring (?:our )?(?:success|performance|progress)',
    ),
  ],
  ['budget', /^link(?:ing|s)? (?:of )?(?:the )?key tasks\b.*\bbudgets?$/i],
  ['budget', heading('(?:our |the |service |financial |annual )*budgets?(?: summary| overview)?|financial (?:summary|resources|overview)')],
  ['actions', /^key tasks and priorities for improvement\b/i],
  [
    'actions',
    heading(
      '(?:our |the |key |priority |service |improvement |main |planned |corporate )+(?:actions|tasks|projects)(?: and (?:actions|tasks|projects|priorities|milestones))?' +
        '|actions|(?:our |the |key |priority |service |corporate )*action plan|(?:our |the |service )?(?:delivery|improvement) plan|work ?(?:programme|plan)|what we will do',
    ),
  ],
];

function heading(words: string): RegExp {
  return new RegExp(`^(?:${words})${YEARS}$`, 'i');
}

/** A line that is longer is no heading, however much white space is in it. */
const LONGEST_LINE = 1000;

/** The section that a line opens, or null. Markdown marks and numbering before the words, and case, do not matter. */
export function sectionOpenedBy(line: string): SectionName | null {
  if (line.length > LONGEST_LINE) return null;
  const words = withoutContinued(withoutMarks(line));
  if (words.length > 150) return null;
  return SECTION_HEADINGS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** Whether a line can be the title of a plan: it says "plan" and is no sentence. */
export function namesPlan(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  const words = withoutMarks(line);
  return words.length <= 120 && /\bplan\b/i.test(words) && !/[.;,!?]$/.test(words);
}

/** The part of the full plan whose title the line is, or null. */
export function fullPlanPartOpenedBy(line: string): FullPlanPart | null {
  if (line.length > LONGEST_LINE) return null;
  const words = withoutMarks(line).toLowerCase();
  return FULL_PLAN_PARTS.find((part) => FULL_PLAN_PART_TITLES[part].toLowerCase() === words) ?? null;
}

function withoutMarks(line: string): string {
  return bare(recognisable(line));
}

/** A line without Markdown's marks, the number before it and the colon behind it. */
function bare(line: string): string {
  return line
    .replace(/^#+\s*/, '')
    .replace(/^(?:(?:section|part|appendix|annex) (?:\d+(?:\.\d+)*|[A-Z])\s*[-.:)]?|\d+(?:\.\d+)*[.)]?)\s+/i, '')
    .replace(/\*\*/g, '')
    .replace(/:$/, '')
    .trim();
}

/** What stands behind a heading that is repeated at a page break. */
const CONTINUED = /\s*[-(]*\s*\bcont(?:inued|inues|['’]?d)?\.?\s*\)?$/i;

function withoutContinued(words: string): string {
  return words.replace(CONTINUED, '').replace(/:$/, '').trim();
}

/** Whether a heading is another one repeated: in other letter forms, or with "(continued)" behind it. */
export function isSameHeading(one: string, other: string): boolean {
  return withoutContinued(withoutMarks(one)).toLowerCase() === withoutContinued(withoutMarks(other)).toLowerCase();
}

export interface ObjectiveHeading {
  /** '' where the heading has none. */
  code: string;
  name: string;
}

const OBJECTIVE_CODE = '[A-Za-z]{1,6}[\\s._-]?\\d{1,3}(?:\\.\\d{1,2})?[a-z]?';
const CODE_BEHIND = new RegExp(`^(.+?)\\s*\\((${OBJECTIVE_CODE})\\)$`);
const CODE_BEFORE = /^([A-Z]{1,6}\s?\d{1,3}(?:\.\d{1,2})?[a-z]?)\s*[:–—-]\s+(\S.*)$/;
const NAMED_OBJECTIVE =
  /^(?:(?:corporate|strategic|key|outcome|service|our) )*(?:priority|objective|outcome|aim|goal|theme|ambition)(?: (?:\d{1,2}|[A-Z]|one|two|three|four|five|six))?\s*[:–—-]\s*\S.*[^.;,]$/i;

/**
 * An outcome objective such as "Reduce Drug and Alcohol Use (CS3)", "CS3: Reduce …" or "Priority 3: Reduce …": words with a code
 * in brackets at the end, one before them, or the word for what it is; else null.
 */
export function objectiveIn(line: string): ObjectiveHeading | null {
  if (line.length > LONGEST_LINE) return null;
  const words = bare(plainText(line));
  const behind = CODE_BEHIND.exec(words) ?? CODE_BEHIND.exec(withoutContinued(words));
  if (behind) return { name: behind[1] ?? '', code: behind[2] ?? '' };
  const known = withoutContinued(words);
  if (known.length > 150) return null;
  const before = CODE_BEFORE.exec(known);
  if (before) return { name: before[2] ?? '', code: before[1] ?? '' };
  return NAMED_OBJECTIVE.test(known) ? { name: known, code: '' } : null;
}
