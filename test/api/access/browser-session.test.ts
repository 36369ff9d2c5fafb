/** Signing in, staying signed in and signing out, as a browser does it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, type HTMLElement } from 'node-html-parser';
import { ApiToken, Person, Session } from '../../../libs/database/entities/people.js';
import { hashToken } from '../../../libs/database/api-tokens.js';
import { startApi, type ApiUnderTest } from '../api-under-test.js';

const html = { accept: 'text/html' };

/** Keeps the cookies that the application sets, as a browser does. */
class Browser {
  cookies: Record<string, string> = {};

  constructor(private readonly api: ApiUnderTest) {}

  async open(url: string): Promise<{ status: number; location: string | undefined; page: HTMLElement }> {
    return this.send('GET', url);
  }

  /** Sends the first form of the page with this action, with the fields added. */
  async sendForm(
    page: HTMLElement,
    action: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; location: string | undefined; page: HTMLElement }> {
    const form = page.querySelector(`form[action="${action}"]`);
    if (!form) throw new Error(`The page has no form for ${action}.`);
    const hidden = form
      .querySelectorAll('input[type="hidden"]')
      .map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']);
    return this.send(
      'POST',
      action,
      new URLSearchParams({ ...(Object.fromEntries(hidden) as Record<string, string>), ...fields }).toString(),
    );
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    body?: string,
  ): Promise<{ status: number; location: string | undefined; page: HTMLElement }> {
    const headers = { ...html, ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) };
    const answer = await this.api.app.inject({ method, url, headers, cookies: this.cookies, ...(body === undefined ? {} : { body }) });
    for (const { name, value } of answer.cookies) this.cookies[name] = value;
    return { status: answer.statusCode, location: answer.headers.location, page: parse(answer.body) };
  }
}

describe('a browser', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  async function signedIn(): Promise<Browser> {
    const browser = new Browser(api);
    const { page } = await browser.open('/sign-in?next=/docs');
    await browser.sendForm(page, '/sign-in', { person: api.people.gmt.id });
    return browser;
  }

  it('gets no cookie while it only reads what is public', async () => {
    const browser = new Browser(api);
    expect((await browser.open('/')).status).toBe(200);
    expect(browser.cookies).toEqual({});
  });

  it('shows the council and its day on the demonstration', async () => {
    const { page } = await new Browser(api).open('/');
    expect(page.querySelector('header')?.text).toContain('Broxtowe Borough Council');
    expect(page.querySelector('.plancycle-demonstration')?.text).toContain('Monday 3 November 2025');
  });

  it('is signed in as the person it chose, and goes to the page it asked for', async () => {
    const browser = new Browser(api);
    const { page } = await browser.open('/sign-in?next=/docs');
    const answer = await browser.sendForm(page, '/sign-in', { person: api.people.gmt.id });
    expect(answer).toMatchObject({ status: 303, location: '/docs' });
    expect((await browser.open('/')).page.querySelector('header')?.text).toContain('Signed in as Person for gmt');
  });

  it('gets another session when it signs in, so that nobody who knew the old one is signed in with it', async () => {
    const browser = new Browser(api);
    const { page } = await browser.open('/sign-in');
    const before = { ...browser.cookies };
    await browser.sendForm(page, '/sign-in', { person: api.people.gmt.id });
    expect(browser.cookies).not.toEqual(before);
    const stranger = new Browser(api);
    stranger.cookies = before;
    expect((await stranger.open('/')).page.querySelector('header')?.text).not.toContain('Signed in');
  });

  it('leaves only the hash of its session in the database', async () => {
    const browser = await signedIn();
    const id = decodeURIComponent(browser.cookies['plancycle'] ?? '').split('.')[0] ?? '';
    const em = api.orm.em.fork();
    expect(await em.count(Session, { idHash: hashToken(id) })).toBe(1);
    expect(JSON.stringify(await em.find(Session, {}))).not.toContain(id);
  });

  it('is told to choose a person when it chose none', async () => {
    const browser = new Browser(api);
    const { page } = await browser.open('/sign-in');
    const answer = await browser.sendForm(page, '/sign-in', {});
    expect(answer.status).toBe(422);
    expect(answer.page.querySelector('title')?.text).toMatch(/^Error: /);
    expect(answer.page.querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#person');
    expect(answer.page.querySelector('#person')).not.toBeNull();
  });

  it('is signed out in the database too', async () => {
    const browser = await signedIn();
    const cookies = { ...browser.cookies };
    const { page } = await browser.open('/');
    expect(await browser.sendForm(page, '/sign-out', {})).toMatchObject({ status: 303, location: '/' });
    browser.cookies = cookies;
    expect((await browser.open('/')).page.querySelector('header')?.text).not.toContain('Signed in');
  });

  it('is not signed in any more once the person has left', async () => {
    const browser = new Browser(api);
    const { page } = await browser.open('/sign-in');
    await browser.sendForm(page, '/sign-in', { person: api.people.administrator.id });
    await api.orm.em.fork().nativeUpdate(Person, { id: api.people.administrator.id }, { leftOn: '2025-11-01' });
    expect((await browser.open('/')).page.querySelector('header')?.text).not.toContain('Signed in');
  });

  it('cannot send a form with the token of another session', async () => {
    const victim = await signedIn();
    const stranger = await new Browser(api).open('/sign-in');
    const token = stranger.page.querySelector('input[name="_csrf"]')?.getAttribute('value') ?? '';
    const { page } = await victim.open('/');
    expect((await victim.sendForm(page, '/sign-out', { _csrf: token })).status).toBe(403);
  });
});

describe('an API token', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const asks = (token: string): Promise<{ statusCode: number; body: string }> =>
    api.app.inject({ url: '/', headers: { ...html, authorization: `Bearer ${token}` } });

  it('stands for its person', async () => {
    expect((await asks(api.people.gmt.token)).body).toContain('Person for gmt');
  });

  it('is refused when nobody knows it', async () => {
    const answer = await api.app.inject({ url: '/', headers: { accept: 'application/json', authorization: 'Bearer made-up' } });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ detail: 'This API token is not known, or it has been withdrawn or has run out.' });
  });

  it('is refused once it has run out', async () => {
    await api.orm.em.fork().nativeUpdate(ApiToken, { personId: api.people['performance-team'].id }, { expiresAt: new Date(0) });
    expect((await asks(api.people['performance-team'].token)).statusCode).not.toBe(200);
  });
});

describe('where it is no demonstration', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi({ PLANCYCLE_DEMONSTRATION: 'false', BASE_URL: 'https://plans.council.example' });
  });
  afterAll(() => api.close());

  it('nobody signs in by choosing a person, and nobody is named', async () => {
    const answer = await api.app.inject({ url: '/sign-in', headers: html });
    expect(answer.body).not.toContain('Person for');
    expect(parse(answer.body).querySelector('form')).toBeNull();
  });

  it('browsers are told to come back over https only', async () => {
    expect((await api.app.inject('/healthz')).headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
  });
});
