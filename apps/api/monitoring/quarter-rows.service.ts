/** The rows of a quarter as their updaters see them: with the target, and with what was given for the quarter before. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ActionUpdate, Measurement, type Quarter } from '../../../libs/database/entities/monitoring.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { monitoredPlans, type MonitoredAction, type MonitoredMeasure, type MonitoredPlan } from '../../../libs/database/monitored-plans.js';
import { bothNames } from '../../../libs/database/standing-in-today.js';
import { targetOfQuarter } from '../../../libs/domain/check-figure.js';
import { financialYearFromId, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import { targetDateOf } from '../../../libs/domain/parse-date.js';
import { writeFigure } from '../../../libs/domain/rag.js';
import type { ActionStatus } from '../../../libs/domain/report-action.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { AnswerablePosts } from './answerable-posts.js';

/** What measurements and actions have alike. */
interface GivenRow {
  id: string;
  plan: { slug: string; title: string };
  /** '' where the plan gives it none. */
  code: string;
  name: string;
  /** The post that is asked; null asks the performance team. */
  post: string | null;
  commentary: string;
  demonstration: boolean;
  /** Who gave it last, and when; null while it is missing or where it was set up with the demonstration. */
  enteredBy: string | null;
  enteredAt: Date | null;
  revision: number;
}

export interface MeasurementRow extends GivenRow {
  /** '' while it is missing. */
  value: string;
  provisional: boolean;
  /** As the plan has it; '' where there is none. */
  yearTarget: string;
  /** What the quarter itself is to reach, as a figure; null where that is no number. */
  quarterTarget: string | null;
  /** Null where there was no quarter before, or it has no figure. */
  lastValue: string | null;
}

export interface ActionRow extends GivenRow {
  rowId: string;
  status: ActionStatus | null;
  percent: number | null;
  /** As written: "March 2026". */
  targetDate: string;
  last: { status: ActionStatus; percent: number | null } | null;
}

export interface QuarterRows {
  measurements: MeasurementRow[];
  actions: ActionRow[];
}

/** What rows are described with. */
interface Known {
  plans: Plan[];
  monitored: MonitoredPlan[];
  posts: AnswerablePosts;
  names: Map<string, string>;
}

@Injectable()
export class QuarterRowsService {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /**
   * The rows of a quarter in the order of their plans.
   * @param which 'mine': what the person is asked for; 'all': every row, for the performance team
   * @throws DomainError 'not-allowed'
   */
  async of(person: SignedInPerson, period: Quarter, which: 'mine' | 'all'): Promise<QuarterRows> {
    if (which === 'all') requireMay('monitoring.manage', person, '');
    return this.read(person, period, (posts, postId) => which === 'all' || posts.isAskedFor(postId));
  }

  /**
   * Every row that the person may give, asked for or not.
   * The performance team may give any; a program that saves a row by its code looks for it here.
   */
  async givable(person: SignedInPerson, period: Quarter): Promise<QuarterRows> {
    return this.read(person, period, (posts, postId) => posts.mayGive(postId));
  }

  private async read(
    person: SignedInPerson,
    period: Quarter,
    isWanted: (posts: AnswerablePosts, postId: string | null) => boolean,
  ): Promise<QuarterRows> {
    const em = this.em.fork();
    const posts = await AnswerablePosts.of(em, person, (await this.councils.byId(person.councilId)).clock.today());
    const known: Known = {
      posts,
      plans: await em.find(Plan, { councilId: period.councilId, year: period.year }),
      monitored: await monitoredPlans(em, period.councilId, period.year),
      names: new Map((await em.find(Person, { councilId: period.councilId })).map(({ id, name }) => [id, name])),
    };
    const place = { councilId: period.councilId, year: period.year, quarter: { $in: [period.quarter - 1, period.quarter] } };
    const measurements = await em.find(Measurement, place);
    const updates = await em.find(ActionUpdate, place);
    const ofThis = (row: Measurement | ActionUpdate): boolean => row.quarter === period.quarter && isWanted(posts, row.postId ?? null);
    return {
      measurements: measurements
        .filter(ofThis)
        .sort(byPlace((row) => measuresOf(known, row).findIndex(({ measure }) => measure.code === row.code)))
        .map((row) => measurementRow(row, measurements, known)),
      actions: updates
        .filter(ofThis)
        .sort(byPlace((row) => actionsOf(known, row).findIndex((one) => one.row.id === row.rowId)))
        .map((row) => actionRow(row, updates, known)),
    };
  }
}

function measurementRow(row: Measurement, all: readonly Measurement[], known: Known): MeasurementRow {
  const base = givenRow(row, known);
  const before = all.find((one) => one.quarter === row.quarter - 1 && one.planId === row.planId && one.code === row.code);
  const measure = measuresOf(known, row).find((one) => one.measure.code === row.code);
  const yearTarget = measure ? targetOf(measure, row.year) : '';
  const target = measure ? targetOfQuarter(yearTarget, measure.settings, row.quarter as QuarterNumber) : null;
  return {
    ...base,
    value: row.value,
    provisional: row.provisional,
    yearTarget,
    quarterTarget: target?.kind === 'number' ? writeFigure(target) : null,
    lastValue: before?.value || null,
  };
}

function actionRow(row: ActionUpdate, all: readonly ActionUpdate[], known: Known): ActionRow {
  const base = givenRow(row, known);
  const before = all.find((one) => one.quarter === row.quarter - 1 && one.planId === row.planId && one.rowId === row.rowId);
  const action = actionsOf(known, row).find((one) => one.row.id === row.rowId);
  const date = action ? targetDateOf(action.row) : null;
  return {
    ...base,
    rowId: row.rowId,
    status: row.status ?? null,
    percent: row.percent ?? null,
    targetDate: date && date.kind !== 'absent' ? date.text : '',
    last: before?.status ? { status: before.status, percent: before.percent ?? null } : null,
  };
}

function givenRow(row: Measurement | ActionUpdate, { plans, posts, names }: Known): GivenRow {
  const plan = plans.find(({ id }) => id === row.planId);
  return {
    id: row.id,
    plan: { slug: plan?.slug ?? '', title: plan?.title ?? '' },
    code: row.code,
    name: row.name,
    post: posts.posts.get(row.postId ?? '')?.title ?? null,
    commentary: row.commentary,
    demonstration: row.demonstration,
    enteredBy: row.enteredBy ? bothNames(names.get(row.enteredBy) ?? '', names.get(row.onBehalfOf ?? '')) : null,
    enteredAt: row.enteredAt ?? null,
    revision: row.revision,
  };
}

/** The year's target as the plan has it, this measure's part of the cell. */
export function targetOf({ measure }: MonitoredMeasure, year: string): string {
  return measure.figures[`target ${financialYearFromId(year)}`] ?? '';
}

function measuresOf({ monitored }: Known, { planId }: Measurement): MonitoredMeasure[] {
  return monitored.find(({ plan }) => plan.id === planId)?.measures ?? [];
}

function actionsOf({ monitored }: Known, { planId }: ActionUpdate): MonitoredAction[] {
  return monitored.find(({ plan }) => plan.id === planId)?.actions ?? [];
}

/** Plan by plan, and in each in the order of its document. */
function byPlace<Row extends { planId: string }>(position: (row: Row) => number): (one: Row, other: Row) => number {
  return (one, other) => one.planId.localeCompare(other.planId) || position(one) - position(other);
}
