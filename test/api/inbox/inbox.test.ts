/** The demonstration's inbox as a page: what was delivered, safely shown, and nowhere else. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { createTransport } from 'nodemailer';
import { startInboxServer } from '../../../libs/email/inbox-server.js';
import { startApi, type ApiUnderTest } from '../api-under-test.js';

describe('the inbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plancycle-inbox-page-'));
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi({ INBOX_FOLDER: folder });
    const server = await startInboxServer(folder, 0);
    const transport = createTransport(`smtp://127.0.0.1:${server.port}`);
    const from = 'Plans <plans@council.example>';
    await transport.sendMail({
      from,
      to: 'maya@council.example',
      subject: 'Draft <b>due</b>',
      text: 'Please draft.',
      html: '<h1>Please</h1><p>draft</p>',
    });
    await transport.sendMail({
      from,
      to: 'owen@council.example',
      subject: 'Bad',
      text: 'x',
      html: '<p onclick="alert(1)">Hello <a href="javascript:alert(1)">you</a></p><script>alert(1)</script><img src=x onerror=alert(1)><style>p{}</style>',
    });
    transport.close();
    await server.close();
  });
  afterAll(() => api.close());

  it('lists what was delivered, the newest first, for one recipient if asked', async () => {
    const all = parse((await api.app.inject('/inbox')).body);
    expect(all.querySelectorAll('tbody th').map(({ text }) => text.trim())).toEqual(['Bad', 'Draft <b>due</b>']);
    const hers = parse((await api.app.inject('/inbox?to=Maya@council.example')).body);
    expect(hers.querySelectorAll('tbody tr')).toHaveLength(1);
    expect(parse((await api.app.inject('/inbox?to=nobody@council.example')).body).querySelector('main')?.text).toContain(
      'No e-mail has arrived',
    );
  });

  it('shows a message as text and as it looks', async () => {
    const list = parse((await api.app.inject('/inbox?to=maya@council.example')).body);
    const message = parse((await api.app.inject(list.querySelector('tbody a')?.getAttribute('href') ?? '')).body);
    expect(message.querySelectorAll('.plancycle-mail').map((part) => part.innerHTML.trim())).toEqual([
      '<h3>Please</h3><p>draft</p>',
      'Please draft.',
    ]);
  });

  it('lets nothing of a message act', async () => {
    const list = parse((await api.app.inject('/inbox?to=owen@council.example')).body);
    const { body } = await api.app.inject(list.querySelector('tbody a')?.getAttribute('href') ?? '');
    expect(parse(body).querySelector('.plancycle-mail')?.innerHTML.trim()).toBe('<p>Hello <a>you</a></p>');
  });

  it('knows no message outside its folder', async () => {
    expect((await api.app.inject('/inbox/..%2f..%2fetc%2fpasswd')).statusCode).toBe(404);
    expect((await api.app.inject('/inbox/20251103T080000.000Z-000001-00000000')).statusCode).toBe(404);
  });
});

describe('an installation without a demonstration', () => {
  it('shows no mail to anybody', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plancycle-inbox-page-'));
    const installations: Record<string, string>[] = [{ INBOX_FOLDER: folder, PLANCYCLE_DEMONSTRATION: 'false' }, {}];
    for (const variables of installations) {
      const api = await startApi(variables);
      expect((await api.app.inject('/inbox')).statusCode).toBe(404);
      await api.close();
    }
  });
});
