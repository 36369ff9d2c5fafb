import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting } from '../../libs/database/entities/council.js';
import { Quarter } from '../../libs/database/entities/monitoring.js';
import { Post } from '../../libs/database/entities/people.js';
import { FullPlanDraft } from '../../libs/database/entities/plans.js';
import { Task } from '../../libs/database/entities/tasks.js';
import { startCycle, startQuarters } from '../../libs/temporal/start-workflows.js';
import { cycleWorkflowId, planWorkflowId } from '../../workflows/workflow-ids.js';
import { councilId, people, slug, until, year, type RunningCouncil } from '../support/running-council.js';
import { startSkippedClock, type SkippedClock } from '../support/skipped-clock.js';

describe('a year with mishaps', () => {
  let clock: SkippedClock;
  let council: RunningCouncil;
  beforeAll(async () => {
    clock = await startSkippedClock();
    council = clock.council;
  });
  afterAll(() => clock.stop());

  const em = () => council.orm.em.fork();
  const openTasks = async () =>
    (await em().find(Task, { planId: (await council.plan()).id, closedAt: null })).map((task) => task.at).sort();

  it('a quarter without its meeting is told to the performance manager and the clerk, and opens once the meeting is there', async () => {
    // Where another meeting fits, the report would go there by the rule: so none of Cabinet's is left.
    const meetings = await em().find(Meeting, { body: 'cabinet' });
    await em().nativeDelete(Meeting, { body: 'cabinet' });
    await startQuarters(council.temporal, council.taskQueue, { councilId, year: '2025-26' });
    await until(async () => (await clock.told('quarter-not-set-up')).length === 2);
    expect((await clock.told('quarter-not-set-up')).sort()).toEqual([people.performance, people.clerk].map((name) => ['2025-11-03', name]));
    for (const meeting of meetings) await em().insert(Meeting, { ...meeting });
    await clock.skipTo('2025-11-05');
    await until(async () => (await em().count(Quarter, { quarter: 2 })) === 1);
  });

  it('a cycle and a plan that were ended by hand begin again where the plan stands', async () => {
    await council.take('leader', { step: 'submit' });
    await council.temporal.workflow.getHandle(cycleWorkflowId(councilId, year)).terminate('by hand');
    await council.temporal.workflow.getHandle(planWorkflowId(councilId, year, slug)).terminate('by hand');
    await startCycle(council.temporal, council.taskQueue, { councilId, year });
    await until(async () => JSON.stringify(await council.state().catch(() => null)).includes('gmt-review'));
    await clock.skipTo('2025-11-06');
    await council.take('gmt', { step: 'agree' });
    expect((await council.plan()).at).toBe('overview-and-scrutiny');
  });

  it('what was signed off is looked through again when the plan is referred back', async () => {
    await clock.skipTo('2026-01-06');
    const fork = em();
    const full = await fork.findOneOrFail(FullPlanDraft, (await council.plan()).id);
    full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
    await fork.flush();
    await council.take('leader', { step: 'complete', draftRevision: full.revision });
    expect(await openTasks()).toEqual(['overview-and-scrutiny']);
    await council.take('clerk', { step: 'refer-back', reason: 'The committee asks for another target.', minute: '41' });
    expect(await openTasks()).toEqual(['drafting', 'full-plan']);
    expect(await em().findOneOrFail(FullPlanDraft, full.planId)).toMatchObject({ signedOffBy: null, parts: { risks: 'R' } });
    // The days of the timetable are past: whoever is asked gets five working days, not a day in the past.
    const drafting = await em().findOneOrFail(Task, { planId: full.planId, at: 'drafting', closedAt: null });
    expect(drafting.dueOn).toBe('2026-01-13');
  });

  it('the guard of 1 April tells a person once who holds both posts that it tells', async () => {
    const fork = em();
    const helen = await council.personId('performance');
    (await fork.findOneOrFail(Post, { title: 'Deputy Chief Executive' })).holderId = helen;
    await fork.flush();
    await clock.skipTo('2026-03-12');
    expect(await clock.told('guard-alarm')).toEqual([
      ['2026-03-04', people.performance],
      ['2026-03-11', people.performance],
    ]);
  });
});
