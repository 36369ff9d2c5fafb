/** The order in which a plan's sections and tables are written, so that each table is known for what it is when it is read. */
import type { BusinessPlan, SectionName } from '../domain/business-plan.js';
import { inDocumentOrder, type PlanTable, type SectionWithTables } from '../domain/plan-tables.js';

/** Under these headings no objective begins. */
const NO_OBJECTIVES_IN: SectionName[] = ['kpi', 'actions', 'budget'];

/**
 * The order of the document, with every table that has no section of its own where its header can only mean that table: the
 * objectives' before the first section in which no objective begins, that of the key performance indicators behind a section
 * that has no objectives, and before these where they follow. Tables of actions and budgets are known wherever they stand.
 */
export function inReadableOrder(plan: BusinessPlan): SectionWithTables[] {
  const all = inDocumentOrder(plan);
  const loose = all.flatMap(({ section, tables }) => (section ? [] : tables));
  const ofKind = (kind: PlanTable['kind']): PlanTable[] => loose.filter((table) => table.kind === kind);
  const opening: SectionWithTables = { index: null, section: null, tables: [] };
  const places = [opening, ...all.filter(({ section }) => section !== null)];

  const firstWithout = places.findIndex(({ section }) => section && NO_OBJECTIVES_IN.includes(section.name));
  const forObjectives = firstWithout < 0 ? places.length - 1 : firstWithout - 1;
  const forIndicators = places.findLastIndex(({ section }) => section?.name !== 'csi');
  return [
    ...places.map((place, index) => ({
      ...place,
      tables: [...place.tables, ...(index === forIndicators ? ofKind('kpi') : []), ...(index === forObjectives ? ofKind('csi') : [])],
    })),
    { index: null, section: null, tables: loose.filter(({ kind }) => kind === 'actions' || kind === 'budget') },
  ];
}
