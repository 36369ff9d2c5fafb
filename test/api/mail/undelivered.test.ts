/** E-mails that could not be delivered: reported by a mail server, seen to by the performance team, on pages and by programs. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { councilMoment } from '../../../activities/council-moment.js';
import { tell } from '../../../activities/tell.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Message, Task } from '../../../libs/database/entities/tasks.js';
import { bounceReport } from '../../email/bounce-reports.js';
import { returned } from '../../activities/telling.js';
import { expectAccessible, expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { councilId, people, type PersonInTest } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type Json } from '../council-with-api.js';

const undelivered = '/api/v1/mail/undelivered';

describe('an e-mail that could not be delivered', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  let number = 0;
  /** An e-mail that the mail server took over. */
  async function sent(person: PersonInTest): Promise<{ id: string; address: string }> {
    number += 1;
    return api.council.orm.em.fork().transactional(async (em) => {
      const moment = await councilMoment(em, councilId, new Date().toISOString());
      const recipient = await em.findOneOrFail(Person, { name: people[person] });
      await tell(em, moment, [recipient], returned(number));
      await em.flush();
      const message = await em.findOneOrFail(Message, { recipientEmail: recipient.email, status: 'queued', digestOn: null, thread: null });
      Object.assign(message, { status: 'sent', sentAt: new Date() });
      return { id: message.id, address: recipient.email };
    });
  }

  const report = async (person: PersonInTest | null, source: string, type = 'message/rfc822'): Promise<{ status: number; body: Json }> => {
    return api.ask(person, 'POST', '/api/v1/mail/bounces', Buffer.from(source), { 'content-type': type });
  };

  /** The id of the task about an e-mail that came back. */
  async function cameBack(person: PersonInTest): Promise<{ taskId: string; id: string; address: string }> {
    const { id, address } = await sent(person);
    const { status, body } = await report('performance', bounceReport({ uuid: id, recipient: address }));
    expect([status, body['outcome']]).toEqual([200, 'failed']);
    return { taskId: body['taskId'] as unknown as string, id, address };
  }

  it('is reported by whoever acts for the performance team, and by nobody else', async () => {
    const { id, address } = await sent('clerk');
    const source = bounceReport({ uuid: id, recipient: address });
    expect((await report(null, source)).status).toBe(401);
    expect((await report('leader', source)).status).toBe(403);
    expect(await report('performance', source)).toMatchObject({
      status: 200,
      body: { outcome: 'failed', messageId: id, recipient: address },
    });
    expect(await report('performance', source)).toMatchObject({ status: 200, body: { outcome: 'known' } });
  });

  it('is not found in what is no report, is about somebody else’s e-mail, too large or of another type: each says so', async () => {
    const stranger = bounceReport({ uuid: randomUUID(), recipient: 'x@elsewhere.example' });
    expect(await report('performance', 'Subject: Hello\r\n\r\nHello')).toMatchObject({ status: 422 });
    expect(await report('performance', stranger)).toMatchObject({ status: 404 });
    expect(await report('performance', 'x'.repeat(1024 * 1024 + 1))).toMatchObject({ status: 413 });
    expect(await report('performance', '{}', 'application/json')).toMatchObject({ status: 422 });
    for (const answer of [await report('performance', stranger)]) expect(answer.body['detail']).toContain('nothing was recorded');
  });

  it('is a task on the team’s list and beside the person, with its words and the server’s', async () => {
    const { taskId, address } = await cameBack('gmt');
    const { body } = await api.ask('performance', 'GET', '/api/v1/tasks');
    expect(body['tasks']).toContainEqual(
      expect.objectContaining({ id: taskId, kind: 'undelivered', title: `See to an e-mail to ${address} that could not be delivered` }),
    );
    const listed = (await api.ask('performance', 'GET', '/api/v1/people')).body['people'] as unknown as Json[];
    expect(listed.find((person) => (person['email'] as unknown) === address)).toMatchObject({ undeliveredTask: taskId });
    const one = await api.ask('performance', 'GET', `${undelivered}/${taskId}`);
    expect(one).toMatchObject({ status: 200, body: { name: people.gmt, address, closedAt: null } });
    expect(one.body['emails']).toMatchObject([{ status: 'refused', said: expect.stringContaining('550') as unknown }]);
    expect((await api.ask('performance', 'GET', undelivered)).body['undelivered']).toContainEqual(one.body);
    expect((await api.ask('leader', 'GET', `${undelivered}/${taskId}`)).status).toBe(403);
  });

  it('is sent again to a corrected address, once however often it is asked', async () => {
    const { taskId, id } = await cameBack('officer');
    const [path, key] = [`${undelivered}/${taskId}/address`, newKey()];
    const correct = (email: string, header = key) => api.ask('performance', 'POST', path, { email }, header);
    expect((await correct('not an address', newKey())).status).toBe(422);
    expect((await correct('helen.marsh@broxtowe.example', newKey())).body).toMatchObject({ errors: [{ pointer: '/email' }] });
    const answers = await Promise.all([correct('priya.n@broxtowe.example'), correct('priya.n@broxtowe.example')]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, { sentAgain: 1 }]));
    expect((await correct('priya@broxtowe.example', newKey())).status).toBe(409);
    const em = api.council.orm.em.fork();
    expect(await em.findOneOrFail(Message, id)).toMatchObject({ status: 'queued', recipientEmail: 'priya.n@broxtowe.example' });
    expect((await em.findOneOrFail(Person, { name: people.officer })).email).toBe('priya.n@broxtowe.example');
  });

  it('is closed by program with a reason', async () => {
    const { taskId } = await cameBack('otherGmt');
    const tellOtherwise = (reason: string) => api.ask('performance', 'POST', `${undelivered}/${taskId}/told`, { reason }, newKey());
    expect((await tellOtherwise(' ')).status).toBe(422);
    expect((await tellOtherwise('In the corridor')).status).toBe(200);
    expect((await api.council.orm.em.fork().findOneOrFail(Task, taskId)).closedBecause).toBe('Told in another way: In the corridor');
  });

  it('is told on the board and to the people who run the service while it waits for the mail server', async () => {
    const board = async (person: PersonInTest) => (await (await api.browse(person)).open('/cycle')).page.querySelector('main')?.text ?? '';
    expect(await board('performance')).not.toContain('mail server');
    const { id } = await sent('leader');
    await api.council.orm.em.fork().nativeUpdate(Message, { id }, { status: 'queued', attempts: 3 });
    expect(await board('performance')).toMatch(/One e-mail waits for the mail server since 3 November 2025, \d\d:\d\d\. Nothing is lost/);
    expect(await board('leader')).not.toContain('mail server');
    expect((await api.ask(null, 'GET', '/readyz')).body).toMatchObject({ mailWaiting: { count: 1 } });
    await api.council.orm.em.fork().nativeUpdate(Message, { id }, { status: 'sent' });
    expect((await api.ask(null, 'GET', '/readyz')).body).toMatchObject({ mailWaiting: { count: 0, since: null } });
  });

  describe('in a browser', () => {
    let browser: Browser;
    let base: string;
    beforeAll(async () => {
      base = await api.address();
      browser = await launchBrowser();
    });
    afterAll(() => browser.close());

    it.each([1280, 390])('is seen to by the performance team, without JavaScript, on a screen of %d pixels', async (width) => {
      const { address } = await cameBack('leader');
      const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: false });
      await signIn(page, base, 'Helen Marsh', '/tasks');
      await page.getByRole('link', { name: `See to an e-mail to ${address}` }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('E-mail to Maya Thornton could not be delivered');
      await page.getByText('What it says').first().click();
      expect(await page.getByRole('region', { name: /^E-mail 1/ }).textContent()).toContain('It is too short.');
      await page.getByRole('button', { name: 'Record that they were told' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('Enter how and when they were told');
      await page.getByLabel(/E-mail address of Maya/).fill('maya@@x');
      await page.getByRole('button', { name: 'Save the address and send again' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('Enter one e-mail address');
      expect(await page.getByLabel(/E-mail address of Maya/).inputValue()).toBe('maya@@x');
      await page.getByLabel(/E-mail address of Maya/).fill(address);
      await page.getByRole('button', { name: 'Save the address and send again' }).click();
      await page.getByText(`The e-mail is on the way to ${address}.`).waitFor();
      await page.close();
    });

    it.each([1280, 390])('is on pages that anyone can use, on a screen of %d pixels', async (width) => {
      const { taskId } = await cameBack('leader');
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await signIn(page, base, 'Helen Marsh', `/tasks/${taskId}`);
      for (const path of [`/tasks/${taskId}`, '/people', '/tasks']) {
        await page.goto(base + path);
        await expectWell(page);
      }
      await page.goto(`${base}/tasks/${taskId}`);
      await page.getByLabel(/How and when they were told/).fill('Rang her at ten.');
      await page.getByRole('button', { name: 'Record that they were told' }).click();
      await page.goto(`${base}/tasks/${taskId}`);
      expect(await page.getByRole('main').textContent()).toContain('Told in another way: Rang her at ten.');
      await expectAccessible(page);
      await page.close();
    });
  });
});
