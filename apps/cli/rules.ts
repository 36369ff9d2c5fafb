/** `plancycle rules`: what a plan is read for, why, and whom each kind of query stops. */
import type { Command } from 'commander';
import { WHOM_IT_STOPS, type Rule, type Severity } from '../../libs/domain/finding.js';

/** Adds the command; it needs no plan and no database. */
export function addRulesCommand(program: Command): void {
  program
    .command('rules')
    .description('list what a plan is checked for, and whom each kind of query stops')
    .option('--json', 'print the rules as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      // Loaded only now: the other commands need none of it.
      const { RULES } = await import('../../libs/domain/findings.js');
      process.stdout.write(json ? rulesAsJson(RULES) : rulesAsText(RULES));
    });
}

function rulesAsJson(rules: readonly Rule[]): string {
  const entries = rules.map(({ name, severity, title, explanation }) => ({ rule: name, severity, title, explanation }));
  return `${JSON.stringify({ rules: entries }, null, 2)}\n`;
}

const HEADINGS: [Severity, string][] = [
  ['error', 'Errors'],
  ['warning', 'Warnings'],
  ['note', 'Notes'],
];

function rulesAsText(rules: readonly Rule[]): string {
  const groups = HEADINGS.map(([severity, heading]) => {
    const entries = rules
      .filter((rule) => rule.severity === severity)
      .map(({ name, title, explanation }) => entry(name, title, explanation));
    const title = wrapped(`${heading} (${entries.length}): each ${WHOM_IT_STOPS[severity]}.`).join('\n');
    return `${title}\n\n${entries.join('\n\n')}\n`;
  });
  return groups.join('\n');
}

const LINE_LENGTH = 100;

function entry(name: string, title: string, explanation: string): string {
  return [`  ${title} (${name})`, ...wrapped(explanation).map((line) => `    ${line}`)].join('\n');
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
