/** Where the cells of a plan came from, with the version of last year's plan that they can be seen in. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Plan, PlanDraft, PlanVersion } from '../../../libs/database/entities/plans.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { cellOrigins, originInWords, originsInWords, type CellOrigin, type CellOrigins } from '../../../libs/domain/cell-origins.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import type { PlanTable } from '../../../libs/domain/plan-tables.js';

/** The version that a plan was rolled forward from. */
export interface SourceVersion {
  /** '2025-26' */
  year: string;
  slug: string;
  versionNumber: number;
  content: BusinessPlan;
}

/** The origins of a text's cells. */
export interface TextOrigins {
  source: SourceVersion | null;
  cells: CellOrigins;
}

/** One cell's origin as pages and programs get it. */
export interface ToldOrigin {
  column: string;
  heading: string;
  origin: CellOrigin;
  sentence: string;
  /** The row in the version that the text came from, null where it came from no version. */
  href: string | null;
}

@Injectable()
export class PlanOrigins {
  constructor(private readonly em: EntityManager) {}

  /** Where each cell of a draft, or of a version, of this plan came from. */
  async of(plan: Pick<Plan, 'id' | 'year'>, content: BusinessPlan): Promise<TextOrigins> {
    const source = await this.source(plan.id);
    const from = source && { plan: source.content, versionNumber: source.versionNumber, to: financialYearFromId(plan.year) };
    return { source, cells: cellOrigins(content, from) };
  }

  private async source(planId: string): Promise<SourceVersion | null> {
    const em = this.em.fork();
    const draft = await em.findOne(PlanDraft, planId, { fields: ['rolledFrom'] });
    if (!draft?.rolledFrom) return null;
    const { planId: before, versionNumber } = draft.rolledFrom;
    const [plan, version] = await Promise.all([
      em.findOne(Plan, before),
      em.findOne(PlanVersion, { planId: before, number: versionNumber }, { populate: ['content'] }),
    ]);
    return plan && version ? { year: plan.year, slug: plan.slug, versionNumber, content: version.content } : null;
  }
}

/** The origins of one row's cells, in the order of the columns. */
export function toldOrigins({ source, cells }: TextOrigins, { columns }: Pick<PlanTable, 'columns'>, rowId: string): ToldOrigin[] {
  const origins = cells.get(rowId) ?? {};
  const lastYear = sourceInWords(source);
  const address = source ? `/plans/${source.year}/${source.slug}/versions/${source.versionNumber}#row-${rowId}` : null;
  return columns.flatMap(({ key, heading }): ToldOrigin[] => {
    const origin = origins[key];
    if (!origin) return [];
    const isThere = origin.kind === 'carried' || origin.kind === 'proposed';
    return [{ column: key, heading: heading || key, origin, sentence: originInWords(origin, lastYear), href: isThere ? address : null }];
  });
}

/** The same for a reader of the whole plan: few lines for each row, and where its beginnings can be seen. */
export function rowOrigins(
  origins: TextOrigins,
  table: Pick<PlanTable, 'columns'>,
  rowId: string,
): { lines: string[]; href: string | null } {
  const told = toldOrigins(origins, table, rowId);
  return { lines: originsInWords(told, sourceInWords(origins.source)), href: told.find(({ href }) => href !== null)?.href ?? null };
}

function sourceInWords(source: SourceVersion | null): string {
  return source ? `version ${source.versionNumber} of the plan for ${financialYearFromId(source.year)}` : 'the plan before';
}
