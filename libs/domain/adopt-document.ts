/** A document that somebody wrote elsewhere taken over into a draft: its texts, under the rows that the draft knows already. */
import type { BusinessPlan, IndicatorTable, Row } from './business-plan.js';

/** What a document says nothing about and the draft therefore keeps, in words for people. */
export interface AdoptedDocument {
  plan: BusinessPlan;
  kept: string[];
}

/**
 * The draft with a document's texts in place of its own. A row that the draft knows keeps its id, so that comments, figures and
 * history stay with it. What the document does not hold at all (it may be one table) stays as the draft has it.
 * @param draftRowOf the draft's row that a row of the document continues, null for a new one
 * @param newId gives a new row its id
 */
export function adoptDocument(
  draft: BusinessPlan,
  document: BusinessPlan,
  draftRowOf: (row: Row) => Row | null,
  newId: () => string,
): AdoptedDocument {
  const kept: string[] = [];
  const orKept = <Part>(isHeld: boolean, what: string, theirs: Part, ours: Part): Part => {
    if (isHeld) return theirs;
    kept.push(what);
    return ours;
  };
  const adopted = <Kind extends Row>(rows: Kind[]): Kind[] => rows.map((row) => adoptedRow(row, draftRowOf(row), newId));
  const adoptedTable = (table: IndicatorTable): IndicatorTable => ({
    columns: table.columns.map(({ line: _line, ...column }) => column),
    rows: adopted(table.rows),
  });
  const plan: BusinessPlan = {
    title: document.title.trim() === '' ? draft.title : document.title,
    sections: orKept(
      document.sections.some(({ text }) => text !== ''),
      'the narrative',
      document.sections,
      draft.sections,
    ),
    objectives: orKept(
      document.objectives.length > 0,
      'the critical success indicators',
      document.objectives.map((objective) => ({ ...objective, table: adoptedTable(objective.table) })),
      draft.objectives,
    ),
    kpis: orKept(document.kpis.columns.length > 0, 'the key performance indicators', adoptedTable(document.kpis), draft.kpis),
    actions: orKept(
      Object.values(document.actions.headings).some((heading) => heading !== ''),
      'the actions',
      { ...document.actions, heading: document.actions.heading || draft.actions.heading, rows: adopted(document.actions.rows) },
      draft.actions,
    ),
    budget: orKept(
      document.budget.columns.length > 0,
      'the budget table',
      { ...document.budget, columns: adoptedTable(document.budget).columns, rows: adopted(document.budget.rows) },
      draft.budget,
    ),
  };
  return { plan, kept };
}

/** Where in a file the row stood, and what tags it had there, was for the preview. */
function adoptedRow<Kind extends Row>({ line: _line, markupIn: _markupIn, ...row }: Kind, known: Row | null, newId: () => string): Kind {
  const since = known?.definedSince === undefined ? {} : { definedSince: known.definedSince };
  return { ...row, ...since, id: known?.id ?? newId() } as Kind;
}
