/** Asking for rehearsals: a double click counts once, one is played at a time, old ones go, and what an ended service left shows as interrupted. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Rehearsal } from '../../../libs/database/entities/rehearsal.js';
import { until } from '../../support/running-council.js';
import { startApi, type ApiUnderTest, type TestPerson } from '../api-under-test.js';
import { PlainBrowser } from '../plain-browser.js';

type Row = Partial<Rehearsal>;

describe('asking for rehearsals', () => {
  let api: ApiUnderTest;
  let team: TestPerson;
  let isClosed = false;
  beforeAll(async () => {
    api = await startApi();
    team = api.people['performance-team'];
  });
  afterAll(async () => {
    if (!isClosed) await api.close();
    else await api.orm.close(true);
  });

  async function insert(orm: MikroORM, row: Row): Promise<string> {
    const id = randomUUID();
    await orm.em.fork().insert(Rehearsal, {
      ...{
        id,
        councilId: 'broxtowe',
        year: '2026-27',
        scenario: 'on-time',
        change: null,
        askedBy: team.id,
        askedAt: new Date('2025-10-01T10:00:00Z'),
      },
      ...{
        state: 'done',
        beginsOn: '2025-10-01',
        endsOn: '2027-04-05',
        reachedDay: null,
        events: [],
        failedBecause: null,
        beatAt: new Date(),
      },
      ...row,
    });
    return id;
  }

  async function ask(key: string, body: object): Promise<{ status: number; location: unknown; body: { id: string; detail: string } }> {
    const headers = { authorization: `Bearer ${team.token}`, 'idempotency-key': key, 'content-type': 'application/json' };
    const answer = await api.app.inject({ method: 'POST', url: '/api/v1/rehearsals', headers, payload: JSON.stringify(body) });
    return { status: answer.statusCode, location: answer.headers.location, body: answer.json() };
  }

  const states = async (...ids: string[]): Promise<string[]> => {
    const found = await api.orm.em.fork().find(Rehearsal, { id: { $in: ids } });
    return ids.map((id) => found.find((one) => one.id === id)?.state ?? 'gone');
  };

  it('shows what an ended service left as interrupted, and an empty year as such', async () => {
    const left = await insert(api.orm, { state: 'running', events: null, reachedDay: '2026-01-14', beatAt: new Date(Date.now() - 60_000) });
    const failed = await insert(api.orm, { state: 'failed', events: null, failedBecause: 'There is no such meeting.' });
    const empty = await insert(api.orm, { state: 'done', events: [] });
    const browser = await new PlainBrowser(api.app).signIn(team.id);
    const interrupted = await browser.open(`/rehearsals/${left}`);
    expect(interrupted.page.querySelector('main')?.text).toContain('It was interrupted when it had come to 14 January 2026');
    expect(interrupted.page.querySelector('main button')?.text.trim()).toBe('Rehearse again');
    expect((await browser.open(`/rehearsals/${failed}`)).page.querySelector('main')?.text).toContain('There is no such meeting.');
    expect((await browser.open(`/rehearsals/${empty}`)).page.querySelector('main')?.text).toContain(
      'Nothing happens from the day of the rehearsal',
    );
    const list = await browser.open('/rehearsals');
    expect(
      list.page
        .querySelectorAll('tbody .govuk-tag')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['Done', 'Failed', 'Interrupted']);
    expect((await browser.open(`/rehearsals/${randomUUID()}`)).status).toBe(404);
    expect((await browser.open('/rehearsals/none')).status).toBe(404);
  });

  it('refuses years that cannot be played with a sentence', async () => {
    expect((await ask(randomUUID(), { year: '2024-25' })).body.detail).toBe('The year 2024/25 is over. Choose 2025/26 or a later one.');
    expect((await ask(randomUUID(), { year: '2031/32' })).body.detail).toBe(
      '2031/32 is too far ahead: its meetings are not known. Choose a year up to 2028/29.',
    );
    expect((await ask(randomUUID(), { year: 'next' })).body.detail).toBe('Write the financial year like 2028/29.');
  });

  it('counts the same request once, plays one at a time, keeps twenty, and ends all of it with the service', async () => {
    for (let number = 0; number < 20; number++) await insert(api.orm, { askedAt: new Date(Date.UTC(2025, 8, 1 + number)) });
    const key = randomUUID();
    const twice = await Promise.all([ask(key, { year: '2026-27' }), ask(key, { year: '2026-27' })]);
    const first = twice[0].body.id;
    expect(twice.map(({ status, location, body }) => [status, location, body.id])).toEqual(
      Array(2).fill([202, `/api/v1/rehearsals/${first}`, first]),
    );
    expect((await ask(key, { year: '2027-28' })).status).toBe(422);
    expect(await api.orm.em.fork().count(Rehearsal, {})).toBe(20);
    const waiting: string[] = [];
    for (let number = 0; number < 4; number++)
      waiting.push((await ask(randomUUID(), { year: '2026-27', scenario: 'nobody-acts' })).body.id);
    expect(await ask(randomUUID(), { year: '2026-27' })).toMatchObject({
      status: 409,
      body: { detail: '5 rehearsals are waiting or running already. Ask again when one of them is through.' },
    });
    await until(async () => (await states(first))[0] === 'running');
    expect(await states(...waiting)).toEqual(Array(4).fill('waiting'));
    isClosed = true;
    await api.app.close();
    const left = await api.orm.em.fork().find(Rehearsal, { id: { $in: [first, ...waiting] } });
    expect(left.map(({ beatAt }) => beatAt.getTime())).toEqual(Array(5).fill(0));
  });
});
