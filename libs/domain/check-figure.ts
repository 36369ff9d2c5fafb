/** A figure that somebody gives for a quarter: whether it can be read, and what is to be asked before it is saved. */
import type { Quarter } from './financial-year.js';
import { queryOf } from './figure-queries.js';
import { addsQuarters, targetToDate, type MeasureSettings } from './measure-settings.js';
import { parseFigure, sameUnit, type Figure } from './parse-figure.js';
import { writeFigure } from './rag.js';

/** Fine; or no figure at all; or one to be confirmed because it looks like a slip of the pen. Messages are for people. */
export type FigureCheck = { kind: 'fine' } | { kind: 'unreadable'; message: string } | { kind: 'query'; message: string };

/**
 * Checks the figure of one quarter against the measure's target.
 * @param raw what was typed; not blank
 * @param measure the year's target as the plan has it, and the measure's settings
 */
export function checkFigure(raw: string, measure: { target: string; settings: MeasureSettings }, quarter: Quarter): FigureCheck {
  const figure = parseFigure(raw);
  if (figure.kind === 'range')
    return { kind: 'unreadable', message: `“${raw.trim()}” is a range. Write the one figure that was reached, and the rest as a comment.` };
  if (figure.kind !== 'number')
    return { kind: 'unreadable', message: `“${raw.trim()}” is not a figure. Write a number, such as 498, 84% or £1,200.` };
  const target = targetOfQuarter(measure.target, measure.settings, quarter);
  const query = unitQuery(figure, target) ?? queryOf(figure, target);
  return query ? { kind: 'query', message: query } : { kind: 'fine' };
}

/** What the quarter itself is to reach: its share of the year's target where quarters add up, else the whole target. */
export function targetOfQuarter(yearTarget: string, settings: MeasureSettings, quarter: Quarter): Figure {
  const { target } = targetToDate(parseFigure(yearTarget), settings, quarter);
  if (target.kind !== 'number' || quarter === 1 || !addsQuarters(settings)) return target;
  const before = targetToDate(parseFigure(yearTarget), settings, (quarter - 1) as Quarter).target;
  return before.kind === 'number' ? { ...target, value: target.value - before.value } : target;
}

function unitQuery(figure: Figure & { kind: 'number' }, target: Figure): string | null {
  if (target.kind !== 'number' || sameUnit(target.unit, figure.unit)) return null;
  return `${writeFigure(figure)} is not in the unit of its target of ${writeFigure(target)}. Is it right?`;
}
