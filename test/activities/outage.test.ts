/** A mail server that is away for two days, or that will not take a message yet: nothing is lost, everything leaves once and in order. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Message } from '../../libs/database/entities/tasks.js';
import { readInbox } from '../../libs/email/inbox.js';
import { people } from '../support/running-council.js';
import { startServers, type TestServers } from '../support/servers.js';
import { startMail, startObedientServer, type MailUnderTest, type ObedientServer } from './mail-under-test.js';
import { news, reminder, returned } from './telling.js';

const { leader, performance } = people;
const empty = 'delete from notice; delete from message; delete from task';

describe('a mail server that is away for two days', () => {
  let servers: TestServers;
  let mail: MailUnderTest;
  beforeAll(async () => {
    servers = await startServers({ inbox: true });
    mail = await startMail(servers.inbox!.address, await servers.postgres.createDatabase('outage'));
  });
  afterAll(async () => {
    await mail.close();
    await servers.stop();
  });

  it('gets everything once when it is back, in order, with the days’ news in one digest', async () => {
    await servers.inbox!.kill();
    await mail.tell('2025-11-03', '08:00', [leader], reminder('one'));
    await mail.tell('2025-11-03', '09:00', [leader, performance], returned(1));
    await mail.tell('2025-11-03', '10:00', [leader], returned(2));
    await throughTheDay('2025-11-03');
    await mail.tell('2025-11-04', '08:00', [leader], reminder('two'));
    await mail.tell('2025-11-04', '11:00', [leader], returned(3));
    await throughTheDay('2025-11-04');
    await mail.tell('2025-11-05', '08:00', [leader], reminder('three'));
    expect(await readInbox(servers.inbox!.folder)).toEqual([]);

    const waiting = await mail.orm.em.fork().find(Message, { status: 'queued' });
    // Growing pauses, an hour at most: two days are some fifty attempts, not thousands.
    expect(waiting.map(({ attempts }) => attempts).every((attempts) => attempts < 70)).toBe(true);
    expect(waiting.filter(({ digestOn }) => digestOn)).toHaveLength(1);

    await servers.inbox!.restart();
    await mail.deliver('2025-11-05', '08:15');
    await mail.deliver('2025-11-05', '09:30');
    await mail.deliver('2025-11-06', '09:30');
    const inbox = (await readInbox(servers.inbox!.folder)).reverse();
    const to = (address: string) => inbox.filter((message) => message.to.includes(address)).map(({ subject }) => subject);
    const urgent = to('maya.thornton@broxtowe.example').filter((subject) => subject.startsWith('Returned'));
    expect(urgent.map((subject) => /Plan \d/.exec(subject)?.[0])).toEqual(['Plan 1', 'Plan 2', 'Plan 3']);
    expect(to('maya.thornton@broxtowe.example').filter((subject) => !urgent.includes(subject))).toEqual([
      '3 things wait for you, first: Due today: Do one',
    ]);
    expect(to('helen.marsh@broxtowe.example')).toHaveLength(1);
    expect(new Set(inbox.map(({ messageId }) => messageId)).size).toBe(inbox.length);
    expect(await mail.orm.em.fork().count(Message, { status: { $ne: 'sent' } })).toBe(0);
  });

  it('is not sent a digest in the night: what it could not take one day leaves with the next morning’s', async () => {
    await mail.orm.em.fork().execute(empty);
    await servers.inbox!.kill();
    await mail.tell('2025-11-06', '08:00', [leader], reminder('evening'));
    await throughTheDay('2025-11-06');
    await servers.inbox!.restart();
    expect(await mail.deliver('2025-11-07', '03:00')).toBe(0);
    await mail.tell('2025-11-07', '08:00', [leader], reminder('morning'));
    await mail.deliver('2025-11-07', '08:15');
    expect((await readInbox(servers.inbox!.folder))[0]?.subject).toBe('2 things wait for you, first: Due today: Do evening');
    await mail.tell('2025-11-07', '08:20', [leader], news(1));
    expect(await mail.deliver('2025-11-07', '23:00')).toBe(0);
  });

  it('misses nothing of days in which nobody delivered: one digest, by day, with what the morning adds', async () => {
    await mail.orm.em.fork().execute(empty);
    await mail.tell('2025-11-10', '16:00', [leader], reminder('missed'));
    await mail.tell('2025-11-11', '09:00', [leader], returned(4));
    // The worker is back on Friday in the night: what is urgent leaves at once, the digest of Tuesday with Friday's.
    await mail.deliver('2025-11-14', '03:00');
    await mail.tell('2025-11-14', '08:00', [leader], reminder('morning'));
    const received = async (): Promise<string[]> =>
      (await readInbox(servers.inbox!.folder)).slice(0, 2).map(({ subject }) => subject.split(':')[0] ?? '');
    expect((await received())[0]).toContain('Returned to you');
    await mail.deliver('2025-11-14', '08:15');
    expect(await received()).toEqual(['2 things wait for you, first', expect.stringContaining('Returned to you')]);

    // Back on a Saturday, it waits for Monday; back on a working day after the hour, it leaves at once.
    await mail.tell('2025-11-17', '16:00', [leader], reminder('weekend'));
    expect(await mail.deliver('2025-11-22', '12:00')).toBe(1);
    expect(await received()).toEqual(['2 things wait for you, first', expect.stringContaining('Returned to you')]);
    await mail.deliver('2025-11-24', '08:15');
    expect((await received())[0]).toBe('Due today');
    await mail.tell('2025-11-24', '16:00', [leader], reminder('afternoon'));
    await mail.deliver('2025-11-27', '14:00');
    expect(await mail.orm.em.fork().count(Message, { status: { $ne: 'sent' } })).toBe(0);
  });

  async function throughTheDay(day: string): Promise<void> {
    for (let hour = 8; hour < 24; hour += 1)
      for (const minute of ['15', '45']) await mail.deliver(day, `${String(hour).padStart(2, '0')}:${minute}`);
  }
});

describe('a mail server that will not take a message yet', () => {
  let server: ObedientServer;
  let mail: MailUnderTest;
  beforeAll(async () => {
    server = await startObedientServer();
    mail = await startMail(server.url);
  });
  afterAll(async () => {
    await mail.close();
    await server.close();
  });
  beforeEach(async () => {
    await mail.orm.em.fork().execute(empty);
    server.inbox.length = 0;
    server.seen.length = 0;
  });
  afterEach(() => {
    server.answer = () => null;
    server.afterData = 'answer';
  });

  const plans = (): (string | undefined)[] => server.inbox.map(({ subject = '' }) => /Plan \d/.exec(subject)?.[0]);

  it('gets a greylisted recipient’s e-mails later in their order, and everybody else’s meanwhile', async () => {
    server.answer = (address) => (address.startsWith('maya') ? 450 : null);
    await mail.tell('2025-11-03', '09:00', [leader], returned(1));
    await mail.tell('2025-11-03', '09:01', [leader, performance], returned(2));
    await mail.deliver('2025-11-03', '09:02');
    expect(server.inbox.map(({ to }) => JSON.stringify(to).includes('helen'))).toEqual([true]);
    server.answer = () => null;
    // The first is tried half a minute after it was turned away; the second waits for it though nothing keeps it.
    expect(await mail.deliver('2025-11-03', '09:02')).toBe(0);
    await mail.deliver('2025-11-03', '09:03');
    expect(plans()).toEqual(['Plan 2', 'Plan 1', 'Plan 2']);
  });

  it('holds up no urgent e-mail by a digest that it turned away', async () => {
    server.answer = () => 450;
    await mail.tell('2025-11-03', '08:00', [leader], news(1));
    await mail.deliver('2025-11-03', '08:15');
    server.answer = () => null;
    await mail.tell('2025-11-03', '08:15', [leader], returned(2));
    await mail.deliver('2025-11-03', '08:15');
    expect(plans()).toEqual(['Plan 2']);
  });

  it('adds nothing to a digest that may have arrived: sent again, one Message-ID has the same words', async () => {
    server.afterData = 'take-and-drop';
    await mail.tell('2025-11-03', '08:00', [leader], reminder('one'));
    await mail.deliver('2025-11-03', '08:15');
    await mail.tell('2025-11-03', '08:15', [leader], reminder('two'));
    server.afterData = 'answer';
    await mail.deliver('2025-11-03', '09:00');
    await mail.deliver('2025-11-04', '08:15');
    const [first, again, next] = server.inbox;
    expect(again?.messageId).toBe(first?.messageId);
    expect(again?.text).toBe(first?.text);
    expect([again?.subject, next?.subject]).toEqual(['Due today: Do one', 'Due today: Do two']);
    expect(next?.messageId).not.toBe(first?.messageId);
    expect(server.inbox).toHaveLength(3);
  });

  it('gets a message again that it dropped in the middle, once', async () => {
    server.afterData = 'drop';
    await mail.tell('2025-11-03', '09:00', [leader], returned(1));
    await mail.deliver('2025-11-03', '09:00');
    server.afterData = 'answer';
    await mail.deliver('2025-11-03', '09:01');
    await mail.deliver('2025-11-03', '10:00');
    expect(plans()).toEqual(['Plan 1']);
    expect(new Set(server.seen.map(({ messageId }) => messageId)).size).toBe(1);
  });
});

describe('a mail server that says nothing', () => {
  const held: Socket[] = [];
  const silent = createServer((socket) => void held.push(socket));
  let mail: MailUnderTest;
  beforeAll(async () => {
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    mail = await startMail(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  });
  afterAll(async () => {
    for (const socket of held) socket.destroy();
    silent.close();
    await mail.close();
  });

  it('keeps a message waiting, and is tried again later', async () => {
    await mail.tell('2025-11-03', '09:00', [leader], returned(1));
    await mail.deliver('2025-11-03', '09:00');
    const message = await mail.orm.em.fork().findOneOrFail(Message, { status: 'queued' });
    expect(message).toMatchObject({ attempts: 1, lastError: expect.stringContaining('Greeting never received') as unknown });
    expect(message.nextAttemptAt).toEqual(await mail.at('2025-11-03', '09:00').then((now) => new Date(now.getTime() + 30_000)));
  });
});
