/** What a figure's cell says: a number with its unit, a range, nothing, or words; in the many ways in which councils write them. */
import { plainText } from './plain-text.js';

/** How a number is meant that is not meant exactly. */
export type About = 'about' | 'at least' | 'more than' | 'at most' | 'less than';

export interface NumberFigure {
  kind: 'number';
  value: number;
  /** '%', '£', '' or a word in small letters, such as 'days' or 'kg'. */
  unit: string;
  /** Absent for a number that is meant as it stands. "40+" is at least 40, and counts as 40. */
  about?: About;
}

export interface RangeFigure {
  kind: 'range';
  from: number;
  to: number;
  unit: string;
  /** As written. */
  text: string;
}

/** What a figure's cell says. A text is something a person wrote that is no figure; pending: it says that one is still to come. */
export type Figure = NumberFigure | RangeFigure | { kind: 'none' } | { kind: 'text'; text: string; pending?: true };

/** A cell that says nothing: blank, or a dash. */
export const NOTHING = /^[-–—]?$/;
/** Words by which councils say that there is no figure and will be none. "n/a (new measure)" is such, "none" may be a nought. */
const NO_FIGURE =
  /^(?:n ?[/\\.] ?a\.?(?:\W.{0,60})?|na|not (?:applicable|available)|(?:no|not) (?:data|target|figure|set)(?: \(?data only\)?)?|data only|--+|new(?: (?:indicator|measure))?)$/i;
/** Words by which councils say that a figure is still to come. */
const PENDING =
  /\bt\.?b\.?[cad]\b|^(?:to be |awaiting\b|awaited\b|pending\b|(?:figure|data|result|target)s? (?:awaited|to (?:be|follow))|not yet\b|to follow\b|subject to\b)/i;

/** Longer texts are prose, whatever figures are in them. */
const LONGEST_FIGURE = 120;
const PLAIN_NUMBER = /^(\(?)\s*([-−–]?)\s*(£?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%?)\s*(\)?)$/;

/**
 * What a cell says: "(13,000)" is negative, "£1.35m" is a sum, "28 days" has a unit, "40+" and "approx. 40" are numbers that are not
 * meant exactly, "30-40" is a range, "n/a" and a dash are none, "TBC" is a text that says so. Footnote marks make no difference.
 */
export function parseFigure(raw: string): Figure {
  const text = plainText(raw);
  if (NOTHING.test(text)) return { kind: 'none' };
  const plain = plainNumber(text);
  if (plain) return plain;
  if (text.length > LONGEST_FIGURE) return { kind: 'text', text };
  const reading = withoutFootnoteMarks(legible(raw));
  if (NOTHING.test(reading) || NO_FIGURE.test(reading)) return { kind: 'none' };
  if (PENDING.test(reading)) return { kind: 'text', text, pending: true };
  if (!/\d/.test(reading)) return { kind: 'text', text };
  return qualifiedNumber(reading) ?? range(reading, text) ?? { kind: 'text', text };
}

/** Most cells are plain numbers, and are read without trying the rest. */
function plainNumber(text: string): NumberFigure | null {
  const match = PLAIN_NUMBER.exec(text);
  if (!match) return null;
  const [, open, minus, pound, whole = '', decimals = '', percent, close] = match;
  const isBracketed = open !== '';
  if (isBracketed !== (close !== '') || (isBracketed && minus !== '') || (pound !== '' && percent !== '')) return null;
  const size = Number(whole.replaceAll(',', '') + decimals);
  return { kind: 'number', value: signed(size, isBracketed || minus !== ''), unit: percent || pound || '' };
}

function signed(size: number, isNegative: boolean): number {
  return isNegative && size !== 0 ? -size : size;
}

/** A no-break or thin space between groups of three digits belongs to the number; an ordinary one may set two figures apart. */
const SPACED_NUMBER = /(?<![\d.,])\d{1,3}(?:[\u00A0\u2007\u2009\u202F]\d{3})+(?!\d)/gu;

/** A figure's cell as one line, in which a number written with spaces between its thousands keeps them, as no-break spaces. */
export function figureText(raw: string): string {
  if (!/[\u00A0\u2007\u2009\u202F]/u.test(raw)) return plainText(raw);
  return plainText(raw.replace(SPACED_NUMBER, (number) => number.replace(/\D/gu, '\uE000'))).replaceAll('\uE000', '\u00A0');
}

