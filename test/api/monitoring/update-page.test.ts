/** The quarterly update as people give it: one page with all their rows, saved at once. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HTMLElement } from 'node-html-parser';
import { ActionUpdate, Measurement } from '../../../libs/database/entities/monitoring.js';
import { councilId } from '../../support/running-council.js';
import type { CouncilWithApi } from '../council-with-api.js';
import { pages, startQuarter, year } from './quarter-under-test.js';

const form = `${pages}/update`;
const place = { councilId, year, quarter: 2 };

describe('the page of the quarterly update', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startQuarter('2025-11-03', 'collecting', async (em) => {
      // The officer has three actions to give; one of them is new, so that nothing was said of it before.
      const rows = await em.find(ActionUpdate, { ...place, name: { $like: 'Review%' } }, { orderBy: { rowId: 'asc' }, limit: 3 });
      for (const row of rows) row.status = row.percent = null;
    });
  });
  afterAll(() => api.close());

  const figure = async (code: string): Promise<Measurement> => api.council.orm.em.fork().findOneOrFail(Measurement, { ...place, code });
  const messages = (page: HTMLElement): string[] => page.querySelectorAll('.govuk-error-summary__list a').map(({ text }) => text);

  it('shows the rows of the person with what was given before, and says what is missing', async () => {
    const { page } = await (await api.browse('leader')).open(form);
    const main = page.querySelector('main');
    expect(main?.text).toMatch(/1 of 15 rows is still missing:\s*ComS_24/);
    const { id } = await figure('ComS_24');
    const section = page.querySelector(`section[aria-labelledby="name-${id}"]`);
    expect(section?.text).toMatch(/Quarter 1: 21%[^]*Target: 20%/);
    expect(main?.text).not.toContain('ComS_013d');
  });

  it('tells somebody who is asked for nothing', async () => {
    const { page } = await (await api.browse('clerk')).open(form);
    expect(page.querySelector('main')?.text).toContain('You are not asked for any row of this quarter.');
    expect((await (await api.browse('clerk')).open(`${form}?all=yes`)).status).toBe(403);
  });

  it('saves the good rows and shows the others with what was typed', async () => {
    const browser = await api.browse('leader');
    const [good, wrong, asked] = [await figure('ComS_011'), await figure('ComS_014'), await figure('ComS_24')];
    const { page } = await browser.open(form);
    const answer = await browser.sendForm(page, form, {
      [`value-${good.id}`]: '501',
      [`value-${wrong.id}`]: 'a dozen',
      [`commentary-${wrong.id}`]: 'Counted by <b>hand</b>.',
      [`value-${asked.id}`]: '103%',
    });
    expect(answer.status).toBe(422);
    expect(messages(answer.page)).toEqual([
      'ComS_014: “a dozen” is not a figure. Write a number, such as 498, 84% or £1,200.',
      'ComS_24: 103% is not between 0% and 100%. Is it right?',
    ]);
    const field = answer.page.querySelector(`#value-${wrong.id}`);
    expect([field?.getAttribute('value'), field?.getAttribute('aria-describedby')]).toEqual(['a dozen', `error-${wrong.id}`]);
    expect(answer.page.querySelector(`#commentary-${wrong.id}`)?.textContent).toBe('Counted by <b>hand</b>.');
    expect(await figure('ComS_011')).toMatchObject({ value: '501', demonstration: false });
    expect((await figure('ComS_014')).value).toBe('12');

    const confirmed = await browser.sendForm(answer.page, form, {
      [`value-${wrong.id}`]: '12',
      [`commentary-${wrong.id}`]: '',
      [`confirmed-${asked.id}`]: 'yes',
    });
    expect([confirmed.status, confirmed.location]).toEqual([303, form]);
    expect((await figure('ComS_24')).value).toBe('103%');
    expect((await browser.open(form)).page.querySelector('.govuk-notification-banner')?.text).toContain('One row was saved.');
  });

  it('overwrites nothing that changed after the page was opened', async () => {
    const browser = await api.browse('leader');
    const { page } = await browser.open(form);
    const row = await figure('ComS_011');
    const em = api.council.orm.em.fork();
    (await em.findOneOrFail(Measurement, row.id)).value = '502';
    await em.flush();
    const answer = await browser.sendForm(page, form, { [`value-${row.id}`]: '503' });
    expect([answer.status, messages(answer.page)[0]]).toEqual([422, expect.stringMatching(/“502”.*“503”/)]);
    expect((await figure('ComS_011')).value).toBe('502');
    // Sent again from the page that showed both, it is meant.
    expect((await browser.sendForm(answer.page, form, {})).status).toBe(303);
    expect((await figure('ComS_011')).value).toBe('503');
  });

  it('leaves what was not touched as it was', async () => {
    const browser = await api.browse('leader');
    const { page } = await browser.open(form);
    expect((await browser.sendForm(page, form, {})).status).toBe(303);
    expect((await browser.open(form)).page.querySelector('.govuk-notification-banner')?.text).toContain('Nothing was changed.');
    expect((await figure('ComS_014')).demonstration).toBe(true);
  });

  it('takes “no change” for the actions that are blank, and refuses it where somebody also changed the status', async () => {
    const browser = await api.browse('performance');
    const all = `${form}?all=yes`;
    const em = api.council.orm.em.fork();
    const blank = await em.find(ActionUpdate, { ...place, status: null });
    expect(blank).toHaveLength(3);
    const { page } = await browser.open(all);
    const first = blank[0]!;
    const contradicted = await browser.sendForm(page, all, {
      [`status-${first.id}`]: 'completed',
      [`nochange-${first.id}`]: 'yes',
      rest: '',
    });
    expect(messages(contradicted.page)).toEqual([expect.stringContaining('Keep one of them')]);
    const answer = await browser.sendForm((await browser.open(all)).page, all, { rest: 'no-change' });
    expect(answer.status).toBe(303);
    for (const row of blank) {
      const before = await em.findOneOrFail(ActionUpdate, { ...place, quarter: 1, rowId: row.rowId });
      const now = await api.council.orm.em.fork().findOneOrFail(ActionUpdate, row.id);
      expect([now.status, now.percent, now.enteredBy]).toEqual([before.status, before.percent, await api.council.personId('performance')]);
    }
  });

  it('saves nothing of rows that were not on the page', async () => {
    const browser = await api.browse('officer');
    const { page } = await browser.open(form);
    const foreign = await figure('ComS_24');
    await browser.sendForm(page, form, { [`revision-${foreign.id}`]: String(foreign.revision), [`value-${foreign.id}`]: '1%' });
    expect((await figure('ComS_24')).value).toBe(foreign.value);
  });

  it('is found from the page of the quarters', async () => {
    const { page } = await (await api.browse('leader')).open('/monitoring');
    expect(page.querySelectorAll('main a').map((link) => link.getAttribute('href'))).toEqual(expect.arrayContaining([form, pages]));
    expect(page.querySelector('main')?.text).toMatch(/Quarter 3 of 2025\/26[^]*Opens on Friday 2 January 2026/);
  });
});
