/** The fields of the editor's forms: one for each column of a table, named by its place, since column keys hold spaces. */
import { z } from 'zod';
import type { PlanDraft } from '../../../libs/database/entities/plans.js';
import type { BusinessPlan, Cells, Row } from '../../../libs/domain/business-plan.js';
import { targetDateOf } from '../../../libs/domain/parse-date.js';
import { findRow, rowName, type PlanTable, type RowInTable } from '../../../libs/domain/plan-tables.js';
import type { RollForwardChange } from '../../../libs/domain/roll-forward.js';
import { breakInWords, isRedefined } from '../../../libs/domain/series-break.js';
import type { FormError } from '../rendering/page.js';
import { text } from '../validation.js';
import type { ToldOrigin } from './plan-origins.js';
import { CELL_LIMIT } from './plans.schemas.js';

/** What a form says about the text that the person saw. */
export const revisionForm = z.object({ revision: z.coerce.number().int().min(0), seen: z.string().optional() });

/** What a row's form says: beside its cells, whether an indicator that reads otherwise than last year's still measures the same. */
export const rowForm = revisionForm.extend({ measure: z.enum(['new-measure', 'same-measure']).optional() });

export interface CellField {
  id: string;
  key: string;
  heading: string;
  value: string;
  isFigure: boolean;
  /** What is saved now, where it differs from what the person wrote; else null. */
  saved: string | null;
  /** Where the text that is saved came from; null in a form for a new row. */
  origin: ToldOrigin | null;
}

/** The fields of a row's form. */
export function cellFields(
  { table, row }: RowInTable,
  typed: Cells = {},
  saved: Cells | null = null,
  origins: readonly ToldOrigin[] = [],
): CellField[] {
  return table.columns.map(({ key, heading, kind }, index) => {
    const value = typed[key] ?? row.cells[key] ?? '';
    const other = saved?.[key];
    const isFigure = ['achieved', 'target', 'futureYears', 'budgetYear', 'actionCode'].includes(kind);
    return {
      id: `cell-${index}`,
      key,
      heading: heading || key,
      value,
      isFigure,
      saved: other !== undefined && other !== value ? other : null,
      origin: origins.find(({ column }) => column === key) ?? null,
    };
  });
}

/** The cells that a row's form brings; a column without a field keeps its text. */
export function readCells(table: PlanTable, body: Record<string, unknown> | null): { cells: Cells; errors: FormError[] } {
  const cells: Cells = {};
  const errors: FormError[] = [];
  table.columns.forEach(({ key, heading }, index) => {
    const value = body?.[`cell-${index}`];
    if (typeof value !== 'string') return;
    cells[key] = value.replaceAll('\r\n', '\n');
    const parsed = text(CELL_LIMIT, `“${heading}”`).safeParse(cells[key]);
    if (!parsed.success) errors.push({ field: `cell-${index}`, text: parsed.error.issues[0]?.message ?? '' });
  });
  return { cells, errors };
}

/** The texts that the person saw when the form was made; undefined where the form does not say. */
export function readSeen(seen: string | undefined): Cells | undefined {
  if (!seen) return undefined;
  try {
    const value: unknown = JSON.parse(seen);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return undefined;
  }
}

/** What rolling forward did, for the leader to look through: proposals that still wait for an answer apart from the rest. */
export function shownChanges({ rolledFrom, editedRows, content }: PlanDraft): {
  removals: RollForwardChange[];
  open: RollForwardChange[];
  done: RollForwardChange[];
} {
  const changes = rolledFrom?.changes ?? [];
  const rows = new Map(
    [...content.objectives.flatMap(({ table }) => table.rows), ...content.kpis.rows, ...content.actions.rows].map((row) => [row.id, row]),
  );
  // A row that is gone, or was given another date than the proposal names, has its answer.
  const isProposed = ({ rowId, sentence }: RollForwardChange): boolean => {
    const row = rows.get(rowId ?? '');
    const date = row ? targetDateOf(row) : null;
    return date?.kind === 'date' && sentence.includes(date.text);
  };
  const isOpen = ({ kind, rowId, column }: RollForwardChange): boolean => {
    const row = rows.get(rowId ?? '');
    if (kind === 'figure-wanted') return rowId === null ? true : row !== undefined && (row.cells[column ?? ''] ?? '').trim() === '';
    if (kind === 'target-wanted') return row !== undefined && (row.cells[column ?? ''] ?? '').trim() === '';
    return kind === 'target-proposed' && row !== undefined && !editedRows.includes(rowId ?? '');
  };
  const removals = changes.filter((change) => change.kind === 'removal-proposed' && isProposed(change));
  const others = changes.filter(({ kind }) => kind !== 'removal-proposed');
  return { removals, open: others.filter(isOpen), done: others.filter((change) => !isOpen(change)) };
}

/** What a leader is asked about an indicator whose description reads otherwise than last year's. */
export interface MeasureQuestion {
  /** Last year's description. */
  lastYear: string;
  /** What stands saved as the answer. */
  answer: 'new-measure' | 'same-measure';
  /** What marks the figures of earlier years now, null where they are not marked. */
  sentence: string | null;
}

/**
 * The question, where there is one.
 * @param inherited last year's plan
 * @param year the draft's first year, '2026/27'
 */
export function measureQuestion({ table, row }: RowInTable, inherited: BusinessPlan | null, year: string): MeasureQuestion | null {
  const lastYear = inherited ? lastYearsRow(inherited, row) : null;
  if (!lastYear || !isRedefined(row, lastYear)) return null;
  const { definedSince } = row;
  return {
    lastYear: lastYear.cells.description ?? '',
    answer: definedSince === year ? 'new-measure' : 'same-measure',
    sentence: typeof definedSince === 'string' ? breakInWords(rowName({ table, row }), definedSince) : null,
  };
}

/** Only an indicator has a description. */
function lastYearsRow(inherited: BusinessPlan, { id }: Row): Row | null {
  const found = findRow(inherited, id);
  return found && (found.table.kind === 'csi' || found.table.kind === 'kpi') ? found.row : null;
}
