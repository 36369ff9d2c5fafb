/** Small things of wording and form that an editor would put right before publication. */
import type { Column } from '../business-plan.js';
import type { Rule } from '../finding.js';
import { actionCodeOf, indicatorCodesOf } from '../parse-cell.js';
import { plainText } from '../plain-text.js';
import { indicatorRowsOf, nameOf, placeOfAction, placeOfIndicator } from '../plan-rows.js';

export const markupInCell: Rule = {
  name: 'markup-in-cell',
  severity: 'note',
  title: 'HTML tags in a cell',
  explanation: 'Tags such as <p> were in the file. They are left out of the text; look whether the paragraphs are as they should be.',
  check: (plan) => {
    const places = [
      ...indicatorRowsOf(plan).map(({ row }) => ({ row, place: placeOfIndicator(row, null) })),
      ...plan.actions.rows.map((row) => ({ row, place: placeOfAction(row, null) })),
    ];
    return places
      .filter(({ row }) => (row.markupIn ?? []).length > 0)
      .map(({ row, place }) => ({
        ...place,
        column: row.markupIn?.length === 1 ? (row.markupIn[0] ?? null) : null,
        message: `The file had HTML tags in ${row.markupIn?.length === 1 ? 'a cell' : `${row.markupIn?.length} cells`} of ${nameOf(place.code, '')}. They were left out; check that the text reads as it should.`,
      }));
  },
};

export const headingsDiffer: Rule = {
  name: 'headings-differ',
  severity: 'note',
  title: 'Column headings in different words',
  explanation: 'Tables of one kind should have the same headings, so that readers need not wonder whether different things are meant.',
  check: (plan) => {
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
        return [{ line: null, code, column: column.key, rowId: null, message }];
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
    'An indicator that stands in two tables has nearly the same comment in both. Small differences are slips; one wording is easier to keep right.',
  check: (plan) => {
    const kpis = new Map(plan.kpis.rows.flatMap((row) => indicatorCodesOf(row).map((code) => [code, row])));
    const csi = indicatorRowsOf(plan).filter(({ objective }) => objective !== null);
    return csi.flatMap(({ row }) => {
      const place = placeOfIndicator(row, 'owner');
      const twin = kpis.get(place.code ?? '');
      if (!twin || !nearlyTheSame(row.cells.owner ?? '', twin.cells.owner ?? '')) return [];
      const where = twin.line === undefined ? 'in the table of key performance indicators' : `on line ${twin.line}`;
      return [{ ...place, message: `The comment on ${place.code} is worded a little differently here and ${where}. Use one wording.` }];
    });
  },
};

/** Different texts that share at least four fifths of their words. */
function nearlyTheSame(one: string, other: string): boolean {
  const [some, others] = [one, other].map((text) =>
    plainText(text)
      .toLowerCase()
      .split(/[\s,.;:]+/)
      .filter(Boolean),
  );
  if (!some || !others || plainText(one) === plainText(other)) return false;
  const shared = some.filter((word) => others.includes(word)).length;
  return shared >= 0.8 * Math.max(some.length, others.length) && shared >= 5;
}

export const gapInCodes: Rule = {
  name: 'gap-in-codes',
  severity: 'note',
  title: 'A number left out of a run of codes',
  explanation:
    'Where a run of action codes leaves out one number, an action may have been lost when the plan was put together, or dropped without a word.',
  check: (plan) => {
    const numbered = plan.actions.rows.flatMap((row) => {
      const [, stem, digits] = /^(.+_)(\d+)$/.exec(actionCodeOf(row) ?? '') ?? [];
      return stem && digits ? [{ row, stem, digits, number: Number(digits) }] : [];
    });
    const known = new Set(numbered.map(({ stem, number }) => `${stem}${number}`));
    return numbered.flatMap(({ row, stem, digits, number }) => {
      const has = (other: number): boolean => known.has(`${stem}${other}`);
      // Only one missing number after a run of three says something: codes of finished actions are not used again.
      if (has(number - 1) || ![2, 3, 4].every((distance) => has(number - distance))) return [];
      const missing = `${stem}${String(number - 1).padStart(digits.length, '0')}`;
      return [
        {
          ...placeOfAction(row, 'action'),
          message: `The codes before ${stem}${digits} leave out ${missing}. Check that no action was lost.`,
        },
      ];
    });
  },
};
