/** `plancycle rehearse` as people and programs call it: the whole year on standard output, the same twice, and nothing real touched. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RehearsedEvent } from '../../libs/domain/rehearsal.js';
import { buildFolder } from '../../libs/config/paths.js';

const cli = join(buildFolder, 'apps/cli/main.js');

async function rehearse(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  // No database of ours in its environment: it brings its own.
  const env = { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', SMTP_URL: '' };
  const ran = promisify(execFile)(process.execPath, [cli, 'rehearse', ...options], { env, maxBuffer: 50_000_000 });
  return ran.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

const told = (events: readonly RehearsedEvent[], kind: RehearsedEvent['kind']): string[] =>
  events.filter((event) => event.kind === kind).map(({ at, plan, step, who, what }) => [at, plan, step, who, what].join(' | '));

describe('plancycle rehearse', () => {
  let first: Awaited<ReturnType<typeof rehearse>>;
  let events: RehearsedEvent[];
  beforeAll(async () => {
    first = await rehearse('--year', '2028/29', '--json');
    ({ events } = JSON.parse(first.stdout) as { events: RehearsedEvent[] });
  });

  it('gives the same year twice, byte for byte', async () => {
    expect((await rehearse('--year', '2028-29', '--json')).stdout).toBe(first.stdout);
  });

  it('goes from the opening of the cycle to the year-end report', () => {
    expect(JSON.parse(first.stdout)).toMatchObject({ year: '2028/29' });
    expect(events[0]).toEqual({
      at: '2027-09-01T07:00:00Z',
      kind: 'email',
      plan: 'community-safety',
      step: null,
      who: 'Maya Thornton',
      what: 'Draft the Community Safety Business Plan 2028–2031 for 2028/29 by Tuesday 16 November 2027',
    });
    expect(told(events, 'report').at(-1)).toBe(
      '2029-07-09T06:00:00Z |  | cabinet | Plancycle | Report for Cabinet: Quarter 4 of 2028/29 (January to March 2029)',
    );
  });

  it('has the decisions in the order of the route, then the publication and Cabinet’s quarters', () => {
    expect(told(events, 'decision').map((line) => line.split(' | ').slice(0, 4).join(' '))).toEqual([
      '2027-11-12T10:00:00Z community-safety drafting Maya Thornton',
      '2027-11-30T15:00:00Z community-safety gmt-review Graham Pell',
      '2028-01-18T19:00:00Z community-safety overview-and-scrutiny Tom Ashworth',
      '2028-03-10T11:00:00Z community-safety full-plan Maya Thornton',
      ...['2028-09-06T11:00:00Z', '2028-12-06T12:00:00Z', '2029-03-07T12:00:00Z', '2029-07-25T11:00:00Z'].map(
        (at) => `${at}  with-cabinet Tom Ashworth`,
      ),
    ]);
    expect(told(events, 'publication')).toEqual([
      '2028-03-24T09:00:00Z | community-safety | publication | Plancycle | Publish: Community Safety Business Plan 2028–2031',
    ]);
  });

  it('has each event at its intended moment, in order, with every kind of fact that it needs', () => {
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort());
    for (const event of events) {
      expect(Object.keys(event)).toEqual(['at', 'kind', 'plan', 'step', 'who', 'what']);
      expect([event, /T\d\d:(00|15|30|45):00Z$/.test(event.at)]).toEqual([event, true]);
      expect([event, event.who !== '' && event.what !== '']).toEqual([event, true]);
    }
  });

  it('reminds the clerk of what Cabinet did, as it reminds everyone of everything', () => {
    expect(told(events, 'reminder').filter((line) => line.includes('Tom Ashworth | Record what Cabinet did'))).toHaveLength(8);
  });

  it('sends nobody more than one digest a day, on working mornings', () => {
    const digests = events.filter(({ kind, at }) => kind === 'email' && /T0[78]:15:00Z$/.test(at)).map(({ at, who }) => `${at} ${who}`);
    expect(digests.length).toBeGreaterThan(20);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('tells its progress day by day on the standard error', () => {
    const days = first.stderr.split('\n').filter((line) => /^\d{4}-\d\d-\d\d$/.test(line));
    expect(days.length).toBeGreaterThan(20);
    expect(days).toEqual([...days].sort());
  });

  it.each([
    [['--year', '2028/30'], 2, 'Write the financial year like 2028/29.'],
    [['--year', '2028/29', '--scenario', 'as usual'], 2, 'Allowed choices are on-time'],
    [['--random', '0'], 2, 'Give a whole number from 1'],
    [[], 2, 'give --year, or --random'],
    [['--random', '1', '--year', '2028/29'], 2, "option '--random <n>' cannot be used with option '--year <year>'"],
    [['--random', '1', '--scenario', 'on-time'], 2, "cannot be used with option '--scenario <name>'"],
    [['--random', '1', '--until', '2028-04-01'], 2, "cannot be used with option '--until <date>'"],
    [['--random', '1', '--council', 'broxtowe'], 2, "cannot be used with option '--council <id>'"],
    [['--year', '2028/29', '--seed', '4'], 2, '--seed goes with --random only'],
    [['--year', '2028/29', '--until', '2020-01-01'], 1, 'The rehearsal begins on Wednesday 1 September 2027, so nothing of it lies before'],
    [['--year', '1999/00'], 1, 'Choose a year from 2002 to 2094'],
    [['--year', '2026/27', '--council', 'nowhere'], 1, 'There is no database to work with'],
  ])('refuses %j with a sentence', async (options, code, words) => {
    const refused = await rehearse(...options);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([code, '', expect.stringContaining(words)]);
  });
});
