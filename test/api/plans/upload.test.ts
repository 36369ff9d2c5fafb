/** A document written elsewhere, brought into a draft: what it would change is shown first, and nothing else changes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import { UploadedDocument } from '../../../libs/database/entities/uploads.js';
import { extractHash } from '../../../libs/documents/content-hash.js';
import { FORMAT_FACTS, PLAN_FORMATS } from '../../../libs/documents/plan-format.js';
import { readPlanFile } from '../../../libs/documents/read-plan-file.js';
import { writePlanFile } from '../../../libs/documents/write-plan-file.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { withCells } from '../../../libs/domain/edit-plan.js';
import { tablesOf } from '../../../libs/domain/plan-tables.js';
import { expectAccessible, launchBrowser, signIn } from '../../support/browser.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const address = '/api/v1/plans/2026-27/community-safety';
const draftPage = '/plans/2026-27/community-safety/draft';
const target = 'target 2026/27';

describe('a document brought into a draft', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const draft = async (): Promise<BusinessPlan> =>
    (await api.ask('leader', 'GET', `${address}/draft`)).body['content'] as unknown as BusinessPlan;
  const idsOf = (plan: BusinessPlan): string[] => tablesOf(plan).flatMap(({ rows }) => rows.map(({ id }) => id));

  async function leaderAt(path: string, width = 1280): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await signIn(page, base, 'Maya Thornton', path);
    return page;
  }

  async function send(page: Page, name: string, bytes: Uint8Array): Promise<void> {
    await page.goto(`${base}${draftPage}/upload`);
    await page.getByLabel('The document').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
    await page.getByRole('button', { name: 'Read the document' }).click();
  }

  it.each(['docx', 'xlsx'] as const)('as %s changes what was changed in it and keeps every row', async (format) => {
    const before = await draft();
    const [csi] = tablesOf(before);
    const value = format === 'docx' ? '390' : '385';
    const changed = withCells(before, 'csi-ComS_012', { [target]: value });
    const page = await leaderAt(draftPage, format === 'docx' ? 1280 : 390);
    await send(page, `plan${FORMAT_FACTS[format].extension}`, await writePlanFile(changed, format));
    await expectAccessible(page);
    expect(await page.getByRole('table').allTextContents()).toEqual([expect.stringContaining('Target raised')]);
    expect(extractHash(await draft())).toBe(extractHash(before));
    await page.getByRole('button', { name: 'Take it over into the draft' }).click();
    await page.getByText('The document has been taken over into the draft').waitFor();
    const after = await draft();
    expect(extractHash(after)).toBe(extractHash(changed));
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(tablesOf(after)[0]?.rows[1]?.cells[target]).toBe(value);
    expect(csi?.rows[1]?.id).toBe('csi-ComS_012');
    const em = api.council.orm.em.fork();
    expect(await em.count(AuditEntry, { act: 'take document over into draft' })).toBe(format === 'docx' ? 1 : 2);
    expect(await em.count(UploadedDocument, {})).toBe(0);
    await page.close();
  });

  it('may hold one table: what it does not hold stays', async () => {
    const before = await draft();
    const text =
      'Key Performance Indicators (KPI)\n\nIndicator Description (Code)\tAchieved 2023/24\tTarget 2026/27\tOwner/Comments\nNew measure (ComS_051)\t1\t2\tHousing Operations Manager\n';
    const page = await leaderAt(draftPage);
    await send(page, 'kpi.txt', new TextEncoder().encode(`Title\n\n${text}`));
    expect(await page.getByRole('main').textContent()).toContain(
      'It does not hold the narrative, the critical success indicators, the actions, the budget table',
    );
    await page.getByRole('button', { name: 'Take it over into the draft' }).click();
    const after = await draft();
    expect(after.kpis.rows).toHaveLength(1);
    expect(after.actions).toEqual(before.actions);
    expect(after.objectives).toEqual(before.objectives);
    await page.close();
  });

  it('is refused with a sentence where it cannot be read, and when the draft changed under it', async () => {
    const page = await leaderAt(draftPage);
    await send(page, 'picture.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
    await expectAccessible(page);
    expect(await page.getByRole('alert').textContent()).toMatch(/There is a problem/);
    await page.goto(`${base}${draftPage}/upload`);
    await page.getByRole('button', { name: 'Read the document' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Choose the file that holds the plan');
    await send(page, 'large.txt', new Uint8Array(21 * 1024 * 1024).fill(65));
    expect(await page.getByRole('alert').textContent()).toContain('large.txt is larger than 20 MB');

    const before = await draft();
    await send(page, 'plan.json', await writePlanFile(withCells(before, 'csi-ComS_012', { [target]: '1' }), 'json'));
    const etag = { 'if-match': String((await api.ask('leader', 'GET', `${address}/draft`)).headers['etag']) };
    await api.ask('leader', 'PATCH', `${address}/draft/rows/csi-ComS_012`, { cells: { [target]: '2' } }, etag);
    await page.getByRole('button', { name: 'Take it over into the draft' }).click();
    expect(await page.getByRole('main').textContent()).toContain('changed');
    expect(tablesOf(await draft())[0]?.rows[1]?.cells[target]).toBe('2');
    await page.close();
  });

  it('is taken from the leader only, and nothing is read from strangers', async () => {
    expect((await (await api.browse('gmt')).open(`${draftPage}/upload`)).status).toBe(403);
    const form = new FormData();
    form.set('document', new Blob(['x']), 'x.txt');
    const answer = await fetch(`${base}${draftPage}/upload`, { method: 'POST', body: form, redirect: 'manual' });
    expect([303, 401, 403]).toContain(answer.status);
  });

  it('is downloaded in every format, the draft by its leader and versions by anyone', async () => {
    const page = await leaderAt(draftPage);
    const hash = extractHash(await draft());
    for (const format of PLAN_FORMATS) {
      const answer = await page.request.get(`${base}${draftPage}/download/${format}`);
      expect([format, answer.status(), answer.headers()['content-disposition']]).toEqual([
        format,
        200,
        `attachment; filename="community-safety-2026-27-draft${FORMAT_FACTS[format].extension}"`,
      ]);
      expect([format, extractHash((await readPlanFile(await answer.body())).plan)]).toEqual([format, hash]);
      const published = await fetch(`${base}/broxtowe/plans/2025-26/community-safety/v1/download/${format}`);
      expect([format, published.status]).toEqual([format, 200]);
    }
    expect((await page.request.get(`${base}${draftPage}/download/pages`)).status()).toBe(404);
    await page.close();
  });
});
