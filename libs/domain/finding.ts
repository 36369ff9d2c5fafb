/** What a careful reader of a plan would query: one finding for each thing, in a sentence for the person who can settle it. */
import type { MeasureSettings } from './measure-settings.js';
import type { PlanReading } from './plan-reading.js';
import type { Post } from './posts.js';

/** An error stops a submission if this draft brought it in and nobody accepted it with a reason (domain.md, section f). */
export type Severity = 'error' | 'warning' | 'note';

/** Whom a query stops, by its severity (domain.md, section f). */
export const WHOM_IT_STOPS: Record<Severity, string> = {
  error:
    'stops the submission of a draft that brought it in, unless it is accepted with a reason; what came from earlier years stops nobody',
  warning: 'is shown to everybody who works on the plan, and stops nobody',
  note: 'is shown to everybody who works on the plan, and stops nobody',
};

export interface Finding {
  /** The name of the rule, as in the table of rules. */
  rule: string;
  severity: Severity;
  /** The line of the file that was read, starting at 1; null where the row was written in the product or no row is meant. */
  line: number | null;
  /** The code of the indicator, action or objective; null where there is none. */
  code: string | null;
  /** The key of the cell's column; null where the whole row or plan is meant. */
  column: string | null;
  /** What is wrong, where, and what to do. */
  message: string;
  /** The row's id, for a link to it; null where no row is meant. */
  rowId: string | null;
  /** Of a post that the register does not know: the words of the cell, as a page can offer them as a spelling of a post. */
  words?: string;
}

/** What a council sets about the rules. */
export interface RuleSettings {
  /** How many critical success indicators each corporate priority may have. */
  maximumCsi: number;
  /** The register of posts; without it a missing owner can only be told by its words, and unknown posts not at all. */
  register?: readonly Post[];
  /** What the council has set about its measures; without it nothing is said about directions. */
  measures?: readonly Pick<MeasureSettings, 'code' | 'table' | 'direction' | 'dataOnly'>[];
}

/** What a rule finds. */
export type Found = Omit<Finding, 'rule' | 'severity'>;

/** A rule of the table: what it is called, why it matters, and how it reads a plan. */
export interface Rule {
  name: string;
  severity: Severity;
  /** A few words, for headings and lists. */
  title: string;
  /** For officers: what is looked for and why it matters. */
  explanation: string;
  check: (reading: PlanReading, settings: RuleSettings) => Found[];
}
