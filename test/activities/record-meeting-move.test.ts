/** Random calendars and random changes of each kind: what the preview shows is what the record then changes, and it refuses the same. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Temporal } from 'temporal-polyfill';
import { openCycle } from '../../activities/open-cycle.js';
import { openQuarter } from '../../activities/open-quarter.js';
import { recordMeetingMove } from '../../activities/record-meeting-move.js';
import type { SignedInPerson } from '../../apps/api/access/policies.js';
import { Councils } from '../../apps/api/councils.js';
import { MeetingChanges, type ChangePreview } from '../../apps/api/meetings/meeting-changes.service.js';
import { Meetings } from '../../apps/api/meetings/meetings.service.js';
import { writeDemonstration } from '../../apps/cli/demonstration/set-up.js';
import type { MeetingChange } from '../../libs/calendar/change-meeting.js';
import { CYCLE_DATE_TITLES, QUARTER_DATE_TITLES } from '../../libs/calendar/move-meeting.js';
import { cycleTimetable, quarterTimetable } from '../../libs/calendar/timetable.js';
import type { Consideration } from '../../libs/calendar/timetable-settings.js';
import { meetingsOf } from '../../libs/database/council-at-work.js';
import { Council, Meeting, MeetingMove } from '../../libs/database/entities/council.js';
import { Quarter } from '../../libs/database/entities/monitoring.js';
import { Person, RoleGrant } from '../../libs/database/entities/people.js';
import { Cycle } from '../../libs/database/entities/plans.js';
import { Task } from '../../libs/database/entities/tasks.js';
import { migrateDatabase } from '../../libs/database/migrate.js';
import { openDatabase } from '../../libs/database/orm.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { financialYearId, quarterInWords, QUARTERS } from '../../libs/domain/financial-year.js';
import { MEETING_CHANGES, type MeetingChangeKind } from '../../libs/domain/meeting.js';
import { missionRoute } from '../../libs/domain/route.js';
import { createTestDatabase } from '../support/running-servers.js';
import { randomFrom, type Random } from '../../apps/cli/rehearsal/random.js';

const CHANGES = 160;
/** Each of them is written, previewed and recorded in the database. */
const PATIENCE_MS = 400_000;
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

