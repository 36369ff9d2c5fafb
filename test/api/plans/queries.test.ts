/** Accepting queries over JSON: what it settles, for how long, who may, and what the record keeps. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstBrokenEntry } from '../../../libs/database/audit-trail.js';
import { QueryAcceptance } from '../../../libs/database/entities/queries.js';
import { newKey, type Json } from '../council-with-api.js';
import { address, CouncilWithQueries, percentage, row, target, type QueryJson } from './queries-under-test.js';

const limit = { rule: 'too-many-csi', rowId: null, column: null, code: null };

describe('the queries of a draft, over JSON', () => {
  let council: CouncilWithQueries;
  beforeAll(async () => {
    council = await CouncilWithQueries.start();
    await council.write(row, { [target]: '103%' });
  });
  afterAll(() => council.api.close());

  it('are told to everyone who is signed in, each with how it stands', async () => {
    const all = await council.queries('officer');
    expect(all.find(({ rule, rowId }) => rule === percentage.rule && rowId === row)).toMatchObject({ state: 'stops', text: '103%' });
    expect(all.filter(({ state }) => state === 'stops')).toHaveLength(1);
    expect(all.find(({ rule }) => rule === limit.rule)).toMatchObject({ rowId: null, state: 'earlier', acceptance: null });
    expect((await council.api.ask('gmt', 'GET', `${address}/queries`)).body).toMatchObject({ mayAccept: false, versionNumber: null });
    expect((await council.api.ask('leader', 'GET', `${address}/queries`)).body).toMatchObject({ mayAccept: true });
    expect((await council.api.ask(null, 'GET', `${address}/queries`)).status).toBe(401);
  });

  it('stop the submission with a refusal that names them', async () => {
    expect(await council.submit()).toMatchObject({
      status: 422,
      body: {
        detail: expect.stringContaining('nobody accepted'),
        errors: [{ pointer: '/reason', detail: expect.stringContaining('ComS_011') }],
      },
    });
  });

  it.each(['gmt', 'clerk', 'performance', 'officer'] as const)('are not accepted by the %s', async (person) => {
    expect((await council.accept([percentage], 'I think so.', newKey(), person)).status).toBe(403);
    expect((await council.api.ask(person, 'DELETE', `${address}/acceptances/00000000-0000-4000-8000-000000000000`)).status).toBe(403);
  });

  it('are not accepted without a reason, a query, a key, or for what is not there', async () => {
    expect(await council.accept([percentage], ' ')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } });
    expect((await council.accept([percentage], 'x'.repeat(1001))).status).toBe(422);
    expect(await council.accept([], 'Agreed.')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/queries' }] } });
    expect((await council.accept([percentage], 'Agreed.', {} as ReturnType<typeof newKey>)).status).toBe(422);
    const nothing = await council.accept([percentage, { ...percentage, rowId: 'csi-ComS_012' }], 'Agreed.');
    expect(nothing).toMatchObject({ status: 412, body: { errors: [{ pointer: '/queries/1' }] } });
    expect(await council.api.council.orm.em.fork().count(QueryAcceptance)).toBe(0);
  });

  it('are accepted several with one reason, once for one key, on record', async () => {
    const key = newKey();
    const first = await council.accept([percentage, limit], '  Counted twice, agreed. ', key);
    expect(first).toMatchObject({ status: 201, body: { acceptances: [percentage, limit] } });
    expect(await council.accept([percentage, limit], '  Counted twice, agreed. ', key)).toMatchObject({ status: 201, body: first.body });
    expect((await council.accept([percentage], 'Another', key)).body).toMatchObject({ type: expect.stringContaining('key-reused') });
    expect(await council.accept([percentage], 'Again')).toMatchObject({ status: 412 });
    expect(await council.one(percentage)).toMatchObject({
      state: 'accepted',
      acceptance: { reason: 'Counted twice, agreed.', by: 'Maya Thornton' },
    });
    expect((await council.one(limit)).state).toBe('accepted');
    expect(await council.lastAudit()).toMatchObject({
      act: 'accept-queries',
      subject: 'plan 2026-27 community-safety',
      personId: await council.api.council.personId('leader'),
      details: { reason: 'Counted twice, agreed.', accepted: [percentage, limit] },
    });
    expect(await firstBrokenEntry(council.api.council.orm.em.fork(), 'broxtowe')).toBeNull();
  });

  it('are open again when their text changes, and then stop again', async () => {
    await council.write(row, { [target]: '104%' });
    const changed = await council.one(percentage);
    expect(changed.state).toBe('stops');
    expect((await council.submit()).status).toBe(422);
    await council.write(row, { [target]: '103%' });
    expect((await council.one(percentage)).state).toBe('accepted');
  });

  it('are not accepted on another text than the one that was seen', async () => {
    await council.write(row, { [target]: '105%' });
    const { textCheck } = await council.one(percentage);
    await council.write(row, { [target]: '106%' });
    expect((await council.accept([{ ...percentage, textCheck }], 'Seen.')).status).toBe(412);
    expect((await council.one(percentage)).state).toBe('stops');
    const seen = await council.one(percentage);
    expect((await council.accept([{ ...percentage, textCheck: seen.textCheck }], 'Seen.')).status).toBe(201);
  });

  it('are accepted by one of ten who ask at the same time', async () => {
    await council.write(row, { [target]: '107%' });
    const asked = Array.from({ length: 10 }, () => council.accept([percentage], 'At once.'));
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 412)]);
  });

  it('are open again when the acceptance is withdrawn, once, and the record keeps both', async () => {
    const { id } = (await council.one(percentage)).acceptance!;
    expect((await council.api.ask('leader', 'DELETE', `${address}/acceptances/${id}`)).status).toBe(204);
    expect((await council.one(percentage)).state).toBe('stops');
    expect((await council.api.ask('leader', 'DELETE', `${address}/acceptances/${id}`)).status).toBe(404);
    expect(await council.lastAudit()).toMatchObject({ act: 'withdraw-acceptance', details: { withdrawn: { id } } });
    expect(await council.api.council.orm.em.fork().count(QueryAcceptance, { id })).toBe(1);
  });

  it('of another plan are neither accepted nor withdrawn by this one’s address', async () => {
    const { id } = (await council.one(limit)).acceptance!;
    const other = '/api/v1/plans/2025-26/community-safety';
    expect((await council.api.ask('leader', 'DELETE', `${other}/acceptances/${id}`)).status).toBe(409);
    expect((await council.api.ask('leader', 'POST', `${other}/acceptances`, { reason: 'R', queries: [limit] }, newKey())).status).toBe(409);
    expect((await council.api.ask('leader', 'GET', `${other}/queries`)).body).toMatchObject({ mayAccept: false, versionNumber: 1 });
    const others = (await council.api.ask('leader', 'GET', `${other}/queries`)).body['queries'] as unknown as QueryJson[];
    expect(others.filter(({ state }) => state === 'accepted' || state === 'stops')).toEqual([]);
    expect((await council.one(limit)).state).toBe('accepted');
  });

  it('that are accepted let the submission through without a reason; GMT reads who accepted them and why', async () => {
    await council.accept([percentage], 'The count was <b>checked</b>.');
    expect(await council.submit()).toMatchObject({ status: 200, body: { versionNumber: 1 } });
    const gmt = await council.api.browse('gmt');
    const { page: tasks } = await gmt.open('/tasks');
    const review = tasks.querySelectorAll('main a').find((link) => link.text.includes('Review'))!;
    const text = (await gmt.open(review.getAttribute('href')!)).page.querySelector('main')!;
    expect(text.text).toContain('Queries that the leader accepted with a reason');
    expect(text.querySelectorAll('.plancycle-query--accepted .plancycle-as-written').map((reason) => reason.text)).toContain(
      'The count was <b>checked</b>.',
    );
    expect(text.text).not.toContain('The leader gave this reason when submitting');
  });

  it('are not accepted or withdrawn once the plan is submitted; they are told about the version', async () => {
    const { id } = (await council.one(limit)).acceptance!;
    expect((await council.accept([percentage], 'Late.')).status).toBe(409);
    expect((await council.api.ask('leader', 'DELETE', `${address}/acceptances/${id}`)).status).toBe(409);
    const told = await council.api.ask('clerk', 'GET', `${address}/queries`);
    expect(told.body).toMatchObject({ draftRevision: null, versionNumber: 1, mayAccept: false });
  });

  it('that stop a later round are accepted by the submission’s own reason, in the same record', async () => {
    const versions = (await council.api.ask('gmt', 'GET', address)).body['versions'] as unknown as Json[];
    const returned = { outcome: 'return', versionHash: versions[0]!['extractHash'], reason: 'Look at ComS_012.' };
    expect((await council.api.ask('gmt', 'POST', `${address}/reviews`, returned, newKey())).status).toBe(200);
    await council.write('csi-ComS_012', { [target]: '120%' });
    expect(await council.submit()).toMatchObject({ status: 422, body: { errors: [{ detail: expect.stringContaining('ComS_012') }] } });
    expect((await council.submit({ reason: 'It can be more than all.' })).status).toBe(200);
    const record = await council.api.council.orm.em.fork().find(QueryAcceptance, { reason: 'It can be more than all.' });
    expect(record).toMatchObject([{ rule: percentage.rule, rowId: 'csi-ComS_012', column: target, text: '120%' }]);
    expect(await council.lastAudit()).toMatchObject({ act: 'submit', details: { accepted: [{ id: record[0]!.id }] } });
    expect(await council.one({ rule: percentage.rule, rowId: 'csi-ComS_012' })).toMatchObject({ state: 'accepted' });
    expect(await firstBrokenEntry(council.api.council.orm.em.fork(), 'broxtowe')).toBeNull();
  });

  it('are described to programs', async () => {
    const { paths, components } = (await council.api.ask(null, 'GET', '/openapi.json')).body as unknown as {
      paths: Record<string, object>;
      components: { schemas: object };
    };
    expect(Object.keys(paths['/api/v1/plans/{year}/{slug}/acceptances'] ?? {})).toEqual(['post']);
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['AcceptanceRequest', 'AcceptanceAnswer', 'SettledQuery']));
  });
});
