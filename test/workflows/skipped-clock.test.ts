import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { councilAtWork } from '../../libs/database/council-at-work.js';
import { FullPlanDraft } from '../../libs/database/entities/plans.js';
import { Notice, Task } from '../../libs/database/entities/tasks.js';
import { instantOf, londonDay } from '../../libs/calendar/council-clock.js';
import { findTimeSkippingServer } from '../../libs/temporal/find-server.js';
import { councilId, people, runCouncil, until, type RunningCouncil } from '../support/running-council.js';

describe('a plan on a skipped clock', () => {
  let environment: TestWorkflowEnvironment;
  let council: RunningCouncil;

  beforeAll(async () => {
    const path = await findTimeSkippingServer();
    environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
    council = await runCouncil({ skipped: environment });
  });
  afterAll(async () => {
    await council.stop();
    await environment.teardown();
  });

  /** Skips to a time of a council's day. */
  async function skipTo(day: string, time = '12:00'): Promise<void> {
    const { clock } = await councilAtWork(council.orm.em.fork(), councilId, Date.now);
    const now = await environment.currentTimeMs();
    await environment.sleep(clock.toServerTime(new Date(instantOf(day, time))).getTime() - now);
  }

  /** Who was told what on which council day, of one kind of e-mail. */
  async function told(kind: string): Promise<[string, string][]> {
    const notices = await council.orm.em.fork().find(Notice, { kind }, { orderBy: { createdAt: 'asc', recipient: 'asc' } });
    return notices.map(({ createdAt, facts }) => [londonDay(createdAt), String(facts.recipientName)]);
  }

  it('reminds the leader by the rules, and the next person up after five overdue reminders', async () => {
    expect(await told('draft-task')).toEqual([['2025-11-03', people.leader]]);
    await skipTo('2025-12-12');
    // Due on Tuesday 18 November: five working days before, on the day, then every three, the fifth on Tuesday 9 December.
    const days = ['2025-11-11', '2025-11-18', '2025-11-21', '2025-11-26', '2025-12-01', '2025-12-04', '2025-12-09', '2025-12-12'];
    expect(await told('reminder')).toEqual(days.map((day) => [day, people.leader]));
    expect(await told('escalation')).toEqual([['2025-12-12', 'Graham Pell']]);
  });

  it('asks for the full plan on the first working day of January, wherever the plan is', async () => {
    await council.take('leader', { step: 'submit' });
    await skipTo('2026-01-02');
    expect(await told('full-plan-task')).toEqual([['2026-01-02', people.leader]]);
    const open = await council.orm.em.fork().find(Task, { planId: (await council.plan()).id, closedAt: null }, { orderBy: { at: 'asc' } });
    expect(open.map((task) => task.at)).toEqual(['full-plan', 'gmt-review']);
    expect(await council.waitsFor()).toEqual([
      { kind: 'stage', at: 'gmt-review', round: 1 },
      { kind: 'full-plan', at: 'full-plan', round: 1 },
    ]);
  });

  it('guards 1 April: the performance manager first, then the deputy chief executive as well', async () => {
    await council.take('gmt', { step: 'agree' });
    await council.take('clerk', { step: 'approve', minute: '42' });
    await skipTo('2026-03-12');
    expect(await told('guard-alarm')).toEqual([
      ['2026-03-04', people.performance],
      ['2026-03-11', 'Graham Pell'],
      ['2026-03-11', people.performance],
    ]);
  });

  it('says on the publication date what is missing, stays, and publishes as soon as it is there', async () => {
    await skipTo('2026-03-24', '23:00');
    expect(await told('not-ready-for-publication')).toEqual([['2026-03-24', people.performance]]);
    expect((await council.plan()).at).toBe('publication');

    const em = council.orm.em.fork();
    const full = await em.findOneOrFail(FullPlanDraft, (await council.plan()).id);
    full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
    await em.flush();
    await council.take('leader', { step: 'complete', draftRevision: full.revision });
    await until(async () => (await council.plan()).at === 'published');
    expect((await told('published')).map(([day]) => day)).toEqual(Array(6).fill('2026-03-24'));
    expect(await council.state()).toEqual({ at: 'published', round: 1, fullPlan: 'complete' });
  });

  it('ends the cycle once its plans are published', async () => {
    await environment.client.workflow.getHandle(`cycle/${councilId}/2026-27`).result();
  });
});
