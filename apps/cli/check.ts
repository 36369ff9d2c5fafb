/** `plancycle check FILE`: reads a plan and tells what a careful reader would query, without a server or a database. */
import type { Command } from 'commander';
import type { Post } from '../../libs/domain/posts.js';
import { readGivenFile } from './read-given-file.js';

/** Adds the command: data on the standard output, exit code 1 where there are errors among the findings. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('read a plan from a file and list what should be looked at before it goes further')
    .argument('<file>', 'the plan: plain text with tabs, a web page, a Word document, a spreadsheet, CSV or JSON')
    .option('--posts <file>', "the council's register of posts, to check owners and officers against")
    .option('--json', 'print the counts and findings as JSON')
    .action(async (file: string, options: CheckOptions, command: Command) => {
      const posts = options.posts === undefined ? null : await readGivenFile(options.posts, command);
      await checkPlan(file, await readGivenFile(file, command), posts, options.json ?? false);
    });
}

interface CheckOptions {
  posts?: string;
  json?: boolean;
}

async function checkPlan(file: string, bytes: Uint8Array, posts: Uint8Array | null, asJson: boolean): Promise<void> {
  const [{ readPlanFile }, { countPlan }, { DEFAULT_SETTINGS, findingsOf }, { allFindings, checkAsJson, checkAsText }] = await Promise.all([
    import('../../libs/documents/read-plan-file.js'),
    import('../../libs/domain/count-plan.js'),
    import('../../libs/domain/findings.js'),
    import('./check-output.js'),
  ]);
  const { plan, remarks } = await readPlanFile(bytes);
  const settings = posts === null ? DEFAULT_SETTINGS : { ...DEFAULT_SETTINGS, register: await readRegister(posts) };
  const result = { counts: countPlan(plan), remarks, findings: findingsOf(plan, settings) };
  process.stdout.write(asJson ? checkAsJson(result) : checkAsText(file, plan.title, result));
  if (allFindings(result).some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

async function readRegister(bytes: Uint8Array): Promise<Post[]> {
  const [{ decodeText }, { readPosts }] = await Promise.all([
    import('../../libs/documents/decode-text.js'),
    import('../../libs/documents/read-posts.js'),
  ]);
  return readPosts(decodeText(bytes));
}
