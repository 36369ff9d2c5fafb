/** Codes that are formed in another way than their siblings, or that are easily taken for each other. */
import type { Found, Rule } from '../finding.js';
import type { PlanReading } from '../plan-reading.js';
import type { Place } from '../plan-rows.js';

type CodedPlace = Place & { code: string };

export const codeForm: Rule = {
  name: 'code-form',
  severity: 'warning',
  title: 'A code in another form than its siblings',
  explanation:
    'Codes are matched letter by letter, from year to year and with the performance system. A code with a digit left out or other capitals is often a slip, and then the row’s history is not found.',
  check: (reading) => codedPlaces(reading).flatMap(otherForms),
};

export const codesEasilyConfused: Rule = {
  name: 'codes-easily-confused',
  severity: 'note',
  title: 'Codes that look alike: I and 1, O and 0',
  explanation:
    'BI002a and B1002b look like siblings, but one has the letter I where the other has the figure 1. Whoever types such a code from paper finds the wrong row, or none.',
  check: (reading) => codedPlaces(reading).flatMap(lookAlikes),
};

/** The codes of the indicators, and those of the actions, with their places. */
function codedPlaces({ indicators, actions }: PlanReading): CodedPlace[][] {
  return [
    indicators.flatMap(({ codes, codeColumn, at }) => codes.map((code) => ({ ...at(codeColumn, code), code }))),
    actions.flatMap(({ code, codeColumn, at }) => (code === null ? [] : [{ ...at(codeColumn), code }])),
  ];
}

/** The places of one table whose code is not in the form that more than half of its family, and at least three, have. */
function otherForms(places: readonly CodedPlace[]): Found[] {
  const codes = [...new Set(places.map(({ code }) => code))];
  const families = grouped(codes, family);
  const models = new Map([...families].map(([name, siblings]) => [name, modelOf(siblings)]));
  return places.flatMap((place) => {
    const model = models.get(family(place.code));
    if (!model || form(model) === form(place.code)) return [];
    const message = `The code ${place.code} is formed in another way than its siblings, such as ${model}. Check whether it is a slip.`;
    return [{ ...place, message }];
  });
}

/** A code in the usual form of its family, null where no form is usual. */
function modelOf(siblings: readonly string[]): string | null {
  const usual = [...grouped(siblings, form).values()].find((alike) => alike.length > siblings.length / 2 && alike.length >= 3);
  return usual?.[0] ?? null;
}

function grouped(codes: readonly string[], keyOf: (code: string) => string): Map<string, string[]> {
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
    .replace(/[_\s-]/g, '')
    .replace(/\d+/g, '9')
    .replace(/9[A-Z]$/, '9');
}

/** The form of a code, each digit a 9, a letter after the last digit left out: "ComS_012d" has the form "ComS_999". */
function form(code: string): string {
  return code.replace(/\d/g, '9').replace(/9[A-Za-z]$/, '9');
}

/** Longer ones are no code that anybody types. */
const LONGEST_COMPARED = 40;

/** Signs that are taken for each other, each with the one that it looks like. */
const LOOKS_LIKE: Record<string, string> = { I: '1', l: '1', O: '0', o: '0' };

/**
 * A code is asked about where one sign for another that looks like it would make it a sibling of more codes than it has now, or of
 * an earlier one where both stand alone.
 */
function lookAlikes(places: readonly CodedPlace[]): Found[] {
  const codes = [...new Set(places.map(({ code }) => code))];
  const order = new Map(codes.map((code, index) => [code, index]));
  const byForm = grouped(codes, form);
  return places.flatMap((place) => {
    if (place.code.length > LONGEST_COMPARED) return [];
    const own = byForm.get(form(place.code))?.length ?? 0;
    const twins = variantsOf(place.code).flatMap((variant) => {
      const siblings = byForm.get(form(variant)) ?? [];
      const isFewer = own < siblings.length || (own === siblings.length && (order.get(siblings[0]!) ?? 0) < (order.get(place.code) ?? 0));
      return siblings.length > 0 && isFewer ? [order.has(variant) ? variant : siblings[0]!] : [];
    });
    if (twins[0] === undefined) return [];
    const message = `The code ${place.code} looks like a sibling of ${twins[0]}, but one has a letter I or O where the other has the figure 1 or 0. Check which is meant.`;
    return [{ ...place, message }];
  });
}

/** The code with one of its signs as the one that looks like it. */
function variantsOf(code: string): string[] {
  return Array.from(code, (sign, index) => {
    const others = [LOOKS_LIKE[sign], ...Object.keys(LOOKS_LIKE).filter((letter) => LOOKS_LIKE[letter] === sign)];
    return others.flatMap((other) => (other === undefined ? [] : [code.slice(0, index) + other + code.slice(index + 1)]));
  }).flat();
}
