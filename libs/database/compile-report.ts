/** The Cabinet report of a quarter from what is in the database at one moment. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { compileCabinetReport, type CabinetReport as Report, type ReportedPlan } from '../domain/cabinet-report.js';
import { actionCodeOf } from '../domain/codes.js';
import { financialYearFromId, type Quarter as QuarterNumber } from '../domain/financial-year.js';
import { targetDateOf } from '../domain/parse-date.js';
import type { ActionInput } from '../domain/report-action.js';
import type { Asked, IndicatorInput, QuarterFigure } from '../domain/report-indicator.js';
import type { CouncilAtWork } from './council-at-work.js';
import { ActionUpdate, CabinetReport, Measurement, Quarter } from './entities/monitoring.js';
import { Person, type Post } from './entities/people.js';
import type { StandingIn } from '../domain/standing-in.js';
import { monitoredPlans, type MonitoredMeasure, type MonitoredPlan } from './monitored-plans.js';
import { nameOfAction } from './quarter-rows.js';
import { standingInOn } from './standing-in-today.js';

/** What Cabinet was last told of a measure in an earlier quarter; null where it was told that the figure is missing. */
type ToldBefore = Map<string, string | null>;

interface Source {
  year: string;
  quarter: QuarterNumber;
  measurements: Measurement[];
  updates: ActionUpdate[];
  names: Map<string, string>;
  standingIn: StandingIn;
  told: ToldBefore;
}

/** @param today the council's day on which the report is prepared */
export async function compileReport(em: EntityManager, council: CouncilAtWork, period: Quarter, today: string): Promise<Report> {
  const { year } = period;
  const quarter = period.quarter as QuarterNumber;
  const place = { councilId: council.id, year, quarter: { $lte: quarter } };
  const people = await em.find(Person, { councilId: council.id });
  const source: Source = {
    year,
    quarter,
    measurements: await em.find(Measurement, place, { orderBy: { quarter: 'asc' } }),
    updates: await em.find(ActionUpdate, { ...place, quarter }),
    names: new Map(people.map((person) => [person.id, person.name])),
    standingIn: await standingInOn(em, council.id, today),
    told: await toldToCabinet(em, period),
  };
  const plans = await monitoredPlans(em, council.id, year);
  return compileCabinetReport({
    councilName: council.name,
    year: financialYearFromId(year),
    quarter,
    preparedOn: today,
    tolerancePercent: council.settings.ragTolerancePercent,
    plans: plans.map((plan) => reportedPlan(plan, source)),
  });
}

function reportedPlan(monitored: MonitoredPlan, source: Source): ReportedPlan {
  const { plan, measures, actions } = monitored;
  return {
    id: plan.id,
    title: plan.title,
    indicators: measures.map((measure) => indicatorInput(plan.id, measure, source)),
    actions: actions.map((action): ActionInput => {
      const { row, post } = action;
      const update = source.updates.find((one) => one.planId === plan.id && one.rowId === row.id);
      const date = targetDateOf(row);
      return {
        code: actionCodeOf(row),
        name: nameOfAction(row),
        status: update?.status ?? null,
        percent: update?.percent ?? null,
        commentary: update?.commentary ?? '',
        targetDate: { text: date.kind === 'absent' ? '' : date.text, lastDay: date.kind === 'date' ? date.lastDay : null },
        asked: askedOf(post, source),
        demonstration: update?.demonstration ?? false,
      };
    }),
  };
}

function indicatorInput(planId: string, { table, objective, measure, settings, post }: MonitoredMeasure, source: Source): IndicatorInput {
  const code = measure.code ?? '';
  const target = measure.figures[`target ${financialYearFromId(source.year)}`] ?? '';
  const figures = source.measurements.filter((one) => one.planId === planId && one.code === code).map((one) => quarterFigure(one, source));
  return { table, objective, code, name: measure.label, target, settings, figures, asked: askedOf(post, source) };
}

function quarterFigure(measurement: Measurement, { told, quarter }: Source): QuarterFigure {
  const { value, commentary, provisional, demonstration } = measurement;
  const before = measurement.quarter < quarter ? told.get(placeOf(measurement.quarter, measurement.planId, measurement.code)) : undefined;
  return {
    quarter: measurement.quarter as QuarterNumber,
    raw: value,
    commentary,
    provisional,
    demonstration,
    receivedLate: before === null && value !== '',
    correctedFrom: before && before !== value ? before : null,
  };
}

function askedOf(post: Post | null, { names, standingIn }: Source): Asked | null {
  return post ? { post: post.title, person: names.get(standingIn.answersForPost(post).personId ?? '') ?? null } : null;
}

async function toldToCabinet(em: EntityManager, period: Quarter): Promise<ToldBefore> {
  const earlier = await em.find(Quarter, { councilId: period.councilId, year: period.year, quarter: { $lt: period.quarter } });
  const told: ToldBefore = new Map();
  for (const { id, quarter } of earlier) {
    const [last] = await em.find(
      CabinetReport,
      { quarterId: id, preparedFor: 'cabinet' },
      { orderBy: { number: 'desc' }, limit: 1, populate: ['content'] },
    );
    const lines = (last?.content.plans ?? []).flatMap((plan) => plan.indicators.map((line) => ({ ...line, planId: plan.id })));
    for (const line of lines) if (line.class !== 'notDue') told.set(placeOf(quarter, line.planId, line.code), line.quarterFigure);
  }
  return told;
}

function placeOf(quarter: number, planId: string, code: string): string {
  return `${quarter} ${planId} ${code}`;
}
