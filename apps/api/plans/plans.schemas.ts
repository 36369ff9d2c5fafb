/** What the plans' JSON API takes and gives, as zod schemas: they check what comes and describe it to programs. */
import { z } from 'zod';
import { text } from '../validation.js';
import { FULL_PLAN_PARTS, type FullPlanPart } from '../../../libs/domain/business-plan.js';
import { MINUTE_LIMIT, REASON_LIMIT } from './plan-steps.service.js';

/** A cell holds a few lines; the longest of the demonstration's plan has some 400 characters. */
export const CELL_LIMIT = 5_000;
/** A section of narrative, or a part of the full plan. */
export const TEXT_LIMIT = 50_000;

export const yearParam = text(20, 'The year');
export const slugParam = text(200, 'The plan’s address');
export const numberParam = z.coerce.number().int().min(1).max(1_000_000);
export const rowIdParam = text(200, 'The row’s id');
export const keyHeader = z.string().min(8).max(200);

export const cells = z.record(z.string().max(200), text(CELL_LIMIT, 'A cell')).meta({ description: 'Texts by the key of their column.' });
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'Give the 64 characters of the version’s extractHash.');
const reason = text(REASON_LIMIT, 'The reason');
const minute = text(MINUTE_LIMIT, 'The minute');
const instant = z.iso.datetime();
const name = z.string().nullable();

export const planState = z
  .object({
    at: z.string().meta({ description: "A stage's id, or 'opening', 'publication', 'published', 'given-up'." }),
    round: z.int(),
    fullPlan: z.enum(['not-asked-for', 'asked-for', 'complete']),
  })
  .meta({ id: 'PlanState' });

export const stepAnswer = z
  .object({ state: planState, number: z.int(), versionNumber: z.int().nullable() })
  .meta({ id: 'StepAnswer', description: 'What was recorded; the same for every repetition of the same request.' });

export const submission = z.strictObject({ draftRevision: z.int(), reason: reason.optional() }).meta({ id: 'Submission' });
export const review = z
  .strictObject({ outcome: z.enum(['agree', 'return']), versionHash: hash, reason: reason.optional() })
  .meta({ id: 'Review' });
export const decision = z
  .strictObject({
    outcome: z.enum(['approve', 'recommend', 'note', 'refer-back']),
    versionHash: hash,
    minute,
    reason: reason.optional(),
  })
  .meta({ id: 'CommitteeDecision' });
export const completion = z.strictObject({ fullPlanRevision: z.int() }).meta({ id: 'Completion' });
export const closure = z.strictObject({ reason }).meta({ id: 'Closure' });

export const planSummary = z
  .object({ year: z.string(), slug: z.string(), title: z.string(), state: planState, standsAt: z.string(), since: instant })
  .meta({ id: 'PlanSummary' });
export const planList = z.object({ plans: z.array(planSummary) }).meta({ id: 'PlanList' });

export const versionSummary = z
  .object({
    number: z.int(),
    origin: z.enum(['submitted', 'imported', 'published']),
    extractHash: z.string(),
    fullHash: z.string(),
    author: name,
    createdAt: instant,
    sourceFile: z.string().nullable(),
    sourceSha256: z.string().nullable(),
  })
  .meta({ id: 'PlanVersionSummary' });

const step = z.object({ step: z.string(), label: z.string(), needs: z.array(z.string()) });

export const plan = planSummary
  .extend({
    dates: z.record(z.string(), z.string().nullable()).nullable(),
    steps: z.array(step).meta({ description: 'What you may do with the plan now.' }),
    draftRevision: z.int().nullable(),
    fullPlanRevision: z.int().nullable(),
    versions: z.array(versionSummary),
    decisions: z.array(
      z.object({
        stage: z.string(),
        round: z.int(),
        outcome: z.string(),
        effective: z.boolean(),
        versionNumber: z.int(),
        reason: z.string().nullable(),
        minute: z.string().nullable(),
        by: z.string(),
        at: instant,
      }),
    ),
    history: z.array(
      z.object({
        number: z.int(),
        step: z.string(),
        from: z.string(),
        to: z.string(),
        round: z.int(),
        by: name,
        reason: z.string().nullable(),
        at: instant,
      }),
    ),
  })
  .meta({ id: 'Plan' });

const row = z.object({
  id: z.string(),
  cells: z.record(z.string(), z.string()),
  line: z.int().optional(),
  markupIn: z.array(z.string()).optional(),
  definedSince: z.string().nullable().optional(),
});
const column = z.object({ key: z.string(), kind: z.string(), heading: z.string(), year: z.string().nullable() });
const table = z.object({ columns: z.array(column), rows: z.array(row) });
export const fullPlanParts = z
  .strictObject(Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, text(TEXT_LIMIT, 'A part')])) as Record<FullPlanPart, z.ZodString>)
  .meta({ id: 'FullPlanParts' });

