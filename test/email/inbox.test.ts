/** The inbox: takes real SMTP, keeps each message as a file, and gives it back parsed. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { type InboxServer, startInboxServer } from '../../libs/email/inbox-server.js';
import { listInbox, readInbox, readMessage } from '../../libs/email/inbox.js';

describe('the inbox', () => {
  let folder: string;
  let server: InboxServer;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'plancycle-inbox-')), 'mail');
    server = await startInboxServer(folder, 0);
  });

  afterEach(async () => {
    await server.close();
    await rm(join(folder, '..'), { recursive: true });
  });

  it('gives back what was sent: people, subject, both parts and headers', async () => {
    await createTransport({ host: '127.0.0.1', port: server.port }).sendMail({
      from: 'Business plan team <plans@council.example>',
      to: 'Pat Jones <pat@council.example>',
      bcc: 'clerk@council.example',
      subject: 'Draft wanted by 12 January – “Community Safety”',
      messageId: '<notice-1@council.example>',
      headers: { 'Auto-Submitted': 'auto-generated' },
      text: 'Please open the draft.',
      html: '<p>Please open the draft.</p>',
    });
    const [message, ...others] = await readInbox(folder);
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      from: '"Business plan team" <plans@council.example>',
      to: ['pat@council.example', 'clerk@council.example'],
      subject: 'Draft wanted by 12 January – “Community Safety”',
      messageId: '<notice-1@council.example>',
      html: '<p>Please open the draft.</p>',
    });
    expect(message!.text.trim()).toBe('Please open the draft.');
    expect(message!.headers['auto-submitted']).toBe('auto-generated');
    expect(await readMessage(folder, message!.id)).toEqual(message);
  });

  it('lists the newest first, and ids in the order of arrival', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: server.port });
    for (const subject of ['one', 'two', 'three']) {
      await transport.sendMail({ from: 'a@council.example', to: 'b@council.example', subject, text: subject });
    }
    expect((await readInbox(folder)).map(({ subject }) => subject)).toEqual(['three', 'two', 'one']);
    expect((await readInbox(folder, 1)).map(({ subject }) => subject)).toEqual(['three']);
    expect(await listInbox(folder)).toHaveLength(3);
  });

  it('keeps nothing of a message whose sender hangs up in the middle', async () => {
    await hangUpInTheMiddle(server.port);
    await server.close();
    while ((await readdir(folder)).some((name) => name.endsWith('.unfinished'))) await sleep(10);
    expect(await readdir(folder)).toEqual([]);
    server = await startInboxServer(folder, 0);
  });

  it('refuses addresses that begin with bounce, and those that it is told to, for good', async () => {
    await server.close();
    server = await startInboxServer(folder, 0, ['gone@council.example']);
    const transport = createTransport({ host: '127.0.0.1', port: server.port });
    const send = (to: string) => transport.sendMail({ from: 'a@council.example', to, subject: 'one', text: 'one' });
    await expect(send('Bounce.me@council.example')).rejects.toMatchObject({ responseCode: 550 });
    await expect(send('Gone@council.example')).rejects.toMatchObject({ responseCode: 550 });
    await send('here@council.example');
    expect((await readInbox(folder)).map(({ to }) => to)).toEqual([['here@council.example']]);
  });

  it('finds no message outside its folder', async () => {
    await expect(readMessage(folder, '../../etc/passwd')).rejects.toThrow('no such message');
    await expect(readMessage(folder, '20251103T090000.000Z-000001-0badcafe')).rejects.toThrow('no such message');
    expect(await readInbox(join(folder, 'not-there'))).toEqual([]);
  });
});

/** Speaks SMTP as far as the middle of the message, then drops the line. */
function hangUpInTheMiddle(port: number): Promise<void> {
  const lines = ['EHLO me', 'MAIL FROM:<a@council.example>', 'RCPT TO:<b@council.example>', 'DATA', 'Subject: half'];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (answer) => {
      if (!/^\d{3} /m.test(answer.toString())) return;
      const line = lines.shift();
      socket.write(`${line}\r\n`, () => lines.length === 0 && socket.destroy());
    });
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}
