/** Random changes to a plan's title, narrative, objectives and footnote, with the differences that they make. */
import type { Mutation } from './mutate-plan.js';

export const narrativeMutations: Mutation[] = [titleReworded, sectionReworded, headingReworded, objectiveRenamed, footnoteReworded];

function titleReworded({ plan, claim, expect }: Parameters<Mutation>[0]): boolean {
  if (!claim('title')) return false;
  const before = plan.title;
  plan.title = before.replace('Safety', 'Protection');
  expect({ kind: 'changed', table: 'text', field: 'title', before, after: plan.title });
  return true;
}

function sectionReworded({ plan, random, claim, expect }: Parameters<Mutation>[0]): boolean {
  const section = random.oneOf(plan.sections);
  if (!claim(`text of ${section.name}`)) return false;
  const before = section.text;
  section.text =
    before === '' ? 'As every year.' : random.oneOf([`${before}\n\nOne paragraph more.`, before.replace(/\w{5,}/, 'otherwise')]);
  expect({ kind: 'changed', table: 'text', field: section.name, before, after: section.text });
  return true;
}

function headingReworded({ plan, random, claim, expect }: Parameters<Mutation>[0]): boolean {
  const section = random.oneOf(plan.sections.filter(({ name }) => name === 'actions' || name === 'performance'));
  if (!claim(`heading of ${section.name}`)) return false;
  const before = section.heading;
  section.heading = section.name === 'actions' ? before.replace('2027/28', '2028/29') : `${before} in Broxtowe`;
  if (section.name === 'actions') plan.actions.heading = section.heading;
  expect({ kind: 'changed', table: 'text', field: section.name, before, after: section.heading });
  return true;
}

function objectiveRenamed({ plan, random, claim, expect }: Parameters<Mutation>[0]): boolean {
  const objective = random.oneOf(plan.objectives);
  if (!claim(`name of ${objective.code}`)) return false;
  const before = objective.name;
  objective.name = `${before} together`;
  expect({ kind: 'changed', table: 'csi', code: objective.code, field: 'description', before, after: objective.name });
  return true;
}

function footnoteReworded({ plan, claim, expect }: Parameters<Mutation>[0]): boolean {
  if (!claim('footnote')) return false;
  const before = plan.budget.footnote;
  plan.budget.footnote = `${before} in spring`;
  expect({ kind: 'changed', table: 'budget', field: 'footnote', before, after: plan.budget.footnote });
  return true;
}
