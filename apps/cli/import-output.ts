/** What `plancycle import` prints: what was or would be written, the counts, and the findings. */
import { checkAsJson, checkAsText } from './check-output.js';
import type { ImportResult } from './import.js';

/** The version, then counts and findings as `plancycle check` gives them. */
export function importAsJson({ title, slug, year, version, isNew, dryRun, ...checked }: ImportResult): string {
  const check = JSON.parse(checkAsJson(checked)) as object;
  return `${JSON.stringify({ title, slug, year, version, isNew, dryRun, ...check }, null, 2)}\n`;
}

/** The same for people. */
export function importAsText(file: string, result: ImportResult): string {
  return `${checkAsText(file, result.title, result)}\n${whatHappened(result)}\n`;
}

function whatHappened({ title, year, version, isNew, dryRun }: ImportResult): string {
  const written = `${title}, ${year.replace('-', '/')}`;
  if (!isNew) return `${written}: this file is version ${version} already, so nothing ${dryRun ? 'would be' : 'was'} written.`;
  return dryRun ? `${written}: it would become version ${version}. Nothing was written.` : `${written}: imported as version ${version}.`;
}
