/** Giving figures and updates as a program does: whose rows they are, what is refused, and what happens to tasks and record. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstBrokenEntry } from '../../../libs/database/audit-trail.js';
import { ActionUpdate, Measurement, Quarter } from '../../../libs/database/entities/monitoring.js';
import { Post } from '../../../libs/database/entities/people.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { councilId, people } from '../../support/running-council.js';
import type { CouncilWithApi, JsonAnswer } from '../council-with-api.js';
import { detailOf, json, startQuarter, year } from './quarter-under-test.js';

const place = { councilId, year, quarter: 2 };

describe('the updates of a quarter', () => {
  let api: CouncilWithApi;
  /** Two actions of the officer's post, left without an update. */
  let actionsLeft: ActionUpdate[];
  beforeAll(async () => {
    api = await startQuarter('2025-11-03', 'collecting', async (em) => {
      const post = await em.findOneOrFail(Post, { title: 'Communities and Crime Manager' });
      actionsLeft = (await em.find(ActionUpdate, { ...place, postId: post.id }, { orderBy: { rowId: 'asc' } })).slice(0, 2);
      for (const row of actionsLeft) row.status = null;
    });
  });
  afterAll(() => api.close());

  const figure = async (code: string): Promise<Measurement> => api.council.orm.em.fork().findOneOrFail(Measurement, { ...place, code });
  const openTasks = async (postId: string | null): Promise<number> => {
    const em = api.council.orm.em.fork();
    const period = await em.findOneOrFail(Quarter, place);
    return em.count(Task, { quarterId: period.id, kind: 'quarterly-update', postId, closedAt: null });
  };
  const put = (person: keyof typeof people, code: string, revision: number, body: object): Promise<JsonAnswer> =>
    api.ask(person, 'PUT', `${json}/measurements/${code}`, body, { 'if-match': `"${revision}"` });

  it('shows each person their own rows, with the quarter before', async () => {
    const { status, body } = await api.ask('leader', 'GET', `${json}/rows`);
    expect(status).toBe(200);
    const measurements = body['measurements'] as unknown as { code: string; value: string; lastValue: string; post: string }[];
    expect(new Set(measurements.map(({ post }) => post))).toEqual(new Set(['Head of Communities and Community Safety']));
    expect(measurements.find(({ code }) => code === 'ComS_24')).toMatchObject({ value: '', lastValue: '21%', yearTarget: '20%' });
    expect(JSON.stringify(body)).not.toMatch(/"id":/);
  });

  it('shows every row to the performance team only', async () => {
    const all = (await api.ask('performance', 'GET', `${json}/rows?all`)).body as unknown as { measurements: object[]; actions: object[] };
    // 18 measures of the plan, less three codes that stand in both tables and two that are asked for once a year.
    expect([all.measurements.length, all.actions.length]).toEqual([13, 32]);
    expect((await api.ask('leader', 'GET', `${json}/rows?all`)).status).toBe(403);
  });

  it('refuses a figure that is none, with a pointer to it', async () => {
    const { revision } = await figure('ComS_24');
    const refused = await put('leader', 'ComS_24', revision, { value: 'TBC' });
    const { status, body } = refused;
    expect([status, body]).toEqual([422, expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/value' })] })]);
    expect(detailOf(refused)).toContain('“TBC” is not a figure');
  });

  it('refuses to save without the revision that was seen', async () => {
    expect((await api.ask('leader', 'PUT', `${json}/measurements/ComS_24`, { value: '19%' })).status).toBe(422);
  });

  it.each([
    ['a share above 100%', 'ComS_24', '103%', 'not between 0% and 100%'],
    ['a figure far from its target', 'ComS_24', '1%', 'less than a tenth'],
    ['a number where the target is a share', 'ComS_24', '19', 'not in the unit'],
  ])('asks about %s', async (_what, code, value, words) => {
    const { revision } = await figure(code);
    const refused = await put('leader', code, revision, { value });
    expect([refused.status, detailOf(refused)]).toEqual([422, expect.stringContaining(words)]);
    expect((await figure(code)).value).toBe('');
  });

  it('refuses the rows of somebody else', async () => {
    const { revision } = await figure('ComS_24');
    expect((await put('clerk', 'ComS_24', revision, { value: '19%' })).status).toBe(404);
    expect((await figure('ComS_24')).value).toBe('');
  });

  it('saves a figure that is confirmed, on record, and closes the task of the post', async () => {
    const { revision, postId = null } = await figure('ComS_24');
    expect(await openTasks(postId)).toBe(1);
    const { status, headers, body } = await put('leader', 'ComS_24', revision, {
      value: '103%',
      commentary: 'As counted.',
      confirmed: true,
    });
    expect([status, headers['etag'], body]).toEqual([
      200,
      `"${revision + 1}"`,
      expect.objectContaining({ value: '103%', enteredBy: people.leader }),
    ]);
    expect(await openTasks(postId)).toBe(0);
    const em = api.council.orm.em.fork();
    expect((await em.findOneOrFail(Task, { postId, closedBy: { $ne: null } })).closedBy).toBe(await api.council.personId('leader'));
    const [entry] = await em.find(AuditEntry, { councilId }, { orderBy: { number: 'desc' }, limit: 1 });
    expect(entry).toMatchObject({ act: 'give update', details: { rows: [{ code: 'ComS_24', confirmed: true, before: { value: '' } }] } });
    expect(await firstBrokenEntry(em, councilId)).toBeNull();
  });

  it('shows both values when somebody else was faster', async () => {
    const { revision } = await figure('ComS_24');
    expect((await put('performance', 'ComS_24', revision, { value: '22%' })).status).toBe(200);
    const refused = await put('leader', 'ComS_24', revision, { value: '19%' });
    expect([refused.status, detailOf(refused)]).toEqual([412, expect.stringMatching(/Helen Marsh.*“22%”.*“19%”/)]);
    expect((await figure('ComS_24')).value).toBe('22%');
  });

  it('takes one of two that come at the same time, and loses neither in silence', async () => {
    const { revision } = await figure('ComS_24');
    const answers = await Promise.all([
      put('performance', 'ComS_24', revision, { value: '23%' }),
      put('leader', 'ComS_24', revision, { value: '24%' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('takes the same request again without changing anything', async () => {
    const { revision, value } = await figure('ComS_24');
    expect((await put('leader', 'ComS_24', revision - 1, { value })).status).toBe(200);
    expect((await figure('ComS_24')).revision).toBe(revision);
  });

  it('does not take a figure away again', async () => {
    const { revision, value } = await figure('ComS_24');
    const refused = await put('leader', 'ComS_24', revision, { value: ' ', commentary: 'Gone.' });
    expect([refused.status, detailOf(refused)]).toEqual([422, expect.stringContaining(`${value} is saved`)]);
  });

  it('lets the performance team give what others are asked for', async () => {
    const { revision, postId = null } = await figure('ComS_013d');
    expect((await put('performance', 'ComS_013d', revision, { value: '81%', provisional: true })).status).toBe(200);
    expect(await figure('ComS_013d')).toMatchObject({ value: '81%', provisional: true, demonstration: false });
    expect(await openTasks(postId)).toBe(0);
  });

  it.each([
    ['a status that does not fit its per cent', { status: 'completed', percent: 40 }, 'completed, so it is at 100%'],
    ['work on what is not started', { status: 'not started', percent: 10 }, 'not started, so it is at 0%'],
    ['a status that there is none of', { status: 'done' }, 'put right'],
    ['more than all of it', { status: 'in progress', percent: 120 }, 'put right'],
  ])('refuses %s', async (_what, body, words) => {
    const [action] = actionsLeft;
    const { revision } = await api.council.orm.em.fork().findOneOrFail(ActionUpdate, action!.id);
    const fresh = await api.ask('officer', 'PUT', `${json}/actions/${action!.rowId}`, body, { 'if-match': String(revision) });
    expect([fresh.status, detailOf(fresh)]).toEqual([422, expect.stringContaining(words)]);
  });

  it('closes the task when the last two rows come at the same time', async () => {
    const em = api.council.orm.em.fork();
    const rows = await em.find(ActionUpdate, { id: { $in: actionsLeft.map(({ id }) => id) } });
    const postId = rows[0]?.postId ?? null;
    expect(await openTasks(postId)).toBe(1);
    const answers = await Promise.all(
      rows.map((row) =>
        api.ask(
          'officer',
          'PUT',
          `${json}/actions/${row.rowId}`,
          { status: 'in progress', percent: 45 },
          { 'if-match': `"${row.revision}"` },
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await openTasks(postId)).toBe(0);
  });

  it('knows no other quarter and no other row', async () => {
    expect((await api.ask('leader', 'GET', '/api/v1/quarters/2025-26/4/rows')).status).toBe(404);
    expect((await put('performance', 'ComS_999', 1, { value: '1' })).status).toBe(404);
    expect((await api.ask('leader', 'GET', '/api/v1/quarters/2025-26/5')).status).toBe(422);
    expect((await api.ask('leader', 'GET', '/api/v1/quarters/2025/2')).status).toBe(422);
  });
});
