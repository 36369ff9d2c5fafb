/** One digest a day at most for each person, whatever happens at once; urgent e-mails leave by themselves. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Message, Notice, Task } from '../../libs/database/entities/tasks.js';
import { people } from '../support/running-council.js';
import { startMail, startObedientServer, type MailUnderTest, type ObedientServer } from './mail-under-test.js';
import { news, reminder, returned } from './telling.js';

const { leader, performance, clerk } = people;

describe('the digest', () => {
  let mail: MailUnderTest;
  let server: ObedientServer;
  beforeAll(async () => {
    server = await startObedientServer();
    mail = await startMail(server.url);
  });
  afterAll(async () => {
    await mail.close();
    await server.close();
  });
  beforeEach(async () => {
    await mail.orm.em.fork().execute('delete from notice; delete from message; delete from task');
    server.inbox.length = 0;
  });

  const subjects = (): string[] => server.inbox.map(({ subject = '' }) => subject);
  const messages = () => mail.orm.em.fork().find(Message, {}, { orderBy: { dueAt: 'asc' } });

  it('strings the day’s reminders of one person together and leaves at a quarter past eight', async () => {
    await mail.tell('2025-11-03', '08:00', [leader], reminder('one'));
    await mail.tell('2025-11-03', '08:01', [leader, clerk], reminder('two'));
    await mail.tell('2025-11-03', '08:05', [leader], news(1));
    expect(await mail.deliver('2025-11-03', '08:14')).toBe(0);
    await mail.deliver('2025-11-03', '08:15');
    expect(subjects()).toEqual(['3 things wait for you, first: Due today: Do one', 'Due today: Do two']);
    expect(server.inbox[0]?.text?.match(/https?:\S+/g)).toEqual(
      ['one', 'two'].map((task) => `http://localhost:3000/tasks/${task}`).concat('http://localhost:3000/plans/1'),
    );
    expect(await mail.deliver('2025-11-03', '23:00')).toBe(0);
  });

  it('leaves what is urgent to no digest', async () => {
    await mail.tell('2025-11-03', '10:00', [leader], news(1));
    await mail.tell('2025-11-03', '10:01', [leader], returned(1));
    await mail.deliver('2025-11-03', '10:01');
    expect(subjects()).toEqual([expect.stringMatching(/^Returned to you/)]);
    await mail.deliver('2025-11-04', '08:15');
    expect(subjects()).toHaveLength(2);
  });

  it.each([
    ['after its hour, the next day', '2025-11-03', '08:15', '2025-11-04'],
    ['on a Friday afternoon, on Monday', '2025-11-07', '16:00', '2025-11-10'],
    ['on a Sunday, on Monday', '2025-11-09', '07:00', '2025-11-10'],
    ['before Christmas, on the first working day after it', '2025-12-24', '12:00', '2025-12-29'],
  ])('leaves %s', async (_when, day, time, expected) => {
    await mail.tell(day, time, [leader], news(1));
    expect((await messages()).map(({ digestOn }) => digestOn)).toEqual([expected]);
  });

  it('is one for each person and day, however many tell them at once, and says everything', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, number) => mail.tell('2025-11-03', '08:00', [leader, performance], news(number))));
    expect((await messages()).map(({ recipientEmail }) => recipientEmail).sort()).toEqual([
      'helen.marsh@broxtowe.example',
      'maya.thornton@broxtowe.example',
    ]);
    await mail.deliver('2025-11-03', '08:15');
    expect(subjects().map((subject) => subject.slice(0, 9))).toEqual(['40 things', '40 things']);
  });

  it('loses nothing that is told while it leaves: that is for the next day', async () => {
    const telling = Promise.all(
      Array.from({ length: 30 }, async (_, number) => {
        await new Promise((resolve) => setTimeout(resolve, number * 3));
        await mail.tell('2025-11-03', '08:10', [leader], news(number));
      }),
    );
    const leaving = (async () => {
      for (let round = 0; round < 20; round += 1) await mail.deliver('2025-11-03', '08:15');
    })();
    await Promise.all([telling, leaving]);
    await mail.deliver('2025-11-03', '08:15');
    await mail.deliver('2025-11-04', '08:15');
    const links = server.inbox.flatMap(({ text = '' }) => text.match(/https?:\S+/g) ?? []);
    expect(links.sort()).toEqual(Array.from({ length: 30 }, (_, number) => `http://localhost:3000/plans/${number}`).sort());
    expect((await messages()).length).toBeLessThanOrEqual(2);
  });

  it('leaves out what was done meanwhile, and is dropped where nothing is left; the record stays', async () => {
    const [done, open] = [await openTask(), await openTask()];
    await mail.tell('2025-11-03', '08:00', [leader], reminder('done', 'due 1', [done]));
    await mail.tell('2025-11-03', '08:00', [leader], reminder('open', 'due 1', [open, done]));
    await mail.tell('2025-11-03', '08:00', [clerk], reminder('done', 'due 1', [done]));
    await mail.orm.em.fork().nativeUpdate(Task, { id: done }, { closedAt: new Date() });
    await mail.deliver('2025-11-03', '08:15');
    expect(subjects()).toEqual(['Due today: Do open']);
    const em = mail.orm.em.fork();
    expect((await em.find(Message, {}, { orderBy: { recipientEmail: 'asc' } })).map(({ status }) => status)).toEqual(['sent', 'dropped']);
    expect((await em.find(Notice, {}, { orderBy: { subject: 'asc' } })).map(({ leftOut }) => leftOut)).toEqual(['done', 'done', null]);
  });

  async function openTask(): Promise<string> {
    const id = randomUUID();
    await mail.orm.em.fork().insert(Task, { id, councilId: 'broxtowe', kind: 'draft', at: 'drafting', openedAt: new Date() });
    return id;
  }
});
