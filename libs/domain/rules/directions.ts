/** Which way a measure should move: unknown, against its own words, and targets that ask for less than was already reached. */
import { directionInWords } from '../direction-in-words.js';
import type { Rule, RuleSettings } from '../finding.js';
import type { IndicatorReading, MeasureReading } from '../plan-reading.js';
import { firstYearOf } from '../plan-rows.js';
import type { Direction } from '../rag.js';
import { credibleResults } from './results.js';

type SetMeasure = NonNullable<RuleSettings['measures']>[number];

/** What the council has set about the measure of a code in its table. */
export function settingOf(code: string | null, { table }: IndicatorReading, { measures }: RuleSettings): SetMeasure | undefined {
  return measures?.find((each) => each.code === code && each.table === table);
}

export const directionUnknown: Rule = {
  name: 'direction-unknown',
  severity: 'warning',
  title: 'A measure of which nobody knows whether more or less is better',
  explanation: 'Without a direction a result cannot be rated. Set it with the measure’s settings, or set the measure to “data only”.',
  check: ({ indicators }, settings) => {
    if (!settings.measures) return [];
    return indicators.flatMap((row) =>
      row.measures.flatMap(({ code, name }) => {
        const set = settingOf(code, row, settings);
        if (set && (set.direction !== 'unknown' || set.dataOnly)) return [];
        const message = `For ${name} nobody has said whether lower or higher is better, so it gets no rating. Set its direction, or set it to “data only”.`;
        return [{ ...row.at(null, code), message }];
      }),
    );
  },
};

export const directionAgainstWording: Rule = {
  name: 'direction-against-wording',
  severity: 'note',
  title: 'A direction that contradicts the indicator’s words',
  explanation:
    'An indicator called “Reduction in …” whose settings say that higher is better is rated green when it gets worse, unless it counts the reduction itself. Look whether the settings or the words are meant.',
  check: ({ indicators }, settings) =>
    indicators.flatMap((row) =>
      row.measures.flatMap((measure) => {
        const set = settingOf(measure.code, row, settings);
        const words = wordsWant(measure.label);
        if (!set || set.dataOnly || set.direction === 'unknown' || words === 'unknown' || set.direction === words) return [];
        const message = `${measure.name} is set to “${set.direction} is better”, but its words ask for ${words === 'lower' ? 'less' : 'more'}. Put its settings right, or say in the comments what is counted.`;
        return [{ ...row.at('description', measure.code), message }];
      }),
    ),
};

/** What a description asks for. Only its first words say it: "Number of cases in which … was reduced" counts cases. */
function wordsWant(label: string): Direction {
  if (/^(?:increased?|improved?|improvement|growth|rais(?:e|ing)|maximis(?:e|ing))\b/i.test(label)) return 'higher';
  if (/^(?:fewer|minimis(?:e|ing)|lower|cut)\b/i.test(label)) return 'lower';
  return directionInWords(label);
}

export const looserTarget: Rule = {
  name: 'looser-target',
  severity: 'warning',
  title: 'A target that asks for less than the last result',
  explanation:
    'A target that last year’s result already beats asks nobody to improve. It may be right, for example after an exceptional year; then say why in the comments.',
  check: ({ plan, indicators }, settings) => {
    const year = firstYearOf(plan);
    return indicators.flatMap((row) => {
      const target = row.columns.find(({ kind, year: of }) => kind === 'target' && of === year);
      if (!target) return [];
      return row.measures.flatMap((measure) => {
        const last = credibleResults(measure, row.columns).at(-1);
        const aimed = measure.read[target.key];
        if (
          !last ||
          aimed?.kind !== 'number' ||
          aimed.unit !== last.unit ||
          !isLooser(aimed.value, last.value, directionOf(measure, row, settings))
        )
          return [];
        const message = `${measure.name} aims at ${measure.figures[target.key]} in ${year}, which ${last.raw} in ${last.year} already beats. Say why in the comments, or tighten the target.`;
        return [{ ...row.at(target.key, measure.code), message }];
      });
    });
  },
};

/** As set for the measure, else as its own words say; data only has none. */
function directionOf(measure: MeasureReading, row: IndicatorReading, settings: RuleSettings): Direction {
  const set = settingOf(measure.code, row, settings);
  if (!set) return directionInWords(measure.label);
  return set.dataOnly ? 'unknown' : set.direction;
}

function isLooser(target: number, last: number, direction: Direction): boolean {
  return (direction === 'lower' && target > last) || (direction === 'higher' && target < last);
}
