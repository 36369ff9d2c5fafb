/** Codes that are missing, left out of a run, or too long for the performance system. */
import type { Found, Rule } from '../finding.js';
import type { PlanReading } from '../plan-reading.js';
import { shortened } from '../plan-rows.js';

export const noCode: Rule = {
  name: 'no-code',
  severity: 'note',
  title: 'A row without a code, where most have one',
  explanation:
    'Updates and next year’s plan find a row by its code. One without a code is found by its words alone, and is lost when they change. A word in capitals at the end of an action is taken for a code only if other codes begin with it.',
  check: ({ indicators, actions }) => [
    ...withoutCode(indicators.filter(({ table }) => table === 'csi').map((row) => ({ ...row, code: row.codes[0] ?? null }))),
    ...withoutCode(indicators.filter(({ table }) => table === 'kpi').map((row) => ({ ...row, code: row.codes[0] ?? null }))),
    ...withoutCode(actions),
  ],
};

type Coded = Pick<PlanReading['actions'][number], 'code' | 'name' | 'codeColumn' | 'at'>;

function withoutCode(rows: readonly Coded[]): Found[] {
  const lacking = rows.filter(({ code }) => code === null);
  if (lacking.length * 2 >= rows.length) return [];
  return lacking.map(({ name, codeColumn, at }) => ({ ...at(codeColumn), message: `${name} has no code. Give it one of its own.` }));
}

/** Pentana's import sheets take no longer ones (domain.md, section f). */
const LONGEST_CODE = 16;

export const codeTooLong: Rule = {
  name: 'code-too-long',
  severity: 'note',
  title: 'A code too long for Pentana',
  explanation: 'Pentana’s import takes codes of at most 16 characters. A longer one would be refused, or cut, when the plan is taken over.',
  check: ({ indicators, actions }) =>
    [
      ...indicators.flatMap(({ codes, codeColumn, at }) => codes.map((code) => ({ code, place: at(codeColumn, code) }))),
      ...actions.map(({ code, codeColumn, at }) => ({ code: code ?? '', place: at(codeColumn) })),
    ]
      .filter(({ code }) => code.length > LONGEST_CODE)
      .map(({ code, place }) => ({
        ...place,
        message: `The code ${shortened(code)} has ${code.length} characters; Pentana takes at most ${LONGEST_CODE}. Shorten it before the plan goes there.`,
      })),
};

export const gapInCodes: Rule = {
  name: 'gap-in-codes',
  severity: 'note',
  title: 'A number left out of a run of codes',
  explanation:
    'Where a run of action codes leaves out one number, an action may have been lost when the plan was put together, or dropped without a word.',
  check: ({ actions }) => {
    const numbered = actions.flatMap(({ code, codeColumn, at }) => {
      const [, stem, digits] = /^(.+_)(\d+)$/.exec(code ?? '') ?? [];
      return stem && digits ? [{ place: at(codeColumn), stem, digits, number: Number(digits) }] : [];
    });
    const known = new Set(numbered.map(({ stem, number }) => `${stem}${number}`));
    return numbered.flatMap(({ place, stem, digits, number }) => {
      const has = (other: number): boolean => known.has(`${stem}${other}`);
      // Only one missing number after a run of three says something: codes of finished actions are not used again.
      if (has(number - 1) || ![2, 3, 4].every((distance) => has(number - distance))) return [];
      const missing = `${stem}${String(number - 1).padStart(digits.length, '0')}`;
      return [{ ...place, message: `The codes before ${stem}${digits} leave out ${missing}. Check that no action was lost.` }];
    });
  },
};
