import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildFolder, projectRoot } from '../../libs/config/paths.js';
import { blocksIn, readmeBlocks, readmeFile, withBlocks } from './readme-blocks.js';

const readme = readFileSync(readmeFile, 'utf8');
const decisionsFolder = join(projectRoot, 'docs/decisions');
const decisions = readdirSync(decisionsFolder).filter((name) => /^\d/.test(name));
const documents = ['README.md', 'CHANGELOG.md', 'docs/decisions/README.md', ...decisions.map((name) => `docs/decisions/${name}`)];
const read = (name: string): string => readFileSync(join(projectRoot, name), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, found]) => found!))].sort();

describe('the README', () => {
  let made: Record<string, string>;

  beforeAll(async () => {
    made = await readmeBlocks();
  });

  it('has a place for each part that is made from the code, and no other', () => {
    expect(Object.keys(blocksIn(readme)).sort()).toEqual(Object.keys(made).sort());
  });

  // Where one of these differs: npm run update:readme
  it.each(['procedure', 'dates', 'steps', 'settings', 'architecture'])('is true about the %s', (name) => {
    expect(blocksIn(readme)[name]).toBe(made[name]);
  });

  it('gets a changed part in its place and nothing else', () => {
    const text = 'before <!-- made from the code: dates -->\n\nold\n\n<!-- end --> after';
    const changed = withBlocks(text, { dates: 'new' });
    expect(changed).toBe(text.replace('old', 'new'));
    expect(blocksIn(changed)).toEqual({ dates: 'new' });
  });

  it('names the commands that there are', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(buildFolder, 'apps/cli/main.js'), '--help']);
    const commands = all(stdout, /^ {2}([a-z-]+) (?:\[options\] )?(?:<\w+> )* +\S/gm).filter((name) => name !== 'help');
    expect(commands).toContain('check');
    expect(all(readme, /^\| `plancycle ([a-z-]+)` +\|/gm)).toEqual(commands);
  });

  it('leads to every room', () => {
    const rooms = all(readme, /^\| `((?:libs|apps|docs|test|workflows|activities)[\w/]*)` +\|/gm);
    const folders = (parent: string): string[] => readdirSync(join(projectRoot, parent)).map((name) => `${parent}/${name}`);
    expect(rooms.filter((room) => !existsSync(join(projectRoot, room)))).toEqual([]);
    expect(rooms).toEqual(expect.arrayContaining([...folders('libs'), ...folders('apps'), 'workflows', 'activities', 'test']));
  });
});

describe('the documents', () => {
  it.each(documents)('%s names npm scripts that there are', (name) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = all(read(name), /npm run (?:-s )?([a-z][\w:-]*)/g);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it.each(documents)('%s links to files and headings that there are', (name) => {
    const text = read(name);
    const targets = all(text, /\]\((?!https?:)([^)\s]+)\)/g);
    const headings = all(text, /^#+ (.+)$/gm).map((heading) => `#${heading.toLowerCase().replaceAll(' ', '-')}`);
    const missing = targets.filter((target) =>
      target.startsWith('#') ? !headings.includes(target) : !existsSync(join(projectRoot, dirname(name), target)),
    );
    expect(missing).toEqual([]);
  });

  it.each(documents)('%s names files of the tree that there are', (name) => {
    const paths = all(read(name), /`((?:libs|apps|workflows|activities|test|docs)\/[\w./-]+)`/g);
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });

  it('have pictures that load quickly', () => {
    const folder = join(projectRoot, 'docs/pictures');
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(300_000);
  });
});

describe('the decision records', () => {
  it('are numbered one after the other', () => {
    expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_name, index) => index + 1));
  });

  it.each(decisions)('%s says when, why, what, instead of what, and what follows', (name) => {
    const text = read(`docs/decisions/${name}`);
    expect(text).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. \\S`));
    expect(text).toMatch(/^Date: \d{4}-\d\d-\d\d\. Status: /m);
    expect(all(text, /^## (.+)$/gm)).toEqual(['Consequences', 'Context', 'Decision', 'Options turned down']);
  });

  it('are all in the list', () => {
    const list = read('docs/decisions/README.md');
    const titles = decisions.map((name) => `- [${read(`docs/decisions/${name}`).split('\n')[0]!.slice(2)}](${name})`);
    expect(list.split('\n').filter((line) => line.startsWith('- '))).toEqual(titles);
  });
});
