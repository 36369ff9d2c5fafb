/** How much a plan holds: the figures by which a reader checks that nothing was lost. */
import type { BusinessPlan } from './business-plan.js';
import { measuresOf } from './parse-cell.js';

export interface PlanCounts {
  csiObjectives: number;
  /** Rows of the CSI tables. */
  csiIndicators: number;
  kpiRows: number;
  /** KPI rows that hold more than one measure. */
  compositeRows: number;
  /** Measures of the CSI and KPI rows together. */
  measures: number;
  actions: number;
  /** Rows of the budget table that are neither a heading nor the net line. */
  budgetLines: number;
}

/** Counts what a plan holds (domain.md, section b, has the counts expected of the demonstration's plan). */
export function countPlan(plan: BusinessPlan): PlanCounts {
  const tables = [...plan.objectives.map(({ table }) => table), plan.kpis];
  const measures = tables.flatMap(({ rows, columns }) => rows.map((row) => measuresOf(row, columns).length));
  const kpiMeasures = plan.kpis.rows.map((row) => measuresOf(row, plan.kpis.columns).length);
  return {
    csiObjectives: plan.objectives.length,
    csiIndicators: plan.objectives.reduce((sum, { table }) => sum + table.rows.length, 0),
    kpiRows: plan.kpis.rows.length,
    compositeRows: kpiMeasures.filter((count) => count > 1).length,
    measures: measures.reduce((sum, count) => sum + count, 0),
    actions: plan.actions.rows.length,
    budgetLines: plan.budget.rows.filter(({ kind }) => kind === 'line').length,
  };
}
