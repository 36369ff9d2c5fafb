/** Who holds a post and who is its deputy: set by those who manage people, and what then becomes of what is asked of the post. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { morningRound } from '../../../activities/morning-round.js';
import { firstBrokenEntry } from '../../../libs/database/audit-trail.js';
import { Measurement } from '../../../libs/database/entities/monitoring.js';
import { Absence, Person, Post } from '../../../libs/database/entities/people.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Notice } from '../../../libs/database/entities/tasks.js';
import { councilId, people } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';
import { json, pages, startQuarter, year } from '../monitoring/quarter-under-test.js';

const LICENSING = 'Licensing Manager';
const HEAD = 'Head of Communities and Community Safety';

interface TaskSeen {
  kind: string;
  onBehalfOf: string | null;
  isUnattended: boolean;
}

/** What the tests ask of a council, whichever day it lives on. */
function askedOf(api: CouncilWithApi) {
  const em = () => api.council.orm.em.fork();
  const post = (title: string): Promise<Post> => em().findOneOrFail(Post, { councilId, title });
  const idOf = async (name: string): Promise<string> => (await em().findOneOrFail(Person, { councilId, name })).id;
  const told = async (kind: string): Promise<[string, string][]> =>
    (await em().find(Notice, { councilId, kind }, { orderBy: { createdAt: 'asc', recipient: 'asc' } })).map(({ recipient, facts }) => [
      recipient,
      JSON.stringify(facts),
    ]);
  return { em, post, idOf, told };
}

