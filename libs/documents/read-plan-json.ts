/** A plan in the JSON that `write-plan-json.ts` writes, checked and read. */
import { z } from 'zod';
import { ACTION_COLUMNS, FULL_PLAN_PARTS, type BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import type { Finding } from '../domain/finding.js';
import { parseFinancialYear } from '../domain/financial-year.js';
import { tablesOf } from '../domain/plan-tables.js';
import { extractHash, fullHash } from './content-hash.js';
import { readingRemark } from './reading-remark.js';
import { PLAN_JSON_FORMAT } from './write-plan-json.js';

const financialYear = z.string().refine((text) => isFinancialYear(text), 'must be a financial year such as "2025/26"');
const line = z.number().int().positive().optional();

const row = z.object({
  id: z.string().min(1),
  cells: z.record(z.string(), z.string()),
  line,
  markupIn: z.array(z.string()).optional(),
  definedSince: financialYear.nullable().optional(),
});

const column = z.object({
  key: z.string(),
  kind: z.enum(['code', 'description', 'achieved', 'target', 'futureYears', 'owner', 'budgetText', 'actionCode', 'budgetYear', 'other']),
  heading: z.string(),
  year: financialYear.nullable(),
  line,
});

const indicatorTable = z.object({ columns: z.array(column), rows: z.array(row) });

const plan = z.object({
  title: z.string(),
  sections: z.array(
    z.object({
      name: z.enum(['introduction', 'background', 'performance', 'csi', 'kpi', 'actions', 'budget']),
      heading: z.string(),
      text: z.string(),
    }),
  ),
  objectives: z.array(z.object({ code: z.string(), name: z.string(), table: indicatorTable })),
  kpis: indicatorTable,
  actions: z.object({
    heading: z.string(),
    headings: z.object(
      Object.fromEntries(ACTION_COLUMNS.map((key) => [key, z.string()])) as Record<(typeof ACTION_COLUMNS)[number], z.ZodString>,
    ),
    rows: z.array(row),
  }),
  budget: z.object({
    columns: z.array(column),
    rows: z.array(row.extend({ kind: z.enum(['heading', 'line', 'net']) })),
    footnote: z.string(),
  }),
  fullPlan: z
    .object(Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, z.string()])) as Record<(typeof FULL_PLAN_PARTS)[number], z.ZodString>)
    .optional(),
});

const file = z.object({
  format: z.literal(PLAN_JSON_FORMAT),
  version: z.literal(1),
  extractHash: z.string().optional(),
  fullHash: z.string().optional(),
  plan,
});

/**
 * Reads the plan of a file. Content that is not what the file was written with is a remark: somebody changed it since.
 *
 * Throws DomainError('unreadable') with the place, as a JSON pointer, where the file is not as such a file is.
 */
export function readPlanJson(text: string): { plan: BusinessPlan; remarks: Finding[] } {
  const parsed = file.safeParse(contentOf(text));
  if (!parsed.success) throw notSuchFile(parsed.error.issues);
  const read = withoutGaps(parsed.data.plan);
  refuseRepeatedIds(read);
  const { extractHash: extract, fullHash: full } = parsed.data;
  const isAsWritten = (extract ?? extractHash(read)) === extractHash(read) && (full ?? fullHash(read)) === fullHash(read);
  return { plan: read, remarks: isAsWritten ? [] : [changedSince()] };
}

function contentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DomainError(
      'unreadable',
      `This JSON file is damaged or was cut short (${why}). Export the plan again and choose the new file.`,
    );
  }
}

function notSuchFile(issues: readonly z.core.$ZodIssue[]): DomainError {
  const fields = issues.map(({ path, message }) => ({ pointer: pointerTo(path), detail: message }));
  const at = fields[0]?.pointer === '' ? 'the file as a whole' : fields[0]?.pointer;
  return new DomainError(
    'unreadable',
    `This JSON file is not a plan as Plancycle exports it (at ${at}: ${fields[0]?.detail}). Export the plan again, or choose its text, Word file or spreadsheet.`,
    fields,
  );
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function isFinancialYear(text: string): boolean {
  try {
    return parseFinancialYear(text) === text;
  } catch {
    return false;
  }
}

/** What is absent has no key at all, as in a plan that was read from any other file. */
function withoutGaps(content: z.infer<typeof plan>): BusinessPlan {
  return JSON.parse(JSON.stringify(content)) as BusinessPlan;
}

/** Rows are found by their ids, so two with one id could not be told apart. */
function refuseRepeatedIds(read: BusinessPlan): void {
  const seen = new Set<string>();
  for (const { id } of tablesOf(read).flatMap(({ rows }) => rows)) {
    if (seen.has(id))
      throw new DomainError(
        'unreadable',
        `This JSON file has two rows with the id “${id}”, so they could not be told apart. Give each row an id of its own, or export the plan again.`,
      );
    seen.add(id);
  }
}

function changedSince(): Finding {
  return readingRemark(
    'changed-since-export',
    'error',
    'The plan in this file is not the one that was exported: it was changed afterwards. Compare it with the version that it is said to be before you go on with it.',
  );
}
