/** What a council has set about the rules that its plans are read by: its register of posts and its measures. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RuleSettings } from '../domain/finding.js';
import { DEFAULT_SETTINGS } from '../domain/findings.js';
import { MeasureSetting } from './entities/monitoring.js';
import { Post } from './entities/people.js';

/** The settings by which pages and the record find the same queries in the same text. */
export async function ruleSettingsOf(em: EntityManager, councilId: string): Promise<RuleSettings> {
  const [register, measures] = [await em.find(Post, { councilId }), await em.find(MeasureSetting, { councilId })];
  return { ...DEFAULT_SETTINGS, register, measures: measures.map(({ settings }) => settings) };
}