export const content = z
  .object({
    title: z.string(),
    sections: z.array(z.object({ name: z.string(), heading: z.string(), text: z.string() })),
    objectives: z.array(z.object({ code: z.string(), name: z.string(), table })),
    kpis: table,
    actions: z.object({ heading: z.string(), headings: z.record(z.string(), z.string()), rows: z.array(row) }),
    budget: table.extend({ rows: z.array(row.extend({ kind: z.enum(['heading', 'line', 'net']) })), footnote: z.string() }),
    fullPlan: fullPlanParts.optional(),
  })
  .meta({ id: 'PlanContent', description: 'Every cell is the text as the council wrote it.' });

export const planVersion = versionSummary.extend({ content }).meta({ id: 'PlanVersion' });

export const query = z
  .object({
    rule: z.string(),
    severity: z.enum(['error', 'warning', 'note']),
    rowId: z.string().nullable(),
    column: z.string().nullable(),
    message: z.string(),
    inherited: z.boolean().meta({ description: 'Whether last year’s plan had it already.' }),
    accepted: z.boolean().meta({ description: 'Whether it was accepted with a reason.' }),
  })
  .meta({ id: 'Query' });

const acceptance = z
  .object({ id: z.uuid(), reason: z.string(), by: z.string(), at: instant })
  .meta({ id: 'QueryAcceptance', description: 'It holds for as long as the query stands on the same text.' });

export const settledQuery = query
  .omit({ accepted: true })
  .extend({
    code: z.string().nullable(),
    title: z.string(),
    text: z.string().meta({ description: 'The text that it stands on: the cell, the whole row, or what it says itself.' }),
    textCheck: z.string().meta({ description: 'Stays the same while that text does; white space makes no difference.' }),
    state: z.enum(['stops', 'open', 'accepted', 'earlier']).meta({
      description: 'It stops the submission, is to be looked at, was accepted with a reason, or came from earlier years.',
    }),
    acceptance: acceptance.nullable(),
  })
  .meta({ id: 'SettledQuery' });

export const planQueries = z
  .object({
    draftRevision: z.int().nullable().meta({ description: 'Of the draft that is asked about; null once it is submitted.' }),
    versionNumber: z.int().nullable().meta({ description: 'Of the version that is asked about; null while it is drafted.' }),
    mayAccept: z.boolean(),
    queries: z.array(settledQuery),
  })
  .meta({ id: 'PlanQueries' });

const queryPlace = {
  rule: z.string().max(100),
  rowId: text(CELL_LIMIT, 'The row’s id').nullable(),
  column: text(CELL_LIMIT, 'The column').nullable(),
  code: text(CELL_LIMIT, 'The code').nullable(),
};

export const acceptanceRequest = z
  .strictObject({
    reason: reason.trim().min(1, 'Give the reason'),
    queries: z
      .array(z.strictObject({ ...queryPlace, textCheck: z.string().max(64).optional() }))
      .min(1, 'Choose at least one query')
      .max(2_000),
  })
  .meta({
    id: 'AcceptanceRequest',
    description: 'One reason for several queries. With textCheck, one is accepted only on the text you saw.',
  });

export const acceptanceAnswer = z
  .object({ acceptances: z.array(z.object({ id: z.uuid(), ...queryPlace })) })
  .meta({ id: 'AcceptanceAnswer' });

export const draft = z
  .object({ revision: z.int(), editedRows: z.array(z.string()), queries: z.array(query), content })
  .meta({ id: 'PlanDraft' });

export const rowChange = z.strictObject({ cells }).meta({ id: 'RowChange' });
export const newRow = z
  .strictObject({ table: z.string().max(50), cells, id: z.uuid().optional() })
  .meta({ id: 'NewRow', description: 'With an id of your own, sending it twice adds one row.' });
export const savedRow = z.object({ revision: z.int(), savedAt: instant, row, queries: z.array(query) }).meta({ id: 'SavedRow' });

export const savedFullPlan = z.object({ revision: z.int(), parts: fullPlanParts }).meta({ id: 'SavedFullPlan' });

/** RFC 9457; what is wrong in a field has a pointer to it. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

export const staleProblem = problem
  .extend({ revision: z.int(), yours: z.record(z.string(), z.string()), saved: z.record(z.string(), z.string()) })
  .meta({ id: 'StaleProblem', description: 'Both texts, and the revision to save over once you have chosen.' });
