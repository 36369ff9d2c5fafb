/** Rehearsed years beside each other: every scenario, a real council's own, and random ones with mishaps. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { violationsOf } from '../../../apps/cli/rehearsal/invariants.js';
import { perform } from '../../../apps/cli/rehearsal/perform.js';
import { rehearseRandomYear } from '../../../apps/cli/rehearsal/random-years.js';
import { openStage, type Stage } from '../../../apps/cli/rehearsal/stage.js';
import type { RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { Meeting, MeetingMove } from '../../../libs/database/entities/council.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { Message, Task } from '../../../libs/database/entities/tasks.js';
import { createTestDatabase } from '../../support/running-servers.js';
import { councilId, runCouncil } from '../../support/running-council.js';

const quietly = (): void => undefined;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('every scenario at once', () => {
  let events: RehearsedEvent[];
  beforeAll(async () => {
    events = await perform(stage, { year: '2019/20', scenario: 'all', until: '2019-04-02', tell: quietly });
  });
  const stepsOf = (plan: string): string[] =>
    events
      .filter((event) => event.plan === plan && (event.kind === 'decision' || event.kind === 'publication'))
      .map(({ what }) => what.split(':')[0]!);
  const APPROVED = ['Submit', 'Agree for committee', 'Approved', 'Sign off the full plan', 'Publish'];

  it.each([
    ['community-safety', APPROVED],
    ['housing', APPROVED],
    ['environment', ['Submit', 'Return with a reason', 'Submit', 'Return with a reason', ...APPROVED]],
    ['health', ['Submit', 'Agree for committee', 'Referred back', ...APPROVED]],
    ['business-growth', []],
  ])('takes the plan for %s its own way', (plan, steps) => {
    expect(stepsOf(plan)).toEqual(steps);
  });

  it('reminds who is late and tells the next persons up', () => {
    const late = events.filter(({ plan, step }) => plan === 'business-growth' && step === 'drafting');
    expect(late.filter(({ kind }) => kind === 'reminder').length).toBeGreaterThan(15);
    expect(new Set(late.filter(({ kind }) => kind === 'escalation').map(({ who }) => who))).toEqual(
      new Set(['Graham Pell', 'Ruth Adeyemi']),
    );
  });

  it('alarms named persons in time of the plan that nobody does anything about', () => {
    const alarms = events.filter(({ kind, at, what }) => kind === 'alarm' && at < '2019-04-01' && what.includes('Business Growth'));
    expect(new Set(alarms.map(({ who }) => who))).toEqual(new Set(['Helen Marsh', 'Graham Pell']));
  });

  it('gives one digest for all plans of a person', () => {
    const ofMaya = events.filter(
      ({ kind, who, what }) => kind === 'email' && who === 'Maya Thornton' && what.includes('things wait for you'),
    );
    expect(ofMaya.length).toBeGreaterThan(5);
  });
});

describe('a real council, as it is now', () => {
  it('goes on from its day with a meeting moved first, and nothing of the real one changes', async () => {
    const databaseUrl = await createTestDatabase('real');
    const real = await runCouncil({ databaseUrl });
    try {
      await real.take('leader', { step: 'submit', reason: 'Checked with the police' });
      const em = real.orm.em.fork();
      const meeting = await em.findOneOrFail(Meeting, { councilId, body: 'overview-and-scrutiny' });
      const counts = async (): Promise<number[]> =>
        Promise.all([MeetingMove, Message, Task, Plan].map((entity) => real.orm.em.fork().count(entity as typeof Plan, {})));
      const before = await counts();
      const change = { meetingId: meeting.id, kind: 'moved' as const, to: '2026-01-27', personId: await real.personId('clerk') };
      const events = await perform(stage, {
        year: '2026/27',
        scenario: 'on-time',
        council: { id: councilId, databaseUrl, change },
        until: '2026-04-01',
        tell: quietly,
      });
      expect(events.filter(({ kind }) => kind === 'decision').map(({ at, what }) => `${at.slice(0, 10)} ${what.split(':')[0]}`)).toEqual([
        '2025-11-03 Overview and Scrutiny Committee of 20 January 2026',
        '2025-12-02 Agree for committee',
        '2026-01-27 Approved',
        '2026-03-10 Sign off the full plan',
      ]);
      expect(events.find(({ kind }) => kind === 'publication')?.at).toBe('2026-03-24T09:00:00Z');
      expect(events.some(({ kind, what }) => kind === 'email' && what.endsWith('your dates change'))).toBe(true);
      expect(await counts()).toEqual(before);
      expect((await real.orm.em.fork().findOneOrFail(Meeting, meeting.id)).date).toBe('2026-01-20');
    } finally {
      await real.stop();
    }
  });
});

describe('random years', () => {
  it.each([2, 3])('end published in time or with an alarm in time, and every invariant holds: seed %i', async (seed) => {
    const run = await rehearseRandomYear(stage, seed);
    expect(run).toMatchObject({ seed, violations: [] });
    expect(run.published || run.alarmed).toBe(true);
  });

  it('are repeated by their seed', async () => {
    expect(await rehearseRandomYear(stage, 4)).toEqual(await rehearseRandomYear(stage, 4));
  });

  it('would be found out: what is tampered with is named', async () => {
    const council = await runCouncil();
    try {
      const plan = await council.plan();
      expect(await violationsOf(council.orm.em.fork(), council.temporal, plan)).toEqual([]);
      await council.orm.em.fork().nativeUpdate(Plan, { id: plan.id }, { at: 'gmt-review' });
      await council.orm.em.fork().nativeDelete(Task, { planId: plan.id });
      const found = await violationsOf(council.orm.em.fork(), council.temporal, await council.plan());
      expect(found.map((violation) => violation.slice(0, 2))).toEqual(['I5', 'I5', 'I6']);
    } finally {
      await council.stop();
    }
  });
});
