/** The plan that somebody named on the command line: a file in any format, or one that is stored. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Command } from 'commander';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import type { Finding } from '../../libs/domain/finding.js';
import { readGivenFile } from './read-given-file.js';

export interface GivenPlan {
  plan: BusinessPlan;
  /** For people: the file's name, or the plan's title with its version. */
  name: string;
  /** '2026-27'; null for a file. */
  year: string | null;
  planId: string | null;
  /** Null for a file and for a draft. */
  versionNumber: number | null;
  /** What reading the file has to ask about; a stored plan has nothing. */
  remarks: Finding[];
}

/** Which text of which stored plan is meant. */
interface StoredPlan {
  /** '2026-27' */
  year: string;
  slug: string;
  text: 'newest version' | 'draft' | number;
}

const STORED_PLAN = /^(\d{4})[-/](\d{2})\/([a-z0-9-]+)(?:\/(?:v(\d{1,6})|(draft)))?$/i;

/**
 * The plan that is meant: a file with this name if there is one, else the stored plan "2026-27/community-safety" (or "2026/27/…"),
 * its newest version unless "/v2" or "/draft" stands behind it. Ends the command as wrong usage, with a sentence, for what is
 * neither.
 * @throws DomainError 'unreadable' for a file that is no plan; 'not-found' for a plan or version that is not stored; 'invalid' and
 * 'not-now' where it cannot be told which council is meant or the database does not answer
 */
export async function givenPlan(ref: string, { council }: { council?: string | undefined }, command: Command): Promise<GivenPlan> {
  const stored = storedPlan(ref);
  const found = await stat(ref).catch(() => null);
  if (found && !(found.isDirectory() && stored)) return planInFile(ref, command);
  if (stored) return planInDatabase(stored, council);
  return command.error(
    `error: There is no file ${ref}, and it names no stored plan. Give a file, or a plan as 2026-27/community-safety, with /v2 for a version or /draft for its draft.`,
  );
}

function storedPlan(ref: string): StoredPlan | null {
  const match = STORED_PLAN.exec(ref);
  if (!match) return null;
  const [, from, to, slug = '', version, draft] = match;
  return { year: `${from}-${to}`, slug: slug.toLowerCase(), text: draft ? 'draft' : version ? Number(version) : 'newest version' };
}

async function planInFile(file: string, command: Command): Promise<GivenPlan> {
  const { readPlanFile } = await import('../../libs/documents/read-plan-file.js');
  const { plan, remarks } = await readPlanFile(await readGivenFile(file, command));
  return { plan, name: basename(file), year: null, planId: null, versionNumber: null, remarks };
}

async function planInDatabase(wanted: StoredPlan, councilId: string | undefined): Promise<GivenPlan> {
  // Loaded only now: a file needs none of it.
  const [{ councilOf, withDatabase }, { Plan }] = await Promise.all([
    import('./database.js'),
    import('../../libs/database/entities/plans.js'),
  ]);
  return withDatabase(async (em) => {
    const { year, slug } = wanted;
    const council = await councilOf(em, councilId);
    const plan = await em.findOne(Plan, { councilId: council.id, year, slug });
    if (!plan)
      throw new DomainError(
        'not-found',
        `${council.name} has no plan “${slug}” for ${year.replace('-', '/')}. Check the year and the name.`,
      );
    const { content, versionNumber } = await textOf(em, plan.id, wanted);
    const name = `${content.title || plan.title} (${versionNumber === null ? 'draft' : `version ${versionNumber}`})`;
    return { plan: content, name, year, planId: plan.id, versionNumber, remarks: [] };
  });
}

async function textOf(
  em: EntityManager,
  planId: string,
  { year, slug, text }: StoredPlan,
): Promise<{ content: BusinessPlan; versionNumber: number | null }> {
  const { PlanDraft, PlanVersion } = await import('../../libs/database/entities/plans.js');
  const ref = `${year}/${slug}`;
  if (text === 'draft') {
    const draft = await em.findOne(PlanDraft, planId);
    if (!draft) throw new DomainError('not-found', `The plan ${ref} has no draft. Leave out “/draft” for its newest version.`);
    return { content: draft.content, versionNumber: null };
  }
  const where = { planId, ...(typeof text === 'number' && { number: text }) };
  const [version] = await em.find(PlanVersion, where, { orderBy: { number: 'desc' }, limit: 1, populate: ['content'] });
  if (version) return { content: version.content, versionNumber: version.number };
  throw new DomainError(
    'not-found',
    typeof text === 'number'
      ? `The plan ${ref} has no version ${text}. Leave out “/v${text}” for its newest one.`
      : `The plan ${ref} has no version yet. Write ${ref}/draft for its draft.`,
  );
}
