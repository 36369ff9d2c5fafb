/** Saves what updaters give for a quarter, each row under its own lock; tasks whose rows are all there are done. */
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { ActionUpdate, Measurement, Quarter } from '../../../libs/database/entities/monitoring.js';
import { Person } from '../../../libs/database/entities/people.js';
import { monitoredPlans, type MonitoredPlan } from '../../../libs/database/monitored-plans.js';
import { closeFinishedTasks } from '../../../libs/database/quarter-rows.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import type { SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { AnswerablePosts } from './answerable-posts.js';
import {
  nameOf,
  troubleWithAction,
  troubleWithMeasurement,
  type ActionChange,
  type MeasurementChange,
  type RowChange,
  type RowTrouble,
} from './check-row.js';

export interface SavedUpdate {
  /** The ids of the rows that were changed. */
  saved: string[];
  troubles: RowTrouble[];
}

/** One save while it is under way. */
interface Saving {
  em: EntityManager;
  person: SignedInPerson;
  period: Quarter;
  at: Date;
  posts: AnswerablePosts;
  plans: MonitoredPlan[];
  troubles: RowTrouble[];
  /** The rows that changed, as the audit trail tells of them. */
  changed: { id: string; postId: string | null; details: Record<string, unknown> }[];
}

@Injectable()
export class QuarterUpdates {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /**
   * Saves the rows that can be saved and says of each other one why not; all in one transaction.
   * A row that already says what is sent stays as it is, whatever the revision: sending it again does no harm.
   * @throws DomainError 'not-found'; 'not-now' once the quarter is closed, but for the performance team; 'not-allowed' if a row is somebody else's
   */
  async save(person: SignedInPerson, quarter: { year: string; quarter: number }, changes: readonly RowChange[]): Promise<SavedUpdate> {
    const { clock } = await this.councils.byId(person.councilId);
    const at = clock.now();
    return this.em.fork().transactional(async (em) => {
      const period = await openQuarter(em, person.councilId, quarter);
      const plans = await monitoredPlans(em, person.councilId, period.year);
      const posts = await AnswerablePosts.of(em, person, clock.today());
      const saving: Saving = { em, person, period, at, posts, plans, troubles: [], changed: [] };
      await applyAll(saving, changes);
      await em.flush();
      await closeFinishedTasks(
        em,
        period,
        saving.changed.map(({ postId }) => postId),
        { at, personId: person.id },
      );
      if (saving.changed.length > 0) await putOnRecord(saving);
      return { saved: saving.changed.map(({ id }) => id), troubles: saving.troubles };
    });
  }
}

