/** A plan as the blocks that every format is written from, so that what is written reads back as the same plan. */
import {
  ACTION_COLUMNS,
  FULL_PLAN_PART_TITLES,
  FULL_PLAN_PARTS,
  type BusinessPlan,
  type CsiObjective,
  type Row,
} from '../domain/business-plan.js';
import type { PlanTable } from '../domain/plan-tables.js';
import { isMarked, marked } from './as-it-stands.js';
import { hasTags } from './cell-text.js';
import { inReadableOrder } from './readable-order.js';
import { headerKind } from './recognise-columns.js';
import { fullPlanPartOpenedBy, namesPlan, objectiveIn, sectionOpenedBy } from './recognise-headings.js';

export interface TableBlock {
  kind: 'table';
  id: string;
  /** For people and their screen readers; not read back. */
  caption: string;
  headings: string[];
  /** Each as long as its row has cells: shorter or longer than the headings where the plan's row is. */
  rows: string[][];
}

/** A heading's level is 2 for sections and the parts of the full plan, 3 for objectives. */
export type PlanBlock =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; level: 2 | 3; text: string }
  /** Markdown: `narrative-blocks.ts` takes it apart for formats that have paragraphs. */
  | { kind: 'narrative'; text: string }
  | TableBlock
  | { kind: 'footnote'; text: string };

/**
 * The blocks of a plan in the order of the document. Texts that would be read as something else (a cell with tags, narrative
 * that looks like a heading, a blank row) carry the mark of `as-it-stands.ts`.
 */
export function blocksOf(plan: BusinessPlan): PlanBlock[] {
  const title: PlanBlock = {
    kind: 'title',
    // A line below that names a plan would else be taken for the title of one that does not.
    text: opensSomething(plan.title) || !namesPlan(plan.title) ? marked(plan.title) : plan.title,
  };
  const sections = inReadableOrder(plan).flatMap(({ section, tables }): PlanBlock[] => [
    ...(section && section.heading !== '' ? [heading(2, section.heading)] : []),
    ...narrative(section?.text ?? ''),
    ...tables.flatMap((table) => tableBlocks(plan, table)),
  ]);
  const parts = FULL_PLAN_PARTS.flatMap((part): PlanBlock[] => {
    if (!plan.fullPlan) return [];
    return [heading(2, FULL_PLAN_PART_TITLES[part]), ...narrative(plan.fullPlan[part])];
  });
  return [title, ...sections, ...parts];
}

function heading(level: 2 | 3, text: string): PlanBlock {
  return { kind: 'heading', level, text };
}

function narrative(text: string): PlanBlock[] {
  if (text.trim() === '') return [];
  return [{ kind: 'narrative', text: asItStands(text) }];
}

/** Lines of text, marked where they would be taken for headings. */
function asItStands(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => (opensSomething(line) ? marked(line) : line));
  return lines.join('\n');
}

/** Whether a line of narrative would be taken for a heading. */
function opensSomething(line: string): boolean {
  return isMarked(line) || sectionOpenedBy(line) !== null || fullPlanPartOpenedBy(line) !== null || objectiveIn(line) !== null;
}

function tableBlocks(plan: BusinessPlan, table: PlanTable): PlanBlock[] {
  const objective = table.kind === 'csi' ? plan.objectives[Number(table.id.slice('csi-'.length)) - 1] : undefined;
  const columns = columnsToWrite(table);
  if (columns.length === 0) return [];
  const footnote = table.kind === 'budget' ? asItStands(plan.budget.footnote) : '';
  return [
    ...objectiveHeading(objective),
    {
      kind: 'table',
      id: table.id,
      caption: table.caption,
      headings: headingsToWrite(columns.map((column) => column.heading)),
      rows: table.rows.map((row) =>
        rowToWrite(
          row,
          columns.map(({ key }) => key),
        ),
      ),
    },
    ...(footnote === '' ? [] : [{ kind: 'footnote' as const, text: footnote }]),
  ];
}

function objectiveHeading(objective: CsiObjective | undefined): PlanBlock[] {
  if (!objective || (objective.name === '' && objective.code === '')) return [];
  return [heading(3, objective.code === '' ? objective.name : `${objective.name} (${objective.code})`)];
}

/** The words of a heading that a table of actions was written without. */
const MISSING_HEADINGS: Record<string, string> = {
  action: 'Action',
  outcome: 'Targeted outcome',
  partners: 'Partnership',
  officers: 'Officers responsible',
  comments: 'Comments',
};

/** The table's columns; of the actions' five those that the document had or that hold a text, then those it had besides. */
function columnsToWrite(table: PlanTable): { key: string; heading: string }[] {
  const isWritten = (key: string): boolean => table.rows.some(({ cells }) => (cells[key] ?? '').trim() !== '');
  return table.columns.flatMap(({ key, heading: words }) => {
    if (/^extra \d+$/.test(key)) return [];
    if (key.startsWith('other ') && table.kind === 'actions') return [{ key, heading: headingOfOther(key, table) }];
    if (words !== '' || !(ACTION_COLUMNS as readonly string[]).includes(key)) return [{ key, heading: words }];
    return isWritten(key) ? [{ key, heading: MISSING_HEADINGS[key] ?? '' }] : [];
  });
}

/** What a column was called that the product does not know; the number that tells it from another of the same name is ours. */
function headingOfOther(key: string, { columns }: PlanTable): string {
  const unnumbered = key.replace(/ \(\d+\)$/, '');
  return (columns.some((column) => column.key === unnumbered) ? unnumbered : key).slice('other '.length);
}

/** Headings; blank ones at the end are marked, since blank cells there say nothing in a sheet. */
function headingsToWrite(headings: string[]): string[] {
  const filled = headings.findLastIndex((text) => text.trim() !== '') + 1;
  return headings.map((text, index) => (isMarked(text) || index >= filled ? marked(text) : text));
}

function rowToWrite(row: Row, keys: string[]): string[] {
  const extras = Object.keys(row.cells).flatMap((key) => /^extra (\d+)$/.exec(key)?.[1] ?? []);
  const all = [...keys, ...Array.from({ length: Math.max(0, ...extras.map(Number)) }, (_, index) => `extra ${index + 1}`)];
  const last = all.findLastIndex((key) => row.cells[key] !== undefined);
  const cells = all.slice(0, last + 1).map((key) => {
    const text = row.cells[key] ?? '';
    return isMarked(text) || hasTags(text) ? marked(text) : text;
  });
  const [first = '', ...others] = cells;
  const standsAlone = others.every((cell) => cell.trim() === '');
  const standsOut = (standsAlone && (first.trim() === '' || opensSomething(first))) || headerKind(cells) !== null;
  return standsOut && !isMarked(first) ? [marked(first), ...others] : cells;
}
