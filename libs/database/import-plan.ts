/** Brings a written plan into the database as a version that was imported: with its file and no invented approval. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash, randomUUID } from 'node:crypto';
import { extractHash, fullHash } from '../documents/content-hash.js';
import { readPlanFile } from '../documents/read-plan-file.js';
import { DomainError } from '../domain/domain-error.js';
import type { BusinessPlan } from '../domain/business-plan.js';
import type { Finding } from '../domain/finding.js';
import { Plan, PlanVersion } from './entities/plans.js';

export interface PlanFile {
  councilId: string;
  /** "2025-26" */
  year: string;
  /** The name of the file, as people know it. */
  fileName: string;
  bytes: Uint8Array;
  /** The moment in the council's time. */
  at: Date;
}

export interface ImportedPlan {
  planId: string;
  slug: string;
  versionNumber: number;
  /** False where this very file was imported before, so that nothing was written. */
  isNew: boolean;
  content: BusinessPlan;
  /** What reading the file had to ask about. */
  remarks: Finding[];
  sourceSha256: string;
}

/**
 * Imports a plan for a year that has no cycle here. The same file again changes nothing.
 * @throws DomainError 'unreadable' if the file is no plan; 'invalid' if the plan has no title to be known by; 'not-now' if the year's plan is on its way through a cycle
 */
export async function importPlan(em: EntityManager, file: PlanFile): Promise<ImportedPlan> {
  const { plan: content, remarks } = await readPlanFile(file.bytes);
  const sourceSha256 = createHash('sha256').update(file.bytes).digest('hex');
  const slug = slugOf(content.title);
  if (slug === '')
    throw new DomainError('invalid', 'The plan has no title that it could be known by. Write its title in the first line of the file.');
  const plan = await findOrCreatePlan(em, file, slug, content.title);
  const [last] = await em.find(PlanVersion, { planId: plan.id }, { orderBy: { number: 'desc' }, limit: 1 });
  const isNew = last?.sourceSha256 !== sourceSha256;
  const versionNumber = isNew ? (last?.number ?? 0) + 1 : last.number;
  if (isNew)
    em.persist(
      em.create(PlanVersion, {
        id: randomUUID(),
        planId: plan.id,
        number: versionNumber,
        origin: 'imported',
        content,
        extractHash: extractHash(content),
        fullHash: fullHash(content),
        sourceFile: file.fileName,
        sourceSha256,
        createdAt: file.at,
      }),
    );
  await em.flush();
  return { planId: plan.id, slug, versionNumber, isNew, content, remarks, sourceSha256 };
}

async function findOrCreatePlan(em: EntityManager, { councilId, year, at }: PlanFile, slug: string, title: string): Promise<Plan> {
  const known = await em.findOne(Plan, { councilId, year, slug });
  if (known?.cycleId)
    throw new DomainError('not-now', `The ${known.title} is on its way through the cycle for ${year}, so nothing is imported over it.`);
  if (known) return known;
  const plan = em.create(Plan, {
    id: randomUUID(),
    councilId,
    year,
    slug,
    title,
    at: 'published',
    round: 1,
    fullPlan: 'not-asked-for',
    since: at,
  });
  em.persist(plan);
  return plan;
}

/** "Community Safety Business Plan 2025–2028" → "community-safety": the plan's part of its address. */
export function slugOf(title: string): string {
  const words = title.replace(/\bbusiness plan\b.*$/i, '').trim() || title;
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
