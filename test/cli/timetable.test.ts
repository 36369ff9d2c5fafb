/** `plancycle timetable` as a process: what it prints and how it ends. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFolder } from '../../libs/config/paths.js';

const folder = mkdtempSync(join(tmpdir(), 'plancycle-timetable-'));

function timetable(...args: string[]) {
  return spawnSync(process.execPath, [join(buildFolder, 'apps/cli/main.js'), 'timetable', ...args], { encoding: 'utf8' });
}

function fileWith(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const MEETINGS = fileWith('meetings.json', JSON.stringify([{ body: 'O&S', date: '2025-01-20' }]));

describe('the timetable of a year', () => {
  it('prints meetings, deadlines and clashes as JSON', () => {
    const { status, stdout, stderr } = timetable('--year', '2025/26', '--meetings', MEETINGS, '--json');
    expect([status, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout) as { meetings: object[]; deadlines: object[]; clashes: object[] };
    expect(Object.keys(result)).toEqual(['meetings', 'deadlines', 'clashes']);
    expect(result.meetings).toEqual([
      { body: 'O&S', date: '2025-01-20', agendaPublished: '2025-01-10', reportDue: '2025-01-03', draftDue: null },
    ]);
    expect(Object.keys(result.deadlines[0] ?? {})).toEqual(['what', 'date', 'from']);
    expect(Object.keys(result.clashes[0] ?? {})).toEqual(['what', 'why']);
  });

  it('prints the same for people', () => {
    const { status, stdout } = timetable('--year', '2025-26', '--meetings', MEETINGS);
    expect(status).toBe(0);
    expect(stdout).toContain('Friday 10 January 2025: Agenda of Overview and Scrutiny Committee is published');
    expect(stdout).toContain('No meeting of General Management Team reviews the plans of 2025/26 in time.');
  });

  it('tells what is late by a day that is given, unless the list says that it was done', () => {
    const clashes = (...meetings: object[]) => {
      const file = fileWith('late.json', JSON.stringify(meetings));
      const { stdout } = timetable('--year', '2025/26', '--meetings', file, '--today', '2025-01-13', '--json');
      return (JSON.parse(stdout) as { clashes: { why: string }[] }).clashes.map(({ why }) => why);
    };
    const meeting = { body: 'O&S', date: '2025-01-20' };
    const late = expect.stringContaining('It was to be published by Friday 10 January 2025. If it was not,') as unknown;
    expect(clashes(meeting)).toContainEqual(late);
    expect(clashes({ ...meeting, agendaIsPublished: true })).not.toContainEqual(late);
  });

  it('leaves out what is cancelled or postponed, and says so', () => {
    const list =
      'Committee,Date,Status\nO&S,2026-01-20,\nCabinet,2026-02-03,Postponed\nCancelled - Council,2026-03-04,\nLicensing,2026-03-05,Cancelled\n';
    const { status, stdout, stderr } = timetable('--year', '2026/27', '--meetings', fileWith('off.csv', list), '--json');
    expect([status, (JSON.parse(stdout) as { meetings: object[] }).meetings]).toEqual([0, [expect.objectContaining({ body: 'O&S' })]]);
    expect(stderr).toBe(
      'Left out, because the list calls it postponed: Cabinet on Tuesday 3 February 2026.\n' +
        'Left out, because the list calls it cancelled: Council on Wednesday 4 March 2026.\n',
    );
  });

  it('tells of a quarter that its meetings leave out', () => {
    const body = (name: string, ...dates: string[]) => dates.map((date) => ({ body: name, date }));
    const file = fileWith(
      'quarters.json',
      JSON.stringify([...body('GMT', '2026-08-04', '2026-11-10', '2027-02-09'), ...body('Cabinet', '2026-09-01', '2027-03-02')]),
    );
    const { stdout } = timetable('--year', '2026/27', '--meetings', file);
    expect(stdout).toContain('No meeting of Cabinet considers the report on quarter 2 of 2026/27 before the next quarter’s.');
  });

  it.each([
    ['with a quotation mark that is not closed', 'list.csv', 'body,date\n"O&S,2026-01-20\n'],
    ['with a day that is none', 'day.ics', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:O&S\nDTSTART:2026-02-31\nEND:VEVENT\nEND:VCALENDAR\n'],
    [
      'with a rule that is none',
      'rule.ics',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:O&S\nDTSTART:20260120\nRRULE:FREQ=BANANA\nEND:VEVENT\nEND:VCALENDAR\n',
    ],
  ])('ends with 1 and one sentence for a file %s', (_, name, content) => {
    const { status, stdout, stderr } = timetable('--year', '2026/27', '--meetings', fileWith(name, content));
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('asks for a file where it is given a folder', () => {
    const { status, stderr } = timetable('--year', '2026/27', '--meetings', folder);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${folder} is a folder. Name the file in it that is meant.`)]);
  });

  it('ends with 1 and a sentence for a list that cannot be read, with 2 for wrong usage', () => {
    const unreadable = timetable('--year', '2025/26', '--meetings', fileWith('wrong.csv', 'a,b\n1,2\n'));
    expect([unreadable.status, unreadable.stdout]).toEqual([1, '']);
    expect(unreadable.stderr).toContain('headings “body” and “date”');
    expect(timetable('--year', '2025/26', '--meetings', join(folder, 'none.json')).status).toBe(2);
    expect(timetable('--year', 'next', '--meetings', MEETINGS).status).toBe(2);
    expect(timetable('--meetings', MEETINGS).status).toBe(2);
    expect(timetable('--year', '2025/26', '--meetings', MEETINGS, '--today', '2025-02-30').status).toBe(2);
  });
});
