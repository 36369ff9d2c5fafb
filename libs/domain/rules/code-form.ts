/** Codes that are formed in another way than their siblings: fewer digits, other capitals, a separator more. */
import type { BusinessPlan } from '../business-plan.js';
import type { Rule } from '../finding.js';
import { indicatorCodesOf } from '../parse-cell.js';
import { indicatorRowsOf, type Place, placeOfAction, placeOfIndicator } from '../plan-rows.js';

type CodedPlace = Place & { code: string };

export const codeForm: Rule = {
  name: 'code-form',
  severity: 'warning',
  title: 'A code in another form than its siblings',
  explanation:
    'Codes are matched letter by letter, from year to year and with the performance system. A code with a digit left out or other capitals is often a slip, and then the row’s history is not found.',
  check: (plan) => codedPlaces(plan).flatMap(complaints),
};

function codedPlaces(plan: BusinessPlan): CodedPlace[][] {
  const indicators = indicatorRowsOf(plan).flatMap(({ row }) =>
    indicatorCodesOf(row).map((code) => ({ ...placeOfIndicator(row, 'description', code), code })),
  );
  const actions = plan.actions.rows.flatMap((row) => {
    const place = placeOfAction(row, 'action');
    return place.code === null ? [] : [{ ...place, code: place.code }];
  });
  return [indicators, actions];
}

/** The places of one table whose code is not in the form that more than half of its family, and at least three, have. */
function complaints(places: CodedPlace[]): (CodedPlace & { message: string })[] {
  const codes = [...new Set(places.map(({ code }) => code))];
  const families = grouped(codes, family);
  const models = new Map([...families].map(([name, siblings]) => [name, modelOf(siblings)]));
  return places.flatMap((place) => {
    const model = models.get(family(place.code));
    if (!model || form(model) === form(place.code)) return [];
    return [
      {
        ...place,
        message: `The code ${place.code} is formed in another way than its siblings, such as ${model}. Check whether it is a slip.`,
      },
    ];
  });
}

/** A code in the usual form of its family, null where no form is usual. */
function modelOf(siblings: string[]): string | null {
  const usual = [...grouped(siblings, form).values()].find((alike) => alike.length > siblings.length / 2 && alike.length >= 3);
  return usual?.[0] ?? null;
}

function grouped(codes: string[], keyOf: (code: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const code of codes) {
    const group = groups.get(keyOf(code));
    if (group) group.push(code);
    else groups.set(keyOf(code), [code]);
  }
  return groups;
}

/** Codes of one family differ in their numbers: "ComS_24" and "COMS2527_01" are of the family "COMS9". */
function family(code: string): string {
  return code
    .toUpperCase()
    .replace(/_/g, '')
    .replace(/\d+/g, '9')
    .replace(/9[A-Z]$/, '9');
}

/** The form of a code, each digit a 9, a letter after the last digit left out: "ComS_012d" has the form "ComS_999". */
function form(code: string): string {
  return code.replace(/\d/g, '9').replace(/9[A-Za-z]$/, '9');
}
