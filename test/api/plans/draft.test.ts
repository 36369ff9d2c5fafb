/** Editing a draft over JSON and by its forms: whose it is, and that no change is ever lost. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, startCouncilWithApi, type CouncilWithApi } from '../council-with-api.js';

const address = '/api/v1/plans/2026-27/community-safety';
const page = '/plans/2026-27/community-safety/draft';
const row = 'csi-ComS_011';
const target = 'target 2026/27';

describe('a draft', () => {
  let api: CouncilWithApi;
  beforeAll(async () => {
    api = await startCouncilWithApi();
  });
  afterAll(() => api.close());

  const etag = async (): Promise<string> => String((await api.ask('leader', 'GET', `${address}/draft`)).headers['etag']);

  it('is edited by its priority leader and nobody else', async () => {
    const change = { cells: { [target]: '1' } };
    const headers = { 'if-match': await etag() };
    expect((await api.ask('gmt', 'PATCH', `${address}/draft/rows/${row}`, change, headers)).status).toBe(403);
    expect((await api.ask('officer', 'GET', `${address}/draft`)).status).toBe(403);
    expect((await api.ask(null, 'GET', `${address}/draft`)).status).toBe(401);
  });

  it('takes a cell, remembers the row, and tells what a reader would query', async () => {
    const saved = await api.ask(
      'leader',
      'PATCH',
      `${address}/draft/rows/${row}`,
      { cells: { [target]: '103%' } },
      { 'if-match': await etag() },
    );
    expect(saved).toMatchObject({ status: 200, body: { row: { id: row, cells: { [target]: '103%' } } } });
    expect(saved.body['queries']).toContainEqual(
      expect.objectContaining({ rule: 'percentage-out-of-range', column: target, inherited: false }),
    );
    expect((await api.ask('leader', 'GET', `${address}/draft`)).body).toMatchObject({ editedRows: [row] });
  });

  it('answers a stale save with both texts and changes nothing', async () => {
    const seen = await etag();
    await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: '200' } }, { 'if-match': seen });
    const stale = await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: '300' } }, { 'if-match': seen });
    expect(stale).toMatchObject({
      status: 412,
      body: {
        type: expect.stringContaining('/problems/stale'),
        yours: { [target]: '300' },
        saved: { [target]: '200' },
        errors: [{ pointer: '/cells/target 2026~127' }],
      },
    });
    expect((await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: '300' } })).status).toBe(422);
    expect(JSON.stringify((await api.ask('leader', 'GET', `${address}/draft`)).body['content'])).not.toContain('"300"');
  });

  it('loses none of twenty saves at once: one is taken, the others are told both texts', async () => {
    const seen = await etag();
    const saves = Array.from({ length: 20 }, (_, index) =>
      api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: `${index + 1}` } }, { 'if-match': seen }),
    );
    const statuses = (await Promise.all(saves)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  });

  it('refuses a column, a row and a text that cannot be', async () => {
    const headers = { 'if-match': await etag() };
    expect((await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { nonsense: 'x' } }, headers)).status).toBe(422);
    expect((await api.ask('leader', 'PATCH', `${address}/draft/rows/nothing`, { cells: { [target]: 'x' } }, headers)).status).toBe(404);
    expect((await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: 'a\0b' } }, headers)).status).toBe(422);
    expect(
      (await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: 'x'.repeat(5001) } }, headers)).status,
    ).toBe(422);
    expect(await etag()).toBe(headers['if-match']);
  });

  it('gets a row once however often it is sent, and loses it again when told to', async () => {
    const newRow = { table: 'actions', id: '0a2f7f5e-9df0-4c7c-9c6f-0e8a2c5f3f11', cells: { action: 'Open a drop-in COMS2627_90' } };
    const added = await api.ask('leader', 'POST', `${address}/draft/rows`, newRow);
    expect(added).toMatchObject({ status: 201, body: { row: { id: newRow.id } } });
    expect((await api.ask('leader', 'POST', `${address}/draft/rows`, newRow)).body).toMatchObject({ revision: added.body['revision'] });
    const gone = await api.ask('leader', 'DELETE', `${address}/draft/rows/${newRow.id}`, undefined, { 'if-match': await etag() });
    expect(gone.status).toBe(204);
    expect((await api.ask('leader', 'DELETE', `${address}/draft/rows/${newRow.id}`, undefined, { 'if-match': await etag() })).status).toBe(
      404,
    );
  });

  it('is edited by forms without scripts; a form that is late shows both texts and lets one choose', async () => {
    const browser = await api.browse('leader');
    const action = `${page}/rows/${row}`;
    const form = (await browser.open(action)).page;
    const index = form.querySelectorAll('label').findIndex((label) => label.text.includes('Target 2026/27'));
    const field = `cell-${index}`;
    expect(await browser.sendForm(form, action, { [field]: '410' })).toMatchObject({ status: 303, location: `${page}#row-${row}` });
    const late = await browser.sendForm(form, action, { [field]: '420' });
    expect(late.status).toBe(412);
    expect(late.page.querySelector('.plancycle-saved-text')?.text).toContain('410');
    expect(late.page.querySelector(`#${field}`)?.getAttribute('value')).toBe('420');
    expect((await browser.sendForm(late.page, action, {})).status).toBe(303);
    expect((await browser.open(page)).page.querySelector(`#row-${row}`)?.text).toContain('420');
  });

  it('lets a form through where only another row was changed', async () => {
    const browser = await api.browse('leader');
    const action = `${page}/rows/kpi-ComS_048`;
    const form = (await browser.open(action)).page;
    await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: '90' } }, { 'if-match': await etag() });
    expect((await browser.sendForm(form, action, { 'cell-0': 'Food inspections (ComS_048)' })).status).toBe(303);
  });

  it('adds and removes rows, keeps a proposal, and rewrites narrative by forms', async () => {
    const browser = await api.browse('leader');
    const add = `${page}/tables/kpi/add`;
    const empty = await browser.sendForm((await browser.open(add)).page, add, {});
    expect(empty.status).toBe(422);
    const added = await browser.sendForm(empty.page, add, { 'cell-0': 'Noise complaints (ComS_199)' });
    expect(added.status).toBe(303);
    const id = added.location!.split('#row-')[1]!;
    const remove = `${page}/rows/${id}/remove`;
    expect((await browser.sendForm((await browser.open(remove)).page, remove, {})).status).toBe(303);
    expect((await browser.open(page)).page.text).not.toContain('ComS_199');

    const draft = (await browser.open(page)).page;
    const proposals = draft.querySelectorAll('.plancycle-proposal form').map((form) => form.getAttribute('action')!);
    expect(proposals).toHaveLength(2);
    expect((await browser.sendForm(draft, proposals[0]!, {})).status).toBe(303);
    expect((await browser.open(page)).page.querySelectorAll('.plancycle-proposal')).toHaveLength(1);

    const section = `${page}/sections/0`;
    const text = (await browser.open(section)).page;
    expect((await browser.sendForm(text, section, { text: 'A **new** beginning <script>alert(1)</script>' })).status).toBe(303);
    const shown = (await browser.open(page)).page;
    expect(shown.querySelector('#section-0 .plancycle-narrative strong')?.text).toBe('new');
    expect(shown.querySelector('#section-0 script')).toBeNull();
    const late = await browser.sendForm(text, section, { text: 'Mine' });
    expect(late.status).toBe(412);
    expect(late.page.querySelector('.plancycle-saved-text')?.text).toContain('A **new** beginning');
  });

  it('stops with an error of its own until it is accepted with a reason, and is closed once it is submitted', async () => {
    const seen = { 'if-match': await etag() };
    await api.ask('leader', 'PATCH', `${address}/draft/rows/${row}`, { cells: { [target]: '103%' } }, seen);
    const { draftRevision } = (await api.ask('leader', 'GET', address)).body;
    const refused = await api.ask('leader', 'POST', `${address}/submissions`, { draftRevision }, newKey());
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ detail: expect.stringContaining('103%') }] } });
    const accepted = await api.ask(
      'leader',
      'POST',
      `${address}/submissions`,
      { draftRevision, reason: 'Counted twice, agreed.' },
      newKey(),
    );
    expect(accepted.status).toBe(200);
    const late = await api.ask(
      'leader',
      'PATCH',
      `${address}/draft/rows/${row}`,
      { cells: { [target]: '5' } },
      { 'if-match': `"${Number(draftRevision)}"` },
    );
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('GMT review') } });
  });
});
