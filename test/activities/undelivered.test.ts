/** An e-mail that comes back becomes a task of the performance team: one for each address, told once, and never in circles. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordBounce } from '../../activities/record-bounce.js';
import { correctAddress, toldOtherwise } from '../../activities/see-to-undelivered.js';
import { firstBrokenEntry } from '../../libs/database/audit-trail.js';
import { Person } from '../../libs/database/entities/people.js';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { Message, Notice, Task } from '../../libs/database/entities/tasks.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { readBounce } from '../../libs/email/read-bounce.js';
import { bounceReport } from '../email/bounce-reports.js';
import { councilId, people } from '../support/running-council.js';
import { startMail, startObedientServer, type MailUnderTest, type ObedientServer } from './mail-under-test.js';
import { news, reminder, returned } from './telling.js';

const { leader, performance } = people;
const day = '2025-11-03';
const maya = 'maya.thornton@broxtowe.example';
const [helen, sam] = ['helen.marsh@broxtowe.example', 'sam.whitlock@broxtowe.example'];

describe('an e-mail that comes back', () => {
  let mail: MailUnderTest;
  let server: ObedientServer;
  let refused: string[];
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
    await mail.orm.em.fork().nativeUpdate(Person, { name: leader }, { email: maya });
    server.inbox.length = 0;
    refused = [maya];
    server.answer = (address) => (refused.includes(address) ? 550 : null);
  });

  const tasks = () => mail.orm.em.fork().find(Task, { kind: 'undelivered' }, { orderBy: { openedAt: 'asc' } });
  const messagesTo = (address: string) => mail.orm.em.fork().find(Message, { recipientEmail: address }, { orderBy: { dueAt: 'asc' } });
  const toldOf = async (kind: string) => (await mail.orm.em.fork().find(Notice, { kind })).map(({ recipient }) => recipient).sort();
  const seenTo = async (taskId: string, key: string = randomUUID()) => {
    const { id: personId } = await mail.orm.em.fork().findOneOrFail(Person, { name: performance });
    return { taskId, personId, ...requestKey(councilId, personId, key, { taskId }) };
  };

  it('is a task with what the server said, and the performance team hears of it at once', async () => {
    await mail.tell(day, '09:00', [leader], returned(1));
    await mail.deliver(day, '09:00');
    const [task, ...others] = await tasks();
    expect(others).toEqual([]);
    expect(task).toMatchObject({ role: 'performance-team', dueOn: '2025-11-04', closedAt: null });
    const [message] = await messagesTo(maya);
    expect(message).toMatchObject({ status: 'refused', taskId: task!.id, id: task!.messageId });
    expect(message?.lastError).toContain('550');
    expect(server.inbox.map(({ to, subject }) => [JSON.stringify(to).includes('broxtowe'), subject])).toEqual(
      Array(2).fill([true, expect.stringMatching(/^Not delivered to Maya Thornton: Returned to you/)]),
    );
    expect(server.inbox[0]?.text).toContain(`http://localhost:3000/tasks/${task!.id}`);
    expect(await toldOf('undelivered')).toEqual([helen, sam]);
  });

  it('joins the open task where another came back from the same address', async () => {
    await mail.tell(day, '09:00', [leader], returned(1));
    await mail.tell(day, '09:01', [leader], returned(2));
    await mail.tell(day, '07:00', [leader], news(1));
    await mail.deliver(day, '09:01');
    const [task, ...others] = await tasks();
    expect(others).toEqual([]);
    expect((await messagesTo(maya)).map(({ taskId }) => taskId)).toEqual([task!.id, task!.id, task!.id]);
    expect(await toldOf('undelivered')).toEqual([helen, sam]);
  });

  it('tells nobody of an e-mail about an e-mail, even if no address of the team works', async () => {
    refused = [maya, helen, sam];
    await mail.tell(day, '09:00', [leader], returned(1));
    await mail.deliver(day, '10:00');
    expect((await tasks()).length).toBe(3);
    expect(await mail.orm.em.fork().count(Message, {})).toBe(3);
    refused = [helen, sam];
    await mail.tell(day, '11:00', [performance], returned(2));
    await mail.deliver(day, '11:00');
    expect((await tasks()).length).toBe(3);
    expect(await mail.orm.em.fork().count(Message, {})).toBe(4);
  });

  describe('once the address is corrected', () => {
    const corrected = 'maya.t@broxtowe.example';
    const correct = async (email = corrected, key?: string) => {
      const seen = await seenTo((await tasks())[0]!.id, key);
      return mail.during(day, '12:00', (em, moment) => correctAddress(em, moment, { ...seen, email }));
    };

    it('leaves again under its Message-ID, with what was still queued; it counts once, on record', async () => {
      await mail.tell(day, '08:00', [leader], reminder('one'));
      await mail.tell(day, '09:00', [leader], returned(1));
      await mail.deliver(day, '09:00');
      await mail.tell(day, '09:30', [leader], news(1));
      const ids = (await messagesTo(maya)).map(({ id }) => id);
      expect(await correct(corrected, 'the same key')).toEqual({ sentAgain: 2 });
      expect(await correct(corrected, 'the same key')).toEqual({ sentAgain: 2 });
      await expect(correct()).rejects.toThrow('Somebody has seen to this already');
      await mail.deliver(day, '12:00');
      await mail.deliver('2025-11-04', '08:15');
      expect(await messagesTo(maya)).toEqual([]);
      const again = server.inbox.filter(({ to }) => JSON.stringify(to).includes(corrected));
      expect(again.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(ids.map((id) => `<${id}@council.example>`)));
      expect(again).toHaveLength(3);
      const em = mail.orm.em.fork();
      expect((await em.findOneOrFail(Person, { name: leader })).email).toBe(corrected);
      expect((await tasks())[0]).toMatchObject({ closedBecause: `The address was corrected from ${maya} to ${corrected}` });
      expect(await em.count(AuditEntry, { act: 'correct e-mail address' })).toBe(1);
      expect(await firstBrokenEntry(em, councilId)).toBeNull();
    });

    it('leaves no reminder of what was done meanwhile', async () => {
      const open = randomUUID();
      await mail.orm.em.fork().insert(Task, { id: open, councilId, kind: 'draft', at: 'drafting', openedAt: new Date() });
      await mail.tell(day, '08:00', [leader], reminder('one', 'due 1', [open]));
      await mail.deliver(day, '08:15');
      await mail.orm.em.fork().nativeUpdate(Task, { id: open }, { closedAt: new Date() });
      expect(await correct()).toEqual({ sentAgain: 0 });
      expect((await mail.orm.em.fork().find(Message, { status: 'dropped' })).length).toBe(1);
    });

    it('finds its reader by name where the address was corrected elsewhere before', async () => {
      await mail.tell(day, '09:00', [leader], returned(1));
      await mail.deliver(day, '09:00');
      await mail.orm.em.fork().nativeUpdate(Person, { name: leader }, { email: corrected });
      expect(await correct()).toEqual({ sentAgain: 1 });
      expect((await messagesTo(corrected)).map(({ status }) => status)).toEqual(['queued']);
    });

    it('is not sent to the address of somebody else', async () => {
      await mail.tell(day, '09:00', [leader], returned(1));
      await mail.deliver(day, '09:00');
      await expect(correct(helen)).rejects.toThrow('Helen Marsh has this address already');
      expect((await tasks())[0]?.closedAt).toBeNull();
    });

    it('is not taken for undelivered by a late report about the old address, but by one about the new', async () => {
      await mail.tell(day, '09:00', [leader], returned(1));
      await mail.deliver(day, '09:00');
      await correct();
      await mail.deliver(day, '12:00');
      const [{ id }] = (await messagesTo(corrected)) as [Message];
      expect(await bounce(id, maya)).toMatchObject({ outcome: 'known' });
      expect(await bounce(id, corrected)).toMatchObject({ outcome: 'failed' });
      expect((await tasks()).filter(({ closedAt }) => !closedAt)).toHaveLength(1);
    });
  });

  it('is closed with a reason where they were told in another way, and not without', async () => {
    await mail.tell(day, '09:00', [leader], returned(1));
    await mail.deliver(day, '09:00');
    const seen = await seenTo((await tasks())[0]!.id);
    const tell = (reason: string) => mail.during(day, '12:00', (em, moment) => toldOtherwise(em, moment, { ...seen, reason }));
    await expect(tell('  ')).rejects.toThrow('Say how they were told.');
    await tell('By telephone at noon');
    expect((await tasks())[0]).toMatchObject({ closedBecause: 'Told in another way: By telephone at noon', closedBy: seen.personId });
    expect((await messagesTo(maya)).map(({ status }) => status)).toEqual(['refused']);
  });

  describe('later, as a report of a mail server', () => {
    beforeEach(async () => {
      refused = [];
      await mail.tell(day, '09:00', [leader], returned(1));
      await mail.deliver(day, '09:00');
    });

    it('is the same task; the same report again changes nothing', async () => {
      const [{ id }] = (await messagesTo(maya)) as [Message];
      const recorded = await bounce(id, 'maya@elsewhere.example');
      expect(recorded).toMatchObject({ outcome: 'failed', recipient: maya, messageId: id });
      expect(await bounce(id, maya)).toEqual({ ...recorded, outcome: 'known' });
      expect((await messagesTo(maya))[0]).toMatchObject({
        status: 'refused',
        lastError: 'Could not be delivered: 5.1.1, 550 5.1.1 No such user',
      });
      expect(await tasks()).toHaveLength(1);
      expect(await toldOf('undelivered')).toEqual([helen, sam]);
    });

    it('is on record only while the server goes on trying', async () => {
      const [{ id }] = (await messagesTo(maya)) as [Message];
      expect(await bounce(id, maya, { action: 'delayed', status: '4.4.1' })).toMatchObject({ outcome: 'delayed', taskId: null });
      expect((await messagesTo(maya))[0]).toMatchObject({ status: 'sent', lastError: expect.stringContaining('Delayed') as unknown });
      expect(await tasks()).toEqual([]);
    });

    it('is known by its address where the server sends nothing of the message back', async () => {
      expect(await bounce(null, 'Maya.Thornton@broxtowe.example')).toMatchObject({ outcome: 'failed', recipient: maya });
      await expect(bounce(null, 'nobody@broxtowe.example')).rejects.toThrow('about no e-mail of this council');
      await expect(bounce(randomUUID(), 'm%@broxtowe.example')).rejects.toThrow('about no e-mail of this council');
    });

    it('is one task, however many reports come at once', async () => {
      const [{ id }] = (await messagesTo(maya)) as [Message];
      const outcomes = (await Promise.all(Array.from({ length: 8 }, () => bounce(id, maya)))).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(1);
      expect(await tasks()).toHaveLength(1);
    });
  });

  async function bounce(uuid: string | null, recipient: string, more: { action?: string; status?: string } = {}) {
    const read = await readBounce(Buffer.from(bounceReport({ uuid, recipient, ...more })));
    return mail.during(day, '13:00', (em, moment) => recordBounce(em, moment, read, null));
  }
});
