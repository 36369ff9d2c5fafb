/** The board: every plan with its course, the most urgent first; answering alarms from it, for programs and on its page. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Meeting } from '../../../libs/database/entities/council.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { expectWell, launchBrowser, signIn } from '../../support/browser.js';
import { until } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const board = '/api/v1/cycles/2026-27';
const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 800 },
];

describe('the board on 5 March 2026, when the alarm has been raised', () => {
  let api: CouncilWithApi;
  let meetingId: string;
  beforeAll(async () => {
    api = await startCouncilWithApi({ today: '2026-03-05' });
    meetingId = randomUUID();
    await api.council.orm.em
      .fork()
      .insert(Meeting, { id: meetingId, councilId: 'broxtowe', body: 'overview-and-scrutiny', date: '2026-03-24', considers: [] });
    await until(async () => (await api.council.orm.em.fork().count(Task, { kind: 'guard-alarm' })) > 0);
  });
  afterAll(() => api.close());

  it('tells programs of each plan its course, the reason and the latest action', async () => {
    const { status, body } = await api.ask('officer', 'GET', board);
    expect(status).toBe(200);
    expect(body['plans']).toMatchObject([
      {
        slug: 'community-safety',
        heldBy: ['Maya Thornton'],
        course: 'at-risk',
        reason: 'Overview and Scrutiny Committee met on Tuesday 20 January, before the plan came to it.',
        latestAction: {
          what: 'Take it to the meeting of Overview and Scrutiny Committee on Tuesday 24 March: its agenda is published on Monday 16 March, so the draft is submitted and GMT agrees by then',
          by: '2026-03-16',
        },
        answer: null,
        chased: null,
      },
    ]);
  });

  it('tells which meetings help', async () => {
    const { body } = await api.ask('clerk', 'GET', `${board}/guard`);
    expect(body['plans']).toMatchObject([
      { slug: 'community-safety', answeredUntil: null, meetings: [{ id: meetingId, date: '2026-03-24', agenda: '2026-03-16' }] },
    ]);
  });

  it('asks the posts that were told, on the page of the answer', async () => {
    const { body } = await api.ask('performance', 'GET', '/api/v1/tasks');
    expect(body['tasks']).toMatchObject([{ kind: 'guard-alarm', page: '/cycles/2026-27/guard' }]);
    const helen = await api.browse('performance');
    const list = await helen.open('/tasks');
    expect(list.page.querySelector('main')?.text).toContain('Answer the alarm of 1 April');
  });

  it('shows a reader what it is about, without a form to answer', async () => {
    const priya = await api.browse('officer');
    const { page } = await priya.open('/cycles/2026-27/guard');
    expect(page.querySelector('main')?.text).toContain('The performance team and those whom the alarm tells answer it.');
    expect(page.querySelectorAll('input[type=radio]')).toHaveLength(0);
  });

  it('refuses an answer that does not fit with a sentence at its field', async () => {
    const helen = await api.browse('performance');
    const { page } = await helen.open('/cycles/2026-27/guard');
    const nothing = await helen.sendForm(page, '/cycles/2026-27/guard', {});
    expect([nothing.status, summaryOf(nothing.page)]).toEqual([422, ['Choose at least one plan', 'Choose what you will do about it']]);
    const plans = 'community-safety';
    const noDay = await helen.sendForm(page, '/cycles/2026-27/guard', { plans, kind: 'urgency', reason: 'x' });
    expect(summaryOf(noDay.page)).toEqual(['Enter the day by which it is settled']);
    const early = { 'until-day': '30', 'until-month': '3', 'until-year': '2026' };
    const notLate = await helen.sendForm(page, '/cycles/2026-27/guard', { plans, kind: 'accept-lateness', reason: 'x', ...early });
    expect(summaryOf(notLate.page)).toEqual(['Monday 30 March 2026 is not late. Choose a day after Tuesday 31 March 2026']);
    expect(notLate.page.querySelector('#until-day')?.getAttribute('value')).toBe('30');
    const noMeeting = await helen.sendForm(page, '/cycles/2026-27/guard', { plans, kind: 'other-meeting' });
    expect(summaryOf(noMeeting.page)).toEqual(['Choose the meeting']);
    expect((await helen.open('/cycles/2031-32/guard')).status).toBe(404);
  });

  it('refuses it to people whose it is not', async () => {
    const urgency = { plans: ['community-safety'], kind: 'urgency', until: '2026-03-20', reason: 'It cannot wait' };
    expect((await api.ask('leader', 'POST', `${board}/guard-answers`, urgency, newKey())).status).toBe(403);
    expect((await api.ask('performance', 'POST', `${board}/guard-answers`, { ...urgency, plans: ['none'] }, newKey())).status).toBe(404);
    expect((await api.ask('performance', 'POST', `${board}/guard-answers`, urgency)).status).toBe(422);
    expect((await api.ask('performance', 'POST', `${board}/guard-answers`, { ...urgency, kind: 'hope' }, newKey())).status).toBe(422);
  });

  it('has an answer for as long as it holds, its deadlines follow it, and it counts once', async () => {
    const key = newKey();
    const answer = { plans: ['community-safety'], kind: 'other-meeting', meetingId };
    const first = await api.ask('clerk', 'POST', `${board}/guard-answers`, answer, key);
    expect(first).toMatchObject({ status: 201, body: { until: '2026-03-24' } });
    expect(await api.ask('clerk', 'POST', `${board}/guard-answers`, answer, key)).toMatchObject({ status: 201, body: first.body });
    expect((await api.ask('clerk', 'POST', `${board}/guard-answers`, { ...answer, reason: 'Another' }, key)).status).toBe(422);
    const { body } = await api.ask('officer', 'GET', board);
    expect(body['plans']).toMatchObject([
      {
        course: 'on-course',
        answer: {
          ...{ kind: 'other-meeting', holdsUntil: '2026-03-24', by: 'Tom Ashworth' },
          inWords: 'Another meeting: Overview and Scrutiny Committee on Tuesday 24 March 2026',
        },
      },
    ]);
    const tasks = await api.ask('performance', 'GET', '/api/v1/tasks');
    expect(tasks.body['tasks']).toEqual([]);
    const plan = await api.ask('leader', 'GET', '/api/v1/plans/2026-27/community-safety');
    expect(plan.body['dates']).toMatchObject({
      committeeMeeting: '2026-03-24',
      agendaPublished: '2026-03-16',
      finalReportDue: '2026-03-09',
    });
    expect(plan.body['dates']).not.toHaveProperty('chosen');
  });
});

describe('a board of a hundred plans', () => {
  let api: CouncilWithApi;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    api = await startCouncilWithApi({ today: '2026-03-05' });
    await writeManyPlans(api);
    base = await api.address();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  it('has the most urgent first, and shows only what is off course where its address says so', async () => {
    const { body } = await api.ask('officer', 'GET', board);
    const courses = (body['plans'] as unknown as { course: string }[]).map(({ course }) => course);
    expect(courses).toHaveLength(100);
    const order = ['too-late', 'at-risk', 'on-course', 'published', 'given-up'];
    expect(courses).toEqual([...courses].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
    const helen = await api.browse('performance');
    const rows = async (address: string): Promise<number> =>
      (await helen.open(address)).page.querySelectorAll('.plancycle-board tbody tr').length;
    const off = courses.filter((course) => course === 'too-late' || course === 'at-risk').length;
    expect([await rows('/cycle'), await rows('/cycle?show=off-course')]).toEqual([100, off]);
    expect(off).toBeGreaterThan(20);
  });

  it.each(SCREENS)('is well on a screen of $width pixels, with its answer page and a second chase', async (screen) => {
    const page = await signedIn(browser, base, screen);
    for (const path of ['/cycles/2026-27', '/cycles/2026-27?show=off-course', '/cycles/2026-27/guard']) {
      await page.goto(base + path);
      await expectWell(page);
      await picture(page, `${path.replaceAll(/\W+/g, '-')}-${screen.width}`);
    }
    await page.getByRole('button', { name: 'Record the answer' }).click();
    await page.getByRole('alert').waitFor();
    await expectWell(page);
    await page.goto(`${base}/cycles/2026-27?show=off-course`);
    const chase = page.getByRole('button', { name: /Chase Maya Thornton about Community Safety/ });
    await chase.click();
    if (screen.width > 500) {
      await page.getByText('Maya Thornton gets an e-mail now.').waitFor();
      await expectWell(page);
      await chase.click();
    }
    await page.getByRole('heading', { name: 'You chased Maya Thornton today already' }).waitFor();
    await expectWell(page);
    await picture(page, `chase-again-${screen.width}`);
    await page.getByRole('link', { name: 'Leave it at that' }).click();
    expect(new URL(page.url()).search).toBe('?show=off-course');
    await page.close();
  });
});

async function signedIn(browser: Browser, base: string, screen: (typeof SCREENS)[number]): Promise<Page> {
  const page = await browser.newPage({ viewport: screen });
  await signIn(page, base, 'Helen Marsh', '/cycle');
  return page;
}

/** For the eye: a folder in this variable gets a picture of each page. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PLANCYCLE_PICTURES'];
  if (folder)
    await page.screenshot({
      path: `${folder}/${name}.png`,
      fullPage: true,
      clip: { x: 0, y: 0, width: page.viewportSize()!.width, height: 1600 },
    });
}

/** Ninety-nine more plans, wherever a plan can stand; no workflow runs for them, which a board does not ask about. */
async function writeManyPlans(api: CouncilWithApi): Promise<void> {
  const em = api.council.orm.em.fork();
  const { cycleId } = await api.council.plan();
  const places = ['drafting', 'gmt-review', 'overview-and-scrutiny', 'publication', 'publication', 'published', 'given-up'];
  for (let number = 1; number < 100; number++) {
    const at = places[number % places.length]!;
    const fullPlan = at === 'published' || number % 2 === 0 ? 'complete' : 'asked-for';
    await em.insert(Plan, {
      ...{ id: randomUUID(), councilId: 'broxtowe', year: '2026-27', slug: `plan-${number}`, cycleId: cycleId ?? null },
      ...{
        title: `Business Plan ${number} of a long name for services and places`,
        at,
        round: 1,
        fullPlan,
        since: new Date('2026-01-02T10:00:00Z'),
      },
    });
  }
}

function summaryOf(page: { querySelectorAll(selector: string): { text: string }[] }): string[] {
  return page.querySelectorAll('.govuk-error-summary__list a').map(({ text }) => text.trim());
}
