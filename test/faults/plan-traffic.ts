/** People deciding about one plan through the API without pause: submitted, returned, submitted again, each decision until it is answered. */
import { randomUUID } from 'node:crypto';
import { people, slug, year, type PersonInTest } from '../support/running-council.js';
import type { Product } from '../support/product.js';

/** A decision that the product acknowledged. */
export interface Acknowledged {
  person: string;
  step: 'submit' | 'return';
  /** The number of the step in the plan's history. */
  number: number;
  versionNumber: number | null;
}

export interface Traffic {
  acknowledged: Acknowledged[];
  /** Resolves when the next decision after this call has been acknowledged. */
  nextAcknowledged(): Promise<void>;
  stop(): Promise<void>;
}

interface Answer {
  number: number;
  versionNumber: number | null;
  state: { at: string };
}

export function startTraffic(product: Product): Traffic {
  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  let waiting: (() => void)[] = [];
  const send = new PlanApi(product);

  async function run(): Promise<void> {
    while (!stopped) {
      const answer = await decideOnce();
      if (!answer) continue;
      acknowledged.push(answer);
      for (const tell of waiting.splice(0)) tell();
    }
  }

  async function decideOnce(): Promise<Acknowledged | null> {
    const { at } = await send.plan();
    if (at === 'drafting') {
      const answer = await send.step('leader', 'submissions', { draftRevision: await send.draftRevision() });
      return { person: people.leader, step: 'submit', ...answer };
    }
    const answer = await send.step('gmt', 'reviews', {
      outcome: 'return',
      reason: 'Once more, please.',
      versionHash: await send.versionHash(),
    });
    return { person: people.gmt, step: 'return', ...answer };
  }

  const running = run();
  // Rejects when a decision was refused, and never resolves.
  const refused = running.then(() => new Promise<never>(() => undefined));
  refused.catch(() => undefined);
  return {
    acknowledged,
    nextAcknowledged: () => Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), refused]),
    async stop() {
      stopped = true;
      await running;
      waiting = [];
    },
  };
}

/** The API as a patient program uses it: whatever goes wrong on the way, it sends the same request under the same key again. */
class PlanApi {
  private readonly address: string;

  constructor(private readonly product: Product) {
    this.address = `${product.baseUrl}/api/v1/plans/${year}/${slug}`;
  }

  async plan(): Promise<{ at: string }> {
    const { state } = (await this.read('')) as { state: { at: string } };
    return state;
  }

  async draftRevision(): Promise<number> {
    return ((await this.read('/draft')) as { revision: number }).revision;
  }

  async versionHash(): Promise<string> {
    const { versions } = (await this.read('')) as { versions: { number: number; extractHash: string }[] };
    return versions.sort((a, b) => b.number - a.number)[0]?.extractHash ?? '';
  }

  async step(person: PersonInTest, resource: string, body: Record<string, unknown>): Promise<Answer> {
    const headers = { ...this.as(person), 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return (await this.untilAnswered(() =>
      fetch(`${this.address}/${resource}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )) as Answer;
  }

  private read(path: string): Promise<unknown> {
    return this.untilAnswered(() => fetch(this.address + path, { headers: this.as('leader') }));
  }

  private async untilAnswered(send: () => Promise<Response>): Promise<unknown> {
    for (;;) {
      const response = await send().catch(() => null);
      if (response?.ok) return response.json().catch(() => null);
      // Nobody else decides about this plan, so a refusal would mean that a decision was lost or counted twice.
      if (response && response.status < 500) throw new Error(`Refused with ${response.status}: ${await response.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private as(person: PersonInTest): Record<string, string> {
    return { authorization: `Bearer ${this.product.tokens[person]}` };
  }
}
