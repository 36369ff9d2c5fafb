/** The meetings of a CSV file, as a spreadsheet or Modern.Gov writes it: a line of headings, then a meeting on each line. */
import { CsvError, parse } from 'csv-parse/sync';
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import { DomainError } from '../domain/domain-error.js';
import { calendarEntry, saysYes, type EntryWords } from './calendar-entry.js';

/**
 * @param site where the council's Modern.Gov has its pages
 * @throws DomainError 'unreadable' for what is no such list, and where it cannot be known which column or cell is meant; 'invalid' with the
 * line of a meeting that misses something
 */
export function entriesOfCsv(text: string, site: string | undefined): CalendarEntry[] {
  const [header, ...rows] = rowsOf(text);
  const { columns, headings } = columnsOf(header?.cells ?? []);
  const statusOf = (cell: string): string => (/cancel/.test(headings[columns.status ?? -1] ?? '') && saysYes(cell) ? 'cancelled' : cell);
  return rows.map(({ cells, line }) => {
    const named = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cells[column]])) as Partial<EntryWords>;
    const { body = '', date = '', status = '' } = named;
    return calendarEntry({ ...named, body, date, status: statusOf(status), site: named.site ?? site }, `Line ${line} of the list`);
  });
}

/** A row with the line of the file that it begins in. */
interface Row {
  cells: string[];
  line: number;
}

/** The rows that have something in them: spreadsheets leave lines of nothing but commas behind. */
function rowsOf(text: string): Row[] {
  // Excel takes its separator from such a first line, which is none of the list's.
  const ownText = text.replace(/\r\n?/g, '\n').replace(/^(\uFEFF?)sep=[,;\t](?=\n)/, '$1');
  const rows: Row[] = [];
  let line = 1;
  try {
    parse(ownText, {
      ...{ bom: true, relax_column_count: true, trim: true, record_delimiter: '\n', delimiter: delimiterOf(ownText) },
      on_record: (cells, { lines }) => {
        rows.push({ cells, line });
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw cellsUnclear(error, line);
    throw error;
  }
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** The parser tells where it gave up; the mark stands in the row that it could not finish. */
function cellsUnclear({ code }: CsvError, line: number): DomainError {
  const what = code === 'CSV_QUOTE_NOT_CLOSED' ? 'is opened and not closed' : 'stands inside a cell';
  return new DomainError(
    'unreadable',
    `The cells of this list of meetings cannot be told apart: in the row that begins in line ${line}, a quotation mark ${what}. ` +
      'Open the file in a spreadsheet program, save it again as CSV and choose the new file.',
  );
}

/** The sign that sets the headings apart. In the cells below, the others are only words. */
function delimiterOf(text: string): string {
  const headings = (/\S.*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, times: headings.split(sign).length }));
  return counted.reduce((best, each) => (each.times > best.times ? each : best)).sign;
}

/** What else can have a date beside the meeting itself. */
const NOT_OF_THE_MEETING =
  '(?!.*\\b(?:publish|publication|creat|modif|updat|chang|issu|add|enter|deadline|due|agenda|notice|end|sent|uploaded))';

/** The headings of each column in lower case, one word from another by a space: 'CId' is 'c id'. The first that fits counts. */
const COLUMNS: Record<keyof EntryWords, readonly RegExp[]> = {
  body: [
    /^(?:body|committee)(?: name| title)?$/,
    /^(?:meeting|name|title|subject|summary)(?: name| title)?$/,
    /^(?:body|committee)\b(?!.* id$)/,
  ],
  date: [
    /^(?:meeting (?:date|day)|(?:date|day) of (?:the )?meeting)(?: and time| time)?$/,
    /^(?:meeting )?start date(?: and time| time)?$/,
    /^(?:date|day and date)(?: and time| time)?$/,
    /^(?:meeting )?starts?$/,
    /^day$/,
    new RegExp(`^(?:meeting |start )?(?:date|day)\\b${NOT_OF_THE_MEETING}`),
  ],
  time: [/^(?:meeting |start )?time\b/],
  place: [/^(?:meeting )?(?:place|location|venue|room)\b/],
  address: [/^(?:meeting |agenda )?(?:url|link|web page|web address|address|page)\b/],
  uid: [/^(?:uid|id)$/],
  status: [/^(?:meeting )?(?:status|state|cancell?ed)$/],
  extraordinary: [/^extraordinary(?: meeting)?$/],
  committee: [/^(?:committee|c) ?id$/],
  meeting: [/^(?:meeting|m) ?id$/],
  site: [/^(?:site|web ?site)\b/],
};

/** Where each thing stands; what has no column is left out. */
function columnsOf(header: readonly string[]): { columns: Partial<Record<keyof EntryWords, number>>; headings: string[] } {
  const headings = header.map(wordsOf);
  const found = Object.entries(COLUMNS).flatMap(([name, patterns]) => {
    const fitting = patterns.map((pattern) => headings.flatMap((heading, index) => (pattern.test(heading) ? [index] : [])));
    const [column, second] = fitting.find((columns) => columns.length > 0) ?? [];
    if (name === 'date' && column !== undefined && second !== undefined)
      throw new DomainError(
        'unreadable',
        `The list has two columns that could be the day of the meeting, “${header[column]}” and “${header[second]}”. Call the right one “Meeting date”.`,
      );
    return column === undefined ? [] : [[name, column] as const];
  });
  const columns: Partial<Record<keyof EntryWords, number>> = Object.fromEntries(found);
  if (columns.body === undefined || columns.date === undefined)
    throw new DomainError('unreadable', 'This is no list of meetings. A CSV file needs a first line with the headings “body” and “date”.');
  return { columns, headings };
}

function wordsOf(heading: string): string {
  return heading
    .replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
}