describe('the holder and the deputy of a post', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const set = async (title: string, body: object, key = newKey(), person: 'performance' | 'leader' = 'performance'): Promise<JsonAnswer> =>
    api.ask(person, 'PUT', `/api/v1/people/posts/${(await askedOf(api).post(title)).id}`, body, key);

  it('are listed with the register', async () => {
    const { posts } = (await api.ask('performance', 'GET', '/api/v1/people')).body as unknown as { posts: object[] };
    expect(posts).toContainEqual(expect.objectContaining({ title: HEAD, holder: people.leader, deputy: people.officer }));
    const { page } = await (await api.browse('performance')).open('/people');
    const row = page.querySelectorAll('tr').find((one) => one.querySelector('th')?.textContent.startsWith(HEAD));
    expect(
      row
        ?.querySelectorAll('td')
        .slice(0, 2)
        .map((cell) => cell.textContent),
    ).toEqual([people.leader, people.officer]);
  });

  it('are set on a page that shows first what it means; sent twice it counts once', async () => {
    const { post, idOf, told, em } = askedOf(api);
    const { id, holderId } = await post(LICENSING);
    const deputyId = await idOf('Daniel Okafor');
    const browser = await api.browse('performance');
    const path = `/people/posts/${id}`;
    const form = (await browser.open(path)).page;
    const same = await browser.sendForm(form, path, { step: 'check' });
    expect([same.status, same.page.querySelector('.govuk-error-summary')?.textContent]).toEqual([
      422,
      expect.stringContaining('nothing to change'),
    ]);
    const check = await browser.sendForm(form, path, { deputyId, teamMailbox: 'licensing@broxtowe.example', step: 'check' });
    const rows = check.page.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('th, td').map((cell) => cell.textContent));
    expect(rows).toEqual([
      ['Holder', 'Owen Price', 'As before'],
      ['Deputy', 'Nobody', 'Daniel Okafor'],
      ['Mailbox of the team', 'None', 'licensing@broxtowe.example'],
      ['Who answers for it today', 'Owen Price', 'As before'],
    ]);
    expect((await post(LICENSING)).deputyId).toBeNull();
    const back = await browser.sendForm(check.page, path, { step: 'change' });
    expect(back.page.querySelector('#deputyId option[selected]')?.textContent).toContain('Daniel Okafor');
    for (let click = 1; click <= 2; click++)
      expect(await browser.sendForm(check.page, path, { step: 'record' })).toMatchObject({ status: 303, location: '/people#posts' });
    expect(await post(LICENSING)).toMatchObject({ holderId, deputyId, teamMailbox: 'licensing@broxtowe.example' });
    expect(await told('post-changed')).toEqual([['daniel.okafor@broxtowe.example', expect.stringContaining('"isDeputy":true')]]);
    expect(await em().find(AuditEntry, { act: 'set post' })).toMatchObject([
      {
        ...{ personId: await idOf('Helen Marsh'), subject: `post ${LICENSING}` },
        details: { deputyId: { from: null, to: deputyId }, teamMailbox: { from: null, to: 'licensing@broxtowe.example' } },
      },
    ]);
    expect(await firstBrokenEntry(em(), councilId)).toBeNull();
  });

  it('are set by programs, once for each key', async () => {
    const { post, idOf, told } = askedOf(api);
    const [owen, daniel, karen] = [await idOf('Owen Price'), await idOf('Daniel Okafor'), await idOf('Karen Bell')];
    const wanted = { holderId: karen, deputyId: owen, teamMailbox: null };
    const { id } = await post(LICENSING);
    const preview = await api.ask('performance', 'POST', `/api/v1/people/posts/${id}/preview`, wanted);
    expect(preview).toMatchObject({
      status: 200,
      body: { holder: { before: 'Owen Price', after: 'Karen Bell' }, answering: { after: 'Karen Bell' }, changes: true },
    });
    expect((await post(LICENSING)).holderId).toBe(owen);
    const key = newKey();
    expect(await set(LICENSING, wanted, key)).toMatchObject({ status: 200, body: { id } });
    expect(await set(LICENSING, wanted, key)).toMatchObject({ status: 200, body: { id } });
    expect((await set(LICENSING, { ...wanted, deputyId: daniel }, key)).status).toBe(422);
    expect(await post(LICENSING)).toMatchObject({ holderId: karen, deputyId: owen, teamMailbox: null });
    expect((await told('post-changed')).slice(1).map(([recipient]) => recipient)).toEqual([
      'daniel.okafor@broxtowe.example',
      'karen.bell@broxtowe.example',
      'owen.price@broxtowe.example',
    ]);
    expect((await set(LICENSING, wanted)).status).toBe(200);
    expect(await told('post-changed')).toHaveLength(4);
  });

  it.each([
    ['its holder as deputy', { holderId: 'Owen Price', deputyId: 'Owen Price' }, '/deputyId', 'Owen Price holds the post'],
    ['somebody unknown', { holderId: randomUUID(), deputyId: null }, '/holderId', 'from the list'],
    ['a mailbox that is none', { holderId: null, deputyId: null, teamMailbox: 'team' }, '/teamMailbox', 'Enter an e-mail address'],
    ['something missing', { holderId: null }, '/deputyId', ''],
  ])('are not %s', async (_, fields: Record<string, string | null>, pointer, words) => {
    const { idOf, post } = askedOf(api);
    const before = await post(LICENSING);
    const known = async (value: string | null | undefined) => (value?.includes(' ') ? idOf(value) : value);
    const asked = { teamMailbox: null, ...fields, holderId: await known(fields['holderId']), deputyId: await known(fields['deputyId']) };
    const answer = await set(LICENSING, asked);
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toContainEqual({ pointer, detail: expect.stringContaining(words) as unknown });
    expect(await post(LICENSING)).toEqual(before);
  });

  it('are nobody who has left, and set by nobody else than those who manage people', async () => {
    const { idOf, em } = askedOf(api);
    const amina = await idOf('Amina Yusuf');
    await em().nativeUpdate(Person, { id: amina }, { leftOn: '2025-10-01' });
    const gone = await set(LICENSING, { holderId: amina, deputyId: null, teamMailbox: null });
    expect([gone.status, gone.body['errors']]).toEqual([422, [expect.objectContaining({ pointer: '/holderId' })]]);
    const wanted = { holderId: null, deputyId: null, teamMailbox: null };
    expect((await set(LICENSING, wanted, newKey(), 'leader')).status).toBe(403);
    expect((await api.ask('performance', 'PUT', `/api/v1/people/posts/${randomUUID()}`, wanted, newKey())).status).toBe(404);
    const { id } = await askedOf(api).post(LICENSING);
    expect((await (await api.browse('leader')).open(`/people/posts/${id}`)).status).toBe(403);
  });
});

