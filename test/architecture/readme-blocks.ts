/** The parts of the README that are made from the code, so that they cannot go out of date. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROLE_TITLES } from '../../apps/api/access/policies.js';
import { weekdayInWords } from '../../libs/calendar/dates.js';
import { cycleTimetable, quarterTimetable } from '../../libs/calendar/timetable.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { settings } from '../../libs/config/environment.js';
import { projectRoot } from '../../libs/config/paths.js';
import { missionRoute } from '../../libs/domain/route.js';
import { dependencyPicture } from './dependency-picture.js';
import { routeDiagram, stepRows, stepsAnywhere } from './route-diagram.js';

export const readmeFile = join(projectRoot, 'README.md');

/** Each block by the name in its marker, `<!-- made from the code: NAME -->`. */
export async function readmeBlocks(): Promise<Record<string, string>> {
  return {
    procedure: procedure(),
    dates: dates(),
    steps: table(['Where the plan stands', 'Step', 'Who takes it', 'It comes with'], stepRows(missionRoute, ROLE_TITLES)),
    settings: settingsTable(),
    architecture: mermaid(await dependencyPicture()),
  };
}

/** The text between the markers of each block. */
export function blocksIn(readme: string): Record<string, string> {
  return Object.fromEntries([...readme.matchAll(marked)].map(([, , name, text]) => [name!, text!.trim()] as const));
}

/** The README with each block as it is now. */
export function withBlocks(readme: string, blocks: Record<string, string>): string {
  return readme.replaceAll(marked, (whole, start: string, name: string, _old: string, end: string) =>
    blocks[name] === undefined ? whole : `${start}\n\n${blocks[name]}\n\n${end}`,
  );
}

const marked = /(<!-- made from the code: ([a-z]+) -->)([^]*?)(<!-- end -->)/g;

function procedure(): string {
  const anywhere = stepsAnywhere(ROLE_TITLES).map((line) => `- ${line}`);
  return [mermaid(routeDiagram(missionRoute, ROLE_TITLES)), 'While a plan is on its way, at any stage:', anywhere.join('\n')].join('\n\n');
}

/** The days of the demonstration's cycle and of the quarter that is open in it. */
function dates(): string {
  const file = join(projectRoot, 'docs/demonstration/settings.json');
  const { meetings, timetable, closures } = readCalendarSettings(JSON.parse(readFileSync(file, 'utf8')));
  const source = { meetings, settings: timetable, calendar: createCalendar({ closures }) };
  const cycle = cycleTimetable({ year: '2026/27', ...source });
  const quarter = quarterTimetable({ year: '2025/26', quarter: 2, ...source });
  const rows: [day: string, what: string][] = [
    [cycle.cycleOpens, 'The cycle opens; last year’s plans are rolled forward'],
    [cycle.draftDue, 'Drafts are due'],
    [cycle.gmtMeeting, 'GMT reviews'],
    [cycle.fullPlanOpens, 'The rest of the full plan may be written'],
    [cycle.finalReportDue, 'Final report deadline'],
    [cycle.agendaPublished, 'The agenda is published'],
    [cycle.committeeMeeting, 'Overview and Scrutiny Committee'],
    [cycle.guardFirstAlarm, 'First alarm for a plan that is not certain of 1 April'],
    [cycle.fullPlanDue, 'The full plan is due'],
    [cycle.publication, 'Publication'],
    [quarter.opens, 'Quarter 2 of 2025/26: updates are asked for'],
    [quarter.due, 'Quarter 2: updates are due'],
    [quarter.preparedForGmt, 'Quarter 2: the report is prepared for GMT'],
    [quarter.finalReportDue, 'Quarter 2: the final report is prepared for Cabinet'],
    [quarter.cabinetMeeting, 'Quarter 2: Cabinet'],
  ];
  rows.sort(([one], [other]) => (one < other ? -1 : 1));
  return table(
    ['Day', 'What happens'],
    rows.map(([day, what]) => [weekdayInWords(day), what]),
  );
}

function settingsTable(): string {
  const rows = Object.entries(settings.shape).map(([name, schema]) => {
    const byDefault = schema instanceof z.ZodDefault ? `\`${String(schema.def.defaultValue)}\`` : '';
    const mustBeGiven = !schema.safeParse(undefined).success;
    return [`\`${name}\``, schema.description ?? '', mustBeGiven ? 'must be given' : byDefault];
  });
  return table(['Variable', 'What it is for', 'Default'], rows);
}

function mermaid(text: string): string {
  return ['```mermaid', text, '```'].join('\n');
}

/** A Markdown table with columns of even width, as the formatter writes it. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? '')].length), title.length));
  const line = (cells: string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
