/** What a council's business plan consists of: its sections, tables, rows and raw cells, as the council wrote them. */

/**
 * A business plan's whole content. Every cell is the text as written (markup dropped, white space as it came);
 * what a cell means is worked out when it is asked for (`parse-cell.ts`), never stored in its place.
 */
export interface BusinessPlan {
  /** The title as written, for example "Community Safety Business Plan 2025–2028". */
  title: string;
  /** Narrative in the order of the document, up to the first table's heading and between the tables, as Markdown. */
  sections: NarrativeSection[];
  /** Critical success indicators, a table for each outcome objective. */
  objectives: CsiObjective[];
  /** Key performance indicators. */
  kpis: IndicatorTable;
  /** Key tasks and priorities for improvement. */
  actions: ActionTable;
  /** The link from key tasks to the financial budgets. */
  budget: BudgetTable;
  /** What the full plan adds after the committee's decision; absent from a committee extract. */
  fullPlan?: FullPlanParts;
}

/** The places that narrative can stand in, named for what they introduce. */
export type SectionName = 'introduction' | 'background' | 'performance' | 'csi' | 'kpi' | 'actions' | 'budget';

export interface NarrativeSection {
  name: SectionName;
  /** The heading as written. */
  heading: string;
  /** Markdown; paragraphs apart by a blank line. */
  text: string;
}

/** One outcome objective with its indicators, for example CS1 "Reduce anti-social behaviour in Broxtowe". */
export interface CsiObjective {
  /** The code in brackets after the objective's name, for example "CS1". */
  code: string;
  name: string;
  table: IndicatorTable;
}

/** What a column of an indicator or budget table holds; a year column says which financial year it is of. */
export type ColumnKind =
  'code' | 'description' | 'achieved' | 'target' | 'futureYears' | 'owner' | 'budgetText' | 'actionCode' | 'budgetYear' | 'other';

export interface Column {
  /**
   * The key of the column's cells in a row: 'code' (where codes have a column of their own), 'description', 'owner',
   * 'futureYears', 'achieved 2023/24', 'target 2025/26', 'text', 'actionCode', 'budget 2025/26'; a column that the product does
   * not know has 'other' and its heading.
   */
  key: string;
  kind: ColumnKind;
  /** The heading as written, for example "Achieved 2021/22". */
  heading: string;
  /** "2021/22" for a year column, else null. */
  year: string | null;
  /** The line of the file that the heading was read from, starting at 1; not part of what is approved. */
  line?: number;
}

/**
 * The text of one row by column key. A blank cell holds ''. A cell that the file's row did not have has no key, and a cell
 * beyond the header's last column stands under 'extra 1', 'extra 2' …: kept, and a finding (`rules/wrong-number-of-cells.ts`).
 */
export type Cells = Record<string, string>;

export interface Row {
  /** Stays with the row through edits and versions of one plan; not part of what is approved. */
  id: string;
  cells: Cells;
  /** The line of the file that the row was read from, starting at 1; absent for a row written in the product. */
  line?: number;
  /** Keys of the cells that carried HTML tags in the file (dropped from their text); absent if none did. */
  markupIn?: string[];
  /**
   * The financial year from which an indicator is measured as its description says now, "2026/27": its results before that year
   * were measured otherwise and are not to be compared. Null where somebody has said that only the words changed.
   */
  definedSince?: string | null;
}

export interface IndicatorTable {
  columns: Column[];
  rows: Row[];
}

/** Actions keep the document's five columns, under these keys; the code, "(New)" and the date are read out of the cells. */
export const ACTION_COLUMNS = ['action', 'outcome', 'partners', 'officers', 'comments'] as const;
export type ActionColumn = (typeof ACTION_COLUMNS)[number];

export interface ActionTable {
  /** The table's heading as written, with its years. */
  heading: string;
  /** The five headings as written, by key. */
  headings: Record<ActionColumn, string>;
  rows: Row[];
}

export interface BudgetTable {
  columns: Column[];
  /** Headings, lines and the net line in the order of the document. */
  rows: BudgetRow[];
  /** The footnote under the table, '' if none. */
  footnote: string;
}

export interface BudgetRow extends Row {
  kind: 'heading' | 'line' | 'net';
}

/** The parts that are added to the approved extract before publication (seed, Introduction), each as Markdown. */
export const FULL_PLAN_PARTS = ['policies', 'serviceObjectives', 'baseline', 'managementIndicators', 'risks'] as const;
export type FullPlanPart = (typeof FULL_PLAN_PARTS)[number];
export type FullPlanParts = Record<FullPlanPart, string>;

/** What each part of the full plan is called (seed, Introduction). */
export const FULL_PLAN_PART_TITLES: Record<FullPlanPart, string> = {
  policies: 'Published strategies and policies',
  serviceObjectives: 'Service objectives',
  baseline: 'Baseline service data',
  managementIndicators: 'Management performance indicators',
  risks: 'Summary of key risks',
};

/** What goes to the committee of a plan: all of it but the parts that complete it afterwards. A draft is such an extract. */
export function extractOf({ fullPlan: _parts, ...extract }: BusinessPlan): BusinessPlan {
  return extract;
}
