/** The page of a plan's queries by its forms, without scripts: what it shows, refuses, accepts and keeps. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HTMLElement } from 'node-html-parser';
import { QueryAcceptance } from '../../../libs/database/entities/queries.js';
import type { Opened, PlainBrowser } from '../plain-browser.js';
import { CouncilWithQueries, percentage, plan, row, target } from './queries-under-test.js';

const page = `${plan}/queries`;

function choicesIn(document: HTMLElement, group: string): string[] {
  return document.querySelectorAll(`#group-${group} input[name="query"]`).map((box) => box.getAttribute('value')!);
}

/** Sends the page's form as a browser does in which several boxes are ticked. */
async function sendChosen(browser: PlainBrowser, document: HTMLElement, fields: [string, string][], url = page): Promise<Opened> {
  const form = document.querySelectorAll('form').find((one) => one.getAttribute('action') === url);
  const hidden = form!
    .querySelectorAll('input[type="hidden"]')
    .map((input): [string, string] => [input.getAttribute('name')!, input.getAttribute('value')!]);
  return browser.send('POST', url, new URLSearchParams([...hidden, ...fields]).toString());
}

describe('the page of queries', () => {
  let council: CouncilWithQueries;
  let leader: PlainBrowser;
  beforeAll(async () => {
    council = await CouncilWithQueries.start();
    await council.write(row, { [target]: '103%' });
    await council.write('csi-ComS_012', { [target]: 'about a dozen' });
    leader = await council.api.browse('leader');
  });
  afterAll(() => council.api.close());

  it('shows all of them at once, grouped by how they stand, each with its rule and the way to its cell', async () => {
    const { page: document, status } = await leader.open(page);
    expect(status).toBe(200);
    expect(document.querySelectorAll('h2').map((heading) => heading.text)).toEqual(
      expect.arrayContaining([
        'These stop the submission (1)',
        expect.stringMatching(/^To look at \(\d+\)$/),
        expect.stringMatching(/^From earlier/),
      ]),
    );
    const stops = document.querySelector('#group-stops')!;
    expect(stops.querySelector('details')?.text).toContain('Why it is asked');
    expect(stops.querySelector('a[href^="/help/queries#"]')?.getAttribute('href')).toBe('/help/queries#percentage-out-of-range');
    const link = stops.querySelector('.govuk-checkboxes__hint a')!.getAttribute('href')!;
    const draft = (await leader.open(`${plan}/draft`)).page;
    const cell = draft.getElementById(link.split('#')[1]!)!;
    expect([cell.getAttribute('data-cell'), cell.getAttribute('tabindex')]).toEqual([target, '-1']);
    expect(draft.text).toContain('1 stops the submission');
    const ids = draft.querySelectorAll('[id]').map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lets others read and offers them nothing to accept; to the public it is closed', async () => {
    const officer = (await (await council.api.browse('officer')).open(page)).page;
    expect(officer.querySelectorAll('main form, main input')).toEqual([]);
    expect(officer.querySelector('main')?.text).toContain('ask the performance team');
    const gmt = await council.api.browse('gmt');
    const token = (await gmt.open(page)).page.querySelector('input[name="_csrf"]')!.getAttribute('value')!;
    const choice = choicesIn((await leader.open(page)).page, 'stops')[0]!;
    const forged = new URLSearchParams({ _csrf: token, key: 'a-forged-key', query: choice, reason: 'Mine' }).toString();
    expect((await gmt.send('POST', page, forged)).status).toBe(403);
    expect((await (await council.api.browse(null)).open(page)).status).toBe(303);
    expect((await leader.open('/plans/2026-27/housing/queries')).status).toBe(404);
  });

  it('says what is missing: a query, the reason, or both, and keeps what was chosen and typed', async () => {
    const { page: document } = await leader.open(page);
    const links = (answer: Opened): (string | undefined)[] =>
      answer.page.querySelectorAll('.govuk-error-summary a').map((link) => link.getAttribute('href'));
    const nothing = await sendChosen(leader, document, [['reason', '']]);
    expect([nothing.status, links(nothing)]).toEqual([422, ['#queries', '#reason']]);
    const noQuery = await sendChosen(leader, document, [['reason', 'Agreed with finance.']]);
    expect([noQuery.status, links(noQuery)]).toEqual([422, ['#queries']]);
    expect(noQuery.page.querySelector('#reason')?.text).toContain('Agreed with finance.');
    const [choice] = choicesIn(document, 'stops');
    const noReason = await sendChosen(leader, document, [
      ['query', choice!],
      ['reason', ' '],
    ]);
    expect([noReason.status, links(noReason)]).toEqual([422, ['#reason']]);
    expect(noReason.page.querySelector('#group-stops input[name="query"]')?.hasAttribute('checked')).toBe(true);
    const long = await sendChosen(leader, document, [
      ['query', choice!],
      ['reason', 'x'.repeat(1001)],
    ]);
    expect([long.status, links(long)]).toEqual([422, ['#reason']]);
    const nonsense = await sendChosen(leader, document, [
      ['query', '{"rule":1}'],
      ['query', 'not json'],
      ['all', 'nothing'],
      ['reason', 'R'],
    ]);
    expect([nonsense.status, links(nonsense)]).toEqual([422, ['#queries']]);
    expect(await council.api.council.orm.em.fork().count(QueryAcceptance)).toBe(0);
  });

  it('accepts several with one reason, whose script is text, and counts a double click once', async () => {
    const { page: document } = await leader.open(page);
    const reason = '<script>alert(1)</script> & counted twice';
    const chosen = [...choicesIn(document, 'stops'), choicesIn(document, 'open')[0]!];
    const fields = [...chosen.map((choice): [string, string] => ['query', choice]), ['reason', reason] as [string, string]];
    expect(await sendChosen(leader, document, fields)).toMatchObject({ status: 303, location: page });
    expect(await sendChosen(leader, document, fields)).toMatchObject({ status: 303, location: page });
    expect(await council.api.council.orm.em.fork().count(QueryAcceptance)).toBe(2);
    const after = (await leader.open(page)).page;
    expect(after.querySelector('.govuk-notification-banner')?.text).toContain('2 queries have been accepted.');
    expect(after.querySelector('#group-stops')).toBeNull();
    const accepted = after.querySelector('#group-accepted')!;
    expect(accepted.querySelector('.plancycle-as-written')?.text).toBe(reason);
    expect(accepted.querySelector('script')).toBeNull();
    expect(accepted.text).toContain('Maya Thornton, 3 November 2025');
    const draft = (await leader.open(`${plan}/draft`)).page;
    expect(draft.querySelector(`#row-${row} .plancycle-query--accepted`)?.text).toMatch(/^Error, accepted by Maya Thornton: /);
    expect(draft.querySelector(`#row-${row} .plancycle-query--error`)).toBeNull();
  });

  it('refuses in a second tab what changed in the first, and keeps the reason', async () => {
    const second = (await leader.open(page)).page;
    const [accepted] = await council.api.council.orm.em.fork().find(QueryAcceptance, { rowId: row });
    const withdraw = `${page}/acceptances/${accepted!.id}/withdraw`;
    expect((await leader.sendForm(second, withdraw, {})).status).toBe(303);
    const first = (await leader.open(page)).page;
    expect(first.text).toContain('Accepted before, not any more (1)');
    expect((await leader.sendForm(second, withdraw, {})).status).toBe(404);
    await council.write(row, { [target]: '108%' });
    const late = await sendChosen(leader, first, [
      ['query', choicesIn(first, 'stops')[0]!],
      ['reason', 'Agreed in the first tab.'],
    ]);
    expect(late.status).toBe(412);
    expect(late.page.querySelector('.govuk-error-summary')?.text).toContain('since you opened this page. Nothing was accepted.');
    expect(late.page.querySelector('#reason')?.text).toContain('Agreed in the first tab.');
    expect((await council.one(percentage)).state).toBe('stops');
  });

  it('accepts all that a group showed by its one box, filtered as they were, and comes back to the filter', async () => {
    const filtered = `${page}?severity=note`;
    const { page: document } = await leader.open(filtered);
    expect(document.querySelectorAll('.plancycle-filters a[aria-current]').map((link) => link.text)).toEqual([
      expect.stringMatching(/^Notes/),
    ]);
    const notes = choicesIn(document, 'earlier');
    const answer = await sendChosen(
      leader,
      document,
      [
        ['all', 'earlier'],
        ['reason', 'Editorial, after the committee.'],
      ],
      filtered,
    );
    expect(answer).toMatchObject({ status: 303, location: filtered });
    const written = await council.api.council.orm.em.fork().count(QueryAcceptance, { reason: 'Editorial, after the committee.' });
    expect(written).toBe(notes.length);
    const after = (await leader.open(filtered)).page;
    expect(after.querySelector('#group-earlier')).toBeNull();
    expect(after.querySelectorAll('#group-accepted .plancycle-accepted').length).toBeGreaterThan(0);
    expect((await leader.open(`${page}?severity=nonsense&rule=nothing`)).page.querySelector('main')?.text).toContain('Show all');
  });

  it('is there for a version that was imported, with nothing to accept', async () => {
    const { page: document, status } = await leader.open('/plans/2025-26/community-safety/queries');
    expect(status).toBe(200);
    expect(document.querySelector('main')?.text).toContain('version 1');
    expect(document.querySelectorAll('main form')).toEqual([]);
    const link = document.querySelector('#group-open a[href*="/versions/1#cell-"]')!.getAttribute('href')!;
    const version = (await leader.open(link.split('#')[0]!)).page;
    expect(version.getElementById(link.split('#')[1]!)).not.toBeNull();
  });
});
