/** Small things of wording and form that an editor would put right before publication. */
import type { Column } from '../business-plan.js';
import type { Found, Rule } from '../finding.js';
import { plainText } from '../plain-text.js';
import type { PlanReading } from '../plan-reading.js';
import { firstYearOf, shortened } from '../plan-rows.js';
import { yearsIn } from '../years-in-text.js';
import { nearSpellings } from './near-spellings.js';

export const markupInCell: Rule = {
  name: 'markup-in-cell',
  severity: 'note',
  title: 'HTML tags in a cell',
  explanation: 'Tags such as <p> were in the file. They are left out of the text; look whether the paragraphs are as they should be.',
  check: ({ indicators, actions, budget }) =>
    [
      ...indicators.map(({ row, name, at }) => ({ row, name, at })),
      ...actions.map(({ row, name, at }) => ({ row, name, at })),
      ...budget.map(({ row, at }) => ({ row, name: 'this budget row', at })),
    ].flatMap(({ row, name, at }): Found[] => {
      const keys = row.markupIn ?? [];
      if (keys.length === 0) return [];
      const cells = keys.length === 1 ? 'a cell' : `${keys.length} cells`;
      const message = `The file had HTML tags in ${cells} of ${name}. They were left out; check that the text reads as it should.`;
      return [{ ...at(keys.length === 1 ? (keys[0] ?? null) : null), message }];
    }),
};

export const headingsDiffer: Rule = {
  name: 'headings-differ',
  severity: 'note',
  title: 'Column headings in different words',
  explanation: 'Tables of one kind should have the same headings, so that readers need not wonder whether different things are meant.',
  check: ({ plan }) => {
    const model = plan.objectives[0]?.table.columns ?? [];
    const tables = [
      ...plan.objectives.slice(1).map(({ code, table }) => ({ code, name: `the table of ${code}`, columns: table.columns })),
      { code: null, name: 'the table of key performance indicators', columns: plan.kpis.columns },
    ];
    return tables.flatMap(({ code, name, columns }) =>
      columns.flatMap((column) => {
        const usual = headingWithKey(model, column.key);
        if (usual === null || usual === plainText(column.heading)) return [];
        const message = `A heading of ${name} says “${plainText(column.heading)}” where the first table says “${usual}”. Use the same words.`;
        return [{ line: column.line ?? null, code, column: column.key, rowId: null, message }];
      }),
    );
  },
};

function headingWithKey(columns: Column[], key: string): string | null {
  const column = columns.find((each) => each.key === key);
  return column ? plainText(column.heading) : null;
}

export const commentsDiffer: Rule = {
  name: 'comments-differ',
  severity: 'note',
  title: 'One comment in two wordings',
  explanation:
    'A comment that stands in two places is nearly the same in both. Small differences are slips; one wording is easier to keep right.',
  check: (reading) => [...commentsOfIndicators(reading), ...commentsOfActions(reading)],
};

function commentsOfIndicators({ indicators }: PlanReading): Found[] {
  const kpis = new Map(indicators.filter(({ table }) => table === 'kpi').flatMap((row) => row.codes.map((code) => [code, row])));
  return indicators.flatMap(({ table, codes, owner, at }) => {
    const twin = kpis.get(codes[0] ?? '');
    if (table !== 'csi' || !twin || !nearlyTheSame(owner, twin.owner)) return [];
    const where = twin.row.line === undefined ? 'in the table of key performance indicators' : `on line ${twin.row.line}`;
    return [{ ...at('owner'), message: `The comment on ${codes[0]} is worded a little differently here and ${where}. Use one wording.` }];
  });
}

/** Different texts that share at least four fifths of their words. */
function nearlyTheSame(one: string, other: string): boolean {
  if (one === other) return false;
  const [some = [], others = []] = [one, other].map((text) =>
    text
      .toLowerCase()
      .split(/[\s,.;:]+/)
      .filter(Boolean),
  );
  const known = new Set(others);
  const shared = some.filter((word) => known.has(word)).length;
  return shared >= 0.8 * Math.max(some.length, others.length) && shared >= 5;
}

/** Comments that many actions share are a form of words; one that differs from it by a word or a letter is a slip. */
const FORM_OF_WORDS = 3;

function commentsOfActions({ actions }: PlanReading): Found[] {
  const comments = actions.map(({ row }) => plainText(row.cells.comments ?? ''));
  const counts = new Map<string, number>();
  for (const text of comments) counts.set(text, (counts.get(text) ?? 0) + 1);
  const slips = nearSpellings(comments.filter((text) => text !== '')).filter(({ usual }) => (counts.get(usual) ?? 0) >= FORM_OF_WORDS);
  const usualOf = new Map(slips.map(({ rare, usual }) => [rare, usual]));
  return actions.flatMap(({ name, at }, index) => {
    const [text = '', usual] = [comments[index], usualOf.get(comments[index] ?? '')];
    if (usual === undefined) return [];
    const message = `${name} says “${shortened(text, 80)}” where most actions say “${shortened(usual, 80)}”. Use one wording, if the same is meant.`;
    return [{ ...at('comments'), message }];
  });
}

/** Words before a year by which it is a baseline or a beginning, and stays right as the years go on. */
const LASTING_YEAR =
  /(?:since|from|baseline|base year|compared|against|than|after|before|between|strategy|plan|policy|act|survey|census)\W+(?:\w+\W+){0,3}$/i;

export const yearInDescription: Rule = {
  name: 'year-in-description',
  severity: 'note',
  title: 'A year in an indicator’s text that is not the plan’s',
  explanation:
    'A year in the words of an indicator was right when it was written, and is taken over from plan to plan. The columns say which year a figure is of; the words need none.',
  check: ({ plan, indicators }) => {
    const first = firstYearOf(plan);
    return indicators.flatMap(({ row, name, at }) => {
      const text = plainText(row.cells.description ?? '');
      const year = yearsIn(text).find((each) => each !== first);
      if (year === undefined || first === null || LASTING_YEAR.test(text.slice(0, text.indexOf(year.slice(0, 4))))) return [];
      return [
        {
          ...at('description'),
          message: `The text of ${name} names ${year}, while the plan begins in ${first}. Check whether the year still holds, or leave it out.`,
        },
      ];
    });
  },
};

/** A description stands in the first column of each report, and in e-mails; comments stand under a row. */
const LONGEST: [what: string, keys: readonly string[], length: number][] = [
  ['The text', ['description', 'action'], 400],
  ['The comment', ['owner', 'comments', 'outcome'], 1500],
];

export const textTooLong: Rule = {
  name: 'text-too-long',
  severity: 'note',
  title: 'A text too long for a report',
  explanation:
    'Members read these texts in a table, quarter after quarter. Councils were told by their members that two pages of comment under one figure are read by nobody.',
  check: ({ indicators, actions }) =>
    [...indicators, ...actions].flatMap(({ row, name, at }) =>
      LONGEST.flatMap(([what, keys, longest]) =>
        keys
          .map((key) => ({ key, length: plainText(row.cells[key] ?? '').length }))
          .filter(({ length }) => length > longest)
          .map(({ key, length }) => ({
            ...at(key),
            message: `${what} of ${name} has ${length.toLocaleString('en-GB')} characters, which is too long for the quarter’s report. Say it in at most ${longest.toLocaleString('en-GB')}.`,
          })),
      ),
    ),
};
