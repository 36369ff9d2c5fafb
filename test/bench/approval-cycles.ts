/** How many plans a second go the whole way, from the open draft to publication, with many people at work. */
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import { startProduct, type Product } from '../support/product.js';
import { councilId, until, year } from '../support/running-council.js';
import { addLeaders, addPlans, type PlanAtWork } from './busy-council.js';
import { percentile } from './figures.js';
import { PEOPLE, type Part } from './part.js';
import { PlanClient, timed } from './plan-client.js';

/** After the publication date of the cycle, so that a plan is published as soon as it is approved and complete. */
const TODAY = '2026-03-25';

export const approvalCycles: Part = async ({ quick }, tell) => {
  tell('the product on the day after the publication date');
  const product = await startProduct(TODAY, { durable: true });
  try {
    const leaders = await addLeaders(product, PEOPLE);
    const plansOfEach = quick ? 1 : 4;
    const plans = await addPlans(product, Array.from({ length: plansOfEach }, () => leaders).flat());
    tell(`${plans.length} plans from the draft to publication, ${PEOPLE} at a time`);
    const lasted = await timed(async () => {
      await Promise.all(
        leaders.map((leader) =>
          publishAll(
            product,
            plans.filter((plan) => plan.leader === leader),
          ),
        ),
      );
    });
    const events = await Promise.all(plans.map((plan) => historyLength(product, plan)));
    return [
      {
        ...{ part: 'cycles', what: `whole approval cycles with ${PEOPLE} people`, value: plans.length / (lasted / 1000), unit: '/s' },
        note: 'four decisions, publication by the product, every next task looked up',
      },
      {
        ...{
          part: 'cycles',
          what: "history events of a plan's year",
          value: percentile(events, 0.5),
          unit: 'events',
          goal: { atMost: 120 },
        },
        note: 'no reminders in it',
      },
    ];
  } finally {
    await product.stop();
  }
};

async function publishAll(product: Product, plans: readonly PlanAtWork[]): Promise<void> {
  for (const plan of plans) {
    const client = new PlanClient(product, plan);
    await client.submit();
    await client.agree();
    await client.approve();
    await client.complete();
    await until(async () => (await client.standsAt()) === 'published');
  }
}

async function historyLength({ temporal }: Product, { slug }: PlanAtWork): Promise<number> {
  return (await temporal.workflow.getHandle(planWorkflowId(councilId, year, slug)).describe()).historyLength;
}
