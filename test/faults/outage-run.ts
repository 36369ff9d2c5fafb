/** Outages of one part each, of any length, while things fall due and people decide; afterwards everything has happened once. */
import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { londonDay } from '../../libs/calendar/council-clock.js';
import { CabinetReport } from '../../libs/database/entities/monitoring.js';
import { PlanDraft, PlanVersion, StepChange } from '../../libs/database/entities/plans.js';
import { Message, Notice } from '../../libs/database/entities/tasks.js';
import { readInbox } from '../../libs/email/inbox.js';
import { waitsChanged } from '../../workflows/messages.js';
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import type { Product } from '../support/product.js';
import { councilId, people, until, year } from '../support/running-council.js';
import { lookUpDates, planOf, PLANS, putTogether, setClock, THE_DAY, TIMED, timersRung } from './council-in-outage.js';
import { ask, checkAll, counts, readiness, saysToSendAgain, sendUntilItCounts } from './outage-checks.js';

/** Long enough for a slow machine to arrange the moments before they come. */
const AHEAD_MS = 15_000;
/** The council's day on which the worker is back, at an hour at which everything of the day that it missed is late. */
const [BACK_ON, BACK_AT] = ['2026-03-19', '10:00'];
const PLAN = `/api/v1/plans/${year}/${PLANS.other}`;

/** The worker is killed before the report, a reminder, an alarm and a publication fall due, and is back three council days later. */
export async function workerIsAway(product: Product, seconds: number): Promise<void> {
  const { worker, orm } = product;
  const seven = Date.now() + AHEAD_MS;
  await putTogether(product, seven);
  await worker.kill();
  assert.ok(Date.now() < seven, 'The machine was too slow: the moments came before the worker was away.');
  const [before, rungBefore] = [await counts(product), await allRung(product)];
  await sleep(seven + 2_000 - Date.now() + seconds * 1_000);
  await until(async () => (await allRung(product)).every((rung, index) => rung > rungBefore[index]!));
  assert.deepEqual(await counts(product), before, 'something happened while the worker was away');

  await setClock(product, BACK_ON, BACK_AT, Date.now());
  await worker.restart();
  await until(async () => (await orm.em.fork().count(CabinetReport, {})) > 0);
  await until(async () => (await orm.em.fork().count(StepChange, { step: 'publish' })) > 0);
  await until(async () => (await orm.em.fork().count(Notice, { kind: 'reminder' })) > before.reminders!);
  await until(async () => (await orm.em.fork().count(Notice, { kind: 'guard-alarm' })) > 0);
  await allIsDoneOnceAndLate(product);
  await checkAll(product);
  const after = await counts(product);
  await worker.kill();
  await worker.restart();
  // Its answer needs the worker.
  await checkAll(product);
  assert.deepEqual(await counts(product), after, 'something happened again after another restart');
}

function allRung(product: Product): Promise<number[]> {
  return Promise.all(TIMED.map((workflowId) => timersRung(product, workflowId)));
}

async function allIsDoneOnceAndLate(product: Product): Promise<void> {
  const em = product.orm.em.fork();
  const [ready, late, other] = [await planOf(product, 'ready'), await planOf(product, 'late'), await planOf(product, 'other')];
  const reports = await em.find(CabinetReport, {});
  assert.deepEqual(
    reports.map(({ preparedFor, preparedAt }) => [preparedFor, londonDay(preparedAt)]),
    [['gmt', BACK_ON]],
  );
  const published = await em.find(StepChange, { step: 'publish' });
  assert.deepEqual(
    published.map(({ planId, at }) => [planId, londonDay(at)]),
    [[ready.id, BACK_ON]],
  );
  const reminders = await em.find(Notice, { kind: 'reminder', subject: `plan/${late.id}/drafting/1` });
  assert.deepEqual(
    reminders.map(({ occurrence, facts }) => [occurrence, facts['when'], facts['countdown']]),
    [['overdue 1', 'overdue', '3 working days ago']],
  );
  // The plan that was published a moment before needs no alarm.
  const alarms = await em.find(Notice, { kind: 'guard-alarm' });
  const named = (facts: Record<string, unknown>): string[] => (facts['plans'] as { title: string }[]).map(({ title }) => title);
  assert.deepEqual(
    alarms.map(({ occurrence, facts }) => [occurrence, facts['recipientName'], named(facts)]),
    [['1', people.performance, [other.title, late.title]]],
  );
  assert.ok(published[0]!.at <= alarms[0]!.createdAt, 'the alarm was raised before the publication that was due');
  await until(async () => (await product.orm.em.fork().count(Message, { digestOn: THE_DAY, status: 'queued' })) === 0);
  assert.ok((await em.count(Message, { digestOn: THE_DAY, status: 'sent' })) > 0, 'the digest of the missed day is lost');
}

