/** Kills the product's processes while decisions come in, and checks after each that nothing acknowledged is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Plan } from '../../libs/database/entities/plans.js';
import { councilId, slug, until, year } from '../support/running-council.js';
import { startProduct, type Product } from '../support/product.js';
import { randomFrom } from '../../apps/cli/rehearsal/random.js';
import { checkInvariants } from './invariants.js';
import { startTraffic, type Acknowledged } from './plan-traffic.js';

/** What can be killed, 'everything' all at once, as a power cut would; and the one fault that kills nothing. */
const VICTIMS = ['API', 'worker', 'Temporal server', 'PostgreSQL', 'everything', 'a plan that PostgreSQL holds up'] as const;
type Victim = (typeof VICTIMS)[number];

/** A decision takes some tens of milliseconds: a kill falls before, into or after its commit. */
const LONGEST_DELAY_MS = 120;

/**
 * @param seed repeats the choices of a run
 * @param tell gets a line for each kill
 * @returns how many decisions were acknowledged
 * @throws AssertionError if something acknowledged is gone, or an invariant does not hold
 */
export async function killRun({ kills, seed, tell }: { kills: number; seed: number; tell: (line: string) => void }): Promise<number> {
  const random = randomFrom(seed);
  const product = await startProduct('2025-11-03');
  const acknowledged: Acknowledged[] = [];
  try {
    await until(async () => (await planOf(product))?.at === 'drafting');
    for (let kill = 1; kill <= kills; kill += 1) {
      // Each of them at least once, then at random.
      const victim = VICTIMS[kill - 1] ?? random.oneOf(VICTIMS);
      const traffic = startTraffic(product);
      await traffic.nextAcknowledged();
      await sleep(random.between(0, LONGEST_DELAY_MS));
      await killAndRestart(product, victim);
      await movesAgain(traffic.nextAcknowledged(), victim);
      await traffic.stop();
      acknowledged.push(...traffic.acknowledged);
      await check(product, acknowledged);
      tell(`kill ${kill} of ${kills}: ${victim}, ${acknowledged.length} decisions stand`);
    }
    return acknowledged.length;
  } finally {
    await product.stop();
  }
}

async function killAndRestart(product: Product, victim: Victim): Promise<void> {
  if (victim === 'a plan that PostgreSQL holds up') return holdUp(product);
  const { api, worker, servers } = product;
  const isHit = (name: Victim): boolean => victim === 'everything' || victim === name;
  const ground = [...(isHit('PostgreSQL') ? [servers.postgres] : []), ...(isHit('Temporal server') ? [servers.temporal] : [])];
  const ours = [...(isHit('API') ? [api] : []), ...(isHit('worker') ? [worker] : [])];
  await Promise.all([...ground, ...ours].map(async (one) => one?.kill()));
  // What others stand on comes first.
  await Promise.all(ground.map(async (one) => one?.restart()));
  await Promise.all(ours.map(async (one) => one.restart()));
}

/** Longer than an activity is given: Temporal tries it again while the first attempt still waits for its lock. */
const HELD_UP_MS = 13_000;

async function holdUp({ orm }: Product): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    await em.execute('lock table "plan" in exclusive mode');
    await sleep(HELD_UP_MS);
  });
}

/** I7: within a minute of the fault's end the plan moves again. */
async function movesAgain(nextDecision: Promise<void>, victim: Victim): Promise<void> {
  const stuck = sleep(60_000, null, { ref: false }).then(() => {
    throw new Error(`I7: a minute after ${victim} came back, the plan has not moved.`);
  });
  await Promise.race([nextDecision, stuck]);
}

async function check(product: Product, acknowledged: Acknowledged[]): Promise<void> {
  const plan = await planOf(product);
  if (!plan) throw new Error('I1: the plan is gone.');
  await checkInvariants(product.orm.em.fork(), product.temporal, plan, acknowledged);
}

function planOf({ orm }: Product): Promise<Plan | null> {
  return orm.em.fork().findOne(Plan, { councilId, year, slug });
}
