/** Two texts of a plan compared, for programs and on the page. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { expectAccessible, expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const address = '/api/v1/plans/2026-27/community-safety';
const target = 'target 2026/27';

describe('two texts of a plan', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    const etag = async () => ({ 'if-match': String((await api.ask('leader', 'GET', `${address}/draft`)).headers['etag']) });
    await api.ask('leader', 'PATCH', `${address}/draft/rows/csi-ComS_012`, { cells: { [target]: '450' } }, await etag());
    const action = { cells: { action: 'Review and update ASB documentation and forms BCRPASB_27' } };
    await api.ask('leader', 'PATCH', `${address}/draft/rows/action-BCRPASB_27`, action, await etag());
  });
  afterAll(() => api.close());

  const differences = async (from: string, to: string) => api.ask('leader', 'GET', `${address}/differences?from=${from}&to=${to}`);

  it('differ in exactly what was changed, with what it means', async () => {
    const { status, body } = await differences('start', 'draft');
    expect(status).toBe(200);
    expect(body['differences']).toEqual([
      { kind: 'changed', table: 'csi', code: 'ComS_012', field: target, before: '400', after: '450', meaning: 'target softened' },
      {
        ...{ kind: 'changed', table: 'actions', code: 'BCRPASB_27', field: 'description', meaning: null },
        ...{ before: 'Review and update ASB documentation', after: 'Review and update ASB documentation and forms' },
      },
    ]);
  });

  it('are last year’s plan and this year’s draft too: a year column is one difference', async () => {
    const { body } = await differences('last-year', 'draft');
    const columns = (body['differences'] as unknown as { kind: string; table: string; field: string; code: string | null }[]).filter(
      ({ field }) => field === target,
    );
    expect(columns.map(({ kind, table, code }) => [kind, table, code])).toEqual([
      ['added', 'csi', null],
      ['added', 'kpi', null],
    ]);
  });

  it('are not shown to others while one of them is a draft, and must be named rightly', async () => {
    expect((await api.ask('gmt', 'GET', `${address}/differences?from=start&to=draft`)).status).toBe(404);
    expect((await differences('1', 'draft')).status).toBe(404);
    expect((await differences('first', 'draft')).status).toBe(422);
  });

  describe('in a browser', () => {
    let browser: Browser;
    let base: string;
    beforeAll(async () => {
      base = await api.address();
      browser = await launchBrowser();
    });
    afterAll(() => browser.close());

    it.each([1280, 390])('stand side by side or in one, with the words marked, on a screen of %d pixels', async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const path = '/plans/2026-27/community-safety/compare';
      await signIn(page, base, 'Maya Thornton', path);
      await page.getByLabel('From').selectOption({ label: 'Last year’s plan as it was rolled forward' });
      await page.getByRole('button', { name: 'Compare' }).click();
      await expectAccessible(page);
      const table = page.getByRole('table').first();
      expect(await table.textContent()).toContain('Target softened');
      expect(await table.locator('del').allTextContents()).toEqual(['[taken out: 400]']);
      await page.getByRole('link', { name: 'Show one text with the words marked' }).click();
      await expectAccessible(page);
      expect(await page.locator('ins').allTextContents()).toEqual(['[put in: 450]', '[put in: and forms]']);
      await expectWell(page);
      await page.close();
    });
  });
});
