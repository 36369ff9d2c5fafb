/** People working on one plan through the HTTP API, each step until the next person sees the task. */
import { randomUUID } from 'node:crypto';
import type { Product } from '../support/product.js';
import { year } from '../support/running-council.js';
import type { PlanAtWork } from './busy-council.js';

interface PlanAnswer {
  state: { at: string };
  draftRevision: number;
  fullPlanRevision: number;
  versions: { number: number; extractHash: string }[];
}

interface Task {
  kind: string;
  plan: { slug: string } | null;
}

export class PlanClient {
  private readonly address: string;
  private versionHash = '';

  constructor(
    private readonly product: Product,
    private readonly plan: PlanAtWork,
  ) {
    this.address = `/api/v1/plans/${year}/${plan.slug}`;
  }

  /** The leader submits. @returns milliseconds until the task of GMT is seen */
  async submit(): Promise<number> {
    const { draftRevision } = await this.read();
    const took = await timed(async () => {
      await this.post(this.plan.leader.token, 'submissions', { draftRevision });
      await this.sees(this.product.tokens.gmt, 'review');
    });
    // The text stays the same, so what the first submission froze is what every later one is about.
    this.versionHash ||= (await this.read()).versions.sort((a, b) => b.number - a.number)[0]?.extractHash ?? '';
    return took;
  }

  /** GMT returns the plan. @returns milliseconds until the leader's task is seen */
  return(): Promise<number> {
    return timed(async () => {
      await this.post(this.product.tokens.gmt, 'reviews', { ...this.shown(), outcome: 'return', reason: 'Once more, please.' });
      await this.sees(this.plan.leader.token, 'draft');
    });
  }

  /** GMT agrees. @returns milliseconds until the clerk's task is seen */
  agree(): Promise<number> {
    return timed(async () => {
      await this.post(this.product.tokens.gmt, 'reviews', { ...this.shown(), outcome: 'agree' });
      await this.sees(this.product.tokens.clerk, 'decide');
    });
  }

  /** The committee refers the plan back. @returns milliseconds until the leader's task is seen */
  referBack(): Promise<number> {
    return timed(async () => {
      await this.post(this.product.tokens.clerk, 'decisions', {
        ...{ ...this.shown(), outcome: 'refer-back', minute: '41', reason: 'Another target is asked for.' },
      });
      await this.sees(this.plan.leader.token, 'draft');
    });
  }

  async approve(): Promise<void> {
    await this.post(this.product.tokens.clerk, 'decisions', { ...this.shown(), outcome: 'approve', minute: '42' });
  }

  async complete(): Promise<void> {
    await this.post(this.plan.leader.token, 'completions', { fullPlanRevision: (await this.read()).fullPlanRevision });
  }

  async standsAt(): Promise<string> {
    return (await this.read()).state.at;
  }

  private shown(): { versionHash: string } {
    return { versionHash: this.versionHash };
  }

  private async sees(token: string, kind: string): Promise<void> {
    for (;;) {
      const { tasks } = (await this.send(token, '/api/v1/tasks')) as { tasks: Task[] };
      if (tasks.some((task) => task.plan?.slug === this.plan.slug && task.kind === kind)) return;
    }
  }

  private async read(): Promise<PlanAnswer> {
    return (await this.send(this.plan.leader.token, this.address)) as PlanAnswer;
  }

  private async post(token: string, resource: string, body: Record<string, unknown>): Promise<void> {
    await this.send(token, `${this.address}/${resource}`, { method: 'POST', body: JSON.stringify(body) });
  }

  private async send(token: string, path: string, request: { method?: string; body?: string } = {}): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(request.body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    };
    const response = await fetch(this.product.baseUrl + path, { ...request, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${request.method ?? 'GET'} ${path} was answered with ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}

/** @returns milliseconds */
export async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
