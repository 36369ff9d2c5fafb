/** One indicator in the quarter's report: its figure to date against its target to date, and where it stands. */
import type { Quarter } from './financial-year.js';
import { queryOf } from './figure-queries.js';
import { addsQuarters, figureToDate, isDueIn, settingsNotMade, targetToDate, type MeasureSettings } from './measure-settings.js';
import { parseFigure, type Figure } from './parse-figure.js';
import { ragOf, writeFigure, type RagStatus } from './rag.js';

/** Who was asked for a row: a post, and the person who holds it; null where nobody holds it. */
export interface Asked {
  post: string;
  person: string | null;
}

/** What was reported of a measure for one quarter. */
export interface QuarterFigure {
  quarter: Quarter;
  /** As written; blank is missing. */
  raw: string;
  commentary: string;
  provisional: boolean;
  /** Made up to show the product, and said to be so wherever it appears. */
  demonstration: boolean;
  /** It came after its quarter's report had gone out. */
  receivedLate?: boolean;
  /** What Cabinet was told before, where that has been corrected since. */
  correctedFrom?: string | null;
}

export interface IndicatorInput {
  table: 'csi' | 'kpi';
  /** The CSI objective's name, null in the KPI table. */
  objective: string | null;
  /** The measure's own code, '' where it has none yet; a composite row gives one measure for each code. */
  code: string;
  name: string;
  /** The year's target as written, this measure's part of the cell. */
  target: string;
  /** Null where nobody has set the measure up. */
  settings: MeasureSettings | null;
  /** The quarters so far; those after the reported one are left aside. */
  figures: readonly QuarterFigure[];
  asked: Asked | null;
}

/** Where an indicator stands; each stands in exactly one place. */
export type IndicatorClass = RagStatus | 'noRag' | 'missing' | 'notDue';

export interface IndicatorLine {
  planTitle: string;
  table: 'csi' | 'kpi';
  objective: string | null;
  code: string;
  name: string;
  class: IndicatorClass;
  /** 'Green', 'No RAG', 'Missing', 'Not due this quarter'. */
  standing: string;
  /** The RAG rule applied, or why there is no RAG, as a sentence or its part. */
  explanation: string;
  /** What was reported for the quarter itself, as written; null if nothing. */
  quarterFigure: string | null;
  valueToDate: string | null;
  targetToDate: string | null;
  /** The target to date is the year's target spread evenly, because no profile is set. */
  targetAssumed: boolean;
  /** The year's target as written. */
  yearTarget: string;
  commentary: string;
  provisional: boolean;
  demonstration: boolean;
  asked: Asked | null;
  /** The quarters without which the year so far cannot be told. */
  missingQuarters: Quarter[];
  /** What is to be asked about the figure, else null. */
  query: string | null;
}

const STANDINGS: Record<IndicatorClass, string> = {
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  noRag: 'No RAG',
  missing: 'Missing',
  notDue: 'Not due this quarter',
};

interface ReportingQuarter {
  planTitle: string;
  year: string;
  quarter: Quarter;
  tolerancePercent: number;
}

/** Works out where an indicator stands at the end of a quarter. */
export function reportIndicator(row: IndicatorInput, reporting: ReportingQuarter): IndicatorLine {
  const { planTitle, quarter } = reporting;
  const settings = row.settings ?? settingsNotMade(row.table, row.code);
  const soFar = row.figures.filter((figure) => figure.quarter <= quarter);
  const current = soFar.find((figure) => figure.quarter === quarter);
  const counted = addsQuarters(settings) ? soFar : soFar.filter((figure) => figure === current);
  return {
    planTitle,
    table: row.table,
    objective: row.objective,
    code: row.code,
    name: row.name,
    ...assess(row, settings, soFar, reporting),
    quarterFigure: current && current.raw.trim() !== '' ? current.raw : null,
    yearTarget: row.target,
    commentary: current?.commentary ?? '',
    provisional: counted.some((figure) => figure.provisional),
    demonstration: counted.some((figure) => figure.demonstration),
    asked: row.asked,
  };
}

type Assessment = Pick<
  IndicatorLine,
  'class' | 'standing' | 'explanation' | 'valueToDate' | 'targetToDate' | 'targetAssumed' | 'missingQuarters' | 'query'
>;

function assess(row: IndicatorInput, settings: MeasureSettings, soFar: QuarterFigure[], reporting: ReportingQuarter): Assessment {
  const { year, quarter, tolerancePercent } = reporting;
  if (!isDueIn(settings, quarter)) {
    return { ...standing('notDue', 'It is reported once a year, for quarter 4.'), ...NOTHING_TO_DATE, missingQuarters: [], query: null };
  }
  const value = figureToDate(new Map(soFar.map((figure) => [figure.quarter, figure.raw])), settings, quarter);
  const { target, assumed } = targetToDate(parseFigure(row.target), settings, quarter);
  const toDate = { targetToDate: written(target), targetAssumed: assumed };
  if (value.kind === 'missing') {
    const missing = standing('missing', `There is no figure for ${quartersInWords(value.quarters)}.`);
    return { ...missing, ...toDate, valueToDate: null, missingQuarters: value.quarters, query: null };
  }
  const rag = ragOf({ ...settings, figure: value, target, tolerancePercent });
  const place =
    rag.status === null ? standing('noRag', rag.reason) : standing(rag.status, `${rag.rule}${assumed ? assumption(row, year) : ''}`);
  return { ...place, ...toDate, valueToDate: written(value), missingQuarters: [], query: queryOf(value, target) };
}

const NOTHING_TO_DATE = { valueToDate: null, targetToDate: null, targetAssumed: false };

function standing(place: IndicatorClass, explanation: string): Pick<IndicatorLine, 'class' | 'standing' | 'explanation'> {
  return { class: place, standing: STANDINGS[place], explanation };
}

function assumption(row: IndicatorInput, year: string): string {
  return `; the target so far is assumed: ${row.target} for ${year}, spread evenly`;
}

function written(figure: Figure): string | null {
  if (figure.kind === 'number') return writeFigure(figure);
  return figure.kind === 'none' ? null : figure.text;
}

function quartersInWords(quarters: readonly Quarter[]): string {
  if (quarters.length === 1) return `quarter ${quarters[0]}`;
  return `quarters ${quarters.slice(0, -1).join(', ')} and ${quarters.at(-1)}`;
}
