/** What a councillor would ask about a difference: whether a target asks for less, a date is later, somebody else answers for it. */
import { directionInWords } from '../direction-in-words.js';
import type { MeasureSettings } from '../measure-settings.js';
import { parseFigure, sameUnit } from '../parse-figure.js';
import type { Direction } from '../rag.js';
import type { KnownPosts } from './cells-in-two-parts.js';
import type { Meaning } from './difference.js';

/** What is known of a measure beside its figures. */
export type MeasureDirection = Pick<MeasureSettings, 'code' | 'table' | 'direction' | 'dataOnly'>;

/**
 * What another target means. "Raised" asks for more: of a measure of which less is better, for a smaller number. The same number
 * written otherwise means nothing; where either side is no number, or the units differ, nobody can say more than that it changed.
 */
export function meaningOfTarget(before: string, after: string, direction: Direction): Meaning | null {
  const [was, is] = [parseFigure(before), parseFigure(after)];
  if (was.kind !== 'number' || is.kind !== 'number' || !sameUnit(was.unit, is.unit)) return 'target changed';
  if (was.value === is.value) return was.about === is.about ? null : 'target changed';
  if (direction === 'unknown') return 'target changed';
  return is.value > was.value === (direction === 'higher') ? 'target raised' : 'target softened';
}

/** A measure as its row names it. */
export interface NamedMeasure {
  table: 'csi' | 'kpi';
  /** Its code; two where the code changed. */
  codes: readonly string[];
  /** Asked for only where nothing is set. */
  description: () => string;
}

export type DirectionOf = (measure: NamedMeasure) => Direction;

/** Which way is better: as set for the measure in its table, else for its code in another, else as its own words say. */
export function directionsBy(measures: readonly MeasureDirection[]): DirectionOf {
  return ({ table, codes, description }) => {
    const ofCode = measures.filter(({ code }) => codes.includes(code));
    const set = ofCode.find((one) => one.table === table) ?? ofCode.find(({ direction }) => direction !== 'unknown');
    if (!set) return directionInWords(description());
    return set.dataOnly ? 'unknown' : set.direction;
  };
}

/** What another target date means, by the days that the dates count until; null for words in place of a date, which mean nothing. */
export function meaningOfDate(before: string | null, after: string | null): Meaning | null {
  if (before === null || after === null || before === after) return null;
  return after > before ? 'date slipped' : 'date brought forward';
}

/** What other owners or officers mean: another spelling of the same posts means nothing, as far as the register knows it. */
export function meaningOfPosts(before: string, after: string, { splitter }: KnownPosts): Meaning | null {
  const [was, is] = [splitter().officers(before).posts, splitter().officers(after).posts];
  const areKnown = was.length > 0 || is.length > 0;
  const areSame = was.length === is.length && was.every((post) => is.includes(post));
  return areKnown && areSame ? null : 'owner changed';
}
