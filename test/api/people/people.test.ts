/** Who may see the people of the council, and what is told of them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Council } from '../../../libs/database/entities/council.js';
import { Person, Post } from '../../../libs/database/entities/people.js';
import { startApi, type ApiUnderTest } from '../api-under-test.js';

describe('the people of a council', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi();
    const em = api.orm.em.fork();
    const post = { councilId: 'broxtowe', otherSpellings: [], teamMailbox: null };
    await em.insert(Post, {
      ...post,
      id: randomUUID(),
      title: 'Housing Manager',
      holderId: api.people.gmt.id,
      deputyId: api.people.administrator.id,
    });
    await em.insert(Post, { ...post, id: randomUUID(), title: 'Vacant Post', holderId: null, deputyId: null });
    const { settings } = await em.findOneOrFail(Council, 'broxtowe');
    await em.insert(Council, { id: 'elsewhere', name: 'Elsewhere', settings });
    await em.insert(Person, { id: randomUUID(), councilId: 'elsewhere', name: 'Stranger', email: 's@else.example', jobTitle: 'Officer' });
  });
  afterAll(() => api.close());

  const ask = (role: keyof ApiUnderTest['people'], url: string, accept = 'application/json') =>
    api.app.inject({ url, headers: { accept, authorization: `Bearer ${api.people[role].token}` } });

  it('are told with their posts and roles, and those of no other council', async () => {
    const answer = (await ask('performance-team', '/api/v1/people')).json<{ people: { name: string }[]; vacantPosts: string[] }>();
    expect(answer.people).toHaveLength(6);
    expect(answer.people.find(({ name }) => name === 'Person for gmt')).toMatchObject({
      posts: ['Housing Manager'],
      roles: [{ role: 'gmt', scope: null }],
    });
    expect(answer.people.find(({ name }) => name === 'Person for administrator')).toMatchObject({
      posts: [],
      deputyFor: ['Housing Manager'],
    });
    expect(answer.vacantPosts).toEqual(['Vacant Post']);
    expect((await ask('administrator', '/people', 'text/html')).body).toContain('Deputy: Housing Manager');
  });

  it('are shown to the performance team and administrators only', async () => {
    const statuses = await Promise.all(
      (['administrator', 'performance-team', 'gmt', 'committee-clerk', 'priority-leader'] as const).map(
        async (role) => (await ask(role, '/api/v1/people')).statusCode,
      ),
    );
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
  });
});
