import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FullPlanDraft } from '../../libs/database/entities/plans.js';
import { Task } from '../../libs/database/entities/tasks.js';
import { councilId, people, until, type RunningCouncil } from '../support/running-council.js';
import { startSkippedClock, type SkippedClock } from '../support/skipped-clock.js';

describe('a plan on a skipped clock', () => {
  let clock: SkippedClock;
  let council: RunningCouncil;
  beforeAll(async () => {
    clock = await startSkippedClock();
    council = clock.council;
  });
  afterAll(() => clock.stop());

  it('reminds the leader by the rules, and the next person up after five overdue reminders', async () => {
    expect(await clock.told('draft-task')).toEqual([['2025-11-03', people.leader]]);
    await clock.skipTo('2025-12-12');
    // Due on Tuesday 18 November: five working days before, on the day, then every three, the fifth on Tuesday 9 December.
    const days = ['2025-11-11', '2025-11-18', '2025-11-21', '2025-11-26', '2025-12-01', '2025-12-04', '2025-12-09', '2025-12-12'];
    expect(await clock.told('reminder')).toEqual(days.map((day) => [day, people.leader]));
    expect(await clock.told('escalation')).toEqual([['2025-12-12', 'Graham Pell']]);
  });

  it('asks for the full plan on the first working day of January, wherever the plan is', async () => {
    await council.take('leader', { step: 'submit' });
    await clock.skipTo('2026-01-02');
    expect(await clock.told('full-plan-task')).toEqual([['2026-01-02', people.leader]]);
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
    await clock.skipTo('2026-03-12');
    expect(await clock.told('guard-alarm')).toEqual([
      ['2026-03-04', people.performance],
      ['2026-03-11', 'Graham Pell'],
      ['2026-03-11', people.performance],
    ]);
  });

  it('says on the publication date what is missing, stays, and publishes as soon as it is there', async () => {
    await clock.skipTo('2026-03-24', '23:00');
    expect(await clock.told('not-ready-for-publication')).toEqual([['2026-03-24', people.performance]]);
    expect((await council.plan()).at).toBe('publication');

    const em = council.orm.em.fork();
    const full = await em.findOneOrFail(FullPlanDraft, (await council.plan()).id);
    full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
    await em.flush();
    await council.take('leader', { step: 'complete', draftRevision: full.revision });
    await until(async () => (await council.plan()).at === 'published');
    expect((await clock.told('published')).map(([day]) => day)).toEqual(Array(6).fill('2026-03-24'));
    expect(await council.state()).toEqual({ at: 'published', round: 1, fullPlan: 'complete' });
  });

  it('ends the cycle once its plans are published', async () => {
    await council.temporal.workflow.getHandle(`cycle/${councilId}/2026-27`).result();
  });
});
