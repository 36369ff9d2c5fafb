/** Every route there is, asked by somebody who is not signed in and by each role: only those whom the policy names get past it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mayEnter, type SignedInPerson } from '../../../apps/api/access/policies.js';
import { RouteTable, type RouteEntry } from '../../../apps/api/access/route-table.js';
import { ROLES, type Role } from '../../../libs/domain/route.js';
import { startApi, type ApiUnderTest } from '../api-under-test.js';

describe('every route', () => {
  let api: ApiUnderTest;
  let routes: readonly RouteEntry[];
  beforeAll(async () => {
    api = await startApi();
    routes = api.app.get(RouteTable).all();
  });
  afterAll(() => api.close());

  async function statusOf({ method, path }: RouteEntry, role: Role | null): Promise<number> {
    const authorization = role ? { authorization: `Bearer ${api.people[role].token}` } : {};
    const answer = await api.app.inject({
      method,
      // No object has this name, so that whoever gets past the policy finds nothing and changes nothing.
      url: path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000'),
      headers: { accept: 'application/json', ...authorization },
    });
    return answer.statusCode;
  }

  it('is there', () => {
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['GET /', 'GET /sign-in', 'POST /sign-in', 'GET /healthz']),
    );
  });

  it('that is not open to anyone is refused to somebody who is not signed in', async () => {
    const closed = routes.filter(({ policy }) => !mayEnter(policy, null));
    for (const route of closed) {
      // A form without its token is refused before anyone asks who sends it.
      expect([route, await statusOf(route, null)]).toEqual([route, route.method === 'GET' || route.path.startsWith('/api/') ? 401 : 403]);
    }
  });

  it.each(ROLES)('is refused to a %s unless its policy names them', async (role) => {
    const person: SignedInPerson = { id: '', councilId: '', name: '', email: '', posts: [], roles: [{ role, scope: null }] };
    const refused = routes.filter(({ policy }) => !mayEnter(policy, person));
    for (const route of refused) expect([route, await statusOf(route, role)]).toEqual([route, 403]);
  });
});
