/** The one text that stands for a plan's content: what is approved, published and compared is this, to the character. */
import canonicalize from 'canonicalize';
import { ACTION_COLUMNS, type BusinessPlan, type Column, type Row } from './business-plan.js';
import { plainText } from './plain-text.js';

/** 'extract' is what a committee decides on; 'full' adds the parts that complete the plan before publication. */
export type CanonicalForm = 'extract' | 'full';

/**
 * A plan as RFC 8785 JSON of its normalised texts, rows and sections in order. White space, letter forms and markup make no
 * difference; one other character does. Ids, line numbers and everything worked out from the texts are left out. A plan
 * without the full plan's parts has the same text in both forms.
 */
export function canonicalText(plan: BusinessPlan, form: CanonicalForm): string {
  const extract = {
    title: plan.title,
    sections: plan.sections.map(({ heading, text }) => ({ heading, text })),
    csi: plan.objectives.map(({ code, name, table }) => ({ code, name, ...tableContent(table) })),
    kpi: tableContent(plan.kpis),
    actions: {
      heading: plan.actions.heading,
      headings: ACTION_COLUMNS.map((key) => plan.actions.headings[key]),
      rows: plan.actions.rows.map((row) => cellsInOrder(row, ACTION_COLUMNS)),
    },
    budget: { ...tableContent(plan.budget), footnote: plan.budget.footnote },
  };
  const content = form === 'full' && plan.fullPlan ? { ...extract, fullPlan: plan.fullPlan } : extract;
  return canonicalize(normalised(content)) ?? '';
}

function tableContent(table: { columns: Column[]; rows: Row[] }): { headings: string[]; rows: Content[] } {
  const keys = table.columns.map(({ key }) => key);
  return { headings: table.columns.map(({ heading }) => heading), rows: table.rows.map((row) => cellsInOrder(row, keys)) };
}

/** A row's texts in the order of the columns; cells that stand under no column follow with their keys, in order of these. */
function cellsInOrder(row: Row, keys: readonly string[]): Content[] {
  const others = Object.keys(row.cells).filter((key) => !keys.includes(key));
  return [...keys.map((key) => row.cells[key] ?? ''), ...others.sort().map((key) => [key, row.cells[key] ?? ''])];
}

type Content = string | Content[] | { [key: string]: Content };

function normalised(content: Content): Content {
  if (typeof content === 'string') return plainText(content);
  if (Array.isArray(content)) return content.map(normalised);
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, normalised(value)]));
}
