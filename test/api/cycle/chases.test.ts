/** Chasing with one click: who gets the e-mail, that it is on record, and that neither a double click nor a second one goes unseen. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Person } from '../../../libs/database/entities/people.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Notice } from '../../../libs/database/entities/tasks.js';
import { startQuarters } from '../../../libs/temporal/start-workflows.js';
import { until } from '../../support/running-council.js';
import { PlainBrowser } from '../plain-browser.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const plan = '/api/v1/plans/2026-27/community-safety/chases';

describe('chasing', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    await startQuarters(api.council.temporal, api.council.taskQueue, { councilId: 'broxtowe', year: '2025-26' });
    await until(async () => (await api.council.orm.em.fork().count(Quarter, { year: '2025-26' })) > 0);
  });
  afterAll(() => api.close());

  const chases = (): Promise<Notice[]> => api.council.orm.em.fork().find(Notice, { kind: 'chase' }, { orderBy: { createdAt: 'asc' } });

  describe('whoever has a plan', () => {
    it('is the performance team’s', async () => {
      expect((await api.ask('gmt', 'POST', plan, {}, newKey())).status).toBe(403);
      expect((await api.ask('performance', 'POST', plan, {})).status).toBe(422);
      expect((await api.ask('performance', 'POST', '/api/v1/plans/2026-27/none/chases', {}, newKey())).status).toBe(404);
    });

    it('sends one e-mail with what is asked for, however often the same request comes', async () => {
      const key = newKey();
      const first = await api.ask('performance', 'POST', plan, {}, key);
      expect(first).toMatchObject({ status: 201, body: { chased: ['Maya Thornton'] } });
      const again = await Promise.all([1, 2, 3].map(() => api.ask('performance', 'POST', plan, {}, key)));
      for (const answer of again) expect([answer.status, answer.body]).toEqual([201, first.body]);
      const sent = await chases();
      expect(sent.map(({ recipient, facts }) => [recipient, facts])).toMatchObject([
        [
          'maya.thornton@broxtowe.example',
          {
            chasedBy: 'Helen Marsh',
            tasks: [
              {
                task: 'Submit the draft of the Community Safety Business Plan 2026–2029',
                due: '2025-11-18',
                countdown: 'in 11 working days',
              },
            ],
            link: expect.stringMatching(/^\/tasks\//) as unknown,
          },
        ],
      ]);
    });

    it('is on record and told on the board and on the page of the task', async () => {
      const [entry] = await api.council.orm.em.fork().find(AuditEntry, { act: 'chase' });
      expect(entry).toMatchObject({ subject: 'plan 2026-27 community-safety', details: { chased: ['Maya Thornton'] } });
      const told = /Chased by Helen Marsh on Monday 3 November 2025 at \d\d:\d\d/;
      const helen = await api.browse('performance');
      expect((await helen.open('/cycle')).page.querySelector('.plancycle-board')?.text).toMatch(told);
      const maya = await api.browse('leader');
      const [notice] = await chases();
      expect((await maya.open(String(notice?.facts['link']))).page.querySelector('main')?.text).toMatch(told);
      const { body } = await api.ask('officer', 'GET', '/api/v1/cycles/2026-27');
      expect(body['plans']).toMatchObject([{ chased: { by: 'Helen Marsh', whom: ['Maya Thornton'] } }]);
    });

    it('asks before it is done again on the same day', async () => {
      const refused = await api.ask('performance', 'POST', plan, {}, newKey());
      expect(refused).toMatchObject({
        status: 409,
        body: { detail: 'You chased Maya Thornton today already.', errors: [{ pointer: '/again' }] },
      });
      const helen = await api.browse('performance');
      const action = '/plans/2026-27/community-safety/chase';
      const asked = await helen.sendForm((await helen.open('/cycle')).page, action, {});
      expect([asked.status, asked.page.querySelector('h1')?.text]).toEqual([409, 'You chased Maya Thornton today already']);
      expect(await chases()).toHaveLength(1);
      const done = await helen.sendForm(asked.page, action, {});
      expect([done.status, done.location]).toEqual([303, '/cycles/2026-27']);
      await helen.sendForm(asked.page, action, {});
      expect(await chases()).toHaveLength(2);
    });

    it('has nobody to chase once the plan is with nobody', async () => {
      await api.council.take('leader', { step: 'submit', reason: 'Checked with the police' });
      await api.council.take('performance', { step: 'give-up', reason: 'The service was moved.' });
      const refused = await api.ask('performance', 'POST', plan, {}, newKey());
      expect(refused).toMatchObject({ status: 409, body: { detail: 'Nobody has this now, so there is nobody to chase.' } });
    });
  });

  describe('who has not given the updates of a quarter', () => {
    const quarter = '/quarters/2025-26/2';

    it('sends a person all the rows that they have not given, from the row of their post', async () => {
      const helen = await api.browse('performance');
      const { page } = await helen.open(quarter);
      const form = page
        .querySelectorAll('form')
        .find((one) => one.querySelector('input[name=post]')?.getAttribute('value') === 'Housing Operations Manager');
      const fields = Object.fromEntries(
        (form?.querySelectorAll('input') ?? []).map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
      );
      const sent = await helen.send('POST', `${quarter}/chase`, new URLSearchParams(fields).toString());
      expect(sent.location).toBe(quarter);
      const last = (await chases()).at(-1);
      expect([last?.recipient, last?.facts['link']]).toEqual(['karen.bell@broxtowe.example', `${quarter}/update`]);
      expect((await helen.open(quarter)).page.querySelector('main')?.text).toMatch(/Chased by Helen Marsh on Monday 3 November 2025 at/);
      const karen = await new PlainBrowser(api.app).signIn(
        (await api.council.orm.em.fork().findOneOrFail(Person, { name: 'Karen Bell' })).id,
      );
      expect((await karen.open(`${quarter}/update`)).page.querySelector('main')?.text).toContain('Chased by Helen Marsh on');
    });

    it('chases everyone at once, each once, for programs', async () => {
      const all = await api.ask('performance', 'POST', `/api/v1${quarter}/chases`, { again: true }, newKey());
      expect(all.status).toBe(201);
      const names = all.body['chased'] as unknown as string[];
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining(['Karen Bell', 'Maya Thornton']));
      expect(names).not.toContain('Helen Marsh');
    });

    it('refuses a post that gave everything, and a quarter that is not open', async () => {
      const post = { post: 'Chief Executive' };
      expect((await api.ask('performance', 'POST', `/api/v1${quarter}/chases`, post, newKey())).status).toBe(409);
      expect(
        (await api.ask('performance', 'POST', '/api/v1/quarters/2025-26/4/chases', {}, { 'idempotency-key': randomUUID() })).status,
      ).toBe(404);
      expect((await api.ask('leader', 'POST', `/api/v1${quarter}/chases`, {}, newKey())).status).toBe(403);
    });
  });
});

describe('a plan at the committee whose full plan is late', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi({ today: '2026-03-18' });
    await api.council.take('leader', { step: 'submit', reason: 'Checked with the police' });
    await api.council.take('gmt', { step: 'agree' });
  });
  afterAll(() => api.close());

  it('shows who holds the full plan, since when and until when, and offers to chase just whom it chases', async () => {
    const helen = await api.browse('performance');
    const { page } = await helen.open('/cycle');
    const [row] = page.querySelectorAll('.plancycle-board tbody tr');
    const cells = row?.querySelectorAll('td').map(({ text }) => text.replaceAll(/\s+/g, ' ').trim()) ?? [];
    const fullPlan = cells.find((text) => text.startsWith('Asked for'));
    expect(fullPlan).toMatch(
      /^Asked for Late With Maya Thornton Since \d+ \w+ 2026 Due 13 March 2026 Chase Maya Thornton about Community Safety/,
    );
    expect(cells.find((text) => text.startsWith('Now'))).toMatch(/With Tom Ashworth/);
    expect(row?.text).not.toContain('Chase Tom Ashworth');
    const { body } = await api.ask('officer', 'GET', '/api/v1/cycles/2026-27');
    expect(body['plans']).toMatchObject([{ fullPlanWith: { heldBy: ['Maya Thornton'], dueOn: '2026-03-13', isLate: true } }]);
    await helen.sendForm(page, '/plans/2026-27/community-safety/chase', {});
    const told = (await helen.open('/cycle')).page.querySelector('.plancycle-board')?.text;
    expect(told).toMatch(/Chased by Helen Marsh on Wednesday 18 March 2026 at \d\d:\d\d: Maya Thornton/);
    const [notice] = await api.council.orm.em.fork().find(Notice, { kind: 'chase' });
    expect(notice?.recipient).toBe('maya.thornton@broxtowe.example');
  });
});
