/** A rehearsal as a file to keep: each event as a row for spreadsheets, or as the JSON of the API. */
import { stringify } from 'csv-stringify/sync';
import { londonDay, londonTime } from '../../../libs/calendar/council-clock.js';
import { inertCell } from '../../../libs/documents/inert-cells.js';
import type { RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { KINDS } from './event-kinds.js';

const HEADINGS = ['Date', 'Time', 'Kind', 'Plan', 'Step', 'Who', 'What'];

/** The text of a CSV file: London's day and time, commas, CRLF, and a byte order mark by which Excel knows UTF-8. */
export function eventsAsCsv(events: readonly RehearsedEvent[]): string {
  const rows = events.map(({ at, kind, plan, step, who, what }) => {
    const moment = new Date(at);
    return [londonDay(moment), londonTime(moment), KINDS[kind].word, plan ?? '', step ?? '', who, what];
  });
  return stringify(
    [HEADINGS, ...rows].map((row) => row.map((cell) => inertCell(cell.toWellFormed()))),
    { bom: true, record_delimiter: '\r\n' },
  );
}
