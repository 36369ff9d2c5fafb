/** How long it takes from a decision to the next person's task, for one person and for many, and what a decision costs. */
import { Person } from '../../libs/database/entities/people.js';
import { Plan } from '../../libs/database/entities/plans.js';
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import { startProduct, type Product } from '../support/product.js';
import { councilId, people, slug as seedSlug, year } from '../support/running-council.js';
import { addLeaders, addPlans, mailHasLeft, type PlanAtWork } from './busy-council.js';
import { logBytesOf, statementsOf } from './database-cost.js';
import { percentile, type Figure } from './figures.js';
import { PageClient } from './page-client.js';
import { PEOPLE, type Part } from './part.js';
import { PlanClient, timed } from './plan-client.js';
import { processorTimeOf } from './processor-time.js';

const part = 'decisions';

export const decisions: Part = async ({ quick }, tell) => {
  tell('the product on durable servers');
  const product = await startProduct('2025-11-03', { durable: true });
  try {
    const plans = await addPlans(product, await addLeaders(product, PEOPLE));
    const one = plans[0] as PlanAtWork;
    tell('one person through the API');
    const figures = await onePerson(product, one, quick ? 5 : 50);
    tell('one person through the pages');
    figures.push(...(await throughPages(product, quick ? 3 : 25)));
    tell(`${PEOPLE} people through the API`);
    figures.push(...(await manyPeople(product, plans, quick ? 2 : 10)));
    return figures;
  } finally {
    await product.stop();
  }
};

async function onePerson(product: Product, plan: PlanAtWork, rounds: number): Promise<Figure[]> {
  const client = new PlanClient(product, plan);
  await takeRounds(client, Math.ceil(rounds / 5));
  await mailHasLeft(product);
  const eventsBefore = await historyLength(product, plan.slug);
  let took: number[] = [];
  let processorTime: Record<string, number> = {};
  const logBytes = await logBytesOf(product, async () => {
    processorTime = await processorTimeOf(product, async () => {
      took = await takeRounds(client, rounds);
    });
  });
  const decided = took.length;
  const events = (await historyLength(product, plan.slug)) - eventsBefore;
  const counted = Math.min(rounds, 10);
  const statements = await statementsOf(product, async () => void (await takeRounds(client, counted)));
  return [
    latency('one person, API: decision → next task seen, p50', took, 0.5),
    latency('one person, API: decision → next task seen, p95', took, 0.95),
    ...Object.entries(processorTime).map(([name, time]) => ({
      ...{ part, what: `processor time of the ${name} for a decision`, value: time / decided, unit: 'ms' },
      note: 'with the reads beside it',
    })),
    { part, what: 'history events for a decision', value: events / decided, unit: 'events', goal: { atMost: 12 } },
    {
      ...{ part, what: 'write-ahead log for a decision and its e-mails', value: logBytes / decided / 1000, unit: 'KB' },
      note: "PostgreSQL's only: Temporal keeps its own file",
    },
    {
      ...{ part, what: 'SQL statements of the API for a decision', value: statements.api / counted / 2, unit: '' },
      note: 'three reads beside the decision among them',
    },
    {
      part,
      what: 'SQL statements of the worker for a decision',
      value: statements.worker / counted / 2,
      unit: '',
      note: 'with its e-mails',
    },
  ];
}

/** Each round is two decisions: submitted and returned. @returns milliseconds of each decision */
async function takeRounds(client: PlanClient, rounds: number): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) took.push(await client.submit(), await client.return());
  return took;
}

async function throughPages(product: Product, rounds: number): Promise<Figure[]> {
  const { title } = await product.orm.em.fork().findOneOrFail(Plan, { councilId, year, slug: seedSlug });
  const [leader, gmt] = await Promise.all([people.leader, people.gmt].map((name) => signedIn(product, name)));
  if (!leader || !gmt) throw new Error('Nobody is signed in.');
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    took.push(await leader.takeStep(title, { step: 'submit' }));
    took.push(await gmt.takeStep(title, { step: 'return', reason: 'Once more, please.' }));
  }
  return [
    { ...latency('one person, page: form sent → next page there, p50', took, 0.5), goal: { atMost: 150 } },
    latency('one person, page: form sent → next page there, p95', took, 0.95),
  ];
}

async function signedIn(product: Product, name: string): Promise<PageClient> {
  const client = new PageClient(product.baseUrl);
  await client.signIn((await product.orm.em.fork().findOneOrFail(Person, { name })).id);
  return client;
}

/** Each person goes on at once, without a pause to think: more than so many people would ask of it. */
async function manyPeople(product: Product, plans: PlanAtWork[], rounds: number): Promise<Figure[]> {
  await mailHasLeft(product);
  let took: number[] = [];
  const lasted = await timed(async () => {
    took = (await Promise.all(plans.map((plan) => takeRounds(new PlanClient(product, plan), rounds)))).flat();
  });
  const people = `${plans.length} people, API`;
  return [
    latency(`${people}: decision → next task seen, p50`, took, 0.5),
    latency(`${people}: decision → next task seen, p95`, took, 0.95),
    { part, what: `${people}: decisions`, value: took.length / (lasted / 1000), unit: '/s' },
  ];
}

function latency(what: string, took: readonly number[], share: number): Figure {
  return { part, what, value: percentile(took, share), unit: 'ms', note: `of ${took.length}` };
}

async function historyLength({ temporal }: Product, slug: string): Promise<number> {
  return (await temporal.workflow.getHandle(planWorkflowId(councilId, year, slug)).describe()).historyLength;
}
