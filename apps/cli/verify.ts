/** `plancycle verify`: checks the audit trail, and names the first entry that was touched. */
import type { Command } from 'commander';

/** Adds the command; it ends with 1 where an entry was changed or removed. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check that no entry of the audit trail was changed or removed')
    .option('--council <id>', 'one council only')
    .action(async ({ council }: { council?: string }) => {
      for (const { name, entries, broken } of await verify(council)) {
        if (broken === null) process.stdout.write(`${name}: all ${entries} entries are as they were written.\n`);
        else {
          process.stdout.write(`${name}: entry ${broken} was changed, or the one before it removed.\n`);
          process.exitCode = 1;
        }
      }
    });
}

async function verify(councilId: string | undefined): Promise<{ name: string; entries: number; broken: number | null }[]> {
  // Loaded only now: the other commands need none of it.
  const [{ councilOf, withDatabase }, { firstBrokenEntry }, { AuditEntry }, { Council }] = await Promise.all([
    import('./database.js'),
    import('../../libs/database/audit-trail.js'),
    import('../../libs/database/entities/record.js'),
    import('../../libs/database/entities/council.js'),
  ]);
  return withDatabase(async (em) => {
    const councils = councilId === undefined ? await em.find(Council, {}, { orderBy: { id: 'asc' } }) : [await councilOf(em, councilId)];
    const results = [];
    for (const { id, name } of councils)
      results.push({ name, entries: await em.count(AuditEntry, { councilId: id }), broken: await firstBrokenEntry(em, id) });
    return results;
  });
}
