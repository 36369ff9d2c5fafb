/** Where the built stylesheet and scripts lie, and the mark that makes browsers fetch them anew when they change. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder } from '../../libs/config/paths.js';

/** What browsers load from /assets/. */
export const publicFolder = join(buildFolder, 'public');

/**
 * A short hash over the built files, put behind their addresses.
 * @throws Error that says what to do, if they have not been built
 */
export function publicFilesMark(folder = publicFolder): string {
  if (!existsSync(join(folder, 'plancycle.css'))) throw new Error(`There is no stylesheet in ${folder}. Run "npm run build" first.`);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
