/** Councils with random calendars, and what every timetable of theirs is: for tests that a preview shows what then is. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Temporal } from 'temporal-polyfill';
import { openCycle } from '../../activities/open-cycle.js';
import { openQuarter } from '../../activities/open-quarter.js';
import type { SignedInPerson } from '../../apps/api/access/policies.js';
import { Councils } from '../../apps/api/councils.js';
import type { Random } from '../../apps/cli/rehearsal/random.js';
import { CYCLE_DATE_TITLES, QUARTER_DATE_TITLES } from '../../libs/calendar/move-meeting.js';
import { cycleTimetable, quarterTimetable } from '../../libs/calendar/timetable.js';
import type { Consideration } from '../../libs/calendar/timetable-settings.js';
import { meetingsOf } from '../../libs/database/council-at-work.js';
import { Council, Meeting } from '../../libs/database/entities/council.js';
import { Quarter } from '../../libs/database/entities/monitoring.js';
import { Person, RoleGrant } from '../../libs/database/entities/people.js';
import { Task } from '../../libs/database/entities/tasks.js';
import { Cycle } from '../../libs/database/entities/plans.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { financialYearId, quarterInWords, QUARTERS } from '../../libs/domain/financial-year.js';
import { missionRoute } from '../../libs/domain/route.js';

const plans = { what: 'plans', year: '2026/27' } as const;
const q2 = { what: 'quarter', year: '2025/26', quarter: 2 } as const;
const q3 = { what: 'quarter', year: '2025/26', quarter: 3 } as const;
/** Business that is not open on 3 November 2025 in the councils below, in the order of the preview. */
const NOT_OPEN: Consideration[] = [
  ...['2026/27', '2027/28'].map((year) => ({ what: 'plans' as const, year })),
  ...([3, 4] as const).map((quarter) => ({ what: 'quarter' as const, year: '2025/26', quarter })),
  ...QUARTERS.map((quarter) => ({ what: 'quarter' as const, year: '2026/27', quarter })),
];
const BODIES = ['gmt', 'overview-and-scrutiny', 'cabinet', 'council'];

export async function outcome<Result>(work: () => Promise<Result>): Promise<Result | DomainError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** A council with every meeting that its cycle and quarter follow from, some more, and a clerk for all of them. */
export async function randomCouncil(em: EntityManager, id: string, random: Random): Promise<SignedInPerson> {
  const like = await em.findOneOrFail(Council, 'broxtowe');
  const council = em.create(Council, { id, name: id, clockOffsetMs: like.clockOffsetMs, settings: like.settings });
  const taken = new Set<string>();
  const add = (body: string, considers: Meeting['considers'], from = '2025-09-15', days = 190): void => {
    const date = Temporal.PlainDate.from(from)
      .add({ days: random.between(0, days) })
      .toString();
    if (taken.has(`${body} ${date}`)) return add(body, considers, from, days);
    taken.add(`${body} ${date}`);
    em.create(Meeting, {
      id: randomUUID(),
      councilId: id,
      body,
      date,
      considers,
      state: random.oneOf(['planned', 'planned', 'agenda-published']),
    });
  };
  for (const body of BODIES) add(body, [plans]);
  for (const body of ['gmt', 'cabinet']) add(body, [q2]);
  for (let more = random.between(0, 6); more > 0; more--) add(random.oneOf(BODIES), random.oneOf([[], [], [plans]]));
  // The report on quarter 3 is on agendas already; the next year's plans and quarter 4 come to theirs by the rule.
  for (const body of ['gmt', 'cabinet']) add(body, [q3], '2025-12-20', 80);
  for (const body of ['gmt', 'gmt', 'cabinet', 'cabinet']) add(body, [], '2026-04-25', 100);
  for (const [body, from] of [
    ['gmt', '2026-11-01'],
    ['overview-and-scrutiny', '2027-01-05'],
    ['cabinet', '2027-01-25'],
  ] as const)
    if (random.next() < 0.9) add(body, [], from, 60);
  const person = em.create(Person, { id: randomUUID(), councilId: id, name: 'Clerk', email: `clerk@${id}.example`, jobTitle: 'Clerk' });
  em.create(RoleGrant, { id: randomUUID(), councilId: id, personId: person.id, role: 'committee-clerk' });
  await em.flush();
  const { calendar } = await new Councils(em).byId(id);
  const source = { meetings: await meetingsOf(em, id), settings: council.settings.timetable, calendar };
  const openedAt = new Date('2025-09-01T08:00:00Z');
  const dates = cycleTimetable({ year: '2026/27', ...source });
  // Of some councils the cycle has not been opened, for want of a meeting perhaps.
  if (random.next() < 0.8)
    em.create(Cycle, { id: randomUUID(), councilId: id, year: '2026-27', route: missionRoute, dates, status: 'open', openedAt });
  const ofQuarter = quarterTimetable({ year: '2025/26', quarter: 2, ...source });
  // Every other one waits for Cabinet already.
  const status = /[02468]$/.test(id) ? 'with-cabinet' : 'collecting';
  const quarterId = randomUUID();
  em.create(Quarter, { id: quarterId, councilId: id, year: '2025-26', quarter: 2, dates: ofQuarter, status, openedAt });
  const task = { id: randomUUID(), councilId: id, kind: 'quarter-cabinet', at: 'with-cabinet', role: 'committee-clerk' } as const;
  if (status === 'with-cabinet') em.create(Task, { ...task, quarterId, dueOn: ofQuarter.cabinetMeeting, openedAt });
  await em.flush();
  const roles = [{ role: 'committee-clerk' as const, scope: null }];
  return { id: person.id, councilId: id, name: person.name, email: person.email, roles, posts: [] };
}

