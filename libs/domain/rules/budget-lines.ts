/** The link from actions to budgets: lines that name no action or nothing at all, and a net line that is not their sum. */
import type { BudgetRow, BusinessPlan, Column } from '../business-plan.js';
import type { Rule } from '../finding.js';
import { parseFigure } from '../parse-cell.js';
import { plainText } from '../plain-text.js';
import type { Place } from '../plan-rows.js';

export const budgetLineIncomplete: Rule = {
  name: 'budget-line-incomplete',
  severity: 'warning',
  title: 'A budget line without an action code or without text',
  explanation: 'The table links actions to budgets. A line that names no action links nothing, and one without words cannot be understood.',
  check: (plan) =>
    plan.budget.rows
      .filter(({ kind }) => kind === 'line')
      .flatMap((row) => {
        const lacks = [
          ...(isBlank(plan, row, 'budgetText') ? ['has no text'] : []),
          ...(isBlank(plan, row, 'actionCode') ? ['names no action code'] : []),
        ];
        if (lacks.length === 0) return [];
        return [
          { ...placeOf(row, null), message: `This budget line ${lacks.join(' and ')}. Complete it, or remove it if it says nothing.` },
        ];
      }),
};

function isBlank(plan: BusinessPlan, row: BudgetRow, kind: Column['kind']): boolean {
  const column = plan.budget.columns.find((each) => each.kind === kind);
  return column !== undefined && plainText(row.cells[column.key] ?? '') === '';
}

export const netNotSum: Rule = {
  name: 'net-not-sum',
  severity: 'warning',
  title: 'A net line that is not the sum of its lines',
  explanation:
    'The net change is what the budget report and this plan must agree on. Where it is not the sum of the lines above it, a figure or a line is missing.',
  check: (plan) => {
    const net = plan.budget.rows.filter(({ kind }) => kind === 'net');
    const years = plan.budget.columns.filter(({ kind }) => kind === 'budgetYear');
    return net.flatMap((row) => years.flatMap((column) => complaint(plan, row, column)));
  },
};

function complaint(plan: BusinessPlan, net: BudgetRow, column: Column): (Place & { message: string })[] {
  const figures = plan.budget.rows.filter(({ kind }) => kind === 'line').map((row) => parseFigure(row.cells[column.key] ?? ''));
  const numbers = figures.flatMap((figure) => (figure.kind === 'number' ? [figure.value] : []));
  const raw = plainText(net.cells[column.key] ?? '');
  const stated = parseFigure(raw);
  if (numbers.length === 0 && stated.kind !== 'number') return [];
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (stated.kind === 'number' && Math.abs(stated.value - sum) < 0.005) return [];
  const says = raw === '' ? 'is blank' : `says “${raw}”`;
  return [
    {
      ...placeOf(net, column.key),
      message: `The net line ${says} for ${column.year}, while its lines add up to ${sum.toLocaleString('en-GB')}. Enter the sum, or say why it differs.`,
    },
  ];
}

function placeOf(row: BudgetRow, column: string | null): Place {
  return { line: row.line ?? null, code: null, column, rowId: row.id };
}
