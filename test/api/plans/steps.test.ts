/** A plan's way from the leader to the committee, taken by programs over JSON. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonInTest } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type Json, type JsonAnswer } from '../council-with-api.js';

const address = '/api/v1/plans/2026-27/community-safety';

describe('a plan on its way, over JSON', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const plan = async (): Promise<Json> => (await api.ask('leader', 'GET', address)).body;
  const newestHash = async (): Promise<Json> => (await plan())['versions']![0 as never]!['extractHash']!;

  /** A busy machine may answer "send it again, it counts once": then that is what a patient program does, under the same key. */
  async function untilAnswered(person: PersonInTest, url: string, body: unknown): Promise<JsonAnswer> {
    const key = newKey();
    for (;;) {
      const answer = await api.ask(person, 'POST', url, body, key);
      if (answer.status !== 503) return answer;
      expect(answer.headers['retry-after']).toBe('5');
    }
  }

  it('is with its leader, who alone is offered to submit it', async () => {
    expect(await plan()).toMatchObject({
      state: { at: 'drafting', round: 1 },
      standsAt: 'Drafting',
      steps: [{ step: 'submit' }],
    });
    expect((await api.ask('gmt', 'GET', address)).body).toMatchObject({ steps: [] });
    expect((await api.ask('leader', 'GET', '/api/v1/tasks')).body).toMatchObject({ tasks: [{ kind: 'draft', dueOn: '2025-11-18' }] });
  });

  it('is not submitted without a key, by somebody else, or over a draft that has changed', async () => {
    const { draftRevision } = await plan();
    expect((await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision })).status).toBe(422);
    expect((await api.ask('officer', 'POST', `${address}/submissions`, { draftRevision }, newKey())).status).toBe(403);
    expect((await api.ask('gmt', 'POST', `${address}/submissions`, { draftRevision }, newKey())).status).toBe(403);
    const stale = await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision: Number(draftRevision) + 1 }, newKey());
    expect(stale).toMatchObject({ status: 412, body: { detail: expect.stringContaining('The draft was changed') } });
  });

  it('counts a submission once under one key, and refuses another request under it', async () => {
    const { draftRevision } = await plan();
    const key = newKey();
    const first = await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision }, key);
    expect(first).toMatchObject({ status: 200, body: { state: { at: 'gmt-review', round: 1 }, versionNumber: 1 } });
    const again = await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision }, key);
    expect(again).toMatchObject({ status: 200, body: first.body });
    const other = await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision, reason: 'Another one' }, key);
    expect(other).toMatchObject({ status: 422, body: { type: expect.stringContaining('/problems/key-reused') } });
    expect((await plan())['versions']).toHaveLength(1);
  });

  it('is not reviewed by its author, nor on another text than the one submitted', async () => {
    const versionHash = await newestHash();
    const review = { outcome: 'agree', versionHash };
    expect((await api.ask('leader', 'POST', `${address}/reviews`, review, newKey())).status).toBe(403);
    const old = await api.ask('gmt', 'POST', `${address}/reviews`, { ...review, versionHash: 'a'.repeat(64) }, newKey());
    expect(old).toMatchObject({ status: 412, body: { detail: expect.stringContaining('newer version') } });
  });

  it('is returned with a reason, and only with one', async () => {
    const versionHash = await newestHash();
    const without = await api.ask('gmt', 'POST', `${address}/reviews`, { outcome: 'return', versionHash }, newKey());
    expect(without).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } });
    const tooLong = { outcome: 'return', versionHash, reason: 'x'.repeat(1001) };
    expect((await api.ask('gmt', 'POST', `${address}/reviews`, tooLong, newKey())).status).toBe(422);
    const returned = { outcome: 'return', versionHash, reason: 'The target for ComS_011 is not explained.' };
    expect(await api.ask('gmt', 'POST', `${address}/reviews`, returned, newKey())).toMatchObject({
      status: 200,
      body: { state: { at: 'drafting', round: 2 } },
    });
    expect(await plan()).toMatchObject({ decisions: [{ outcome: 'return', by: 'Ruth Adeyemi', reason: returned.reason }] });
  });

  it('is not submitted twice by two requests that come under one key at the same time', async () => {
    const { draftRevision } = await plan();
    const key = newKey();
    const both = [{ draftRevision }, { draftRevision, reason: 'Another one' }].map((body) =>
      api.ask('leader', 'POST', `${address}/submissions`, body, key),
    );
    const statuses = (await Promise.all(both)).map(({ status }) => status).sort();
    expect([
      [200, 409],
      [200, 422],
    ]).toContainEqual(statuses);
    const returned = { outcome: 'return', versionHash: await newestHash(), reason: 'Once more.' };
    expect((await api.ask('gmt', 'POST', `${address}/reviews`, returned, newKey())).status).toBe(200);
  });

  it('is decided by one of fifty who decide at the same time; the others are told plainly', async () => {
    const { draftRevision } = await plan();
    await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision }, newKey());
    const versionHash = await newestHash();
    const everybody = Array.from({ length: 50 }, (_, index) =>
      untilAnswered(index % 2 === 0 ? 'gmt' : 'otherGmt', `${address}/reviews`, { outcome: 'agree', versionHash }),
    );
    const statuses = (await Promise.all(everybody)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
    expect(await plan()).toMatchObject({ state: { at: 'overview-and-scrutiny' } });
  });

  it('is approved with the minute, after which nothing more is decided', async () => {
    const versionHash = await newestHash();
    const decision = { outcome: 'approve', versionHash, minute: '42' };
    expect((await api.ask('clerk', 'POST', `${address}/decisions`, { ...decision, minute: '' }, newKey())).status).toBe(422);
    expect((await api.ask('clerk', 'POST', `${address}/decisions`, { ...decision, outcome: 'recommend' }, newKey())).status).toBe(409);
    expect(await api.ask('clerk', 'POST', `${address}/decisions`, decision, newKey())).toMatchObject({
      status: 200,
      body: { state: { at: 'publication' }, versionNumber: 3 },
    });
    expect((await api.ask('clerk', 'POST', `${address}/decisions`, decision, newKey())).status).toBe(409);
    expect((await api.ask('performance', 'GET', '/api/v1/cycles/2026-27')).body).toMatchObject({
      dates: { publication: '2026-03-24' },
      plans: [{ slug: 'community-safety', standsAt: 'Approved: the full plan is still to be completed' }],
    });
  });

  it('is told by the version that was decided on, and no step is taken with an imported plan', async () => {
    const version = await api.ask('clerk', 'GET', `${address}/versions/2`);
    expect(version.headers['etag']).toBe(JSON.stringify(version.body['fullHash']));
    expect(version.body['content']).toMatchObject({ actions: { rows: expect.any(Array) } });
    expect((await api.ask('clerk', 'GET', `${address}/versions/7`)).status).toBe(404);
    const imported = await api.ask('leader', 'POST', '/api/v1/plans/2025-26/community-safety/submissions', { draftRevision: 1 }, newKey());
    expect(imported.status).toBe(409);
    expect((await api.ask('leader', 'GET', '/api/v1/plans/2026-27/housing')).status).toBe(404);
  });
});
