/** What the page of a plan's queries shows: in groups by how they stand, within a group by rule, each with where it is. */
import { countQueries, queryKey, type QueryState } from '../../../libs/domain/accepted-queries.js';
import type { Severity } from '../../../libs/domain/finding.js';
import { RULES } from '../../../libs/domain/findings.js';
import { textCheck, type ChosenQuery } from './acceptances.service.js';
import type { AcceptanceFacts, PlanQuery } from './plan-queries.js';

/** Which queries are shown; null for all. */
export interface QueryFilter {
  severity: Severity | null;
  rule: string | null;
}

export interface ShownQuery {
  /** The value of its checkbox: which query on which text. */
  choice: string;
  severity: Severity;
  /** Several where one rule found several things in one cell: they are accepted together. */
  messages: string[];
  rowId: string | null;
  rowName: string | null;
  column: string | null;
  /** The heading of the cell's column; null where the whole row or plan is meant. */
  heading: string | null;
  /** Words that the register of posts could learn as a spelling; '' where the rule does not say which. */
  spellings: string[];
}

export interface ShownRule {
  name: string;
  title: string;
  severity: Severity;
  explanation: string;
  queries: ShownQuery[];
}

export interface QueryGroup {
  state: QueryState;
  count: number;
  rules: ShownRule[];
  /** All that can be chosen in it, for the one checkbox that stands for all. */
  choices: string;
}

/** Queries that were accepted together, or one that came alone. */
export interface AcceptedTogether extends Pick<AcceptanceFacts, 'reason' | 'by' | 'acceptedAt'> {
  queries: (ShownQuery & { acceptanceId: string; title: string })[];
}

/** From how many queries on it is worth showing only some. */
const FILTERS_FROM = 10;

/** The page's groups and filters. A filter that fits no query shows none, and says so. */
export function queriesPage(queries: readonly PlanQuery[], filter: QueryFilter): Record<string, unknown> {
  const shown = queries.filter(({ severity, rule }) => severity === (filter.severity ?? severity) && rule === (filter.rule ?? rule));
  const group = (state: QueryState): QueryGroup => {
    const rules = byRule(shown.filter((query) => query.state === state));
    const all = rules.flatMap((rule) => rule.queries);
    return { state, count: all.length, rules, choices: JSON.stringify(all.map(({ choice }) => choice)) };
  };
  return {
    groups: (['stops', 'open', 'earlier'] as const).map(group),
    accepted: acceptedTogether(shown),
    total: countQueries(queries),
    shownCount: countQueries(shown),
    filter,
    filters: countQueries(queries) > FILTERS_FROM || shown.length < queries.length ? filtersOf(queries) : null,
  };
}

/** Reads what the checkboxes sent; what is no choice of this page is left out. */
export function readChoices(values: readonly string[]): ChosenQuery[] {
  return values.flatMap((value) => {
    const parts = jsonOf(value);
    if (!Array.isArray(parts) || parts.length !== 5 || !parts.every((part) => part === null || typeof part === 'string')) return [];
    const [rule, rowId, column, code, check] = parts as [string | null, string | null, string | null, string | null, string | null];
    return rule === null || check === null ? [] : [{ rule, rowId, column, code, textCheck: check }];
  });
}

/** The choices that one checkbox for a whole group stands for. */
export function readAllChoices(value: string): string[] {
  const choices = jsonOf(value);
  return Array.isArray(choices) ? choices.filter((choice): choice is string => typeof choice === 'string') : [];
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** In the order of the table of rules, the gravest first. */
function byRule(queries: readonly PlanQuery[]): ShownRule[] {
  return RULES.flatMap(({ name, title, severity, explanation }) => {
    const found = shownQueries(queries.filter((query) => query.rule === name));
    return found.length > 0 ? [{ name, title, severity, explanation, queries: found }] : [];
  });
}

/** Findings that one acceptance would cover are one thing to choose. */
function shownQueries(queries: readonly PlanQuery[]): ShownQuery[] {
  const shown = new Map<string, ShownQuery>();
  for (const query of queries) {
    const key = queryKey(query);
    const known = shown.get(key);
    const spellings = wordsOf(query);
    if (known) Object.assign(known, { messages: [...known.messages, query.message], spellings: [...known.spellings, ...spellings] });
    else shown.set(key, { ...shownQuery(query), spellings });
  }
  return [...shown.values()];
}

function shownQuery({ rule, severity, message, rowId, rowName, column, heading, code, text }: PlanQuery): ShownQuery {
  const choice = JSON.stringify([rule, rowId, column, code, textCheck(text)]);
  return { choice, severity, messages: [message], rowId, rowName, column, heading, spellings: [] };
}

/** The words that the register could learn: those that the rule names, else '' where it found a post that nobody knows. */
function wordsOf({ rule, words }: PlanQuery): string[] {
  if (words !== undefined) return [words];
  return rule === 'unknown-post' ? [''] : [];
}

function acceptedTogether(queries: readonly PlanQuery[]): AcceptedTogether[] {
  const together = new Map<string, AcceptedTogether>();
  const seen = new Set<string>();
  for (const query of queries) {
    const { acceptance } = query;
    if (!acceptance || seen.has(acceptance.id)) continue;
    seen.add(acceptance.id);
    const { reason, by, acceptedAt } = acceptance;
    const key = JSON.stringify([reason, by, acceptedAt]);
    const act = together.get(key) ?? { reason, by, acceptedAt, queries: [] };
    const title = RULES.find(({ name }) => name === query.rule)?.title ?? query.rule;
    const messages = queries.filter((other) => other.acceptance?.id === acceptance.id).map(({ message }) => message);
    act.queries.push({ ...shownQuery(query), messages, acceptanceId: acceptance.id, title });
    together.set(key, act);
  }
  return [...together.values()].sort((a, b) => b.acceptedAt.getTime() - a.acceptedAt.getTime());
}

interface FilterLink {
  value: string;
  text: string;
  count: number;
}

function filtersOf(queries: readonly PlanQuery[]): { severities: FilterLink[]; rules: FilterLink[] } {
  const severities = (['error', 'warning', 'note'] as const).map((severity) => ({
    value: severity,
    text: { error: 'Errors', warning: 'Warnings', note: 'Notes' }[severity],
    count: countQueries(queries.filter((query) => query.severity === severity)),
  }));
  const rules = RULES.map(({ name, title }) => ({
    value: name,
    text: title,
    count: countQueries(queries.filter((query) => query.rule === name)),
  }));
  return { severities: severities.filter(({ count }) => count > 0), rules: rules.filter(({ count }) => count > 0) };
}
