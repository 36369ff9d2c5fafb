/** Random calendars and random closures: what the preview shows is what the record then changes, and it refuses the same. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Temporal } from 'temporal-polyfill';
import { recordCalendarChange } from '../../activities/record-calendar-change.js';
import type { SignedInPerson } from '../../apps/api/access/policies.js';
import { Closures } from '../../apps/api/closures/closures.service.js';
import { Councils } from '../../apps/api/councils.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import { randomFrom, type Random } from '../../apps/cli/rehearsal/random.js';
import { closuresOf, pollingDaysOf } from '../../libs/calendar/special-days.js';
import type { CalendarChange } from '../../libs/domain/calendar-change.js';
import { specialDaysOf } from '../../libs/database/calendar-change.js';
import { Council } from '../../libs/database/entities/council.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { createTestDatabase } from '../support/running-servers.js';
import { changedDates, changedOpenings, openings, outcome, randomCouncil, stateOf } from './random-council.js';

const COUNCILS = 35;
const CHANGES_OF_EACH = 4;

describe('closures and polling days of random calendars', () => {
  let orm: MikroORM;
  beforeAll(async () => {
    const url = await createTestDatabase('calendar-changes');
    await migrateDatabase(url);
    orm = await openDatabase(url);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
  });
  afterAll(() => orm.close(true));

  it('come out as their preview says, each kind of them', async () => {
    const random = randomFrom(20_251_229);
    const made: Record<CalendarChange['act'], number> = { close: 0, 'open-again': 0, 'add-poll': 0, 'remove-poll': 0 };
    const seen = { open: 0, coming: 0, refused: 0, preElection: 0, meetingOnClosedDay: 0 };
    for (let number = 0; number < COUNCILS; number++) {
      const person = await randomCouncil(orm.em.fork(), `random-${number}`, random);
      let last = 0;
      for (let turn = 0; turn < CHANGES_OF_EACH; turn++) {
        const change = await randomCalendarChange(orm.em.fork(), person.councilId, random);
        const closures = new Closures(orm.em.fork(), new Councils(orm.em.fork()), undefined as never, undefined as never);
        const preview = await outcome(() => closures.preview(person, change));
        const before = await stateOf(orm.em.fork(), person.councilId);
        const comingBefore = await openings(orm, person.councilId);
        const recorded = await outcome(() => record(orm, person, change));
        const after = await stateOf(orm.em.fork(), person.councilId);
        const at = [number, turn, change];
        if (preview instanceof DomainError) {
          expect([at, recorded, after]).toEqual([at, preview, before]);
          seen.refused += 1;
          continue;
        }
        expect([at, recorded]).toEqual([at, expect.objectContaining({ number: (last += 1) })]);
        const [open, coming] = [preview.changes.filter(({ isOpen }) => isOpen), preview.changes.filter(({ isOpen }) => !isOpen)];
        expect([at, changedDates(before, after)]).toEqual([at, open.map(({ title, before: was, after: is }) => [title, was, is])]);
        const willOpen = changedOpenings(comingBefore, await openings(orm, person.councilId));
        expect([at, willOpen]).toEqual([at, coming.map(({ of, title, before: was, after: is }) => [of, title, was, is])]);
        made[change.act] += 1;
        seen.open += open.length;
        seen.coming += coming.length;
        seen.preElection += preview.clashes.filter(({ why }) => why.includes('pre-election')).length;
        seen.meetingOnClosedDay += preview.clashes.filter(({ why }) => why.startsWith('The council is closed then')).length;
      }
    }
    for (const [act, times] of Object.entries(made)) expect([act, times >= 5]).toEqual([act, true]);
    for (const [what, times] of Object.entries(seen)) expect([what, times >= 5]).toEqual([what, true]);
  });
});

async function randomCalendarChange(em: EntityManager, councilId: string, random: Random): Promise<CalendarChange> {
  const days = specialDaysOf((await em.findOneOrFail(Council, councilId)).settings);
  const [closures, polls] = [closuresOf(days), pollingDaysOf(days)];
  const day = (from: string, within: number): string =>
    Temporal.PlainDate.from(from)
      .add({ days: random.between(0, within) })
      .toString();
  const act = random.oneOf([
    'close',
    'close',
    'add-poll',
    ...(closures.length ? ['open-again', 'open-again'] : []),
    ...(polls.length ? ['remove-poll', 'remove-poll'] : []),
  ]);
  if (act === 'open-again') return { act, from: random.oneOf(closures).from, to: random.oneOf(closures).to };
  if (act === 'remove-poll') return { act, date: random.oneOf(polls).date };
  if (act === 'add-poll') return { act, date: day(random.oneOf(['2026-03-25', '2027-03-25', '2025-10-20']), 40), name: 'Borough Council' };
  const from = day(random.oneOf(['2025-10-25', '2025-12-10', '2026-02-20', '2026-12-20']), 60);
  return { act: 'close', from, to: day(from, random.oneOf([0, 3, 10])), reason: random.next() < 0.95 ? 'Works' : ' ' };
}

async function record(orm: MikroORM, person: SignedInPerson, change: CalendarChange): Promise<unknown> {
  const { councilId, id: personId } = person;
  const key = requestKey(councilId, personId, randomUUID(), change);
  const asked = { councilId, personId, change, ...key, at: new Date().toISOString() };
  return orm.em.fork().transactional((em) => recordCalendarChange(em, asked));
}
