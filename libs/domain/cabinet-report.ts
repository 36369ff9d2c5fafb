/** The quarter's report to Cabinet: every indicator and action of the plans with its standing, the exceptions first, tallies that add up. */
import type { Quarter } from './financial-year.js';
import { quarterInWords } from './financial-year.js';
import { reportAction, type ActionInput, type ActionLine, type ActionStanding } from './report-action.js';
import { reportIndicator, type IndicatorClass, type IndicatorInput, type IndicatorLine } from './report-indicator.js';

export interface CabinetReportInput {
  councilName: string;
  /** '2025/26'. */
  year: string;
  quarter: Quarter;
  /** The council's day on which the report is prepared, 'YYYY-MM-DD': what is overdue is seen from it. */
  preparedOn: string;
  /** How far from the target is still amber, in per cent of the target. */
  tolerancePercent: number;
  plans: readonly ReportedPlan[];
}

/** What a published plan has to report on. Rows that are exempt from publication are left out by the caller. */
export interface ReportedPlan {
  id: string;
  title: string;
  indicators: readonly IndicatorInput[];
  actions: readonly ActionInput[];
}

/** How many indicators stand where; the classes add up to the total. */
export type IndicatorTally = Record<IndicatorClass, number> & { total: number };

/** How many actions have which status; the statuses and those without an update add up to the total. */
export interface ActionTally {
  notStarted: number;
  inProgress: number;
  completed: number;
  cancelled: number;
  withoutUpdate: number;
  total: number;
  /** How many of the total are past their date, whatever their status. */
  overdue: number;
}

export interface Tallies {
  indicators: IndicatorTally;
  actions: ActionTally;
}

/** What Cabinet reads first: red, missing, amber, then what is overdue and what nobody reported on. */
export interface Exceptions {
  red: IndicatorLine[];
  missing: IndicatorLine[];
  amber: IndicatorLine[];
  overdueActions: ActionLine[];
  actionsWithoutUpdate: ActionLine[];
}

export interface PlanReport {
  id: string;
  title: string;
  tallies: Tallies;
  indicators: IndicatorLine[];
  actions: ActionLine[];
}

export interface CabinetReport {
  title: string;
  councilName: string;
  year: string;
  quarter: Quarter;
  /** 'Quarter 2 of 2025/26 (July to September 2025)'. */
  quarterInWords: string;
  preparedOn: string;
  tolerancePercent: number;
  tallies: Tallies;
  exceptions: Exceptions;
  /** Figures that look like slips of the pen and are to be confirmed. */
  queries: IndicatorLine[];
  /** Figures of earlier quarters that came late or were corrected since Cabinet last saw them. */
  laterFigures: LaterFigure[];
  plans: PlanReport[];
}

/** A figure of an earlier quarter that differs from what Cabinet last saw. */
export interface LaterFigure {
  planTitle: string;
  code: string;
  name: string;
  quarter: Quarter;
  figure: string;
  /** 'Received late', or 'Corrected from 38'. */
  what: string;
}

/**
 * Prepares the report. The same input gives the same report, rows in the order of the plans.
 * Rows keep their place whether or not anyone reported on them, so that nothing drops out of a tally.
 */
export function compileCabinetReport(input: CabinetReportInput): CabinetReport {
  const { year, quarter, preparedOn, tolerancePercent, councilName } = input;
  const plans = input.plans.map((plan) => reportPlan(plan, input));
  const indicators = plans.flatMap((plan) => plan.indicators);
  const actions = plans.flatMap((plan) => plan.actions);
  const words = quarterInWords(year, quarter);
  return {
    title: `Business plans: ${words}`,
    councilName,
    year,
    quarter,
    quarterInWords: words,
    preparedOn,
    tolerancePercent,
    tallies: { indicators: tallyIndicators(indicators), actions: tallyActions(actions) },
    exceptions: exceptionsAmong(indicators, actions),
    queries: indicators.filter((line) => line.query !== null),
    laterFigures: input.plans.flatMap((plan) => laterFiguresOf(plan, quarter)),
    plans,
  };
}

function reportPlan(plan: ReportedPlan, { year, quarter, preparedOn, tolerancePercent }: CabinetReportInput): PlanReport {
  const indicators = plan.indicators.map((row) => reportIndicator(row, { planTitle: plan.title, year, quarter, tolerancePercent }));
  const actions = plan.actions.map((row) => reportAction(row, { planTitle: plan.title, preparedOn }));
  return {
    id: plan.id,
    title: plan.title,
    tallies: { indicators: tallyIndicators(indicators), actions: tallyActions(actions) },
    indicators,
    actions,
  };
}

function exceptionsAmong(indicators: IndicatorLine[], actions: ActionLine[]): Exceptions {
  const standing = (wanted: IndicatorClass): IndicatorLine[] => indicators.filter((line) => line.class === wanted);
  return {
    red: standing('red'),
    missing: standing('missing'),
    amber: standing('amber'),
    overdueActions: actions.filter((line) => line.overdue),
    actionsWithoutUpdate: actions.filter((line) => line.standing === 'withoutUpdate'),
  };
}

function tallyIndicators(lines: readonly IndicatorLine[]): IndicatorTally {
  const tally: IndicatorTally = { green: 0, amber: 0, red: 0, noRag: 0, missing: 0, notDue: 0, total: lines.length };
  for (const line of lines) tally[line.class]++;
  return tally;
}

function tallyActions(lines: readonly ActionLine[]): ActionTally {
  const standings: Record<ActionStanding, number> = { notStarted: 0, inProgress: 0, completed: 0, cancelled: 0, withoutUpdate: 0 };
  for (const line of lines) standings[line.standing]++;
  return { ...standings, total: lines.length, overdue: lines.filter((line) => line.overdue).length };
}

function laterFiguresOf(plan: ReportedPlan, quarter: Quarter): LaterFigure[] {
  return plan.indicators.flatMap(({ code, name, figures }) =>
    figures.flatMap((figure) => {
      if (figure.quarter >= quarter) return [];
      const what = figure.correctedFrom != null ? `Corrected from ${figure.correctedFrom}` : figure.receivedLate ? 'Received late' : null;
      return what === null ? [] : [{ planTitle: plan.title, code, name, quarter: figure.quarter, figure: figure.raw, what }];
    }),
  );
}
