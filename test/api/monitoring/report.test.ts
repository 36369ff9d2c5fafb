/** The quarter's report: prepared on request and on its dates, noted by Cabinet, and shown to everyone once it is on the agenda. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetReport, Quarter } from '../../../libs/database/entities/monitoring.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { councilId, people } from '../../support/running-council.js';
import { newKey, type CouncilWithApi } from '../council-with-api.js';
import { detailOf, json, pages, startQuarter, year } from './quarter-under-test.js';

const publicPage = '/broxtowe/reports/2025-26/2';

describe('the report of a quarter that is being collected', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startQuarter('2025-11-03', 'collecting');
  });
  afterAll(() => api.close());

  it('is told with the quarter: dates, and who is missing what', async () => {
    const { body } = await api.ask('gmt', 'GET', json);
    expect(body).toMatchObject({ status: 'collecting', dates: { due: '2025-10-17', cabinetMeeting: '2025-12-02' }, reports: [] });
    expect(body['missing']).toEqual([
      { post: 'Housing Operations Manager', person: 'Karen Bell', rows: [expect.objectContaining({ code: 'ComS_013d' })] },
      { post: 'Head of Communities and Community Safety', person: people.leader, rows: [expect.objectContaining({ code: 'ComS_24' })] },
    ]);
    expect((await api.ask('gmt', 'GET', '/api/v1/quarters')).body['quarters']).toHaveLength(1);
  });

  it('is prepared on request, once for each key', async () => {
    const key = newKey();
    const first = await api.ask('performance', 'POST', `${json}/reports`, undefined, key);
    expect([first.status, first.headers['location']]).toEqual([201, `${json}/reports/1`]);
    expect((await api.ask('performance', 'POST', `${json}/reports`, undefined, key)).body).toEqual({ number: 1 });
    expect((await api.ask('performance', 'POST', `${json}/reports`, undefined, newKey())).body).toEqual({ number: 2 });
    expect(await api.council.orm.em.fork().count(CabinetReport, {})).toBe(2);
  });

  it('is not prepared without a key, nor for everybody', async () => {
    expect((await api.ask('performance', 'POST', `${json}/reports`)).status).toBe(422);
    expect((await api.ask('officer', 'POST', `${json}/reports`, undefined, newKey())).status).toBe(403);
    expect((await api.ask(null, 'POST', `${json}/reports`, undefined, newKey())).status).toBe(401);
  });

  it('has tallies that add up, with missing and not due apart', async () => {
    const { body } = await api.ask('gmt', 'GET', `${json}/reports/1`);
    expect(body).toMatchObject({ preparedFor: 'on-demand', preparedBy: people.performance });
    const tally = (body['content'] as unknown as { tallies: { indicators: Record<string, number> } }).tallies.indicators;
    const { total, ...classes } = tally;
    expect(classes).toMatchObject({ missing: 2, notDue: 2 });
    expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  it('shows as a page what it holds, exceptions first, every standing in words', async () => {
    const { status, page } = await (await api.browse('gmt')).open(`${pages}/reports/1`);
    expect(status).toBe(200);
    const captions = page.querySelectorAll('caption').map(({ text }) => text);
    expect(captions).toEqual([
      'Indicators',
      'Actions',
      'Red',
      'Missing',
      'Amber',
      'Actions past their date',
      'Every indicator',
      'Every action',
    ]);
    const missing = page.querySelectorAll('table').find((table) => table.querySelector('caption')?.text === 'Missing');
    expect(missing?.text).toMatch(/ComS_24[^]*Missing[^]*There is no figure for quarter 2\.[^]*Maya Thornton/);
    const all = page.querySelectorAll('table').find((table) => table.querySelector('caption')?.text === 'Every indicator');
    expect(all?.text).toContain('Not due this quarter');
    expect(all?.text).toContain('demonstration');
    expect(all?.text).toContain('its comment says'.replace('its', 'Its'));
    expect(page.querySelector('svg[role="img"]')?.getAttribute('aria-label')).toMatch(/^Of 18 indicators: Red: \d+/);
    expect(page.querySelector('main')?.text).toContain('This is not the final report.');
  });

  it('is not shown to everyone yet, and not to anyone without signing in', async () => {
    const nobody = await api.browse(null);
    expect((await nobody.open(publicPage)).status).toBe(404);
    expect((await nobody.open(`${pages}/reports/1`)).status).toBe(303);
    expect((await api.ask(null, 'GET', `${json}/reports/1`)).status).toBe(401);
    expect((await (await api.browse('gmt')).open(`${pages}/reports/9`)).status).toBe(404);
  });

  it('cannot be noted before Cabinet has it', async () => {
    const refused = await api.ask('clerk', 'POST', `${json}/notings`, { minute: '51' }, newKey());
    expect([refused.status, detailOf(refused)]).toEqual([409, expect.stringContaining('has not been prepared yet')]);
  });

  it('is prepared by the button of the page, once for each page that was opened', async () => {
    const browser = await api.browse('performance');
    const { page } = await browser.open(pages);
    const before = await api.council.orm.em.fork().count(CabinetReport, {});
    const { status, location } = await browser.sendForm(page, `${pages}/prepare`, {});
    expect([status, location]).toEqual([303, `${pages}/reports/${before + 1}`]);
    expect((await browser.sendForm(page, `${pages}/prepare`, {})).location).toBe(location);
    expect((await (await api.browse('officer')).open(pages)).page.querySelector(`form[action="${pages}/prepare"]`)).toBeNull();
  });
});

describe('the report of a quarter that Cabinet has before it', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    // After the agenda is published, so that both reports are prepared as soon as the quarter is opened.
    api = await startQuarter('2025-11-25', 'with-cabinet');
  });
  afterAll(() => api.close());

  it('was prepared for the General Management Team and for Cabinet, by nobody', async () => {
    const { body } = await api.ask('clerk', 'GET', json);
    expect(body['reports']).toEqual([
      expect.objectContaining({ number: 2, preparedFor: 'cabinet', preparedBy: null }),
      expect.objectContaining({ number: 1, preparedFor: 'gmt', preparedBy: null }),
    ]);
  });

  it('is open to everyone, without the names of officers', async () => {
    const { page: quarter } = await (await api.browse('clerk')).open(pages);
    expect(quarter.querySelectorAll('main a').map((link) => link.getAttribute('href'))).toContain(publicPage);
    const { status, page } = await (await api.browse(null)).open(publicPage);
    expect(status).toBe(200);
    const text = page.querySelector('main')?.text ?? '';
    expect(text).toContain('Head of Communities and Community Safety');
    for (const name of Object.values(people)) expect(text).not.toContain(name);
    expect((await (await api.browse(null)).open('/elsewhere/reports/2025-26/2')).status).toBe(404);
  });

  it('is noted with a minute only, by the clerk only', async () => {
    expect((await api.ask('clerk', 'POST', `${json}/notings`, { minute: ' ' }, newKey())).status).toBe(422);
    expect((await api.ask('performance', 'POST', `${json}/notings`, { minute: '51' }, newKey())).status).toBe(403);
    const browser = await api.browse('clerk');
    const { page } = await browser.open(pages);
    const refused = await browser.sendForm(page, `${pages}/note`, { minute: '' });
    expect([refused.status, refused.page.querySelector('.govuk-error-summary a')?.getAttribute('href')]).toEqual([422, '#minute']);
  });

  it('closes the quarter when it is noted; after that only the performance team enters what comes late, and the report stays', async () => {
    const key = newKey();
    expect((await api.ask('clerk', 'POST', `${json}/notings`, { minute: '51' }, key)).status).toBe(201);
    expect((await api.ask('clerk', 'POST', `${json}/notings`, { minute: '51' }, key)).body).toEqual({ number: 2 });
    expect((await api.ask('clerk', 'POST', `${json}/notings`, { minute: '52' }, key)).status).toBe(422);
    const em = api.council.orm.em.fork();
    const period = await em.findOneOrFail(Quarter, { councilId, year, quarter: 2 });
    expect(period).toMatchObject({ status: 'closed', minute: '51' });
    expect(await em.count(Task, { quarterId: period.id, closedAt: null })).toBe(0);
    const late = await api.ask('leader', 'PUT', `${json}/measurements/ComS_24`, { value: '19%' }, { 'if-match': '"1"' });
    expect(late.status).toBe(409);
    const { page } = await (await api.browse('leader')).open(`${pages}/update`);
    expect(page.querySelectorAll('main input:not([type="hidden"]), main textarea, main button')).toHaveLength(0);
    expect((await (await api.browse('clerk')).open(pages)).page.querySelector('main form')).toBeNull();

    const reported = (await api.ask('clerk', 'GET', `${json}/reports/2`)).body;
    const entered = await api.ask('performance', 'PUT', `${json}/measurements/ComS_24`, { value: '19%' }, { 'if-match': '"1"' });
    expect(entered.status).toBe(200);
    expect((await api.ask('clerk', 'GET', `${json}/reports/2`)).body).toEqual(reported);
  });
});
