import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { remindOfUpdates } from '../../activities/remind-of-updates.js';
import { instantOf, londonDay } from '../../libs/calendar/council-clock.js';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { CabinetReport, Measurement, Quarter } from '../../libs/database/entities/monitoring.js';
import { Notice, Task } from '../../libs/database/entities/tasks.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { startQuarters } from '../../libs/temporal/start-workflows.js';
import { takeQuarterStep } from '../../workflows/messages.js';
import { quarterWorkflowId } from '../../workflows/workflow-ids.js';
import { councilId, people, until, type PersonInTest, type RunningCouncil } from '../support/running-council.js';
import { startSkippedClock, type SkippedClock } from '../support/skipped-clock.js';

describe('the second quarter of 2025/26, opened late on a skipped clock', () => {
  let clock: SkippedClock;
  let council: RunningCouncil;
  beforeAll(async () => {
    clock = await startSkippedClock();
    council = clock.council;
    await startQuarters(council.temporal, council.taskQueue, { councilId, year: '2025-26' });
    await until(async () => (await period()) !== null);
  });
  afterAll(() => clock.stop());

  const period = () => council.orm.em.fork().findOne(Quarter, { councilId, year: '2025-26', quarter: 2 });
  const reports = () => council.orm.em.fork().find(CabinetReport, {}, { orderBy: { number: 'asc' }, populate: ['content'] });

  async function take(person: PersonInTest, step: 'prepare' | 'note', minute?: string): Promise<unknown> {
    const personId = await council.personId(person);
    const request = { step, personId, minute, ...requestKey(councilId, personId, randomUUID(), { step, minute }) };
    return council.temporal.workflow
      .getHandle(quarterWorkflowId(councilId, '2025-26', 2))
      .executeUpdate(takeQuarterStep, { args: [request] });
  }

  it('asks only those whose rows are missing, once each', async () => {
    const em = council.orm.em.fork();
    expect((await em.find(Measurement, { quarter: 2, value: '' }, { orderBy: { code: 'asc' } })).map((row) => row.code)).toEqual([
      'ComS_013d',
      'ComS_24',
    ]);
    const notices = await em.find(Notice, { kind: 'quarterly-update-task' }, { orderBy: { recipient: 'asc' } });
    expect(notices.map(({ facts }) => [facts.recipientName, (facts.rows as { code: string }[]).map((row) => row.code)])).toEqual([
      ['Karen Bell', ['ComS_013d']],
      [people.leader, ['ComS_24']],
    ]);
    expect(await em.count(Task, { kind: 'quarterly-update', closedAt: null })).toBe(2);
  });

  it('does not ask again when it is opened again', async () => {
    await startQuarters(council.temporal, council.taskQueue, { councilId, year: '2025-26' });
    await council.temporal.workflow.getHandle('quarters/broxtowe/2025-26/set-up').result();
    expect(await council.orm.em.fork().count(Notice, { kind: 'quarterly-update-task' })).toBe(2);
  });

  it('prepares the report when asked, and refuses those who may not ask', async () => {
    expect(await take('performance', 'prepare')).toEqual({ number: 1 });
    await expect(take('officer', 'prepare')).rejects.toMatchObject({ cause: { type: 'not-allowed' } });
    await expect(take('clerk', 'note', '77')).rejects.toMatchObject({ cause: { type: 'not-now' } });
  });

  it('reminds nobody of figures once the final report is due without them, as after an outage', async () => {
    const em = council.orm.em.fork();
    const { clock: council_ } = await councilAtWork(em, councilId, Date.now);
    const remindedAt = async (day: string): Promise<number> => {
      const at = council_.toServerTime(new Date(instantOf(day, '08:00'))).toISOString();
      await em.begin();
      const next = await remindOfUpdates(em, { councilId, year: '2025-26', quarter: 2, at });
      expect(next === null).toBe(day === '2025-11-17');
      const told = await em.count(Notice, { kind: 'reminder' });
      const tasks = (await em.find(Notice, { kind: 'reminder' })).map(({ facts }) => String(facts['task']));
      // It stands in the subject: many rows are counted.
      expect(tasks.every((task) => task.length < 120 && /: (?:\d+ rows|[^,]+(?:, [^,]+){0,2})$/.test(task))).toBe(true);
      await em.rollback();
      return told;
    };
    expect(await remindedAt('2025-11-14')).toBe(2);
    expect(await remindedAt('2025-11-17')).toBe(0);
  });

  it('prepares it for GMT and then for Cabinet on their dates, with what is missing named', async () => {
    await clock.skipTo('2025-11-18');
    const prepared = await reports();
    expect(prepared.map(({ preparedFor, preparedAt }) => [preparedFor, londonDay(preparedAt)])).toEqual([
      ['on-demand', '2025-11-03'],
      ['gmt', '2025-11-04'],
      ['cabinet', '2025-11-17'],
    ]);
    const { tallies, exceptions } = prepared[2]!.content;
    expect(tallies.indicators).toEqual({ green: 5, amber: 3, red: 2, noRag: 4, missing: 2, notDue: 2, total: 18 });
    expect(exceptions.missing.map((line) => line.code)).toEqual(['ComS_24', 'ComS_013d']);
    expect((await period())?.status).toBe('with-cabinet');
  });

  it('is closed when the clerk records that Cabinet noted it', async () => {
    await expect(take('clerk', 'note')).rejects.toMatchObject({ cause: { type: 'invalid' } });
    expect(await take('clerk', 'note', '77')).toEqual({ number: 3 });
    await council.temporal.workflow.getHandle(quarterWorkflowId(councilId, '2025-26', 2)).result();
    expect(await period()).toMatchObject({ status: 'closed', minute: '77' });
    expect(await council.orm.em.fork().count(Task, { quarterId: (await period())!.id, closedAt: null })).toBe(0);
  });
});