describe('what is asked of a post whose holder is away without a stand-in', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startQuarter('2025-10-06', 'collecting');
    await away('leader', '2025-10-06');
  });
  afterAll(() => api.close());

  const away = async (person: 'leader' | 'officer', firstDay: string): Promise<void> => {
    const answer = await api.ask(person, 'POST', '/api/v1/absences', { firstDay, lastDay: '2025-10-31', standInId: null }, newKey());
    expect(answer.status).toBe(201);
  };
  const updatesOf = async (person: 'officer' | 'performance'): Promise<TaskSeen[]> => {
    const tasks = (await api.ask(person, 'GET', '/api/v1/tasks')).body['tasks'] as unknown as TaskSeen[];
    return tasks.filter(({ kind }) => kind === 'quarterly-update');
  };
  const morning = async (): Promise<void> => {
    const at = new Date().toISOString();
    await api.council.orm.em.fork().transactional((em) => morningRound(em, { councilId, at }));
  };

  it('goes to the deputy, who is told and finds it among their tasks under the holder’s name', async () => {
    expect((await updatesOf('officer')).map(({ onBehalfOf }) => onBehalfOf)).toContain(people.leader);
    const { told } = askedOf(api);
    const begins = await told('stand-in-begins');
    // She answers for the posts that she is deputy of, and is told no more.
    const [notice] = await api.council.orm.em.fork().find(Notice, { kind: 'stand-in-begins' });
    expect((notice?.facts['posts'] as string[]).length).toBeGreaterThan(0);
    expect(begins).toEqual([['priya.nair@broxtowe.example', expect.stringContaining(`Give the quarterly update of the ${HEAD}`)]]);
    expect((await told('nobody-there')).filter(([, facts]) => facts.includes(HEAD))).toEqual([]);
  });

  it('is flagged where the deputy is away as well: to the performance team, and to the mailbox of the team', async () => {
    const { em, told, post } = askedOf(api);
    await em().nativeUpdate(Post, { title: HEAD }, { teamMailbox: 'communities@broxtowe.example' });
    await away('officer', '2025-10-06');
    await morning();
    const flagged = (await told('nobody-there')).filter(([, facts]) => facts.includes(HEAD));
    expect(flagged.map(([recipient]) => recipient)).toEqual(['helen.marsh@broxtowe.example', 'sam.whitlock@broxtowe.example']);
    const team = await told('team-asked');
    expect(team).toEqual([['communities@broxtowe.example', expect.stringContaining(`"postTitle":"${HEAD}"`)]]);
    expect(await updatesOf('performance')).toEqual([expect.objectContaining({ isUnattended: true })]);
    const { vacantPosts } = (await api.ask('performance', 'GET', '/api/v1/people')).body as unknown as { vacantPosts: string[] };
    expect(vacantPosts).toContain(HEAD);
    const { id, holderId, deputyId } = await post(HEAD);
    const asked = { holderId, deputyId, teamMailbox: null };
    const preview = await api.ask('performance', 'POST', `/api/v1/people/posts/${id}/preview`, asked);
    expect(preview.body['answering']).toEqual({
      before: 'Nobody is there, so the performance team is told',
      after: 'Nobody is there, so the performance team is told',
    });
  });

  it('goes at once to another deputy who is named then, who is told what is open', async () => {
    const { post, idOf, told } = askedOf(api);
    const { id, holderId } = await post(HEAD);
    const asked = { holderId, deputyId: await idOf('Leah Grant'), teamMailbox: null };
    const preview = await api.ask('performance', 'POST', `/api/v1/people/posts/${id}/preview`, asked);
    expect(preview.body['answering']).toMatchObject({ after: 'Leah Grant, for Maya Thornton, who is away' });
    expect(preview.body['tasks']).toEqual([expect.stringContaining(HEAD)]);
    expect((await api.ask('performance', 'PUT', `/api/v1/people/posts/${id}`, asked, newKey())).status).toBe(200);
    const changed = await told('post-changed');
    expect(changed.map(([recipient]) => recipient)).toEqual(['leah.grant@broxtowe.example', 'priya.nair@broxtowe.example']);
    expect(changed[0]![1]).toContain(`Give the quarterly update of the ${HEAD}`);
    expect(await updatesOf('performance')).toEqual([]);
  });

  it('is given by the deputy, who is back, with both names on record', async () => {
    const { post, em } = askedOf(api);
    const { id, holderId } = await post(HEAD);
    const asked = { holderId, deputyId: await api.council.personId('officer'), teamMailbox: null };
    expect((await api.ask('performance', 'PUT', `/api/v1/people/posts/${id}`, asked, newKey())).status).toBe(200);
    const { id: absence } = await em().findOneOrFail(Absence, { personId: asked.deputyId });
    expect((await api.ask('officer', 'POST', `/api/v1/absences/${absence}/end`)).status).toBe(200);
    const row = () => api.council.orm.em.fork().findOneOrFail(Measurement, { councilId, year, quarter: 2, code: 'ComS_24' });
    const ifMatch = { 'if-match': `"${(await row()).revision}"` };
    expect((await api.ask('officer', 'PUT', `${json}/measurements/ComS_24`, { value: '18%' }, ifMatch)).status).toBe(200);
    const leader = await api.council.personId('leader');
    expect(await row()).toMatchObject({ value: '18%', enteredBy: await api.council.personId('officer'), onBehalfOf: leader });
    const [entry] = await api.council.orm.em.fork().find(AuditEntry, { act: 'give update' });
    expect(entry?.details).toMatchObject({ rows: [{ code: 'ComS_24', onBehalfOf: leader }] });
    expect((await (await api.browse('officer')).open(`${pages}/update`)).page.text).toContain('Given by Priya Nair for Maya Thornton');
  });
});
