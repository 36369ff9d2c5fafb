/** The plan's pages for each of the people who have a part in it, from the draft to the public page. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/running-council.js';
import { startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';
import type { PlainBrowser } from '../plain-browser.js';

const plan = '/plans/2026-27/community-safety';
const publicPage = `/broxtowe${plan}`;

describe('the pages of a plan', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    // The publication date is past, so the plan is published once it is approved and complete.
    api = await startCouncilWithApi({ today: '2026-03-25' });
  });
  afterAll(() => api.close());

  async function openTask(browser: PlainBrowser, words: RegExp): Promise<string> {
    const { page } = await browser.open('/tasks');
    const link = page.querySelectorAll('main a').find((one) => words.test(one.text));
    if (!link) throw new Error(`No task like ${String(words)}: ${page.querySelector('main')?.text.trim() ?? ''}`);
    return link.getAttribute('href')!;
  }

  it.each(['leader', 'gmt', 'clerk', 'performance', 'officer'] as const)('are there for the %s', async (person) => {
    const browser = await api.browse(person);
    for (const url of [
      '/tasks',
      '/plans',
      plan,
      '/plans/2025-26/community-safety',
      '/plans/2025-26/community-safety/versions/1',
      '/cycle',
      '/cycles/2026-27',
    ])
      expect([url, (await browser.open(url)).status]).toEqual([url, 200]);
  });

  it('send somebody who is not signed in to the sign-in page', async () => {
    const browser = await api.browse(null);
    expect(await browser.open(plan)).toMatchObject({ status: 303, location: `/sign-in?next=${encodeURIComponent(plan)}` });
  });

  it('say where an imported plan comes from', async () => {
    const { page } = await (await api.browse('gmt')).open('/plans/2025-26/community-safety/versions/1');
    expect(page.querySelector('main')?.text).toContain('community-safety-business-plan-2025-2028.txt');
    expect(page.querySelector('code.plancycle-long')?.text).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are not public before publication, but for the committee extract of the year before', async () => {
    const nobody = await api.browse(null);
    expect((await nobody.open(publicPage)).status).toBe(404);
    expect((await nobody.open(`${publicPage}/v1`)).status).toBe(404);
    expect((await api.ask(null, 'GET', '/api/v1/published/broxtowe/2026-27/community-safety')).status).toBe(404);
    const extract = await nobody.open('/broxtowe/plans/2025-26/community-safety');
    expect(extract.status).toBe(200);
    expect(extract.page.querySelector('main')?.text).toContain('Committee extract');
    expect((await nobody.open('/broxtowe/plans')).page.querySelector('main')?.text).toContain('(committee extract)');
    expect((await nobody.open('/elsewhere/plans')).status).toBe(404);
  });

  it('refuse a form without its token', async () => {
    const leader = await api.browse('leader');
    const task = await openTask(leader, /submit/);
    expect((await leader.send('POST', task, 'step=submit&draftRevision=1&key=12345678')).status).toBe(403);
    expect((await api.ask('leader', 'GET', `/api/v1${plan}`)).body).toMatchObject({ state: { at: 'drafting' } });
  });

  it('take the plan from the leader to the committee, each step on its task, counted once', async () => {
    const leader = await api.browse('leader');
    const draftTask = await openTask(leader, /submit/);
    const form = (await leader.open(draftTask)).page;
    expect(await leader.sendForm(form, draftTask, {})).toMatchObject({ status: 303, location: plan });
    expect((await leader.sendForm(form, draftTask, {})).status).toBe(303);
    expect((await leader.open(draftTask)).page.querySelector('main')?.text).toContain('This task was closed');

    const gmt = await api.browse('gmt');
    const review = await openTask(gmt, /Review/);
    const officer = (await (await api.browse('officer')).open(review)).page;
    expect(officer.querySelector('main form')).toBeNull();
    expect(officer.querySelector('main')?.text).toContain('This task is for: General Management Team');
    const reviewForm = (await gmt.open(review)).page;
    expect((await gmt.sendForm(reviewForm, review, {})).status).toBe(422);
    const noReason = await gmt.sendForm(reviewForm, review, { step: 'return' });
    expect(noReason.status).toBe(422);
    expect(noReason.page.querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#reason');
    expect((await gmt.sendForm(noReason.page, review, { step: 'return', reason: 'Explain <b>ComS_011</b>.' })).status).toBe(303);

    const again = await openTask(leader, /returned/);
    const returned = (await leader.open(again)).page;
    expect(returned.querySelector('main p.plancycle-as-written')?.text).toBe('Explain <b>ComS_011</b>.');
    expect((await leader.sendForm(returned, again, {})).status).toBe(303);
    expect((await gmt.sendForm(reviewForm, review, { step: 'agree' })).status).toBe(409);
    const second = await openTask(gmt, /Review/);
    expect((await gmt.sendForm((await gmt.open(second)).page, second, { step: 'agree' })).status).toBe(303);

    const clerk = await api.browse('clerk');
    const decide = await openTask(clerk, /decided/);
    const decision = (await clerk.open(decide)).page;
    expect((await clerk.sendForm(decision, decide, { step: 'approve' })).status).toBe(422);
    expect((await clerk.sendForm(decision, decide, { step: 'approve', minute: '42' })).status).toBe(303);
    expect((await clerk.sendForm(decision, decide, { step: 'approve', minute: '42' })).status).toBe(303);
    expect((await clerk.sendForm(decision, decide, { step: 'refer-back', minute: '43', reason: 'No' })).status).toBe(409);
    const record = (await clerk.open(plan)).page.querySelector('main')?.text ?? '';
    expect(record).toContain('Minute 42');
    expect(record).toContain('Explain');
  });

  it('complete the full plan, refuse a late save and publish it', async () => {
    const leader = await api.browse('leader');
    const action = `${plan}/full-plan`;
    expect((await (await api.browse('clerk')).open(action)).page.querySelector('main form')).toBeNull();
    const form = (await leader.open(action)).page;
    const parts = { policies: 'P', serviceObjectives: 'S', baseline: '- one\n- two', managementIndicators: 'M' };
    const incomplete = await leader.sendForm(form, action, { ...parts, action: 'sign-off' });
    expect(incomplete.status).toBe(422);
    expect(incomplete.page.querySelector('.govuk-error-summary')?.text).toContain('Summary of key risks is still empty');
    const late = await leader.sendForm(form, action, { ...parts, policies: 'Mine', action: 'save' });
    expect(late.status).toBe(412);
    expect(late.page.querySelector('.plancycle-saved-text')?.text).toContain('P');
    const now = (await leader.open(action)).page;
    expect((await leader.sendForm(now, action, { ...parts, risks: 'R', action: 'sign-off' })).status).toBe(303);
    await until(async () => (await api.council.plan()).at === 'published');
    expect((await leader.open(action)).page.querySelector('main form')).toBeNull();
  });

  it('are public once published, each version at its lasting address', async () => {
    const nobody = await api.browse(null);
    const latest = await nobody.open(publicPage);
    expect(latest.status).toBe(200);
    expect(latest.page.querySelectorAll('table caption')).toHaveLength(6);
    expect(latest.page.querySelectorAll('table').every((table) => table.querySelector('th[scope="row"]') !== null)).toBe(true);
    expect(latest.page.querySelector('main')?.text).toContain('Summary of key risks');
    expect((await nobody.open(`${publicPage}/v3`)).status).toBe(200);
    expect((await nobody.open(`${publicPage}/v2`)).status).toBe(404);
    const data = await api.ask(null, 'GET', '/api/v1/published/broxtowe/2026-27/community-safety');
    expect(data).toMatchObject({ status: 200, body: { origin: 'published', version: 3, content: { fullPlan: { risks: 'R' } } } });
    expect((await (await api.browse('performance')).open('/cycle')).status).toBe(200);
  });
});
