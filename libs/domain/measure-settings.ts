/** What a measure needs besides its figures, which the plan's document does not say (domain.md section f), and what follows from it. */
import { z } from 'zod';
import { DomainError } from './domain-error.js';
import type { Quarter } from './financial-year.js';
import { aboutBoth, parseFigure, sameUnit, type Figure } from './parse-figure.js';
import { writeFigure } from './rag.js';

const share = z.number().min(0).max(1);

const measureSettings = z.strictObject({
  /** The measure's own code, "ComS_012d"; the same code can stand in both tables with different settings. */
  code: z.string().min(1),
  table: z.enum(['csi', 'kpi']),
  direction: z.enum(['lower', 'higher', 'unknown']),
  frequency: z.enum(['quarterly', 'yearly']),
  /** 'sum': quarters add up over the year; 'latest': the last one is the state of things; 'rate': each stands for itself. */
  addsUp: z.enum(['sum', 'latest', 'rate']),
  /** Shown without RAG. */
  dataOnly: z.boolean(),
  /** Why there is no RAG, as a sentence. */
  reason: z.string().min(1).optional(),
  /** The share of the year's target to be reached by the end of each quarter, the last being 1; absent: spread evenly. */
  profile: z.tuple([share, share, share, z.literal(1)]).optional(),
});

/** The settings of one measure in one table of a plan. */
export type MeasureSettings = z.infer<typeof measureSettings>;

/** For a measure that nobody has set up: asked for each quarter, shown, and not rated. */
export function settingsNotMade(table: 'csi' | 'kpi', code: string): MeasureSettings {
  return { code, table, direction: 'unknown', frequency: 'quarterly', addsUp: 'latest', dataOnly: false };
}

/**
 * Checks settings that come from a file or a form.
 * @throws DomainError 'invalid' with every field that is wrong, or if a measure is set twice
 */
export function readMeasureSettings(value: unknown): MeasureSettings[] {
  const parsed = z.array(measureSettings).safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message }));
    const places = fields.map((field) => `${field.pointer}: ${field.detail}`).join('; ');
    throw new DomainError('invalid', `The settings of the measures are not complete. ${places}.`, fields);
  }
  const keys = parsed.data.map(({ table, code }) => `${code} in the ${table.toUpperCase()} table`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new DomainError('invalid', `The settings of ${twice} are given twice. Keep one of them.`);
  return parsed.data;
}

/** Whether a measure is asked for in a quarter: a yearly one only in the last. */
export function isDueIn({ frequency }: Pick<MeasureSettings, 'frequency'>, quarter: Quarter): boolean {
  return frequency === 'quarterly' || quarter === 4;
}

/** Whether the year so far is the sum of its quarters, so that each of them is needed. */
export function addsQuarters({ addsUp, frequency }: Pick<MeasureSettings, 'addsUp' | 'frequency'>): boolean {
  return addsUp === 'sum' && frequency === 'quarterly';
}

/** A target to date, and whether it was assumed that the year's target spreads evenly because no profile is set. */
export interface TargetToDate {
  target: Figure;
  assumed: boolean;
}

/** What of the year's target is to be reached by the end of a quarter. A rate or a latest figure has the whole target each quarter. */
export function targetToDate(yearTarget: Figure, settings: MeasureSettings, quarter: Quarter): TargetToDate {
  const { profile, addsUp, frequency } = settings;
  if (yearTarget.kind !== 'number' || quarter === 4 || frequency === 'yearly') return { target: yearTarget, assumed: false };
  if (profile) return { target: { ...yearTarget, value: yearTarget.value * profile[quarter - 1]! }, assumed: false };
  if (addsUp !== 'sum') return { target: yearTarget, assumed: false };
  return { target: { ...yearTarget, value: (yearTarget.value * quarter) / 4 }, assumed: true };
}

/** The year so far: a figure, or the quarters without which it cannot be told. */
export type FigureToDate = Exclude<Figure, { kind: 'none' }> | { kind: 'missing'; quarters: Quarter[] };

/**
 * The figure to date at the end of a quarter: the sum of the quarters so far, or the quarter's own figure.
 * @param rawFigures what was written for each quarter; absent or blank is missing
 */
export function figureToDate(rawFigures: ReadonlyMap<Quarter, string>, settings: MeasureSettings, quarter: Quarter): FigureToDate {
  const quarters = addsQuarters(settings) ? ([1, 2, 3, 4] as const).slice(0, quarter) : [quarter];
  const figures = quarters.map((each) => ({ quarter: each, figure: parseFigure(rawFigures.get(each) ?? '') }));
  const missing = figures.filter(({ figure }) => figure.kind === 'none').map((each) => each.quarter);
  if (missing.length > 0) return { kind: 'missing', quarters: missing };
  return figures.map(({ figure }) => figure).reduce(add) as FigureToDate;
}

function add(one: Figure, other: Figure): Figure {
  if (one.kind !== 'number') return one;
  if (other.kind !== 'number') return other;
  // Figures in different units do not add up; what was written is shown instead of a sum.
  if (!sameUnit(one.unit, other.unit)) return { kind: 'text', text: `${writeFigure(one)} + ${writeFigure(other)}` };
  const about = aboutBoth(one.about, other.about);
  return { kind: 'number', value: one.value + other.value, unit: one.unit || other.unit, ...(about && { about }) };
}
