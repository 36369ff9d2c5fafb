/** A cycle that cannot open: what its clerk finds on the task, what they do about it, and what the page then says. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openCycle } from '../../../activities/open-cycle.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { serverInstant } from '../../support/at-council-time.js';
import { expectAccessible, launchBrowser, signIn } from '../../support/browser.js';
import { councilId, people } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

describe('the task about meetings that are missing', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startCouncilWithApi();
    await open();
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  /** What the cycle's workflow does each day until it opens. */
  async function open(): Promise<void> {
    const at = await serverInstant(api.council.orm, councilId, '2025-11-03');
    await api.council.orm.em.fork().transactional((em) => openCycle(em, { councilId, year: '2027-28', at }));
  }

  async function signedIn(name: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await signIn(page, base, name, '/tasks');
    return page;
  }

  async function add(body: string, date: string): Promise<void> {
    const { status } = await api.ask('clerk', 'POST', '/api/v1/meetings', { body, date }, newKey());
    expect(status).toBe(201);
  }

  it('says to the clerk which meeting it is, and leads to where it is added', async () => {
    const page = await signedIn(people.clerk);
    await page.getByRole('link', { name: 'Add the meeting that is missing for the plans of 2027/28' }).click();
    const main = page.locator('main');
    expect(await main.textContent()).toContain('No meeting of General Management Team or Overview and Scrutiny Committee considers');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add a meeting' }).click();
    expect(new URL(page.url()).pathname).toBe('/meetings/add');
    await page.close();
  });

  it('names those that are still missing, then none, and closes once the cycle has opened', async () => {
    const [task] = await api.council.orm.em.fork().find(Task, { kind: 'meetings-missing' });
    const page = await signedIn(people.clerk);
    const textNow = async (): Promise<string | null> => {
      await page.goto(`${base}/tasks/${task!.id}`);
      return page.locator('main').textContent();
    };
    await add('gmt', '2026-12-01');
    expect(await textNow()).toContain('No meeting of Overview and Scrutiny Committee considers the plans of 2027/28.');
    await add('overview-and-scrutiny', '2027-01-19');
    expect(await textNow()).toContain('The meetings are in the calendar now.');
    await open();
    expect(await textNow()).toContain('The meetings are in the calendar.');
    await expectAccessible(page);
    await page.goto(`${base}/tasks`);
    expect(await page.locator('main').textContent()).not.toContain('2027/28');
    await page.close();
  });

  it('can be read by others, who are told whose it is', async () => {
    const [task] = await api.council.orm.em.fork().find(Task, { kind: 'meetings-missing' });
    await api.council.orm.em.fork().nativeUpdate(Task, { id: task!.id }, { closedAt: null });
    const helen = await api.browse('performance');
    const { page } = await helen.open(`/tasks/${task!.id}`);
    expect(page.querySelector('main')!.text).not.toContain('Add a meeting');
  });
});
