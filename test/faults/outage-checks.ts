/** What can be seen of a product during an outage and after it. */
import { strict as assert } from 'node:assert';
import { violationsOf } from '../../apps/cli/rehearsal/invariants.js';
import { CabinetReport } from '../../libs/database/entities/monitoring.js';
import { StepChange } from '../../libs/database/entities/plans.js';
import { Message, Notice } from '../../libs/database/entities/tasks.js';
import { readInbox } from '../../libs/email/inbox.js';
import type { Product } from '../support/product.js';
import { councilId, until, type PersonInTest } from '../support/running-council.js';
import { planOf, PLANS, type PlanInOutage } from './council-in-outage.js';

export interface Answer {
  status: number;
  retryAfter: string | null;
  body: string;
}

/** Asks as a person's program, once. */
export async function ask(
  { baseUrl, tokens }: Product,
  person: PersonInTest,
  path: string,
  sent?: { key: string; body: object },
): Promise<Answer> {
  const headers = { authorization: `Bearer ${tokens[person]}`, 'content-type': 'application/json', 'idempotency-key': sent?.key ?? '' };
  const response = await fetch(baseUrl + path, sent ? { method: 'POST', headers, body: JSON.stringify(sent.body) } : { headers });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.text() };
}

/** Sends the same again until it is answered, as the product asks for; then once more, which gives the first answer. */
export async function sendUntilItCounts(...[product, person, path, sent]: Required<Parameters<typeof ask>>): Promise<Answer> {
  let answer: Answer | null = null;
  await until(
    async () => (answer = await ask(product, person, path, sent)).status !== 503,
    () => `${path}, which gave ${answer?.status} ${answer?.body}`,
  );
  const first = answer!;
  assert.equal(first.status, 200, first.body);
  assert.deepEqual(await ask(product, person, path, sent), first, 'sent again, it has another answer');
  return first;
}

/** @throws AssertionError unless the answer says to send it again */
export function saysToSendAgain(answer: Answer): void {
  assert.deepEqual([answer.status, answer.retryAfter], [503, '5'], answer.body);
  assert.match(answer.body, /Send it again in a moment: it counts once/);
}

/** What `/readyz` says of the parts that the application stands on. */
export async function readiness({ baseUrl }: Product): Promise<{ status: number; checks: Record<string, string> }> {
  const response = await fetch(`${baseUrl}/readyz`);
  return { status: response.status, checks: ((await response.json()) as { checks: Record<string, string> }).checks };
}

/** Everything that would stand twice if something were done twice. */
export async function counts({ orm }: Product): Promise<Record<string, number>> {
  const em = orm.em.fork();
  return {
    notices: await em.count(Notice, { councilId }),
    reminders: await em.count(Notice, { councilId, kind: 'reminder' }),
    messages: await em.count(Message, { councilId }),
    reports: await em.count(CabinetReport, {}),
    steps: await em.count(StepChange, {}),
  };
}

/** Waits until all mail that is due has left, and checks the invariants of every plan and the mail. @throws AssertionError */
export async function checkAll(product: Product): Promise<void> {
  const { orm, temporal, servers } = product;
  const due = { status: 'queued', nextAttemptAt: { $lte: new Date() } } as const;
  await until(async () => (await orm.em.fork().count(Message, due)) === 0);
  for (const plan of Object.keys(PLANS) as PlanInOutage[])
    assert.deepEqual(await violationsOf(orm.em.fork(), temporal, await planOf(product, plan)), [], plan);
  const ids = (await readInbox(servers.inbox!.folder)).map(({ messageId }) => messageId);
  assert.equal(new Set(ids).size, ids.length, 'I3: an e-mail came twice');
  await leftInOrder(product);
}

/** What leaves at once reaches each person in the order in which it was told, by the council's clock, which a test sets ahead only. */
async function leftInOrder({ orm }: Product): Promise<void> {
  const sent = await orm.em
    .fork()
    .find(Message, { status: 'sent', digestOn: null }, { orderBy: { createdAt: 'asc', dueAt: 'asc', id: 'asc' } });
  for (const recipient of new Set(sent.map(({ recipientEmail }) => recipientEmail))) {
    const times = sent.filter(({ recipientEmail }) => recipientEmail === recipient).map(({ sentAt }) => sentAt!.getTime());
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      `e-mails to ${recipient} left in another order`,
    );
  }
}
