/** One difference between two texts of a plan, and the form in which programs are given it. */
import type { TableKind } from '../plan-tables.js';

export type DifferenceKind = 'added' | 'removed' | 'changed' | 'moved';

/** What a councillor would ask about. */
export const MEANINGS = [
  'target softened',
  'target raised',
  'target changed',
  'date slipped',
  'date brought forward',
  'owner changed',
  'dropped',
  'new',
  'definition changed',
] as const;
export type Meaning = (typeof MEANINGS)[number];

export interface Difference {
  kind: DifferenceKind;
  /** 'text' for the title, the narrative and the parts of the full plan. */
  table: TableKind | 'text';
  /** The row's code, a measure's own code, or an objective's; null where there is none. */
  code: string | null;
  /** What of it differs, 'target 2025/26' or 'comments'; 'order' or 'table' for what moved; null for a whole row. */
  field: string | null;
  /** As written, white space apart. '' is a blank cell; null stands on the side where there is no such row, column or section. */
  before: string | null;
  after: string | null;
  meaning: Meaning | null;
  /** How people call what differs: a row's code or first words, a column's heading, a section's heading. */
  name: string;
  /** What the table or section is called in which it stands. */
  place: string;
  /** The id of the row in the later plan; null for a removed row and where no row is meant. */
  rowId: string | null;
  /** The id of the row in the earlier plan; null for an added row and where no row is meant. */
  rowIdBefore: string | null;
}

/** What programs are told of a difference. */
export type DifferenceInJson = Pick<Difference, 'kind' | 'table' | 'code' | 'field' | 'before' | 'after' | 'meaning'>;

/** The differences as command line and API give them: these keys, in this order, and no others. */
export function differencesAsJson(differences: readonly Difference[]): { differences: DifferenceInJson[] } {
  return {
    differences: differences.map(({ kind, table, code, field, before, after, meaning }) => ({
      kind,
      table,
      code,
      field,
      before,
      after,
      meaning,
    })),
  };
}