/** Held until the save is committed, so that the quarter is not closed meanwhile. */
async function openQuarter(em: EntityManager, councilId: string, { year, quarter }: { year: string; quarter: number }): Promise<Quarter> {
  const period = await em.findOne(Quarter, { councilId, year, quarter }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (!period) throw new DomainError('not-found', 'This quarter has not been opened.');
  return period;
}

async function applyAll(saving: Saving, changes: readonly RowChange[]): Promise<void> {
  const { em, period, posts } = saving;
  // Cabinet's report stays as it was; what comes later stands in the next as received late or corrected (domain.md scenarios 22, 23).
  if (period.status === 'closed' && !posts.isPerformanceTeam)
    throw new DomainError(
      'not-now',
      'Cabinet has noted the report on this quarter, so it is closed. The performance team can still enter a late or corrected figure.',
    );
  // Always in the same order: two people with the same rows wait for each other instead of for ever.
  for (const change of [...changes].sort((one, other) => one.id.localeCompare(other.id))) {
    const place = { id: change.id, councilId: period.councilId, year: period.year, quarter: period.quarter };
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
    const row = change.kind === 'measurement' ? await em.findOne(Measurement, place, lock) : await em.findOne(ActionUpdate, place, lock);
    if (!row) throw new DomainError('not-found', 'There is no such row in this quarter.');
    if (!posts.mayGive(row.postId ?? null))
      throw new DomainError('not-allowed', `${nameOf(row)} is asked of somebody else: only the holder of its post can give it.`);
    if (change.kind === 'measurement') await applyMeasurement(saving, row as Measurement, change);
    else await applyAction(saving, row as ActionUpdate, change);
  }
}

async function applyMeasurement(saving: Saving, row: Measurement, change: MeasurementChange): Promise<void> {
  const wanted = { value: change.value.trim(), commentary: change.commentary.trim(), provisional: change.provisional };
  if (saysTheSame(row, wanted)) return;
  const monitored = saving.plans.find(({ plan }) => plan.id === row.planId);
  const measure = monitored?.measures.find((one) => one.measure.code === row.code);
  const shown = `“${row.value || 'no figure'}”${row.commentary ? `, with the commentary “${row.commentary}”` : ''}`;
  const trouble = (await stale(saving, row, change.revision, shown, wanted.value)) ?? troubleWithMeasurement(row, change, measure);
  if (trouble) saving.troubles.push(trouble);
  else take(saving, row, wanted, { code: row.code, confirmed: change.confirmed });
}

async function applyAction(saving: Saving, row: ActionUpdate, change: ActionChange): Promise<void> {
  const wanted = { status: change.status, percent: change.percent, commentary: change.commentary.trim() };
  if (saysTheSame(row, wanted)) return;
  const words = ({ status, percent }: Pick<ActionUpdate, 'status' | 'percent'>): string =>
    `${status ?? 'no update'}${percent == null ? '' : `, ${percent}%`}`;
  const trouble = (await stale(saving, row, change.revision, `“${words(row)}”`, words(wanted))) ?? troubleWithAction(row, change);
  if (trouble) saving.troubles.push(trouble);
  else take(saving, row, wanted, { rowId: row.rowId, code: row.code });
}

function saysTheSame(row: object, wanted: object): boolean {
  return Object.entries(wanted).every(([name, value]) => ((row as Record<string, unknown>)[name] ?? null) === value);
}

/** The trouble with a row that somebody changed after this person saw it, with what stands there and what was sent. */
async function stale(
  { em }: Saving,
  row: Measurement | ActionUpdate,
  revision: number,
  now: string,
  sent: string,
): Promise<RowTrouble | null> {
  if (row.revision === revision) return null;
  const by = row.enteredBy ? await em.findOne(Person, { id: row.enteredBy, councilId: row.councilId }) : null;
  return {
    id: row.id,
    kind: 'stale',
    field: 'value' in row ? 'value' : 'status',
    message: `${nameOf(row)}: ${by?.name ?? 'Somebody'} changed this after you opened it. It now says ${now}; you wrote “${sent}”. Nothing of yours was saved here.`,
  };
}

function take(
  { person, at, posts, changed }: Saving,
  row: Measurement | ActionUpdate,
  wanted: Record<string, unknown>,
  named: Record<string, unknown>,
): void {
  const before = Object.fromEntries(Object.keys(wanted).map((name) => [name, (row as unknown as Record<string, unknown>)[name] ?? null]));
  const onBehalfOf = posts.givesFor(row.postId ?? null);
  Object.assign(row, wanted, { enteredBy: person.id, onBehalfOf, enteredAt: at, demonstration: false });
  const details = { ...named, before, after: wanted, ...(onBehalfOf ? { onBehalfOf } : {}) };
  changed.push({ id: row.id, postId: row.postId ?? null, details });
}

async function putOnRecord({ em, person, period, at, changed }: Saving): Promise<void> {
  await appendToAuditTrail(em, {
    councilId: period.councilId,
    at,
    personId: person.id,
    act: 'give update',
    subject: `quarter ${period.year} ${period.quarter}`,
    details: { rows: changed.map(({ details }) => details) },
  });
}
