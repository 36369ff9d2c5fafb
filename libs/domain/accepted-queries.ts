/** Queries that somebody accepted with a reason: an acceptance covers a query for as long as it stands on the same text. */
import type { BusinessPlan } from './business-plan.js';
import { tracedFindings, type TracedFinding } from './errors-brought-in.js';
import type { Finding, RuleSettings } from './finding.js';
import { DEFAULT_SETTINGS } from './findings.js';
import { plainText } from './plain-text.js';
import { rowName, tablesOf, type RowInTable } from './plan-tables.js';

/** What an acceptance was given for: a rule in one place, and the text that stood there. A part of the place that is not meant has no value. */
export interface AcceptedQuery {
  rule: string;
  rowId?: string | null | undefined;
  code?: string | null | undefined;
  column?: string | null | undefined;
  /** The cell, the row's cells, or for the plan as a whole what the query says. */
  text: string;
}

/**
 * Whether a query is settled: it stops the submission, is to be looked at, was accepted with a reason, or came from earlier
 * years. What came from earlier years can be accepted too, and then counts as accepted.
 */
export type QueryState = 'stops' | 'open' | 'accepted' | 'earlier';

/** A query with the text that it stands on, and the acceptance that covers it. */
export interface SettledQuery<Acceptance extends AcceptedQuery = AcceptedQuery> extends TracedFinding {
  text: string;
  /** How people call the row; null where no row is meant. */
  rowName: string | null;
  /** The heading of the cell's column; null where the whole row or plan is meant. */
  heading: string | null;
  state: QueryState;
  acceptance: Acceptance | null;
}

/**
 * Every query of a text, each with how it stands.
 * @param inherited the plan that the text came from, null for a plan that begins anew
 * @param acceptances those that stand: without the withdrawn ones
 */
export function settledQueries<Acceptance extends AcceptedQuery>(
  plan: BusinessPlan,
  inherited: BusinessPlan | null,
  acceptances: readonly Acceptance[],
  settings: RuleSettings = DEFAULT_SETTINGS,
): SettledQuery<Acceptance>[] {
  const accepted = new Map(acceptances.map((acceptance) => [queryKey(acceptance), acceptance]));
  const rows = new Map(tablesOf(plan).flatMap((table) => table.rows.map((row) => [row.id, { table, row }] as const)));
  return tracedFindings(plan, inherited, settings).map((finding) => {
    const found = rows.get(finding.rowId ?? '') ?? null;
    const text = queriedText(found, finding);
    const acceptance = accepted.get(queryKey({ ...finding, text })) ?? null;
    const heading = found?.table.columns.find(({ key }) => key === finding.column)?.heading ?? null;
    return { ...finding, text, rowName: found && rowName(found), heading, state: stateOf(finding, acceptance), acceptance };
  });
}

/** Errors that this draft brought in stop it unless they were accepted; what came from earlier years never does (domain.md, f). */
function stateOf({ severity, inherited }: TracedFinding, acceptance: AcceptedQuery | null): QueryState {
  if (acceptance) return 'accepted';
  if (inherited) return 'earlier';
  return severity === 'error' ? 'stops' : 'open';
}

/**
 * The text that a query stands on: its cell; the row's cells in the order of their columns where the whole row is meant; and what
 * the query itself says where it is about the plan as a whole, so that a tenth indicator over the limit is not covered by the
 * acceptance of nine.
 */
function queriedText(found: RowInTable | null, { column, message }: Finding): string {
  if (!found) return message;
  const { cells } = found.row;
  return column === null ? found.table.columns.map(({ key }) => cells[key] ?? '').join('\t') : (cells[column] ?? '');
}

/**
 * What tells one query from another: the rule, the place and the text there, in which white space makes no difference. Two
 * findings of one rule on one cell, such as two posts that are spelled otherwise, are one thing to accept.
 */
export function queryKey({ rule, rowId, code, column, text }: AcceptedQuery): string {
  return JSON.stringify([rule, rowId ?? null, code ?? null, column ?? null, plainText(text)]);
}

/** How many queries there are to settle: findings that one acceptance covers count once. */
export function countQueries(queries: readonly AcceptedQuery[]): number {
  return new Set(queries.map(queryKey)).size;
}

/** A query as a refusal names it: the row, where the sentence does not name it itself, and the sentence. */
export function namedQuery({ rowName: name, message }: SettledQuery): string {
  return name === null || message.includes(name) ? message : `${name}: ${message}`;
}
