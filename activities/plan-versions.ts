/** The version that a step makes or is about: frozen by submission and publication, named by its hash in a decision. */
import { randomUUID } from 'node:crypto';
import { extractHash, fullHash } from '../libs/documents/content-hash.js';
import { FULL_PLAN_PART_TITLES, FULL_PLAN_PARTS, type BusinessPlan } from '../libs/domain/business-plan.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { namedQuery, settledQueries, type SettledQuery } from '../libs/domain/accepted-queries.js';
import { FullPlanDraft, PlanDraft, PlanVersion, type VersionOrigin } from '../libs/database/entities/plans.js';
import { acceptanceRecord, standingAcceptances, writeAcceptances } from '../libs/database/query-acceptances.js';
import { ruleSettingsOf } from '../libs/database/rule-settings.js';
import { requireNoAuthor } from './person-roles.js';
import type { StepInProgress } from './record-transition.js';

/**
 * @returns the version that the step made or decided about; null for a step that has none
 * @throws DomainError 'stale' if the person saw an older text; 'not-allowed' if an author decides about their own;
 *   'invalid' if the draft brought in errors that nobody accepted (each a field), or a part of the full plan is missing
 */
export async function versionForStep(step: StepInProgress): Promise<PlanVersion | null> {
  switch (step.request.step) {
    case 'submit':
      return submittedVersion(step);
    case 'complete':
      await signOffFullPlan(step);
      return null;
    case 'publish':
      return publishedVersion(step);
    default:
      return step.rule.needs.includes('version') ? decidedVersion(step) : null;
  }
}

async function submittedVersion(step: StepInProgress): Promise<PlanVersion> {
  const { em, plan, request } = step;
  const draft = await em.findOneOrFail(PlanDraft, plan.id);
  if (draft.revision !== request.draftRevision) throw stale('The draft was changed after you opened this page.');
  await settleErrors(step, draft);
  return freeze(step, draft.content, 'submitted', { authorId: request.personId, authorForId: step.onBehalfOf });
}

/** Errors that this draft brought in stop it unless accepted; the submission's own reason accepts those that nobody accepted before. */
async function settleErrors(step: StepInProgress, draft: PlanDraft): Promise<void> {
  const stopping = await stoppingQueries(step, draft);
  if (stopping.length === 0) return;
  const { em, plan, request, moment } = step;
  const reason = request.reason?.trim();
  if (!reason || !request.personId) throw stopped(stopping);
  step.accepted = writeAcceptances(em, stopping, {
    ...{ planId: plan.id, personId: request.personId, onBehalfOf: step.onBehalfOf },
    ...{ reason, at: moment.at },
  });
}

async function stoppingQueries({ em, plan }: StepInProgress, { content, rolledFrom }: PlanDraft): Promise<SettledQuery[]> {
  const before = rolledFrom
    ? await em.findOne(PlanVersion, { planId: rolledFrom.planId, number: rolledFrom.versionNumber }, { populate: ['content'] })
    : null;
  const acceptances = standingAcceptances(await acceptanceRecord(em, plan.id));
  const queries = settledQueries(content, before?.content ?? null, acceptances, await ruleSettingsOf(em, plan.councilId));
  return queries.filter(({ state }) => state === 'stops');
}

function stopped(queries: readonly SettledQuery[]): DomainError {
  const errors = queries.length === 1 ? 'an error' : `${queries.length} errors`;
  const it = queries.length === 1 ? 'it' : 'them';
  return new DomainError(
    'invalid',
    `This draft brought in ${errors} that nobody accepted. Correct ${it}, or accept ${it} with a reason.`,
    queries.map((query) => ({ pointer: '/reason', detail: namedQuery(query) })),
  );
}

async function decidedVersion(step: StepInProgress): Promise<PlanVersion> {
  const { em, plan, request } = step;
  const version = await latestSubmitted({ em, plan });
  if (version.extractHash !== request.versionHash) throw stale('A newer version of this plan was submitted after you opened this page.');
  await requireNoAuthor(
    step,
    [version.authorId, version.authorForId].flatMap((id) => id ?? []),
  );
  return version;
}

async function signOffFullPlan({ em, plan, request, moment }: StepInProgress): Promise<void> {
  const draft = await em.findOneOrFail(FullPlanDraft, plan.id);
  if (draft.revision !== request.draftRevision) throw stale('The full plan was changed after you opened this page.');
  const missing = FULL_PLAN_PARTS.filter((part) => !draft.parts[part].trim());
  if (missing.length > 0)
    throw new DomainError(
      'invalid',
      'The full plan is not complete yet.',
      missing.map((part) => ({ pointer: `/${part}`, detail: `${FULL_PLAN_PART_TITLES[part]} is still empty` })),
    );
  draft.signedOffBy = request.personId;
  draft.signedOffAt = moment.at;
}

/** Whether a return made what was signed off open again. */
export function isFullPlanReopened({ from, to }: StepInProgress): boolean {
  return from.fullPlan === 'complete' && to.fullPlan === 'asked-for';
}

/** The parts stay as they are; only the signature goes. */
export async function reopenFullPlan({ em, plan }: StepInProgress): Promise<void> {
  const draft = await em.findOneOrFail(FullPlanDraft, plan.id);
  draft.signedOffBy = null;
  draft.signedOffAt = null;
}

/** The approved extract with the parts that were signed off; its extract is the approved one, byte for byte. */
async function publishedVersion(step: StepInProgress): Promise<PlanVersion> {
  const approved = await latestSubmitted(step);
  const { parts } = await step.em.findOneOrFail(FullPlanDraft, step.plan.id);
  const published = await freeze(step, { ...approved.content, fullPlan: parts }, 'published', {
    authorId: approved.authorId ?? null,
    authorForId: approved.authorForId ?? null,
  });
  if (published.extractHash !== approved.extractHash)
    throw new DomainError('invalid', 'The text to be published differs from the text that was approved, so it is not published.');
  return published;
}

async function latestSubmitted({ em, plan }: Pick<StepInProgress, 'em' | 'plan'>): Promise<PlanVersion> {
  const [version] = await em.find(
    PlanVersion,
    { planId: plan.id, origin: 'submitted' },
    { orderBy: { number: 'desc' }, limit: 1, populate: ['content'] },
  );
  if (!version) throw new DomainError('not-now', 'No version of this plan has been submitted yet.');
  return version;
}

async function freeze(
  { em, plan, moment }: StepInProgress,
  content: BusinessPlan,
  origin: VersionOrigin,
  author: { authorId: string | null; authorForId: string | null },
): Promise<PlanVersion> {
  const version = em.create(PlanVersion, {
    id: randomUUID(),
    planId: plan.id,
    number: (await em.count(PlanVersion, { planId: plan.id })) + 1,
    origin,
    content,
    extractHash: extractHash(content),
    fullHash: fullHash(content),
    ...author,
    createdAt: moment.at,
  });
  em.persist(version);
  return version;
}

function stale(what: string): DomainError {
  return new DomainError('stale', `${what} Look at the newer text, then decide again.`);
}
