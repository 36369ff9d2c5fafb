/** What `plancycle compare` prints: for people the differences by table and row with their words marked, for machines JSON. */
import { differencesAsJson, MEANINGS, type Difference } from '../../libs/domain/differences/difference.js';
import { wordChanges } from '../../libs/domain/word-changes.js';
import { besideEachOther, inOneLine, withoutLongStretches, type Marks } from './marked-words.js';

/** How the differences are shown to people. */
export interface Shown {
  sideBySide: boolean;
  /** Colours and lines through and under the words, for a terminal; else [-removed-] and {+added+}. */
  colours: boolean;
  /** How many characters a line may have; only two columns beside each other are held to it. */
  width: number;
}

/** The differences, each with exactly kind, table, code, field, before, after and meaning. */
export function compareAsJson(differences: readonly Difference[]): string {
  return `${JSON.stringify(differencesAsJson(differences), null, 2)}\n`;
}

const BRACKETS: Marks = { removed: ['[-', '-]'], added: ['{+', '+}'] };
const COLOURS: Marks = { removed: ['\u001b[9;31m', '\u001b[29;39m'], added: ['\u001b[4;32m', '\u001b[24;39m'] };

/** The same for people: by table and row, the meaning first, at the end how many there are of each meaning. */
export function compareAsText(before: string, after: string, differences: readonly Difference[], shown: Shown): string {
  const title = `${visible(before)} → ${visible(after)}`;
  if (differences.length === 0) return `${title}\n\nNo differences.\n`;
  const places = grouped(differences, ({ place }) => place).flatMap(([place, inPlace]) => [
    '',
    visible(place),
    ...grouped(inPlace, ({ name, rowId, rowIdBefore }) => JSON.stringify([name, rowId, rowIdBefore])).flatMap(([, ofRow]) =>
      rowLines(ofRow, place, shown),
    ),
  ]);
  return [title, ...places, '', summary(differences), ''].join('\n');
}

function rowLines(differences: readonly Difference[], place: string, shown: Shown): string[] {
  const name = visible(differences[0]?.name ?? '');
  const heading = name === visible(place) ? [] : [`  ${name}`];
  return [...heading, ...differences.flatMap((difference) => differenceLines(difference, shown))];
}

function differenceLines(difference: Difference, { sideBySide, colours, width }: Shown): string[] {
  const marks = colours ? COLOURS : BRACKETS;
  const { kind, before, after } = difference;
  const label = labelOf(difference);
  if (kind === 'moved') return [`    ${label} from ${placeInWords(difference, before)} to ${placeInWords(difference, after)}`];
  const words = withoutLongStretches(wordChanges(visible(before ?? ''), visible(after ?? '')));
  if (!sideBySide) return [`    ${label}: ${inOneLine(words, marks)}`];
  return [`    ${label}`, ...besideEachOther(words, marks, width - 6).map((line) => `      ${line}`.trimEnd())];
}

/** The meaning, the measure where it is not the row's own code, and the field in words. */
function labelOf({ kind, table, meaning, field, code, name }: Difference): string {
  const what = field === null || kind === 'moved' ? null : table === 'text' ? 'text' : inWords(field);
  const how = kind === 'moved' ? 'moved' : field !== null && kind !== 'changed' ? kind : null;
  const measure = code !== null && kind === 'changed' && !name.includes(code) ? code : null;
  return [meaning, how, measure, what].filter((part) => part !== null).join(', ');
}

/** 'targetDate' → 'target date'; a heading stays as it is. */
function inWords(field: string): string {
  return /^[a-z]+[A-Z][a-z]+$/.test(field) ? field.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`) : visible(field);
}

function placeInWords({ field, name }: Difference, place: string | null): string {
  return field === 'order' && /^\d+$/.test(place ?? '') ? `place ${place}` : visible(place ?? name);
}

/** Text from a document may hold signs that a terminal obeys. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the very signs that are looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD').replace(/\s+/g, ' ');
}

function summary(differences: readonly Difference[]): string {
  const counts = MEANINGS.map((meaning) => ({ meaning, count: differences.filter((one) => one.meaning === meaning).length }));
  const others = differences.filter(({ meaning }) => meaning === null).length;
  const parts = counts.filter(({ count }) => count > 0).map(({ meaning, count }) => `${count} ${meaning}`);
  const all = `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}`;
  return parts.length === 0 ? `${all}.` : `${all}: ${[...parts, ...(others > 0 ? [`${others} other`] : [])].join(', ')}.`;
}

/** Members in their order under their keys in the order in which these first come. */
function grouped<Member>(members: readonly Member[], keyOf: (member: Member) => string): [string, Member[]][] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const group = groups.get(keyOf(member));
    if (group) group.push(member);
    else groups.set(keyOf(member), [member]);
  }
  return [...groups];
}
