/** What reading a file has to ask about, as the findings that it is shown among. */
import type { Finding, Severity } from '../domain/finding.js';

/**
 * A remark about the file as a whole, or about one line of it.
 * @param rule what kind of remark it is, for example 'encoding-guessed'
 * @param message what was seen, where, and what to do
 */
export function readingRemark(rule: string, severity: Severity, message: string, line: number | null = null): Finding {
  return { rule, severity, line, code: null, column: null, message, rowId: null };
}
