/** Quarterly updates of somebody who is away: whoever stands in is asked, and each row keeps both names. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Measurement } from '../../../libs/database/entities/monitoring.js';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { Notice } from '../../../libs/database/entities/tasks.js';
import { councilId, people } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';
import { startQuarters } from '../../../libs/temporal/start-workflows.js';
import { until } from '../../support/running-council.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { json, pages, year } from './quarter-under-test.js';

describe('the rows of somebody who is away', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi({ today: '2025-10-06' });
    const absence = { firstDay: '2025-10-01', lastDay: '2025-10-31', standInId: await api.council.personId('officer') };
    await api.ask('leader', 'POST', '/api/v1/absences', absence, newKey());
    await startQuarters(api.council.temporal, api.council.taskQueue, { councilId, year });
    await until(async () => (await api.council.orm.em.fork().findOne(Quarter, { councilId, year, quarter: 2 })) !== null);
  });
  afterAll(() => api.close());

  it('are asked of whoever stands in, by e-mail and in the list of tasks', async () => {
    const asked = await api.council.orm.em.fork().find(Notice, { kind: 'quarterly-update-task' });
    const names = asked.map(({ facts }) => facts['recipientName']);
    expect(names).toContain(people.officer);
    expect(names).not.toContain(people.leader);
    const tasks = (await api.ask('officer', 'GET', '/api/v1/tasks')).body['tasks'] as unknown as {
      kind: string;
      onBehalfOf: string | null;
    }[];
    expect(tasks.filter(({ kind }) => kind === 'quarterly-update').map(({ onBehalfOf }) => onBehalfOf)).toContain(people.leader);
  });

  it('are given by them under both names', async () => {
    const { revision } = await api.council.orm.em.fork().findOneOrFail(Measurement, { councilId, year, quarter: 2, code: 'ComS_24' });
    const given = await api.ask('officer', 'PUT', `${json}/measurements/ComS_24`, { value: '18%' }, { 'if-match': `"${revision}"` });
    expect(given.status).toBe(200);
    const row = await api.council.orm.em.fork().findOneOrFail(Measurement, { councilId, year, quarter: 2, code: 'ComS_24' });
    const leader = await api.council.personId('leader');
    expect(row).toMatchObject({ enteredBy: await api.council.personId('officer'), onBehalfOf: leader });
    const [entry] = await api.council.orm.em.fork().find(AuditEntry, { act: 'give update' });
    expect(entry?.details).toMatchObject({ rows: [{ code: 'ComS_24', onBehalfOf: leader }] });
    const officer = await api.browse('officer');
    expect((await officer.open(`${pages}/update`)).page.text).toContain('Given by Priya Nair for Maya Thornton');
  });

  it('stay in one’s own name where one gives what is one’s own', async () => {
    const others = { councilId, year, quarter: 2, enteredBy: await api.council.personId('leader') };
    const { revision } = await api.council.orm.em.fork().findOneOrFail(Measurement, { councilId, year, quarter: 2, code: 'ComS_24' });
    await api.ask('leader', 'PUT', `${json}/measurements/ComS_24`, { value: '19%' }, { 'if-match': `"${revision}"` });
    expect(await api.council.orm.em.fork().findOneOrFail(Measurement, others)).toMatchObject({ value: '19%', onBehalfOf: null });
  });
});
