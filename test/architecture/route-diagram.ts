/** The procedure of a route as a picture: a Mermaid state diagram made from the steps table. */
import { after, roleFor, STEPS, stepsAt, type PlanState, type Role, type Route, type StepRule } from '../../libs/domain/route.js';

/** What the roles are called in the diagram; the same words as on the pages. */
export type RoleTitles = Record<Role, string>;

const PLACES = { publication: 'Waits for its date', published: 'Published' };

/**
 * The way of a plan along a route, without the steps that can be taken anywhere (`stepsAnywhere` lists those).
 * @returns the Mermaid text, one line for each state and each step
 */
export function routeDiagram(route: Route, titles: RoleTitles): string {
  const places = ['opening', ...route.stages.map(({ id }) => id), 'publication'];
  const names = route.stages.map(({ id, title }) => [id, title]).concat(Object.entries(PLACES));
  const states = names.map(([id, title]) => `  state "${title}" as ${nameOf(id ?? '')}`);
  const arrows = places.flatMap((at) => arrowsFrom(route, at, titles));
  return ['stateDiagram-v2', ...states, ...arrows, '  published --> [*]'].join('\n');
}

/** The steps that can be taken at any stage, as lines of a list. */
export function stepsAnywhere(titles: RoleTitles): string[] {
  return STEPS.filter(({ from }) => from.includes('any')).map((rule) => `${rule.label} (${takenBy(rule, null, titles)})`);
}

/** A row of the table of roles: where the plan stands, the step, who takes it, what it must come with. */
export function stepRows(route: Route, titles: RoleTitles): string[][] {
  const atStages = route.stages.flatMap((stage) =>
    STEPS.filter(({ from }) => from.includes(stage.power)).map((rule) => [
      stage.title,
      rule.label,
      takenBy(rule, stage.role, titles),
      needs(rule),
    ]),
  );
  const anywhere = STEPS.filter(({ from, by }) => from.includes('any') && by !== 'product');
  return [...atStages, ...anywhere.map((rule) => ['At any stage', rule.label, takenBy(rule, null, titles), needs(rule)])];
}

function arrowsFrom(route: Route, at: string, titles: RoleTitles): string[] {
  const state: PlanState = { at, round: 1, fullPlan: at === 'opening' ? 'not-asked-for' : 'complete' };
  return stepsAt(route, state)
    .filter((rule) => !rule.from.includes('any'))
    .map((rule) => {
      const who = rule.by === 'product' ? 'by itself' : titles[roleFor(route, state, rule)!];
      return `  ${at === 'opening' ? '[*]' : nameOf(at)} --> ${nameOf(after(route, state, rule.step).at)} : ${rule.label} (${who})`;
    });
}

function takenBy(rule: StepRule, stageRole: Role | null, titles: RoleTitles): string {
  if (rule.by === 'product') return 'by itself';
  if (rule.by === 'stage') return stageRole ? titles[stageRole] : '';
  return titles[rule.by];
}

const NEEDS = { draft: 'the text as it was seen', version: 'the version as it was seen', reason: 'a reason', minute: 'a minute number' };

function needs(rule: StepRule): string {
  return rule.needs.map((need) => NEEDS[need]).join(', ');
}

/** Mermaid takes no hyphens in the names of states. */
function nameOf(id: string): string {
  return id.replaceAll('-', '_');
}
