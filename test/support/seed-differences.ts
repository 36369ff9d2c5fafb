/** The differences between the demonstration's plan and the same plan after a change, for tests. */
import { readFileSync } from 'node:fs';
import { projectRoot } from '../../libs/config/paths.js';
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import { differencesAsJson, type DifferenceInJson } from '../../libs/domain/differences/difference.js';
import { readMeasureSettings } from '../../libs/domain/measure-settings.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { seedPlan, seedPosts } from './seed-plan.js';

/** The demonstration's settings of its measures. */
export const seedMeasures = readMeasureSettings(
  JSON.parse(readFileSync(`${projectRoot}/docs/demonstration/measure-settings.json`, 'utf8')),
);

/** Compares two plans by the demonstration's register and measures. */
export function differencesBetween(before: BusinessPlan, after: BusinessPlan): DifferenceInJson[] {
  return differencesAsJson(comparePlans(before, after, { register: seedPosts, measures: seedMeasures })).differences;
}

/**
 * What is told of the seed's plan once it was changed.
 * @param first changes that both texts have
 */
export function differencesAfter(
  change: (plan: BusinessPlan) => void,
  first: (plan: BusinessPlan) => void = () => undefined,
): DifferenceInJson[] {
  const [before, after] = [seedPlan(), seedPlan()];
  first(before);
  first(after);
  change(after);
  return differencesBetween(before, after);
}

/** A changed field: the code, the field, before, after, and the meaning if it has one. */
export type Told = [code: string | null, field: string, before: string, after: string, meaning?: DifferenceInJson['meaning']];

/** Changed fields of a table, as they are told. */
export function changes(table: DifferenceInJson['table'], ...told: Told[]): DifferenceInJson[] {
  return told.map(([code, field, before, after, meaning = null]) => ({ kind: 'changed', table, code, field, before, after, meaning }));
}

/** An indicator's row by its code, the CSI's before the KPI's of the same code unless the table is named. */
export function indicator(plan: BusinessPlan, code: string, table?: 'csi' | 'kpi'): Row {
  const found = indicatorRowsOf(plan).find(
    ({ row, objective }) => (row.cells.description ?? '').includes(code) && (!table || (table === 'csi') === (objective !== null)),
  );
  if (!found) throw new Error(`The plan has no indicator ${code}.`);
  return found.row;
}

/** An action's row by its code. */
export function action(plan: BusinessPlan, code: string): Row {
  const found = plan.actions.rows.find(({ cells }) => (cells.action ?? '').includes(code));
  if (!found) throw new Error(`The plan has no action ${code}.`);
  return found;
}

/** Writes another text into a cell in place of a part of it; fails where there is no such part, so that no test changes nothing. */
export function rewrite(row: Row, key: string, from: string, to: string): void {
  const text = row.cells[key] ?? '';
  if (!text.includes(from)) throw new Error(`The cell says “${text}”, not “${from}”.`);
  row.cells[key] = text.replace(from, to);
}
