/** What keeps a plan from publication, in words for the person who is told. */
import { stageOf, type PlanState, type Route } from '../libs/domain/route.js';

/** One phrase for each thing that is still missing; empty for a plan that only waits for its date. */
export function lackingForPublication(route: Route, state: PlanState): string[] {
  const lacking: string[] = [];
  const stage = stageOf(route, state);
  if (stage) {
    const left = route.stages.slice(route.stages.indexOf(stage));
    lacking.push(...left.map((one) => (one.power === 'draft' ? 'the draft is not submitted' : `${one.title} has not decided`)));
  }
  if (state.fullPlan !== 'complete') lacking.push('the full plan is not signed off');
  return lacking;
}
