/** A sum of money that the budget table tells of and that stands with an action as well: the two must agree, or drift apart. */
import type { Found, Rule } from '../finding.js';
import { parseFigure } from '../parse-figure.js';
import { plainText } from '../plain-text.js';
import type { ActionReading, BudgetReading } from '../plan-reading.js';

export const sumToldElsewhere: Rule = {
  name: 'sum-told-elsewhere',
  severity: 'note',
  title: 'A sum of money that is told in two places',
  explanation:
    'A sum that stands in the budget table and again with an action is changed in one place and forgotten in the other. Where the two differ already, members ask which is right.',
  check: ({ budget, actions }) => {
    const told = actions.flatMap((action) => {
      const comments = plainText(action.row.cells.comments ?? '');
      const sums = sumsIn(comments);
      return sums.length === 0 ? [] : [{ action, sums, subject: `${plainText(action.row.cells.action ?? '')} ${comments}` }];
    });
    return budget.filter(({ row }) => row.kind === 'line').flatMap((line) => complaint(line, told));
  },
};

interface Sum {
  value: number;
  /** As written. */
  text: string;
}

interface ToldByAction {
  action: ActionReading;
  sums: Sum[];
  /** Everything that its row says of the sums. */
  subject: string;
}

const SUM_IN_TEXT = /£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|bn|thousand|million|billion)\b)?/gi;

function sumsIn(text: string): Sum[] {
  return [...text.matchAll(SUM_IN_TEXT)].flatMap(([sum]) => {
    const figure = parseFigure(sum.replace(/,$/, ''));
    return figure.kind === 'number' ? [{ value: figure.value, text: sum.replace(/,$/, '') }] : [];
  });
}

/** How far apart, as a share of the larger, two sums about one thing may be and still be taken for the same sum. */
const NEAR = 0.25;

function complaint({ row, at }: BudgetReading, told: readonly ToldByAction[]): Found[] {
  const text = plainText(row.cells.text ?? '');
  const code = plainText(row.cells.actionCode ?? '');
  const phrases = namesIn(text);
  const own = sumsIn(text);
  return own.flatMap((sum) => {
    const others = told.filter(
      ({ action, subject }) => (code !== '' && action.code === code) || phrases.some((name) => subject.includes(name)),
    );
    const same = others.filter(({ sums }) => sums.some(({ value }) => value === sum.value));
    const near = others.flatMap(({ action, sums }) =>
      sums.filter(({ value }) => isNear(value, sum.value)).map((other) => ({ action, other })),
    );
    if (same.length > 0) {
      const message = `“${sum.text}” is told here and with ${placesOf(same.map(({ action }) => action))}. Tell it in one place, so that the two cannot drift apart.`;
      return [{ ...at('text'), message }];
    }
    const differing = near[0]?.other;
    if (!differing) return [];
    const where = placesOf(near.filter(({ other }) => other.value === differing.value).map(({ action }) => action));
    return [
      {
        ...at('text'),
        message: `“${sum.text}” is told here, but “${differing.text}” with ${where}. Make them agree, or say what makes the difference.`,
      },
    ];
  });
}

function isNear(one: number, other: number): boolean {
  return one !== other && Math.abs(one - other) <= NEAR * Math.max(one, other);
}

/** The names of things in a text: three or more words in a row with a capital letter each ("Broxtowe Crime Reduction Plan"). */
function namesIn(text: string): string[] {
  return text.match(/\p{Lu}[\p{L}’'-]+(?: (?:and |of |for )?\p{Lu}[\p{L}’'-]+){2,}/gu) ?? [];
}

function placesOf(actions: readonly ActionReading[]): string {
  const places = actions.map(({ name, row }) => (row.line === undefined ? name : `${name} on line ${row.line}`));
  return [...new Set(places)].slice(0, 3).join(' and ');
}