export type Dates = [string, string | null][];

/** Every date that hangs on meetings, as the preview calls them and in its order. */
export async function stateOf(em: EntityManager, councilId: string): Promise<Dates> {
  const cycle = await em.findOne(Cycle, { councilId });
  const period = await em.findOneOrFail(Quarter, { councilId });
  return [
    ...Object.entries(CYCLE_DATE_TITLES).map(([name, title]): [string, string | null] => [
      title,
      cycle?.dates[name as keyof typeof cycle.dates] ?? null,
    ]),
    ...Object.entries(QUARTER_DATE_TITLES).map(([name, title]): [string, string | null] => [
      title,
      String(period.dates[name as keyof typeof period.dates]),
    ]),
  ];
}

export function changedDates(before: Dates, after: Dates): [string, string | null, string | null][] {
  return before.flatMap(([title, was], index) => {
    const is = after[index]![1];
    return was === is ? [] : [[title, was, is] as [string, string | null, string | null]];
  });
}

export type Opening = { of: string; dates: Map<string, string | null> };

/** The dates with which everything that is not open yet would open now: really opened, and undone. */
export async function openings(orm: MikroORM, councilId: string): Promise<Opening[]> {
  const found: Opening[] = [];
  for (const item of NOT_OPEN) {
    const undone = orm.em.fork().transactional(async (em) => {
      const opening = await openNow(em, councilId, item);
      if (opening) found.push(opening);
      throw new Error('Undone');
    });
    await undone.catch((error: unknown) => expect(error).toMatchObject({ message: 'Undone' }));
  }
  return found;
}

/** null for what is open already. */
async function openNow(em: EntityManager, councilId: string, item: Consideration): Promise<Opening | null> {
  const [year, at] = [financialYearId(item.year), new Date().toISOString()];
  if (item.what === 'plans') {
    if (await em.findOne(Cycle, { councilId, year })) return null;
    await openCycle(em, { councilId, year, at });
    const dates = (await em.findOne(Cycle, { councilId, year }))?.dates;
    return { of: `Business plans ${item.year}`, dates: byTitle(CYCLE_DATE_TITLES, dates) };
  }
  await openQuarter(em, { councilId, year, quarter: item.quarter, at });
  const period = await em.findOne(Quarter, { councilId, year, quarter: item.quarter });
  return { of: quarterInWords(item.year, item.quarter), dates: byTitle(QUARTER_DATE_TITLES, period?.dates) };
}

function byTitle(titles: Record<string, string>, dates: object | undefined): Opening['dates'] {
  const known = (dates ?? {}) as Record<string, string | null>;
  return new Map(Object.entries(titles).map(([name, title]) => [title, known[name] ?? null]));
}

export function changedOpenings(before: Opening[], after: Opening[]): [string, string, string | null, string | null][] {
  return before.flatMap(({ of, dates }, index) =>
    [...dates].flatMap(([title, was]) => {
      const is = after[index]!.dates.get(title) ?? null;
      return was === is ? [] : [[of, title, was, is] as [string, string, string | null, string | null]];
    }),
  );
}