/** The text as it is read: full-width signs as the usual ones, thousands with commas, nothing invisible. */
function legible(raw: string): string {
  const visible = raw.replace(SPACED_NUMBER, (number) => number.replace(/\D/gu, ',')).replace(/[\u200B-\u200D\u2060]/gu, '');
  const usual = visible.replace(/[\uFF01-\uFF5E]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('\uFFE1', '£');
  return plainText(usual.replace(/[\u2010\u2011]/gu, '-'));
}

const FOOTNOTE_MARK =
  /(?<=[\d%)\]\w*†‡])\s*(?:[*†‡§#^]+|(?<!m)[⁰¹²³⁴-⁹]+|\[[\w ]{1,12}\]|\((?:p|r|prov(?:isional|\.)?|revised|unaudited|draft|note \w{1,3})\))$/iu;

/** "45*", "45¹", "45 [1]" and "45 (p)" without their mark; "45 (1)" may be two figures and stays. */
function withoutFootnoteMarks(text: string): string {
  let bare = text.replace(/^[*†‡]+\s*(?=[\d£(<>~+-])/u, '');
  while (FOOTNOTE_MARK.test(bare)) bare = bare.replace(FOOTNOTE_MARK, '');
  return bare.replace(/(?<=[\d%)])[.,;]$/, '');
}

const BEFORE_A_NUMBER: [About, RegExp][] = [
  ['at least', /^(?:at least|(?:no|not) (?:less|fewer) than|min(?:imum|\.)?(?: of)?|≥|>=)\s*(?=[£\d(])/i],
  ['more than', /^(?:over|more than|above|greater than|in excess of|>)\s*(?=[£\d(])/i],
  ['at most', /^(?:up to|at most|(?:no|not) more than|max(?:imum|\.)?(?: of)?|within|≤|<=)\s*(?=[£\d(])/i],
  ['less than', /^(?:under|less than|fewer than|below|<)\s*(?=[£\d(])/i],
  ['about', /^(?:approx(?:imately|\.)?|circa|c\.?|around|about|roughly|est(?:imated|\.)?|~|≈)\s*(?=[£\d(])/i],
];
const AFTER_A_NUMBER: [About, RegExp][] = [
  ['at least', /\s*(?:(?<=[\d%])\+|\bor (?:more|over|above|better|higher)|\band (?:over|above))$/i],
  ['at least', /(?<=\d)\+(?=\s*[a-z%])/i],
  ['at most', /\s*\bor (?:less|fewer|under|below|lower)$/i],
  ['about', /\s*(?:\((?:approx(?:imately|\.)?|e|est(?:imated?|\.)?|circa)\)|\bapprox(?:imately|\.)?|\best(?:imated?|\.))$/i],
];

function qualifiedNumber(text: string): NumberFigure | null {
  let rest = text;
  const about = [...BEFORE_A_NUMBER, ...AFTER_A_NUMBER].filter(([, words]) => {
    const without = rest.replace(words, '');
    const isThere = without !== rest;
    rest = without;
    return isThere;
  });
  const found = amount(rest.trim());
  return found && { kind: 'number', ...found, ...(about[0] && { about: about[0][0] }) };
}

interface Amount {
  value: number;
  unit: string;
}

const AMOUNT = /^([-−–+]?)\s*(£?)\s*([-−–+]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(.*)$/;
const BRACKETED_AMOUNT = /^(£?)\s*\(([^()]+)\)\s*(%?)$/;

/** A number with its sign, pound and unit, and nothing else. */
function amount(text: string): Amount | null {
  const [, pound = '', inside, percent = ''] = BRACKETED_AMOUNT.exec(text) ?? [];
  if (inside !== undefined) {
    if (!/^[£\d]/.test(inside)) return null;
    const size = amount(`${pound}${inside}${percent}`);
    return size && { ...size, value: signed(size.value, true) };
  }
  const match = AMOUNT.exec(text);
  if (!match) return null;
  const [, sign, currency = '', innerSign, whole = '', decimals = '', ending = ''] = match;
  if (sign !== '' && innerSign !== '') return null;
  const scaled = scaleAndUnit(ending, currency === '£');
  if (!scaled) return null;
  const size = Number(`${whole.replaceAll(',', '')}${decimals}e${scaled.exponent}`);
  return { value: signed(size, /[-−–]/.test(`${sign}${innerSign}`)), unit: scaled.unit };
}

const EXPONENTS: Record<string, number> = { k: 3, thousand: 3, m: 6, mn: 6, million: 6, bn: 9, billion: 9 };

/** What stands behind a number: "m" is a million behind a sum of money; without one it might as well be metres, and is not read. */
function scaleAndUnit(ending: string, isMoney: boolean): { exponent: number; unit: string } | null {
  const [, scale = '', rest = ending] = /^(k|thousand|m|mn|million|bn|billion)\b\.?\s*(.*)$/i.exec(ending) ?? [];
  if (scale.toLowerCase() === 'm' && !isMoney) return null;
  const exponent = EXPONENTS[scale.toLowerCase()] ?? 0;
  if (isMoney) return rest === '' ? { exponent, unit: '£' } : null;
  const unit = unitOf(rest);
  return unit === null ? null : { exponent, unit };
}

/** Units that are written in several ways, each with the one by which they are compared. */
const UNITS: Record<string, string> = {
  ...{ 'per cent': '%', percent: '%', pct: '%', pp: 'percentage points', 'percentage point': 'percentage points' },
  ...{ day: 'days', week: 'weeks', wks: 'weeks', month: 'months', mths: 'months', year: 'years', yrs: 'years' },
  ...{ hour: 'hours', hr: 'hours', hrs: 'hours', minute: 'minutes', min: 'minutes', mins: 'minutes', second: 'seconds', secs: 'seconds' },
  ...{ kgs: 'kg', kilo: 'kg', kilos: 'kg', kilogram: 'kg', kilograms: 'kg', kilogrammes: 'kg', tonne: 'tonnes', t: 'tonnes' },
  ...{ 'no.': '', nr: '', number: '' },
};
const UNIT_WORDS = /^[a-z][a-z\d.'’/²³-]*(?: [a-z][a-z\d.'’/-]*){0,2}$/i;
/** Words that make a sentence out of a number: with them it is no figure any more. */
const NO_UNIT_WORDS =
  /(?:^| )(?:[a-su-z]|of|to|by|in|or|and|than|more|less|fewer|above|below|over|under|on|at|from|for|with|is|was|as|but|not|no|none|only|new|yes|st|nd|rd|th|am|pm|see|note|target|due|overdue|pending|red|amber|green|ongoing|n\/a|jan|feb|mar|march|apr|april|may|june?|july?|aug|sept?|oct|nov|dec|(?:jan|febr)uary|august|(?:septem|octo|novem|decem)ber)(?: |$)/i;

/** The unit that words behind a number name, '' for none; null where they are no unit. */
function unitOf(words: string): string | null {
  if (words === '' || words === '%') return words;
  const known = UNITS[words.toLowerCase()];
  if (known !== undefined) return known;
  return UNIT_WORDS.test(words) && !NO_UNIT_WORDS.test(words) ? words.toLowerCase() : null;
}

/** "30-40", "2–3%", "£1m to £2m", "12 to 18 months": both ends in one unit, the smaller first. */
function range(text: string, asWritten: string): RangeFigure | null {
  const words = text.replace(/^between\s+(.+?)\s+and\s+/i, '$1 to ');
  for (const { index, 0: separator } of words.matchAll(/\s*(?:[-–—−]|\bto\b)\s*/gi)) {
    const [left, right] = [words.slice(0, index), words.slice(index + separator.length)];
    const ends = left === '' ? null : rangeEnds(left, right);
    if (ends) return { kind: 'range', ...ends, text: asWritten };
  }
  return null;
}

function rangeEnds(left: string, right: string): { from: number; to: number; unit: string } | null {
  const to = amount(left.startsWith('£') && !right.startsWith('£') ? `£${right}` : right);
  // "£1-2m" and "2-3%" say once what is meant of both.
  const from = to && (amount(`${left}${/[^\d)]*$/.exec(right)?.[0] ?? ''}`) ?? amount(left));
  if (!from || from.unit !== to.unit || from.value < 0 || from.value > to.value) return null;
  const areYears = from.unit === '' && [from, to].every(({ value }) => value >= 1900 && value < 2100);
  return areYears ? null : { from: from.value, to: to.value, unit: to.unit };
}

/** Whether two figures can be held against each other. A number without a unit takes the word of the other ("27" for "28 days"). */
export function sameUnit(one: string, other: string): boolean {
  if (one === other) return true;
  const word = one === '' ? other : other === '' ? one : '%';
  return word !== '%' && word !== '£';
}

/** What two figures of a sum say together of how exactly it is meant. */
export function aboutBoth(one: About | undefined, other: About | undefined): About | undefined {
  return one === undefined || one === other ? other : other === undefined ? one : 'about';
}
