/** Questions that a quarter's figure raises before it is reported: it is shown as given, and someone is asked. */
import { sameUnit, type Figure } from './parse-figure.js';
import { writeFigure } from './rag.js';

/** How many times above or below its target a figure is taken for a slip of the pen. */
const IMPLAUSIBLE_TIMES = 10;

/**
 * What is to be asked about a figure, as a sentence; null if nothing.
 * Seen in council reports: a share of 103%, and 73,390 against a target of 420 (domain.md sections b and c).
 */
export function queryOf(figure: Figure, target: Figure): string | null {
  if (figure.kind !== 'number') return null;
  const written = writeFigure(figure);
  if (figure.unit === '%' && (figure.value < 0 || figure.value > 100)) return `${written} is not between 0% and 100%. Is it right?`;
  if (target.kind !== 'number' || !sameUnit(target.unit, figure.unit) || target.value <= 0) return null;
  const times = figure.value / target.value;
  if (times > IMPLAUSIBLE_TIMES) return `${written} is more than ten times the target of ${writeFigure(target)}. Is it right?`;
  if (times < 1 / IMPLAUSIBLE_TIMES) return `${written} is less than a tenth of the target of ${writeFigure(target)}. Is it right?`;
  return null;
}
