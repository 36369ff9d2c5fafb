/** What the tests of the mail tell people, as activities do. */
import type { Telling } from '../../activities/tell.js';

/** A reminder of a task; repeated ones differ by `occurrence`. */
export function reminder(task: string, occurrence = 'due 1', taskIds?: string[]): Telling<'reminder'> {
  return {
    ...{ kind: 'reminder', subject: `task/${task}`, occurrence, path: `/tasks/${task}` },
    ...(taskIds ? { taskIds } : {}),
    facts: { task: `Do ${task}`, due: '2025-11-03', countdown: 'today', when: 'due', otherwise: 'nothing happens' },
  };
}

/** Something urgent. */
export function returned(number: number): Telling<'returned'> {
  return {
    ...{ kind: 'returned', subject: `plan/returned-${number}`, path: `/tasks/${number}` },
    facts: {
      ...{ planTitle: `Plan ${number}`, year: '2026/27', due: '2025-11-18', countdown: 'soon' },
      ...{ returnedBy: 'Ruth Adeyemi', reason: 'It is too short.', comments: [] },
    },
  };
}

/** News that can wait for the digest. */
export function news(number: number): Telling<'published'> {
  return {
    ...{ kind: 'published', subject: `plan/published-${number}`, path: `/plans/${number}` },
    facts: { planTitle: `Plan ${number}`, year: '2026/27', publishedOn: '2025-11-03', version: 1, changeNote: 'The first.' },
  };
}
