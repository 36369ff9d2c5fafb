/** The demonstration council's plan for tests: its text, its line with another in its place, and the plan read from it. */
import { readFileSync } from 'node:fs';
import { demonstrationPlanFile, projectRoot } from '../../libs/config/paths.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import type { Post } from '../../libs/domain/posts.js';

/** The real document as its committee received it. */
export const seedText = readFileSync(demonstrationPlanFile, 'utf8');

/** The demonstration's register of posts. */
export const seedPosts = JSON.parse(readFileSync(`${projectRoot}/docs/demonstration/posts.json`, 'utf8')) as Post[];

/** A fresh copy of the plan, free to be changed by a test. */
export function seedPlan(): BusinessPlan {
  return readPlanText(seedText);
}

/** The seed's text with every occurrence of one text replaced; fails where there is none, so that no test changes nothing. */
export function seedWith(from: string, to: string): string {
  if (!seedText.includes(from)) throw new Error(`The seed has no “${from}”.`);
  return seedText.replaceAll(from, to);
}
