/** Adding to the register of posts from a query: what the plan writes is known from then on, and means one post only. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '../../../libs/database/entities/people.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { startCouncilWithApi, type CouncilWithApi, type Json } from '../council-with-api.js';
import type { PlainBrowser } from '../plain-browser.js';

const plan = '/plans/2026-27/community-safety';
const add = '/people/spellings/add';
const EQUALITIES = 'Communities Officer Equalities and Diversity';
const WRITTEN = 'Communities Officer Equalities and Vulnerabilities';

describe('a spelling of a post', () => {
  let api: CouncilWithApi;
  let performance: PlainBrowser;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    performance = await api.browse('performance');
  });
  afterAll(() => api.close());

  const post = (title: string): Promise<Post | null> => api.council.orm.em.fork().findOne(Post, { councilId: 'broxtowe', title });
  const unknown = async (): Promise<Json[]> => {
    const { queries } = (await api.ask('leader', 'GET', `/api/v1${plan}/queries`)).body as unknown as { queries: Json[] };
    return queries.filter(({ rule }) => (rule as unknown) === 'unknown-post');
  };

  it('is offered from the query to those who keep the register, and to nobody else', async () => {
    const offered = (await performance.open(`${plan}/queries`)).page
      .querySelectorAll('main a')
      .map((link) => link.getAttribute('href')!)
      .filter((href) => href.startsWith(add));
    expect(offered.map((href) => new URL(href, 'http://council.example').searchParams.get('spelling'))).toContain(WRITTEN);
    const leader = await api.browse('leader');
    expect((await leader.open(`${plan}/queries`)).page.querySelector(`main a[href^="${add}"]`)).toBeNull();
    expect((await leader.open(offered[0]!)).status).toBe(403);
    const form = (await performance.open(offered[0]!)).page;
    expect(form.querySelector('#spelling')?.getAttribute('value')).toBe(WRITTEN);
  });

  it('is shown once more before it is added; then the query is settled and the act on record', async () => {
    expect(await unknown()).toHaveLength(1);
    const { id } = (await post(EQUALITIES))!;
    const form = (await performance.open(`${add}?plan=2026-27/community-safety&spelling=${encodeURIComponent(WRITTEN)}`)).page;
    const check = await performance.sendForm(form, add, { post: id, step: 'check' });
    expect([check.status, check.page.querySelector('dl')?.text]).toEqual([200, expect.stringContaining(EQUALITIES)]);
    expect((await post(EQUALITIES))?.otherSpellings).toEqual([]);
    const change = await performance.sendForm(check.page, add, { step: 'change' });
    expect(change.page.querySelector(`input[value="${id}"]`)?.hasAttribute('checked')).toBe(true);
    expect(await performance.sendForm(check.page, add, { step: 'add' })).toMatchObject({ status: 303, location: `${plan}/queries` });
    expect(await performance.sendForm(check.page, add, { step: 'add' })).toMatchObject({ status: 303 });
    expect((await post(EQUALITIES))?.otherSpellings).toEqual([WRITTEN]);
    expect(await unknown()).toEqual([]);
    expect((await performance.open(`${plan}/queries`)).page.querySelector('.govuk-notification-banner')?.text).toContain(WRITTEN);
    const acts = await api.council.orm.em.fork().find(AuditEntry, { act: 'add-spelling' });
    expect(acts).toMatchObject([{ subject: `post ${EQUALITIES}`, details: { spelling: WRITTEN } }]);
  });

  it('means one post only, whatever its capitals and spaces', async () => {
    const { id } = (await post('Licensing Manager'))!;
    const form = (await performance.open(add)).page;
    const refused = await performance.sendForm(form, add, {
      spelling: ` ${WRITTEN.toUpperCase().replace(' ', '  ')}`,
      post: id,
      step: 'add',
    });
    expect(refused.status).toBe(422);
    expect(refused.page.querySelector('.govuk-error-summary')?.text).toContain(`already known as “${EQUALITIES}”`);
    expect(refused.page.querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#spelling');
    const title = await performance.sendForm(form, add, { spelling: 'Housing Operations Manager', post: id, step: 'check' });
    expect(title.status).toBe(422);
    expect((await post('Licensing Manager'))?.otherSpellings).toEqual(['Licencing Manager']);
  });

  it('is given to one of two posts when two people add it at the same time', async () => {
    const ids = [(await post('Licensing Manager'))!.id, (await post('Housing Operations Manager'))!.id];
    const form = (await performance.open(add)).page;
    const answers = await Promise.all(ids.map((id) => performance.sendForm(form, add, { spelling: 'The Manager', post: id, step: 'add' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  it.each([
    ['words', { spelling: '  ', post: randomUUID() }, ['#spelling', '#post']],
    ['more than a letter', { spelling: 'x.', post: 'new', title: 'Mayor' }, ['#spelling']],
    ['a post', { spelling: 'The Mayor', post: '' }, ['#post']],
    ['a title for a new post', { spelling: 'The Mayor', post: 'new', title: ' ' }, ['#title']],
    ['a title that is not taken', { spelling: 'The Mayor', post: 'new', title: 'licensing  manager' }, ['#title']],
    ['an address that is one', { spelling: 'The Mayor', post: 'new', title: 'Mayor', email: 'mayor' }, ['#email']],
    ['fewer words', { spelling: 'long '.repeat(50), post: 'new', title: 'Mayor' }, ['#spelling']],
  ])('needs %s', async (_, fields, links) => {
    const form = (await performance.open(add)).page;
    const refused = await performance.sendForm(form, add, { ...fields, step: 'check' });
    expect([refused.status, refused.page.querySelectorAll('.govuk-error-summary a').map((link) => link.getAttribute('href'))]).toEqual([
      422,
      links,
    ]);
  });

  it('can be that of a new post, which nobody holds yet', async () => {
    const form = (await performance.open(`${add}?plan=https://evil.example`)).page;
    const fields = { spelling: 'The <b>Mayor</b>', post: 'new', title: 'Mayor of Beeston', email: 'mayor@broxtowe.example' };
    const check = await performance.sendForm(form, add, { ...fields, step: 'check' });
    expect(check.page.querySelector('dl')?.text).toContain('The <b>Mayor</b>');
    expect(await performance.sendForm(check.page, add, { step: 'add' })).toMatchObject({ status: 303, location: '/people' });
    expect(await post('Mayor of Beeston')).toMatchObject({ otherSpellings: ['The <b>Mayor</b>'], teamMailbox: 'mayor@broxtowe.example' });
    const { posts, vacantPosts } = (await api.ask('performance', 'GET', '/api/v1/people')).body as unknown as Record<string, unknown[]>;
    expect(posts).toContainEqual(expect.objectContaining({ title: 'Mayor of Beeston', holder: null }));
    expect(vacantPosts).toContain('Mayor of Beeston');
  });

  it('is listed with the people, and taken away again there', async () => {
    const { id } = (await post(EQUALITIES))!;
    const people = (await performance.open('/people')).page;
    const remove = `/people/posts/${id}/spellings/remove`;
    expect(people.querySelector(`form[action="${remove}"]`)?.closest('.plancycle-spelling')?.text).toContain(WRITTEN);
    expect(await performance.sendForm(people, remove, {})).toMatchObject({ status: 303, location: '/people#posts' });
    expect(await performance.sendForm(people, remove, {})).toMatchObject({ status: 303 });
    expect((await post(EQUALITIES))?.otherSpellings).toEqual([]);
    expect(await unknown()).toHaveLength(1);
    expect(await api.council.orm.em.fork().count(AuditEntry, { act: 'remove-spelling' })).toBe(1);
    const elsewhere = remove.replace(id, randomUUID());
    expect((await performance.send('POST', elsewhere, `_csrf=${tokenIn(people)}&spelling=x`)).status).toBe(404);
    expect((await (await api.browse('officer')).open('/people')).status).toBe(403);
  });
});

function tokenIn(page: { querySelector(selector: string): { getAttribute(name: string): string | undefined } | null }): string {
  return encodeURIComponent(page.querySelector('input[name="_csrf"]')?.getAttribute('value') ?? '');
}
