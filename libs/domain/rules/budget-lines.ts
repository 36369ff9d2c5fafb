/** The link from actions to budgets: lines that name no action or nothing at all, and a net line that is not their sum. */
import type { BudgetRow, BusinessPlan, Column } from '../business-plan.js';
import type { Found, Rule } from '../finding.js';
import { parseFigure } from '../parse-figure.js';
import { plainText } from '../plain-text.js';
import type { BudgetReading } from '../plan-reading.js';

export const budgetLineIncomplete: Rule = {
  name: 'budget-line-incomplete',
  severity: 'warning',
  title: 'A budget line without an action code or without text',
  explanation: 'The table links actions to budgets. A line that names no action links nothing, and one without words cannot be understood.',
  check: ({ plan, budget }) =>
    budget
      .filter(({ row }) => row.kind === 'line')
      .flatMap(({ row, at }) => {
        const hasNoText = isBlank(plan, row, 'budgetText');
        const hasNoCode = isBlank(plan, row, 'actionCode');
        if (!hasNoText && !hasNoCode) return [];
        const lacks = [...(hasNoText ? ['has no text'] : []), ...(hasNoCode ? ['names no action code'] : [])].join(' and ');
        const what = hasNoText ? 'Complete it, or remove it if it says nothing.' : 'Add the code of the action that it belongs to.';
        return [{ ...at(null), message: `This budget line ${lacks}. ${what}` }];
      }),
};

function isBlank(plan: BusinessPlan, row: BudgetRow, kind: Column['kind']): boolean {
  const column = plan.budget.columns.find((each) => each.kind === kind);
  return column !== undefined && /^(?:[-–—]|n ?\/ ?a)?$/i.test(plainText(row.cells[column.key] ?? ''));
}

export const netNotSum: Rule = {
  name: 'net-not-sum',
  severity: 'warning',
  title: 'A net line that is not the sum of its lines',
  explanation:
    'The net change is what the budget report and this plan must agree on. Where it is not the sum of the lines above it, a figure or a line is missing.',
  check: ({ plan, budget }) => {
    const years = plan.budget.columns.filter(({ kind }) => kind === 'budgetYear');
    const lines = budget.filter(({ row }) => row.kind === 'line');
    return budget
      .filter(({ row }) => row.kind === 'net')
      .flatMap((net) => years.flatMap((column) => complaint(net, lines, column, plan.budget.footnote)));
  },
};

function complaint({ row, at }: BudgetReading, lines: readonly BudgetReading[], column: Column, footnote: string): Found[] {
  const figures = lines.map((line) => parseFigure(line.row.cells[column.key] ?? ''));
  const numbers = figures.flatMap((figure) => (figure.kind === 'number' ? [figure.value] : []));
  const raw = plainText(row.cells[column.key] ?? '');
  const stated = parseFigure(raw);
  if (numbers.length === 0 && stated.kind !== 'number') return [];
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (stated.kind === 'number' && Math.abs(stated.value - sum) < 0.005) return [];
  const says = raw === '' ? 'is blank' : `says “${raw}”`;
  const unread = figures.filter(({ kind }) => kind === 'text' || kind === 'range').length;
  const which = unread === 0 ? 'its lines' : 'those of its lines that are numbers';
  const what = raw.includes('*') && footnote !== '' ? 'Enter the sum beside the note.' : 'Enter the sum, or say why it differs.';
  const message = `The net line ${says} for ${column.year}, while ${which} add up to ${sum.toLocaleString('en-GB')}. ${what}`;
  return [{ ...at(column.key), message }];
}
