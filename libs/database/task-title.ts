/** What a task asks, and what happens otherwise: the same words on pages, in the API, in e-mails and in a rehearsal. */
import { businessInWords, businessOfKey } from '../calendar/timetable.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../domain/financial-year.js';
import type { Quarter } from './entities/monitoring.js';
import type { Plan } from './entities/plans.js';
import type { Task } from './entities/tasks.js';

/** What a task is about, as far as it is about that. */
export interface TaskSubject {
  plan: Pick<Plan, 'title'> | null;
  quarter: Pick<Quarter, 'year' | 'quarter'> | null;
  /** The title of the stage that the plan is at. */
  stage: string | null;
  /** The address that an e-mail came back from. */
  address?: string | undefined;
}

/** 'Write and submit the Community Safety Business Plan 2026–2029' and the like. */
export function taskTitle(
  { kind, round, at }: Pick<Task, 'kind' | 'round' | 'at'>,
  { plan, quarter, stage, address }: TaskSubject,
): string {
  const title = plan?.title ?? '';
  const period = quarter ? quarterInWords(financialYearFromId(quarter.year), quarter.quarter as QuarterNumber) : '';
  switch (kind) {
    case 'draft':
      return round > 1 ? `Look at what was returned and submit the ${title} again` : `Write and submit the ${title}`;
    case 'review':
      return `Review the ${title}: agree or return it`;
    case 'decide':
      return `Record what the ${stage ?? 'committee'} decided about the ${title}`;
    case 'full-plan':
      return `Complete and sign off the full ${title}`;
    case 'quarterly-update':
      return `Give the quarterly update: ${period}`;
    case 'quarter-cabinet':
      return `Record that Cabinet noted the report: ${period}`;
    case 'meetings-missing':
      return `Add the meeting that is missing for ${businessInWords(businessOfKey(at))}`;
    case 'undelivered':
      return `See to an e-mail ${address ? `to ${address} ` : ''}that could not be delivered`;
    case 'guard-alarm':
      return 'Answer the alarm of 1 April';
  }
}

/** A task that neither a plan nor a quarter says more of. */
export const ABOUT_NEITHER: TaskSubject = { plan: null, quarter: null, stage: null };

/** What happens if nobody does it, to follow "Otherwise". */
export function otherwiseOf({ kind, at }: Pick<Task, 'kind' | 'at'>): string {
  switch (kind) {
    case 'full-plan':
      return 'the plan cannot be published on its date';
    case 'quarterly-update':
      return 'the report goes to Cabinet without your figures and says so';
    case 'quarter-cabinet':
      return 'the quarter stays open';
    case 'meetings-missing':
      return at.startsWith('cycle')
        ? 'no draft is rolled forward and nobody is asked for one'
        : 'nobody is asked for figures, and no report to Cabinet is prepared';
    case 'undelivered':
      return 'somebody does not know what is asked of them';
    case 'guard-alarm':
      return 'the alarm is raised again, and goes higher';
    default:
      return 'the plan misses its place in the approval timetable';
  }
}
