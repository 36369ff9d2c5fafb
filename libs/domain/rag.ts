/** Red, amber or green: a figure against its target by the council's rule, with the rule in words beside it. */
import { sameUnit, type Figure, type NumberFigure } from './parse-figure.js';

export type RagStatus = 'green' | 'amber' | 'red';

/** Which way is better; 'unknown' where nobody has settled it, and then there is no RAG. */
export type Direction = 'lower' | 'higher' | 'unknown';

/** A status with the rule that it follows from, or no status and the reason why; both as plain English. */
export type RagResult = { status: RagStatus; rule: string } | { status: null; reason: string };

export interface RagQuestion {
  figure: Figure;
  target: Figure;
  direction: Direction;
  /** A measure that is kept for its data alone has no RAG. */
  dataOnly: boolean;
  /** Why the direction is unknown or the measure is data only, as a sentence; shown in place of the general one. */
  reason?: string | undefined;
  /** How far from the target is still amber, in per cent of the target: a setting of the council, by default 5 (domain.md section f). */
  tolerancePercent: number;
}

/**
 * Rates a figure: green on target or better, amber within the tolerance, red beyond it.
 * There is no status where the direction is unknown, the measure is data only, figure or target is missing, a range or no number,
 * or the two are in different units. A number that is not meant exactly ("40+") counts as the number.
 */
export function ragOf(question: RagQuestion): RagResult {
  const { figure, target, direction, dataOnly, reason, tolerancePercent } = question;
  if (dataOnly) return { status: null, reason: reason ?? 'It is kept for its data only.' };
  if (direction === 'unknown') return { status: null, reason: reason ?? 'It is not settled whether lower or higher is better.' };
  if (target.kind === 'none') return { status: null, reason: 'There is no target.' };
  if (target.kind !== 'number') return { status: null, reason: `The target "${target.text}" ${whyNoNumber(target)}.` };
  if (figure.kind === 'none') return { status: null, reason: 'There is no figure.' };
  if (figure.kind !== 'number') return { status: null, reason: `The figure "${figure.text}" ${whyNoNumber(figure)}.` };
  const words = `${writeFigure(figure)} against a target of ${writeFigure(target)}`;
  if (!sameUnit(figure.unit, target.unit)) return { status: null, reason: `${words}: they are not in the same unit.` };

  const status = rate(figure.value, target.value, direction, tolerancePercent);
  return { status, rule: `${words}; ${direction} is better; ${distanceInWords(status, direction, tolerancePercent)}` };
}

function whyNoNumber(figure: Exclude<Figure, { kind: 'number' | 'none' }>): string {
  if (figure.kind === 'range') return 'is a range, which a number cannot be rated against';
  return figure.pending ? 'says that it is still to come' : 'is not a number';
}

function rate(value: number, target: number, direction: 'lower' | 'higher', tolerancePercent: number): RagStatus {
  const behind = direction === 'lower' ? value - target : target - value;
  const tolerance = (Math.abs(target) * tolerancePercent) / 100;
  // Decimal figures are not exact in binary: what is as good as on the line counts as on it.
  const hair = 1e-9 * Math.max(1, Math.abs(target));
  if (behind <= hair) return 'green';
  return behind <= tolerance + hair ? 'amber' : 'red';
}

function distanceInWords(status: RagStatus, direction: 'lower' | 'higher', tolerancePercent: number): string {
  if (status === 'green') return 'on target or better';
  if (status === 'amber') return `within ${tolerancePercent}% of it`;
  return `more than ${tolerancePercent}% ${direction === 'lower' ? 'above' : 'below'} it`;
}

const NUMBER_FORMAT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** A figure as the council writes it: '1,850', '82%', '£13,000', '-2.5', '28 days', 'at least 40'; at most two decimals. */
export function writeFigure({ value, unit, about }: Pick<NumberFigure, 'value' | 'unit' | 'about'>): string {
  const size = NUMBER_FORMAT.format(Math.abs(value));
  const sign = value < 0 && size !== '0' ? '-' : '';
  const number = `${sign}${unit === '£' ? '£' : ''}${size}${unit === '%' ? '%' : ''}`;
  const isWord = unit !== '' && unit !== '%' && unit !== '£';
  return [about, number, isWord ? unit : undefined].filter((word) => word !== undefined).join(' ');
}
