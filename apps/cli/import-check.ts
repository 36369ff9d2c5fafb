/** What a careful reader would query in a plan that is imported, by the council's own register of posts and settings. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { MeasureSetting } from '../../libs/database/entities/monitoring.js';
import { Post } from '../../libs/database/entities/people.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { countPlan } from '../../libs/domain/count-plan.js';
import { DEFAULT_SETTINGS, findingsOf } from '../../libs/domain/findings.js';
import type { CheckResult } from './check-output.js';

/** The plan's counts and findings. */
export async function checkOf(em: EntityManager, councilId: string, plan: BusinessPlan): Promise<Omit<CheckResult, 'remarks'>> {
  const posts = await em.find(Post, { councilId });
  const measures = await em.find(MeasureSetting, { councilId });
  const settings = {
    ...DEFAULT_SETTINGS,
    ...(posts.length > 0 && { register: posts.map(({ title, otherSpellings }) => ({ title, otherSpellings })) }),
    ...(measures.length > 0 && { measures: measures.map((one) => one.settings) }),
  };
  return { counts: countPlan(plan), findings: findingsOf(plan, settings) };
}
