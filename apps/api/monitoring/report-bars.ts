/** The tally of a report as bars: how many indicators stand where, on one scale. */
import type { IndicatorTally } from '../../../libs/domain/cabinet-report.js';
import type { IndicatorClass } from '../../../libs/domain/report-indicator.js';

export interface Bar {
  class: IndicatorClass;
  label: string;
  count: number;
  /** In the units of the chart's view box. */
  y: number;
  width: number;
}

export interface Bars {
  bars: Bar[];
  height: number;
  /** The same as a sentence, for those who do not see it. */
  description: string;
}

/** The classes in the order in which they are shown, with their words. */
export const CLASSES: readonly [IndicatorClass, string][] = [
  ['red', 'Red'],
  ['amber', 'Amber'],
  ['green', 'Green'],
  ['noRag', 'No RAG'],
  ['missing', 'Missing'],
  ['notDue', 'Not due this quarter'],
];

const FULL_WIDTH = 300;
const STEP = 32;

/** The longest bar fills the width; the others are in proportion to it. */
export function indicatorBars(tally: IndicatorTally): Bars {
  const longest = Math.max(1, ...CLASSES.map(([name]) => tally[name]));
  const bars = CLASSES.map(([name, label], index) => ({
    class: name,
    label,
    count: tally[name],
    y: index * STEP,
    width: (FULL_WIDTH * tally[name]) / longest,
  }));
  const words = bars.map(({ label, count }) => `${label}: ${count}`).join(', ');
  return { bars, height: CLASSES.length * STEP, description: `Of ${tally.total} indicators: ${words}.` };
}