/** The Temporal server is killed while somebody decides and a reminder falls due. */
export async function temporalIsAway(product: Product, seconds: number): Promise<void> {
  const { orm, servers, baseUrl } = product;
  const draft = await orm.em.fork().findOneOrFail(PlanDraft, (await planOf(product, 'other')).id);
  const sent = { key: randomUUID(), body: { draftRevision: draft.revision, reason: 'The figures come with the outturn.' } };
  await setClock(product, '2026-03-24', '08:00', Date.now() + AHEAD_MS);
  await lookUpDates(product, 'late');
  await servers.temporal!.kill();

  const submission = ask(product, 'leader', `${PLAN}/submissions`, sent);
  // Looked at below; should something else fail before, that is what is told.
  submission.catch(() => undefined);
  const pages = [
    '/api/v1/cycles/2026-27',
    '/api/v1/tasks',
    '/api/v1/quarters',
    '/broxtowe/plans',
    `/broxtowe/plans/${year}/${PLANS.ready}`,
  ];
  for (const page of pages) assert.equal((await ask(product, 'leader', page)).status, 200, `${page} needs no Temporal server`);
  assert.equal((await fetch(`${baseUrl}/healthz`)).status, 200);
  const { status, checks } = await readiness(product);
  assert.deepEqual([status, checks['database'], checks['temporal']], [503, 'answers', 'does not answer']);
  saysToSendAgain(await submission);
  await sleep(seconds * 1_000);

  await servers.temporal!.restart();
  await sendUntilItCounts(product, 'leader', `${PLAN}/submissions`, sent);
  const reminder = { kind: 'reminder', occurrence: 'overdue 2', subject: `plan/${(await planOf(product, 'late')).id}/drafting/1` };
  await until(async () => (await orm.em.fork().count(Notice, reminder)) > 0);
  await checkAll(product);
  assert.equal(await orm.em.fork().count(Notice, reminder), 1);
  assert.equal(await orm.em.fork().count(PlanVersion, { planId: draft.planId }), 1);
  assert.equal((await readiness(product)).status, 200);
}

/** PostgreSQL is killed while somebody decides and the worker has something to look up. */
export async function databaseIsAway(product: Product, seconds: number): Promise<void> {
  const { orm, servers, temporal, baseUrl } = product;
  const version = await orm.em.fork().findOneOrFail(PlanVersion, { planId: (await planOf(product, 'other')).id });
  const sent = { key: randomUUID(), body: { outcome: 'agree', versionHash: version.extractHash } };
  await servers.postgres.kill();
  const handle = temporal.workflow.getHandle(planWorkflowId(councilId, year, PLANS.late));
  await handle.signal(waitsChanged);

  saysToSendAgain(await ask(product, 'gmt', `${PLAN}/reviews`, sent));
  saysToSendAgain(await ask(product, 'gmt', '/api/v1/tasks'));
  const page = await fetch(`${baseUrl}/cycle`);
  assert.deepEqual([page.status, page.headers.get('retry-after')], [503, '5']);
  assert.match(await page.text(), /<h1[\s\S]*Send it again in a moment/);
  const { status, checks } = await readiness(product);
  assert.deepEqual([status, checks['database'], checks['temporal']], [503, 'does not answer', 'answers']);
  await until(async () => ((await handle.describe()).raw.pendingActivities ?? []).some(({ attempt }) => Number(attempt) > 2));
  await sleep(seconds * 1_000);

  await servers.postgres.restart();
  await sendUntilItCounts(product, 'gmt', `${PLAN}/reviews`, sent);
  await until(async () => ((await handle.describe()).raw.pendingActivities ?? []).length === 0);
  // What follows from it is sent, and the delivery hears again of what comes.
  const subject = /^For Overview and Scrutiny Committee .*Environment/;
  await until(async () => (await readInbox(servers.inbox!.folder)).some((mail) => subject.test(mail.subject)));
  const listening = `select 1 from pg_stat_activity where application_name = 'worker' and query = 'listen messages'`;
  await until(async () => (await orm.em.fork().execute<object[]>(listening)).length === 1);
  await checkAll(product);
  assert.equal((await readiness(product)).status, 200);
}

export const OUTAGES = [
  ['worker', workerIsAway],
  ['Temporal server', temporalIsAway],
  ['database', databaseIsAway],
] as const;