describe('changes of random calendars', () => {
  let orm: MikroORM;
  beforeAll(async () => {
    const url = await createTestDatabase('meeting-changes');
    await migrateDatabase(url);
    orm = await openDatabase(url);
    await orm.em.fork().transactional((em) => writeDemonstration(em, '2025-11-03'));
  });
  afterAll(() => orm.close(true));

  it(
    'come out as their preview says, each kind of them',
    async () => {
      const random = randomFrom(20_260_120);
      const made: Record<MeetingChangeKind, number> = { moved: 0, adjourned: 0, cancelled: 0, inquorate: 0 };
      const refused: string[] = [];
      const notOpen: string[] = [];
      for (let number = 0; number < CHANGES; number++) {
        const person = await randomCouncil(orm.em.fork(), `random-${number}`, random);
        const change = await randomChange(orm.em.fork(), person.councilId, random);
        const preview = await outcome(() => changesOf(orm).preview(person, change));
        const before = await stateOf(orm.em.fork(), person.councilId);
        const comingBefore = await openings(orm, person.councilId);
        const recorded = await outcome(() => record(orm, person, change));
        const after = await stateOf(orm.em.fork(), person.councilId);
        if (preview instanceof DomainError) {
          expect([number, recorded, after]).toEqual([number, preview, before]);
          refused.push(preview.message);
          continue;
        }
        expect([number, recorded]).toEqual([number, expect.objectContaining({ number: 1 })]);
        expect([number, changedDates(before, after)]).toEqual([
          number,
          preview.changes.filter(({ isOpen }) => isOpen).map(({ title, before: was, after: is }) => [title, was, is]),
        ]);
        const coming = preview.changes.filter(({ isOpen }) => !isOpen);
        const willOpen = changedOpenings(comingBefore, await openings(orm, person.councilId));
        expect([number, willOpen]).toEqual([number, coming.map(({ of, title, before: was, after: is }) => [of, title, was, is])]);
        notOpen.push(...new Set(coming.map(({ of, before: was, after: is }) => `${of}: ${was ? 'had' : 'no'}, ${is ? 'has' : 'none'}`)));
        await expectMeetings(orm.em.fork(), person.councilId, change, preview);
        made[change.kind] += 1;
      }
      expect(Object.values(made).reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(60);
      for (const kind of MEETING_CHANGES) expect([kind, made[kind] >= 10]).toEqual([kind, true]);
      // What is not open yet was drawn often, by the agenda and by the rule, and lost its dates or got them.
      for (const seen of [
        /plans 2027\/28: had, has/,
        /plans 2027\/28: had, none/,
        /Quarter 3 of 2025.*: had, has/,
        /Quarter 4 of 2025.*: had, has/,
      ])
        expect([seen, notOpen.filter((one) => seen.test(one)).length > 2]).toEqual([seen, true]);
      expect(new Set(refused.map((words) => words.replace(/[^.]*\d{4}/, ''))).size).toBeGreaterThan(2);
    },
    PATIENCE_MS,
  );
});

function changesOf({ em }: MikroORM): MeetingChanges {
  const councils = new Councils(em.fork());
  // A preview writes nothing and asks no workflow.
  return new MeetingChanges(em.fork(), councils, new Meetings(em.fork(), councils), undefined as never, undefined as never);
}

async function outcome<Result>(work: () => Promise<Result>): Promise<Result | DomainError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** A council with every meeting that its cycle and quarter follow from, some more, and a clerk for all of them. */
async function randomCouncil(em: EntityManager, id: string, random: Random): Promise<SignedInPerson> {
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

async function randomChange(em: EntityManager, councilId: string, random: Random): Promise<MeetingChange> {
  const meetings = await meetingsOf(em, councilId);
  const kind = random.oneOf(MEETING_CHANGES);
  // That a meeting was adjourned or inquorate is found out on its day: mostly such ones are chosen.
  const fit = meetings.filter(({ date }) => (kind === 'adjourned' || kind === 'inquorate') === date <= '2025-11-03');
  const { id: meetingId, body, date } = random.oneOf(fit.length > 0 && random.next() < 0.9 ? fit : meetings);
  const day = Temporal.PlainDate.from(date > '2026-04-01' ? date : '2025-11-01')
    .add({ days: random.between(0, 150) - (date > '2026-04-01' ? 40 : 0) })
    .toString();
  if (kind === 'moved') return { meetingId, kind, to: day };
  const others = meetings.filter((one) => one.body === body && one.date > date);
  const choice = random.oneOf(others.length > 0 ? ['date', 'meeting', 'meeting', 'none'] : ['date', 'date', 'none']);
  if (choice === 'none') return { meetingId, kind };
  return { meetingId, kind, business: choice === 'date' ? { date: day } : { meetingId: random.oneOf(others).id } };
}

async function record(orm: MikroORM, person: SignedInPerson, change: MeetingChange): Promise<unknown> {
  const key = requestKey(person.councilId, person.id, randomUUID(), change);
  const { meetingId, kind, to, business } = change;
  const asked = {
    councilId: person.councilId,
    personId: person.id,
    meetingId,
    kind,
    ...(to ? { to } : {}),
    ...(business ? { business } : {}),
  };
  return orm.em.fork().transactional((em) => recordMeetingMove(em, { ...asked, ...key, at: new Date().toISOString() }));
}

type Dates = [string, string | null][];

/** Every date that hangs on meetings, as the preview calls them and in its order. */
async function stateOf(em: EntityManager, councilId: string): Promise<Dates> {
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

function changedDates(before: Dates, after: Dates): [string, string | null, string | null][] {
  return before.flatMap(([title, was], index) => {
    const is = after[index]![1];
    return was === is ? [] : [[title, was, is] as [string, string | null, string | null]];
  });
}

type Opening = { of: string; dates: Map<string, string | null> };

/** The dates with which everything that is not open yet would open now: really opened, and undone. */
async function openings(orm: MikroORM, councilId: string): Promise<Opening[]> {
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

function changedOpenings(before: Opening[], after: Opening[]): [string, string, string | null, string | null][] {
  return before.flatMap(({ of, dates }, index) =>
    [...dates].flatMap(([title, was]) => {
      const is = after[index]!.dates.get(title) ?? null;
      return was === is ? [] : [[of, title, was, is] as [string, string, string | null, string | null]];
    }),
  );
}

/** The meetings, and what is on record, are those that the preview named. */
async function expectMeetings(
  em: EntityManager,
  councilId: string,
  { meetingId, kind }: MeetingChange,
  preview: ChangePreview,
): Promise<void> {
  const meetings = await meetingsOf(em, councilId);
  const { toMeeting, isNew, meeting: before } = preview;
  const one = meetings.find(({ id }) => id === meetingId);
  const move = await em.findOneOrFail(MeetingMove, { councilId });
  if (kind === 'moved') expect(one).toMatchObject({ date: toMeeting!.date, state: 'planned', considers: before.considers });
  else expect(one).toMatchObject({ date: before.date, state: kind, considers: [] });
  if (toMeeting) {
    const target = meetings.find(({ id }) => (isNew ? id === move.toMeetingId : id === toMeeting.id));
    const { date, considers, state, extraordinary } = toMeeting;
    expect(target).toMatchObject({ date, considers, state, extraordinary });
  }
  const [task] = await em.find(Task, { councilId, kind: 'quarter-cabinet' });
  if (task) expect(task.dueOn).toBe((await em.findOneOrFail(Quarter, { councilId })).dates.cabinetMeeting);
  expect(move).toMatchObject({ kind, fromDate: before.date, toDate: toMeeting?.date ?? null, business: before.considers });
}
