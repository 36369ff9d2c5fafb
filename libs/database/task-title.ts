/** What a task asks, as a command: the same words on pages, in the API and in a rehearsal. */
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
  { kind, round }: Pick<Task, 'kind' | 'round'>,
  { plan, quarter, stage, address = 'somebody' }: TaskSubject,
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
    case 'undelivered':
      return `See to an e-mail to ${address} that could not be delivered`;
    case 'guard-alarm':
      return 'Answer the alarm: plans are not on course for 1 April';
  }
}
