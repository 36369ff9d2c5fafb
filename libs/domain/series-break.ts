/** Where a row of figures breaks because the indicator is measured otherwise than before: who says so, and which figures it is about. */
import type { BusinessPlan, Column, IndicatorTable, Row } from './business-plan.js';
import { codesIn, withoutNewMark } from './codes.js';
import { plainText } from './plain-text.js';
import { indicatorRowsOf } from './plan-rows.js';

/** What a leader says about a description that reads otherwise than last year's. */
export type MeasureAnswer = 'new-measure' | 'same-measure';

/** What an indicator's description says it measures: without its codes and "(New)"; capitals and white space make no difference. */
export function definitionOf(row: Row): string {
  const text = plainText(withoutNewMark(row.cells.description ?? ''));
  const words = codesIn(text).reduceRight((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text);
  return plainText(words).toLowerCase();
}

/** A row's text and what stood in its place before. */
export interface MeasuredRow {
  row: Row;
  /** The row as it was saved before this change; null for one that is new in the draft. */
  saved: Row | null;
  /** The same row in last year's plan; null for one that last year's plan does not have. */
  lastYear: Row | null;
  /** The first year of the plan that the row stands in, '2026/27'. */
  year: string;
  /** What the person says about it, if anything. */
  answer?: MeasureAnswer | undefined;
}

/**
 * The year from which an indicator is measured as its description says now. A description that differs from last year's begins a
 * new measure, unless somebody says that only the words changed (null); the old words again make it the old measure.
 */
export function definedSinceOf({ row, saved, lastYear, year, answer }: MeasuredRow): string | null | undefined {
  if (lastYear === null) return row.definedSince;
  const carried = lastYear.definedSince ?? undefined;
  const definition = definitionOf(row);
  if (definition === definitionOf(lastYear)) return carried;
  if (answer === 'new-measure') return year;
  // A break that last year's plan shows is not undone by new words for what was measured then.
  if (answer === 'same-measure') return carried ?? null;
  return saved !== null && definition === definitionOf(saved) ? row.definedSince : year;
}

/** Whether the description says something else than last year's, so that somebody has to say what that means. */
export function isRedefined(row: Row, lastYear: Row | null): boolean {
  return lastYear !== null && definitionOf(row) !== definitionOf(lastYear);
}

/** A row with or without a year since when it is measured so. */
export function withDefinedSince<Kind extends Row>({ definedSince: _before, ...row }: Kind, since: string | null | undefined): Kind {
  return (since === undefined ? row : { ...row, definedSince: since }) as Kind;
}

/** What is known when a draft is changed. */
export interface DraftInItsYear {
  /** The draft as it was before the change. */
  saved: BusinessPlan;
  /** The plan that it was rolled forward from, null for a plan that begins anew. */
  lastYear: BusinessPlan | null;
  /** The draft's first year, '2026/27'. */
  year: string;
  /** What the person says about one row. */
  said?: { rowId: string; answer: MeasureAnswer | undefined };
}

/** A draft whose texts were changed, with every indicator's break told. */
export function withSeriesBreaks(draft: BusinessPlan, { saved, lastYear, year, said }: DraftInItsYear): BusinessPlan {
  const [before, earlier] = [rowsById(saved), rowsById(lastYear)];
  const told = (table: IndicatorTable): IndicatorTable => ({
    ...table,
    rows: table.rows.map((row) => {
      const known = { saved: before.get(row.id) ?? null, lastYear: earlier.get(row.id) ?? null };
      const answer = said?.rowId === row.id ? said.answer : undefined;
      return withDefinedSince(row, definedSinceOf({ row, ...known, year, answer }));
    }),
  });
  const objectives = draft.objectives.map((objective) => ({ ...objective, table: told(objective.table) }));
  return { ...draft, objectives, kpis: told(draft.kpis) };
}

function rowsById(plan: BusinessPlan | null): Map<string, Row> {
  return new Map((plan ? indicatorRowsOf(plan) : []).map(({ row }) => [row.id, row]));
}

/** Whether a column's figures of this row were measured otherwise than its description says now: results and targets of earlier years. */
export function isMeasuredOtherwise({ definedSince }: Row, { kind, year }: Pick<Column, 'kind' | 'year'>): boolean {
  return typeof definedSince === 'string' && (kind === 'achieved' || kind === 'target') && year !== null && year < definedSince;
}

/** What a row brings into the next year's plan: its break, as long as a column before it is shown. "Only the words changed" is settled. */
export function definedSinceRolled(row: Row, columns: readonly Column[]): string | undefined {
  return typeof row.definedSince === 'string' && columns.some((column) => isMeasuredOtherwise(row, column)) ? row.definedSince : undefined;
}

/** For people: what a break means for the figures beside it. */
export function breakInWords(name: string, since: string): string {
  return `${name} has been measured as described here since ${since}. Its figures for earlier years were measured otherwise, so they are not to be compared with later ones.`;
}
