/** `plancycle token PERSON`: makes an API token for a program that acts for a person, and prints it once. */
import { InvalidArgumentError, type Command } from 'commander';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_BY_DEFAULT = 365;

interface TokenOptions {
  council?: string;
  name: string;
  days: number;
}

/** Adds the command; the token alone goes to the standard output. */
export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('make an API token for a program that acts for a person; it is printed once and kept only as a hash')
    .argument('<person>', "the person's e-mail address, or their name as it is in the register")
    .option('--council <id>', 'the council, where several share the database')
    .option('--name <text>', 'what the token is for', 'command line')
    .option('--days <number>', 'after how many days it runs out', readDays, DAYS_BY_DEFAULT)
    .action(async (person: string, options: TokenOptions) => {
      const { token, name, expiresAt } = await makeToken(person, options);
      process.stdout.write(`${token}\n`);
      process.stderr.write(`It acts for ${name} until ${expiresAt.toISOString().slice(0, 10)}, and is shown only now.\n`);
    });
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new InvalidArgumentError('Write a whole number of days from 1 to 3650.');
  return days;
}

async function makeToken(who: string, { council: councilId, name, days }: TokenOptions) {
  // Loaded only now: the other commands need none of it.
  const [{ councilOf, withDatabase }, { createApiToken }, { appendToAuditTrail }, { findPerson }] = await Promise.all([
    import('./database.js'),
    import('../../libs/database/api-tokens.js'),
    import('../../libs/database/audit-trail.js'),
    import('./find-person.js'),
  ]);
  return withDatabase((em) =>
    em.transactional(async (inside) => {
      const council = await councilOf(inside, councilId);
      const person = await findPerson(inside, council.id, who, council.clock.today());
      // A token runs out in real time, whatever day the council lives on.
      const createdAt = new Date();
      const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
      const token = await createApiToken(inside, { councilId: council.id, personId: person.id, name, createdAt, expiresAt });
      await appendToAuditTrail(inside, {
        councilId: council.id,
        at: council.clock.now(),
        personId: null,
        act: 'make token',
        subject: `person ${person.id}`,
        details: { name, expiresAt: expiresAt.toISOString() },
      });
      return { token, name: person.name, expiresAt };
    }),
  );
}
