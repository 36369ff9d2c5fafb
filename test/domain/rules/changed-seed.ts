/** What rules find in the demonstration's plan, and what they find more where one text of it is another. */
import { readPlanText } from '../../../libs/documents/read-plan-text.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import type { Finding, RuleSettings } from '../../../libs/domain/finding.js';
import { DEFAULT_SETTINGS, findingsOf } from '../../../libs/domain/findings.js';
import { seedPlan, seedWith } from '../../support/seed-plan.js';

/** The findings of one rule. */
export function foundBy(rule: string, plan: BusinessPlan, settings: RuleSettings = DEFAULT_SETTINGS): Finding[] {
  return findingsOf(plan, settings).filter((finding) => finding.rule === rule);
}

/** The findings of one rule in the demonstration's plan. */
export function foundInSeed(rule: string, settings: RuleSettings = DEFAULT_SETTINGS): Finding[] {
  return foundBy(rule, seedPlan(), settings);
}

/** The findings of one rule that a change of the seed's text adds. */
export function addedBy(rule: string, from: string, to: string, settings: RuleSettings = DEFAULT_SETTINGS): Finding[] {
  const before = foundInSeed(rule, settings).map(({ message }) => message);
  return foundBy(rule, readPlanText(seedWith(from, to)), settings).filter(({ message }) => !before.includes(message));
}
