/** By killing, on real servers: one part after the other is away while much falls due and people decide. */
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Product } from '../support/product.js';
import { startCouncilInOutage } from './council-in-outage.js';
import { OUTAGES } from './outage-run.js';

/** Longer than the guard takes for an outage (workflows/annual-plan-cycle.ts); a long one is tried by `npm run test:kill -- --outage 10`. */
const SECONDS = 10;

describe('a part of the product that is away while much falls due and people decide', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startCouncilInOutage();
  });
  afterAll(() => product.stop());

  // Each asserts by itself what it finds: the long run has no Jest.
  it.each(OUTAGES)(
    'costs nothing but time: the %s',
    async (_part, outage) => {
      await outage(product, SECONDS);
    },
    300_000,
  );
});
