/** Recording what a body decided says that its meeting was held, once the meeting's day has come and unless it was called off. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting } from '../../libs/database/entities/council.js';
import { AuditEntry } from '../../libs/database/entities/record.js';
import { councilId, runCouncil, type RunningCouncil } from '../support/running-council.js';

describe.each([
  ['on the day of the committee', '2026-01-20', 'held'],
  ['before that day', '2025-12-03', 'planned'],
])('a decision of the committee recorded %s', (_, today, state) => {
  let council: RunningCouncil;
  beforeAll(async () => {
    council = await runCouncil({ today });
    await council.take('leader', { step: 'submit', reason: 'Checked with the police' });
    await council.take('gmt', { step: 'agree' });
    await council.take('clerk', { step: 'approve', minute: '42' });
  });
  afterAll(() => council.stop());

  it(`leaves its meeting ${state}, and GMT's, whose day is over, held`, async () => {
    const em = council.orm.em.fork();
    const of = (body: string, date: string) => em.findOneOrFail(Meeting, { councilId, body, date });
    expect((await of('overview-and-scrutiny', '2026-01-20')).state).toBe(state);
    expect((await of('gmt', '2025-12-02')).state).toBe('held');
    expect((await of('cabinet', '2025-12-02')).state).toBe('planned');
    const [approved] = await em.find(AuditEntry, { councilId, act: 'approve' });
    expect(approved?.details['meetingHeld']).toBe(state === 'held' ? '2026-01-20' : undefined);
  });
});
