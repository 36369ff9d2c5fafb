/** Editing a draft: only by the priority's leader, only while it is being drafted, and never over somebody else's change. */
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Cycle, Plan, PlanDraft, PlanVersion } from '../../../libs/database/entities/plans.js';
import type { BusinessPlan, Cells, Row } from '../../../libs/domain/business-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { withCells, withoutRow, withRowAdded, withSectionText } from '../../../libs/domain/edit-plan.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import { findRow, tablesOf } from '../../../libs/domain/plan-tables.js';
import { scopeOf, stageOf } from '../../../libs/domain/route.js';
import { withSeriesBreaks, type MeasureAnswer } from '../../../libs/domain/series-break.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { RefusalWithFacts } from '../problem.js';
import { StaleCells, StaleText, staleDraft } from './stale-save.js';
import { standsAt, type PlanAddress, type PlanInCycle } from './plan-reader.js';

/** A draft with the plan it belongs to and the plan that it was rolled forward from. */
export interface OpenDraft extends PlanInCycle {
  draft: PlanDraft;
  /** The text of the year before, null for a plan that begins anew. */
  inherited: BusinessPlan | null;
}

/** What was seen before the change: the draft's revision, and on a page also the texts themselves. */
export interface Seen<Text> {
  revision: number;
  texts?: Text | undefined;
}

/** A text to write in the draft's place, with the ids of the rows that are not as they were. */
interface Edited {
  content: BusinessPlan;
  editedRows: string[];
}

@Injectable()
export class DraftEditor {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /**
   * The draft as it stands, for whoever may edit it.
   * @throws DomainError 'not-found', 'not-allowed' or 'not-now'
   */
  async open(person: SignedInPerson, address: PlanAddress): Promise<OpenDraft> {
    const em = this.em.fork();
    const found = await findEditable(em, person, address, LockMode.NONE);
    const draft = await em.findOneOrFail(PlanDraft, found.plan.id);
    return { ...found, draft, inherited: await inheritedText(em, draft) };
  }

  /**
   * Writes cells of one row.
   * @param seen the revision that the person saw; with the row's texts too, a change elsewhere in the draft does not matter
   * @param answer whether an indicator that reads otherwise than last year's is another measure, where the person says so
   * @throws StaleCells with both texts; DomainError 'not-found', 'not-allowed', 'not-now', 'invalid'
   */
  async saveRow(
    person: SignedInPerson,
    address: PlanAddress,
    rowId: string,
    cells: Cells,
    seen: Seen<Cells>,
    answer?: MeasureAnswer,
  ): Promise<PlanDraft> {
    return this.change(person, address, async (draft, em) => {
      const saved = findRow(draft.content, rowId)?.row.cells;
      const before = seen.texts;
      const isFresh =
        seen.revision === draft.revision || (before && saved && Object.keys(cells).every((key) => saved[key] === before[key]));
      if (saved && !isFresh && Object.keys(cells).some((key) => (saved[key] ?? '') !== cells[key]))
        throw new StaleCells({ revision: draft.revision, yours: cells, saved: pick(saved, Object.keys(cells)) });
      const content = withCells(draft.content, rowId, cells);
      return { content: await inSeries(em, draft, content, address, { rowId, answer }), editedRows: [rowId] };
    });
  }

  /** Adds a row at the end of a table. The caller's id makes sending it twice add one row. */
  async addRow(
    person: SignedInPerson,
    address: PlanAddress,
    tableId: string,
    cells: Cells,
    rowId: string = randomUUID(),
  ): Promise<{ draft: PlanDraft; row: Row }> {
    const draft = await this.change(person, address, ({ content }) =>
      findRow(content, rowId) ? null : { content: withRowAdded(content, tableId, { id: rowId, cells }), editedRows: [rowId] },
    );
    return { draft, row: findRow(draft.content, rowId)!.row };
  }

  /** Removes a row, unless the draft was changed since the person saw it; a row that is gone already stays gone. */
  async removeRow(person: SignedInPerson, address: PlanAddress, rowId: string, seen: Seen<Cells>): Promise<PlanDraft> {
    return this.change(person, address, (draft) => {
      const row = findRow(draft.content, rowId)?.row;
      if (!row) throw new DomainError('not-found', 'The plan has no such row any more. Somebody may have removed it.');
      const same = seen.texts && JSON.stringify(pick(row.cells, Object.keys(seen.texts))) === JSON.stringify(seen.texts);
      if (seen.revision !== draft.revision && !same) throw staleDraft(draft.revision);
      settleRemoval(draft, rowId);
      return { content: withoutRow(draft.content, rowId), editedRows: [rowId] };
    });
  }

  /** Settles the proposal to remove a row: it stays. */
  async keepRow(person: SignedInPerson, address: PlanAddress, rowId: string): Promise<PlanDraft> {
    return this.change(person, address, (draft) => {
      settleRemoval(draft, rowId);
      return { content: draft.content, editedRows: [] };
    });
  }

  /**
   * Writes the narrative of one section.
   * @throws StaleText with both texts; DomainError as `saveRow`
   */
  async saveSection(person: SignedInPerson, address: PlanAddress, index: number, text: string, seen: Seen<string>): Promise<PlanDraft> {
    return this.change(person, address, (draft) => {
      const saved = draft.content.sections[index]?.text ?? '';
      const isFresh = seen.revision === draft.revision || seen.texts === saved;
      if (!isFresh && saved !== text) throw new StaleText({ revision: draft.revision, yours: { text }, saved: { text: saved } });
      return { content: withSectionText(draft.content, index, text), editedRows: [] };
    });
  }

