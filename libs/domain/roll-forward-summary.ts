/** What rolling forward does, gathered for people: which columns move, and the changes by what is asked of the reader. */
import { plainText } from './plain-text.js';
import { isBegun } from './roll-columns.js';
import type { RollForwardChange, RollForwardChangeKind, RolledTable } from './roll-forward.js';

/** One column that is not what it was. */
export interface ColumnMove {
  /** The heading in this year's plan; null for a column that begins. */
  was: string | null;
  /** The heading in next year's plan; null for a column that leaves. */
  becomes: string | null;
  /** In words, what stands in it. */
  holds: string;
}

/** The moves that the columns of one or more tables have in common. */
export interface ColumnMoves {
  /** "The tables of CS1, CS2 and key performance indicators". */
  title: string;
  moves: ColumnMove[];
}

/** The columns that move, in the order of the table; tables whose columns move alike stand together. */
export function columnMoves(tables: readonly RolledTable[]): ColumnMoves[] {
  const grouped = Map.groupBy(tables, (table) => JSON.stringify(movesOf(table)));
  return [...grouped.values()].flatMap((alike) => {
    const [first] = alike;
    const moves = first ? movesOf(first) : [];
    const names = new Intl.ListFormat('en-GB').format(alike.map(({ name }) => name));
    return moves.length === 0 ? [] : [{ title: `The ${alike.length === 1 ? 'table' : 'tables'} of ${names}`, moves }];
  });
}

function movesOf({ columns, dropped }: RolledTable): ColumnMove[] {
  const leaving = dropped.map(({ heading }) => ({
    was: plainText(heading),
    becomes: null,
    holds: 'Not shown any more; its figures stay in the old plan',
  }));
  const others = columns.filter(isBegun).map(({ column, was, filledFrom }) => ({
    was: was ? plainText(was.heading) : null,
    becomes: plainText(column.heading),
    holds: filledFrom === null ? 'Blank until it is known' : 'The figures for future years, as proposed targets',
  }));
  return [...leaving, ...others];
}

/** Changes of one kind under a title. */
export interface ChangeGroup {
  kind: RollForwardChangeKind;
  title: string;
  changes: RollForwardChange[];
}

/** What asks most of the reader stands first. */
const TITLES: [RollForwardChangeKind, string][] = [
  ['removal-proposed', 'Actions proposed for removal'],
  ['target-proposed', 'Targets proposed'],
  ['target-wanted', 'Targets wanted'],
  ['figure-wanted', 'Results and budgets wanted'],
  ['new-cleared', '“(New)” cleared'],
  ['heading-moved', 'Headings with other years'],
  ['column-moved', 'Columns that hold results from now on'],
  ['column-dropped', 'Columns that leave'],
];

/** The changes by kind, without the kinds that there are none of. */
export function groupedChanges(changes: readonly RollForwardChange[]): ChangeGroup[] {
  return TITLES.map(([kind, title]) => ({ kind, title, changes: changes.filter((change) => change.kind === kind) })).filter(
    (group) => group.changes.length > 0,
  );
}
