/** Which folder depends on which, as a Mermaid graph that dependency-cruiser draws from the imports. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../libs/config/paths.js';

const run = promisify(execFile);

/** The folders that become one box each. */
const BOXES = '^(libs/[^/]+|apps/[^/]+|workflows|activities)';

/**
 * Draws the picture.
 * @returns the Mermaid text; the arrows in order of their names, so that a moved file does not change it
 */
export async function dependencyPicture(): Promise<string> {
  const program = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  // dependencies.test.ts plants a violation for a moment, perhaps this very one.
  const only = ['--include-only', '^(apps|workflows|activities|libs)/(?!.*planted-violation)', '--collapse', BOXES];
  const folders = ['apps', 'workflows', 'activities', 'libs'];
  const { stdout } = await run(process.execPath, [program, '--output-type', 'mermaid', ...only, ...folders], {
    cwd: projectRoot,
    maxBuffer: 10_000_000,
  });
  return withNames(stdout);
}

/** Puts the folders' names where dependency-cruiser numbers them, so that a change of the picture can be read. */
function withNames(drawn: string): string {
  const names = new Map<string, string>();
  const boxes: string[] = [];
  const arrows: string[] = [];
  let parent = '';
  for (const line of drawn
    .split('\n')
    .map((each) => each.trim())
    .filter(Boolean)) {
    const box = /^(subgraph )?(\w+)\["(.+)"\]$/.exec(line);
    const arrow = /^(\w+)-->(\w+)$/.exec(line);
    if (box) {
      const [, group, id, title] = box;
      const name = `${group ? '' : parent}${title}`;
      names.set(id!, name);
      boxes.push(group ? `  subgraph ${name}_folder["${title}/"]` : `  ${parent ? '  ' : ''}${name}["${title}"]`);
      if (group) parent = `${name}_`;
    } else if (arrow) {
      arrows.push(`  ${names.get(arrow[1]!)} --> ${names.get(arrow[2]!)}`);
    } else if (line === 'end') {
      boxes.push('  end');
      parent = '';
    }
  }
  return ['flowchart LR', ...boxes, ...arrows.sort()].join('\n');
}
