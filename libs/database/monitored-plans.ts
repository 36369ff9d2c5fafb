/** What is monitored in a year: the text that stands for each plan, and its measures and actions with who is asked. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { BusinessPlan, Row } from '../domain/business-plan.js';
import { measuresOf, type Measure } from '../domain/parse-cell.js';
import { indicatorRowsOf } from '../domain/plan-rows.js';
import { settingsNotMade, type MeasureSettings } from '../domain/measure-settings.js';
import { updaterOf } from '../domain/posts.js';
import { MeasureSetting } from './entities/monitoring.js';
import { Post } from './entities/people.js';
import { Plan, PlanVersion } from './entities/plans.js';

/** One measure in one table of a plan. */
export interface MonitoredMeasure {
  table: 'csi' | 'kpi';
  objective: string | null;
  measure: Measure;
  settings: MeasureSettings;
  post: Post | null;
}

export interface MonitoredAction {
  row: Row;
  post: Post | null;
}

export interface MonitoredPlan {
  plan: Plan;
  content: BusinessPlan;
  measures: MonitoredMeasure[];
  actions: MonitoredAction[];
}

/** The plans that a council monitors in a year: those published in it, or imported from the papers of their committee. */
export async function monitoredPlans(em: EntityManager, councilId: string, year: string): Promise<MonitoredPlan[]> {
  const plans = await em.find(Plan, { councilId, year }, { orderBy: { slug: 'asc' } });
  const posts = await em.find(Post, { councilId });
  const settings = await em.find(MeasureSetting, { councilId });
  const monitored: MonitoredPlan[] = [];
  for (const plan of plans) {
    const [version] = await em.find(
      PlanVersion,
      { planId: plan.id, origin: { $in: ['imported', 'published'] } },
      { orderBy: { number: 'desc' }, limit: 1, populate: ['content'] },
    );
    if (version) monitored.push(monitoredPlan(plan, version.content, posts, settings));
  }
  return monitored;
}

function monitoredPlan(plan: Plan, content: BusinessPlan, posts: Post[], made: MeasureSetting[]): MonitoredPlan {
  const postFor = (row: Row): Post | null => {
    const title = updaterOf(row, posts);
    return posts.find((post) => post.title === title) ?? null;
  };
  const measures = indicatorRowsOf(content).flatMap(({ row, columns, objective }) =>
    measuresOf(row, columns).map((measure, index, all) => {
      const table: 'csi' | 'kpi' = objective ? 'csi' : 'kpi';
      const code = measure.code ?? row.id;
      const settings = made.find((one) => one.table === table && one.code === code)?.settings ?? settingsNotMade(table, code);
      return {
        table,
        objective: objective?.name ?? null,
        measure: { ...measure, code, label: index === 0 ? measure.label : `${measure.label} (with ${all[0]?.code}: ${all[0]?.label})` },
        settings,
        post: postFor(row),
      };
    }),
  );
  return { plan, content, measures, actions: content.actions.rows.map((row) => ({ row, post: postFor(row) })) };
}
