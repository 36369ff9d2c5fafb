/** Rolling forward as people see it: the preview, where each cell came from, and the break where an indicator is measured otherwise. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible, launchBrowser } from '../../support/browser.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const before = '/plans/2025-26/community-safety';
const plan = '/plans/2026-27/community-safety';
const draft = `${plan}/draft`;
const row = `${draft}/rows/csi-ComS_011`;

describe('rolling forward', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const description = (page: { querySelector(selector: string): { textContent: string } | null }): string =>
    (page.querySelector('textarea#cell-0')?.textContent ?? '').replace(/^\n/, '');
  const sinceOf = async (rowId: string): Promise<unknown> => {
    const { body } = await api.ask('leader', 'GET', `/api/v1${draft}`);
    const { objectives } = body['content'] as unknown as { objectives: { table: { rows: { id: string; definedSince?: string }[] } }[] };
    return objectives.flatMap(({ table }) => table.rows).find(({ id }) => id === rowId)?.definedSince;
  };
  const textOf = async (person: 'leader' | 'gmt' | 'officer', url: string): Promise<string> =>
    (await (await api.browse(person)).open(url)).page.querySelector('main')?.text.replace(/\s+/g, ' ') ?? '';

  it('is previewed by anyone who is signed in: columns, what will be asked, and the tables with words in the cells that change', async () => {
    const { page } = await (await api.browse('officer')).open(`${before}/roll-forward`);
    const main = page.querySelector('main');
    const text = main?.text.replace(/\s+/g, ' ') ?? '';
    expect(text).toContain('rolled forward already, from version 1');
    expect(main?.querySelector('.govuk-inset-text a')?.getAttribute('href')).toBe(plan);
    expect(text).toContain('Actions proposed for removal (2)');
    expect(text).toContain('Targets proposed (15)');
    expect(main?.querySelectorAll('table')[0]?.text.replace(/\s+/g, ' ')).toContain(
      'Target 2024/25Achieved 2024/25Blank until it is known',
    );
    const cells = main?.querySelectorAll('#row-csi-ComS_100 td').map((cell) => cell.text) ?? [];
    expect(cells.slice(2, 5)).toEqual(['Result wanted', '420', '450Proposed target']);
    expect(main?.querySelector('#row-csi-ComS_100 th .plancycle-cell-word')?.text).toBe('“(New)” cleared');
    expect(main?.querySelectorAll('.plancycle-cell-word').filter((word) => word.text === 'Proposed for removal')).toHaveLength(2);
    expect((await (await api.browse(null)).open(`${before}/roll-forward`)).status).toBe(303);
  });

  it('says that there is nothing to roll forward before a version is approved', async () => {
    expect(await textOf('gmt', `${plan}/roll-forward`)).toContain('There is nothing to roll forward yet');
    expect((await api.ask('gmt', 'GET', `/api/v1${plan}/roll-forward`)).status).toBe(409);
    expect((await api.ask('gmt', 'GET', '/api/v1/plans/2026-27/nothing/roll-forward')).status).toBe(404);
  });

  it('is there for programs, and is what the cycle’s opening wrote', async () => {
    const { status, body } = await api.ask('officer', 'GET', `/api/v1${before}/roll-forward`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: '2025/26', to: '2026/27', versionNumber: 1, opensOn: '2025-09-01', nextPlan: { year: '2026-27' } });
    expect((await api.ask('leader', 'GET', `/api/v1${draft}`)).body['content']).toEqual(body['plan']);
  });

  it('leaves every cell of the draft able to say where it came from, with a way to the version', async () => {
    const { page } = await (await api.browse('leader')).open(row);
    const told = page.querySelectorAll('.plancycle-origin').map((one) => one.text.replace(/\s+/g, ' ').trim());
    expect(told[0]).toContain('From “Indicator Description (Code)” in version 1 of the plan for 2025/26, line 40 of its file.');
    expect(told).toContain('Blank until it is known.');
    expect(told.some((sentence) => sentence.startsWith('Proposed: the figure under “Future Years” in version 1'))).toBe(true);
    const there = page.querySelector('.plancycle-origin a')?.getAttribute('href') ?? '';
    expect(there).toBe(`${before}/versions/1#row-csi-ComS_011`);
    expect((await (await api.browse('leader')).open(there.split('#')[0]!)).page.querySelector('#row-csi-ComS_011')).not.toBeNull();
  });

  it('tells programs the same, and what a person wrote instead', async () => {
    const { headers } = await api.ask('leader', 'GET', `/api/v1${draft}`);
    const change = { cells: { 'target 2026/27': '1,750' } };
    await api.ask('leader', 'PATCH', `/api/v1${row}`, change, { 'if-match': String(headers['etag']) });
    const { body } = await api.ask('leader', 'GET', `/api/v1${row}/origins`);
    expect(body).toMatchObject({ rowId: 'csi-ComS_011', source: { year: '2025-26', versionNumber: 1 } });
    const origins = body['origins'] as unknown as { column: string }[];
    const of = (column: string): unknown => origins.find((origin) => origin.column === column);
    expect(of('achieved 2022/23')).toMatchObject({ kind: 'carried', from: 'achieved 2022/23', line: 40 });
    expect(of('achieved 2024/25')).toMatchObject({ kind: 'blank' });
    expect(of('target 2026/27')).toMatchObject({ kind: 'written', before: '1,800' });
    expect(of('futureYears')).toMatchObject({ kind: 'carried' });
    const imported = await api.ask('gmt', 'GET', `/api/v1${before}/versions/1/rows/csi-ComS_011/origins`);
    expect(imported.body).toMatchObject({
      source: null,
      origins: expect.arrayContaining([expect.objectContaining({ kind: 'imported', line: 40 })]),
    });
    expect((await api.ask('gmt', 'GET', `/api/v1${row}/origins`)).status).toBe(403);
    expect((await api.ask('leader', 'GET', `/api/v1${draft}/rows/nothing/origins`)).status).toBe(404);
  });

  it('asks what another description means, marks the earlier figures, and takes the answer', async () => {
    const browser = await api.browse('leader');
    const form = (await browser.open(row)).page;
    const was = description(form);
    expect(form.querySelector('#measure')).toBeNull();
    const changed = { 'cell-0': was.replace(/^\w+/, 'Serious incidents of') };
    expect(await browser.sendForm(form, row, changed)).toMatchObject({ status: 303, location: `${row}#measure` });
    expect(await sinceOf('csi-ComS_011')).toBe('2026/27');

    const asked = (await browser.open(row)).page;
    expect(asked.querySelector('.govuk-notification-banner')?.text).toContain('reads otherwise than last year’s plan');
    expect(asked.querySelector('#measure')?.text).toContain(was);
    expect(asked.querySelector('#measure')?.text).toContain('measured as described here since 2026/27');
    expect(asked.querySelector('input[name=measure][checked]')?.getAttribute('value')).toBe('new-measure');

    expect((await browser.sendForm(asked, row, { measure: 'same-measure' })).location).toBe(`${draft}#row-csi-ComS_011`);
    expect(await sinceOf('csi-ComS_011')).toBeNull();
    const again = (await browser.open(row)).page;
    expect(again.querySelector('input[name=measure][checked]')?.getAttribute('value')).toBe('same-measure');
    await browser.sendForm(again, row, { measure: 'new-measure' });
    expect(await sinceOf('csi-ComS_011')).toBe('2026/27');
  });

  it('shows the break to every reader of the version, in words and at its place, and keeps it out of what is approved', async () => {
    const { draftRevision } = (await api.ask('leader', 'GET', `/api/v1${plan}`)).body;
    const sent = await api.ask(
      'leader',
      'POST',
      `/api/v1${plan}/submissions`,
      { draftRevision, reason: 'Agreed.' },
      { 'idempotency-key': 'submission-1' },
    );
    expect(sent.status).toBe(200);
    const { page } = await (await api.browse('gmt')).open(`${plan}/versions/1`);
    const cells = page.querySelectorAll('#row-csi-ComS_011 td');
    expect(cells[0]?.text).toContain('(measured otherwise)');
    expect(cells[4]?.getAttribute('class')).toContain('plancycle-series-break');
    expect(cells[4]?.text).toBe('New measure: 1,750');
    expect(page.querySelector('main')?.text).toContain('† ComS_011 has been measured as described here since 2026/27.');
    expect(page.querySelectorAll('.plancycle-series-break')).toHaveLength(1);
  });

  describe('in a browser', () => {
    let browser: Browser;
    let shown: Page;
    beforeAll(async () => {
      await api.app.listen(0, '127.0.0.1');
      browser = await launchBrowser();
      shown = await browser.newPage({ baseURL: await api.app.getUrl() });
      await shown.goto('/sign-in');
      await shown.check(`input[value="${await api.council.personId('gmt')}"]`);
      await shown.locator('main button').click();
      await shown.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    });
    afterAll(() => browser.close());

    it.each([`${before}/roll-forward`, `${plan}/roll-forward`, `${plan}/versions/1`])('is accessible: %s', async (url) => {
      await shown.goto(url);
      await expectAccessible(shown);
      await shown.setViewportSize({ width: 360, height: 800 });
      expect(await shown.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await shown.setViewportSize({ width: 1280, height: 900 });
    });
  });
});
