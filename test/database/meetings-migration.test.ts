/** Meetings and moves that were there before a meeting had a state: what they are brought up to, and what the database refuses. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Meeting, MeetingMove } from '../../libs/database/entities/council.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { createTestDatabase } from '../support/running-servers.js';

describe('a database whose meetings have no state yet', () => {
  const [meetingId, personId] = [randomUUID(), randomUUID()];
  let orm: MikroORM;
  beforeAll(async () => {
    const databaseUrl = await createTestDatabase('meetings');
    orm = await openDatabase(databaseUrl);
    await orm.migrator.up({ to: 'Migration00004MeetingMoves' });
    const em = orm.em.fork();
    await em.execute(`insert into "council" ("id", "name", "settings") values ('broxtowe', 'Broxtowe', '{}')`);
    await em.execute(
      `insert into "person" ("id", "council_id", "name", "email", "job_title") values (?, 'broxtowe', 'A', 'a@b.example', 'O')`,
      [personId],
    );
    await em.execute(
      `insert into "meeting" ("id", "council_id", "body", "date", "considers") values (?, 'broxtowe', 'cabinet', '2026-02-10', '[]')`,
      [meetingId],
    );
    await em.execute(
      `insert into "meeting_move" ("id", "council_id", "number", "meeting_id", "from_date", "to_date", "moved_by", "moved_at") values (?, 'broxtowe', 1, ?, '2026-02-03', '2026-02-10', ?, '2025-11-03')`,
      [randomUUID(), meetingId, personId],
    );
    await migrateDatabase(databaseUrl);
  });
  afterAll(() => orm.close(true));

  it('has planned, ordinary ones afterwards, and moves that were moves', async () => {
    const em = orm.em.fork();
    expect(await em.findOneOrFail(Meeting, meetingId)).toMatchObject({
      state: 'planned',
      extraordinary: false,
      time: null,
      listed: null,
      revision: 0,
    });
    expect(await em.findOneOrFail(MeetingMove, { meetingId })).toMatchObject({
      kind: 'moved',
      toDate: '2026-02-10',
      toMeetingId: null,
      business: [],
    });
  });

  it('has one meeting of a body on a day, besides those that were called off', async () => {
    const add = (state: string): Promise<unknown> =>
      orm.em
        .fork()
        .execute(
          `insert into "meeting" ("id", "council_id", "body", "date", "considers", "state") values (?, 'broxtowe', 'cabinet', '2026-02-10', '[]', ?)`,
          [randomUUID(), state],
        );
    await expect(add('planned')).rejects.toThrow('meeting_council_id_body_date_unique');
    await add('cancelled');
    await expect(add('vanished')).rejects.toThrow('meeting_state_known');
  });
});