  /**
   * Puts another text in the draft's place, if it is still the one that was seen.
   * @param alongside what belongs to the same transaction; it gets the moment in the council's time
   * @throws RefusalWithFacts 'stale'; DomainError as `open`
   */
  async replace(
    person: SignedInPerson,
    address: PlanAddress,
    content: BusinessPlan,
    seenRevision: number,
    alongside: (em: EntityManager, at: Date) => Promise<void>,
  ): Promise<PlanDraft> {
    return this.change(person, address, async (draft, em, at) => {
      if (draft.revision !== seenRevision)
        throw new RefusalWithFacts('stale', 'The draft was changed after you opened this page. Look at it again.', [], {
          revision: draft.revision,
        });
      await alongside(em, at);
      const before = new Map(rowsOf(draft.content).map((row) => [row.id, JSON.stringify(row.cells)]));
      const edited = rowsOf(content).filter((row) => before.get(row.id) !== JSON.stringify(row.cells));
      return { content: await inSeries(em, draft, content, address), editedRows: edited.map(({ id }) => id) };
    });
  }

  /** One change in one transaction. The plan's row is locked as when a step is recorded, so that nothing changes under a submission. */
  private async change(
    person: SignedInPerson,
    address: PlanAddress,
    edit: (draft: PlanDraft, em: EntityManager, at: Date) => Edited | null | Promise<Edited | null>,
  ): Promise<PlanDraft> {
    const council = await this.councils.byId(person.councilId);
    return this.em.fork().transactional(async (em) => {
      const { plan } = await findEditable(em, person, address, LockMode.PESSIMISTIC_WRITE);
      const draft = await em.findOneOrFail(PlanDraft, plan.id);
      const now = council.clock.now();
      const edited = await edit(draft, em, now);
      if (!edited) return draft;
      draft.content = edited.content;
      draft.editedRows = [...new Set([...draft.editedRows, ...edited.editedRows])];
      draft.editedBy = person.id;
      draft.editedAt = now;
      await em.flush();
      return draft;
    });
  }
}

/** The plan of this address, if it is with its leader and the person is that. */
async function findEditable(
  em: EntityManager,
  person: SignedInPerson,
  { year, slug }: PlanAddress,
  lockMode: LockMode,
): Promise<PlanInCycle> {
  requireMay('plan.edit', person, slug);
  const inTransaction = lockMode === LockMode.PESSIMISTIC_WRITE;
  const plan = await em.findOne(Plan, { councilId: person.councilId, year, slug }, inTransaction ? { lockMode } : {});
  if (!plan) throw new DomainError('not-found', 'There is no plan at this address.');
  const cycle = plan.cycleId ? await em.findOneOrFail(Cycle, plan.cycleId) : null;
  if (!cycle) throw new DomainError('not-now', 'This plan was imported from committee papers and stays as it was.');
  if (!mayDraft(person, { plan, cycle })) throw new DomainError('not-allowed', "Only the priority's leader edits the draft.");
  if (stageOf(cycle.route, plan)?.power !== 'draft')
    throw new DomainError(
      'not-now',
      `The draft cannot be edited now: the plan stands at “${standsAt({ plan, cycle })}”. It opens again if it is returned.`,
    );
  return { plan, cycle };
}

/** Whether this person drafts the plan, wherever it stands now: they have the role of the route's first stage for it. */
export function mayDraft(person: SignedInPerson, { plan, cycle }: PlanInCycle): boolean {
  const first = cycle?.route.stages[0];
  if (!first) return false;
  const scope = scopeOf(first.role, plan.slug, first);
  return person.roles.some((held) => held.role === first.role && (held.scope === null || held.scope === scope));
}

/** The text that a draft was rolled forward from. */
export async function inheritedText(em: EntityManager, { rolledFrom }: Pick<PlanDraft, 'rolledFrom'>): Promise<BusinessPlan | null> {
  if (!rolledFrom) return null;
  const { planId, versionNumber } = rolledFrom;
  const version = await em.findOne(PlanVersion, { planId, number: versionNumber }, { populate: ['content'] });
  return version?.content ?? null;
}

/** The text with every break told in the series of figures of an indicator that reads otherwise than last year's. */
async function inSeries(
  em: EntityManager,
  draft: PlanDraft,
  content: BusinessPlan,
  address: PlanAddress,
  said?: { rowId: string; answer: MeasureAnswer | undefined },
): Promise<BusinessPlan> {
  const lastYear = await inheritedText(em, draft);
  return withSeriesBreaks(content, { saved: draft.content, lastYear, year: financialYearFromId(address.year), ...(said && { said }) });
}

function settleRemoval(draft: PlanDraft, rowId: string): void {
  if (!draft.rolledFrom) return;
  const changes = draft.rolledFrom.changes.filter((change) => change.kind !== 'removal-proposed' || change.rowId !== rowId);
  draft.rolledFrom = { ...draft.rolledFrom, changes };
}

function rowsOf(content: BusinessPlan): Row[] {
  return tablesOf(content).flatMap(({ rows }) => rows);
}

function pick(cells: Cells, keys: readonly string[]): Cells {
  return Object.fromEntries(keys.map((key) => [key, cells[key] ?? '']));
}
