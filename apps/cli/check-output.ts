/** What `plancycle check` prints: for people a summary with the findings by severity, for machines JSON. */
import type { PlanCounts } from '../../libs/domain/count-plan.js';
import type { Finding, Severity } from '../../libs/domain/finding.js';

export interface CheckResult {
  counts: PlanCounts;
  /** What reading the file had to ask about. */
  remarks: Finding[];
  findings: Finding[];
}

/** Everything that someone should look at: what reading had to ask about stands first. */
export function allFindings({ remarks, findings }: CheckResult): Finding[] {
  return [...remarks, ...findings];
}

/** The counts and the findings, each with exactly rule, severity, line, code, column and message. */
export function checkAsJson(result: CheckResult): string {
  const entries = allFindings(result).map(({ rule, severity, line, code, column, message }) => ({
    rule,
    severity,
    line,
    code,
    column,
    message,
  }));
  return `${JSON.stringify({ counts: result.counts, findings: entries }, null, 2)}\n`;
}

const HEADINGS: [Severity, string, string][] = [
  ['error', 'error', 'errors'],
  ['warning', 'warning', 'warnings'],
  ['note', 'note', 'notes'],
];

/** The same for people, the gravest first. */
export function checkAsText(file: string, title: string, result: CheckResult): string {
  const findings = allFindings(result);
  const groups = HEADINGS.flatMap(([severity, one, many]) => {
    const group = findings.filter((finding) => finding.severity === severity);
    return group.length === 0 ? [] : ['', counted(group.length, one, many), ...group.map(findingLine)];
  });
  const verdict = findings.length === 0 ? ['', 'Nothing to query.'] : groups;
  return [`${title || 'A plan without a title'} (${file})`, '', ...countLines(result.counts), ...verdict, ''].join('\n');
}

function countLines(counts: PlanCounts): string[] {
  return [
    `${counted(counts.csiObjectives, 'outcome objective', 'outcome objectives')} with ${counted(counts.csiIndicators, 'critical success indicator', 'critical success indicators')}`,
    `${counted(counts.kpiRows, 'key performance indicator row', 'key performance indicator rows')}, ${counts.compositeRows} of them with several measures`,
    `${counted(counts.measures, 'measure', 'measures')} in all`,
    `${counted(counts.actions, 'action', 'actions')}`,
    `${counted(counts.budgetLines, 'budget line', 'budget lines')}`,
  ].map((line) => `  ${line}`);
}

function findingLine({ line, code, message }: Finding): string {
  const where = line === null ? (code ?? 'whole plan') : `line ${line}`;
  return `  ${where}: ${message}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
