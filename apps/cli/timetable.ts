/** `plancycle timetable --year 2026/27 --meetings FILE`: every deadline that follows from a list of meetings, and what clashes. */
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { parseDay, weekdayInWords } from '../../libs/calendar/dates.js';
import type { CalendarEntry } from '../../libs/calendar/compare-calendar.js';
import type { CalendarRules, ListedMeeting } from '../../libs/calendar/listed-meetings.js';
import type { YearTimetable } from '../../libs/calendar/year-timetable.js';
import { projectRoot } from '../../libs/config/paths.js';
import { parseFinancialYear } from '../../libs/domain/financial-year.js';
import { readGivenFile } from './read-given-file.js';

interface TimetableOptions {
  year: string;
  meetings: string;
  settings?: string;
  today?: string;
  json?: boolean;
}

/** Adds the command; data on the standard output, exit code 1 for a list that cannot be read. A clash is told, not refused. */
export function addTimetableCommand(program: Command): void {
  program
    .command('timetable')
    .description('work out every deadline of a year from a list of meetings, and what in it clashes')
    .requiredOption('--year <year>', 'the financial year that the plans are for, for example 2026/27', readYear)
    .requiredOption('--meetings <file>', 'the meetings: a list of bodies and dates as JSON, CSV or iCalendar')
    .option('--settings <file>', "the council's rules as JSON; the demonstration council's unless given")
    .option('--today <date>', 'the council’s day, for example 2026-01-27: notice that is late by then is told as well', readDay)
    .option('--json', 'print meetings, deadlines and clashes as JSON')
    .action(async ({ year, meetings, settings, today, json }: TimetableOptions, command: Command) => {
      const bytes = await readGivenFile(meetings, command);
      const rules = await rulesFrom(await readGivenFile(settings ?? join(projectRoot, 'docs/demonstration/settings.json'), command));
      const [{ readMeetings }, { yearTimetable }, { bodyNamed }] = await Promise.all([
        import('../../libs/documents/read-meetings.js'),
        import('../../libs/calendar/year-timetable.js'),
        import('../../libs/calendar/listed-meetings.js'),
      ]);
      const entries = readMeetings(bytes);
      const known = entries.filter(({ body }) => bodyNamed(body, rules.bodies) !== null);
      process.stderr.write(
        known
          .filter(({ cancelled }) => cancelled)
          .map(leftOut)
          .join(''),
      );
      const timetable = yearTimetable(year, toBeHeld(entries), { ...rules, ...(today === undefined ? {} : { today }) });
      process.stdout.write(json ? asJson(timetable) : asText(year, timetable));
    });
}

/** A meeting of the council's bodies from which nothing follows, for the standard error. */
function leftOut({ body, date, postponed }: CalendarEntry): string {
  return `Left out, because the list calls it ${postponed ? 'postponed' : 'cancelled'}: ${body} on ${weekdayInWords(date)}.\n`;
}

/** A cancelled meeting is none. */
function toBeHeld(entries: readonly CalendarEntry[]): ListedMeeting[] {
  return entries
    .filter(({ cancelled }) => !cancelled)
    .map(({ body, date, agendaIsPublished = false, noticeIsGiven = false }) => ({ body, date, agendaIsPublished, noticeIsGiven }));
}

function readYear(text: string): string {
  try {
    return parseFinancialYear(text.replace('-', '/'));
  } catch {
    throw new InvalidArgumentError('Write the financial year like 2026/27.');
  }
}

function readDay(text: string): string {
  try {
    return parseDay(text).toString();
  } catch {
    throw new InvalidArgumentError('Write the day like 2026-01-27.');
  }
}

async function rulesFrom(bytes: Uint8Array): Promise<CalendarRules> {
  const [{ readCalendarSettings }, { createCalendar }, { decodeText }, { DomainError }] = await Promise.all([
    import('../../libs/calendar/timetable-settings.js'),
    import('../../libs/calendar/working-days.js'),
    import('../../libs/documents/decode-text.js'),
    import('../../libs/domain/domain-error.js'),
  ]);
  let content: unknown;
  try {
    content = JSON.parse(decodeText(bytes));
  } catch (error) {
    throw error instanceof DomainError
      ? error
      : new DomainError('unreadable', 'The settings are not JSON. Choose the file that holds them.');
  }
  const { bodies, closures, timetable } = readCalendarSettings(content);
  return { bodies, settings: timetable, calendar: createCalendar({ closures }) };
}

function asJson({ meetings, deadlines, clashes }: YearTimetable): string {
  return `${JSON.stringify({ meetings, deadlines, clashes: clashes.map(({ what, why }) => ({ what, why })) }, null, 2)}\n`;
}

function asText(year: string, { meetings, deadlines, clashes }: YearTimetable): string {
  const day = (date: string | null): string => (date === null ? 'none' : weekdayInWords(date));
  const lines = [
    `Meetings for the plans of ${year}`,
    ...meetings.map(
      ({ body, date, agendaPublished, reportDue, draftDue }) =>
        `  ${day(date)}: ${body}. Draft due: ${day(draftDue)}; final report: ${day(reportDue)}; agenda: ${day(agendaPublished)}.`,
    ),
    '',
    'Deadlines',
    ...deadlines.map(({ what, date, from }) => `  ${day(date)}: ${what} (${from}).`),
    '',
    clashes.length === 0 ? 'Nothing clashes.' : 'Clashes',
    ...clashes.map(({ what, why }) => `  ${what}. ${why}`),
  ];
  return `${lines.join('\n')}\n`;
}
