/** Actions without a target date, and with words where the date should stand. */
import type { Rule } from '../finding.js';
import type { ActionReading } from '../plan-reading.js';
import { shortened } from '../plan-rows.js';

export const noTargetDate: Rule = {
  name: 'no-target-date',
  severity: 'error',
  title: 'An action without a target date',
  explanation: 'Without a date nobody can say whether the action is on time, late or done, and it would never be asked about.',
  check: ({ actions }) =>
    actions
      .filter(({ date }) => date.kind === 'absent')
      .map(({ name, dateColumn, at }) => {
        const where = dateColumn === 'officers' ? 'after the officers' : 'in its column';
        return { ...at(dateColumn), message: `${name} has no target date. Add the month and year, such as “March 2026”, ${where}.` };
      }),
};

/** Words by which an action is said to have no end. */
const WITHOUT_END =
  /^\W*(?:(?:is|this is|work is)\s+)?(?:on-?going|continu(?:ous|ing|al)|throughout the (?:year|plan)|rolling(?: programme)?|all year|permanent|annual(?:ly)?|each year|every year|yearly|quarterly|monthly|weekly|business as usual|bau)\b/i;

export const ongoingTargetDate: Rule = {
  name: 'ongoing-target-date',
  severity: 'warning',
  title: 'An action that is only “ongoing”',
  explanation:
    'An action that goes on, or comes round each year, is never late and never done. A date by which a part of it is to be done, such as the review of the year, lets members see whether it moves.',
  check: ({ actions }) =>
    actions.flatMap((action) => {
      const words = wordsForDate(action);
      if (words === null || !WITHOUT_END.test(words)) return [];
      const message = `${action.name} says “${shortened(words)}” in place of a target date. Add the month and year by which a first part is done or the work is reviewed.`;
      return [{ ...action.at(action.dateColumn), message }];
    }),
};

export const proseTargetDate: Rule = {
  name: 'prose-target-date',
  severity: 'warning',
  title: 'Words in place of a target date',
  explanation:
    'A date told in words, such as “subject to the county plan”, cannot be watched. A month to aim for, with the words kept beside it, can.',
  check: ({ actions }) =>
    actions.flatMap((action) => {
      const words = wordsForDate(action);
      if (words === null || WITHOUT_END.test(words)) return [];
      const message = `${action.name} says “${shortened(words, 100)}” in place of a target date. Add the month and year to aim for.`;
      return [{ ...action.at(action.dateColumn), message }];
    }),
};

function wordsForDate({ date }: ActionReading): string | null {
  return date.kind === 'prose' ? date.text : null;
}
