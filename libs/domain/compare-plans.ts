/** What differs between two texts of a plan, told as a councillor would ask about it (product.md, row 19). */
import type { BusinessPlan } from './business-plan.js';
import { knownPosts } from './differences/cells-in-two-parts.js';
import { comparedTables } from './differences/compared-table.js';
import type { Difference } from './differences/difference.js';
import { directionsBy, type MeasureDirection } from './differences/difference-meaning.js';
import { narrativeDifferences } from './differences/narrative-differences.js';
import { pairedTables, pairTables } from './differences/pair-rows.js';
import { rowReader } from './differences/row-text.js';
import { tableDifferences } from './differences/table-differences.js';
import { plainText } from './plain-text.js';
import type { Post } from './posts.js';

export interface CompareOptions {
  /** The council's posts: they tell an owner from the comments after it, and other spellings from other people. */
  register?: readonly Post[];
  /** Which way each measure should move, for what another target means. */
  measures?: readonly MeasureDirection[];
}

/**
 * The differences between two plans: text first, then critical success indicators, key performance indicators, actions and the
 * budget, each in the later plan's order. White space, letter forms, markup, ids and where a file was cut make no difference,
 * every other character does: two plans have no differences if and only if what is approved of them is the same.
 */
export function comparePlans(before: BusinessPlan, after: BusinessPlan, options: CompareOptions = {}): Difference[] {
  const reader = rowReader();
  const tables = pairedTables(comparedTables(before), comparedTables(after));
  const known = { posts: knownPosts(options.register ?? []), directionOf: directionsBy(options.measures ?? []), reader };
  return [
    ...narrativeDifferences(before, after),
    ...tableDifferences(tables, pairTables(tables, reader), known),
    ...footnoteDifferences(before, after),
  ];
}

function footnoteDifferences({ budget: was }: BusinessPlan, { budget: is }: BusinessPlan): Difference[] {
  const [before, after] = [plainText(was.footnote), plainText(is.footnote)];
  if (before === after) return [];
  const place = 'Link of key tasks to the financial budgets';
  const about = { table: 'budget', code: null, field: 'footnote', name: 'Footnote', place, rowId: null, rowIdBefore: null } as const;
  return [{ ...about, kind: 'changed', before, after, meaning: null }];
}
