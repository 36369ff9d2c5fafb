/** What goes wrong in a random year: meetings that move or are called off, people away, mailboxes gone, a worker or the mail server down. */
import { randomUUID } from 'node:crypto';
import { wakeMorningRound } from '../../../activities/pending-signals.js';
import { instantOf } from '../../../libs/calendar/council-clock.js';
import type { Calendar } from '../../../libs/calendar/working-days.js';
import { councilAtWork, meetingsOf } from '../../../libs/database/council-at-work.js';
import type { Meeting } from '../../../libs/database/entities/council.js';
import { Absence, Person } from '../../../libs/database/entities/people.js';
import { isToCome } from '../../../libs/domain/meeting.js';
import type { Act } from './acts.js';
import { changeMeeting, clerkOf, type MeetingChangeAsked } from './cast.js';
import type { Random } from './random.js';
import type { RunningYear } from './running-year.js';

/** The council that mishaps befall, and the working days of the year on which they may. */
export interface Season {
  running: RunningYear;
  councilId: string;
  days: readonly string[];
  calendar: Calendar;
}

/** What of a mishap is still to come, asked again and again: its days may move with the council's own. */
export type Mishap = () => Promise<Act[]>;

const KINDS: readonly ((season: Season, random: Random) => Mishap)[] = [
  meetingMoves,
  meetingIsCancelled,
  committeeFails,
  somebodyIsAway,
  mailboxIsGone,
  nothingRuns,
  mailServerIsAway,
];
const MOST = 6;

/** A year's mishaps, none to six, each drawn with all its days: the same random numbers give the same year. */
export function drawMishaps(season: Season, random: Random): Mishap[] {
  return Array.from({ length: random.between(0, MOST) }, () => random.oneOf(KINDS)(season, random));
}

/** A mishap whose days are known; each act of it happens once. */
export function onDays(...acts: readonly Act[]): Mishap {
  const left = acts.map((one): Act => ({
    ...one,
    perform: async () => {
      left.splice(
        left.findIndex(({ order }) => order === one.order),
        1,
      );
      await one.perform();
    },
  }));
  return () => Promise.resolve(left);
}

function act(day: string, hour: string, order: string, perform: () => Promise<void>): Act {
  return { at: new Date(instantOf(day, hour)), order, perform };
}

/** A coming meeting of any body is put on another day. */
function meetingMoves(season: Season, random: Random): Mishap {
  const [day, pick, by] = [random.oneOf(season.days), random.next(), random.between(1, 15)];
  return onDays(
    act(day, '11:15', 'a meeting moves', async () => {
      const meeting = await comingMeeting(season, day, pick);
      const to = meeting && (await freeDay(season, meeting, meeting.date, by));
      if (meeting && to) await change(season, meeting, { kind: 'moved', to });
    }),
  );
}

/** A coming meeting is cancelled, and an extraordinary one considers its business. */
function meetingIsCancelled(season: Season, random: Random): Mishap {
  const [day, pick, by] = [random.oneOf(season.days), random.next(), random.between(1, 15)];
  return onDays(
    act(day, '11:30', 'a meeting is cancelled', async () => {
      const meeting = await comingMeeting(season, day, pick);
      const date = meeting && (await freeDay(season, meeting, meeting.date, by));
      if (meeting && date) await change(season, meeting, { kind: 'cancelled', business: { date } });
    }),
  );
}

/** The committee meets and is adjourned, or has too few members, an hour before anybody could record a decision; once. */
function committeeFails(season: Season, random: Random): Mishap {
  const [kind, by] = [random.oneOf(['adjourned', 'inquorate'] as const), random.between(3, 20)];
  let hasFailed = false;
  return async () => {
    const em = season.running.orm.em.fork();
    const { committee } = (await councilAtWork(em, season.councilId, () => 0)).settings.timetable.bodies;
    const meetings = await meetingsOf(em, season.councilId);
    const meeting = meetings.find(({ body, considers, state }) => body === committee && considers.length > 0 && isToCome(state));
    if (hasFailed || !meeting) return [];
    const fail = async (): Promise<void> => {
      hasFailed = true;
      await change(season, meeting, { kind, business: { date: await freeDay(season, meeting, meeting.date, by) } });
    };
    return [act(meeting.date, '18:00', 'the committee decides nothing', fail)];
  };
}

/** Somebody is away for up to two months; somebody stands in, or nobody does. */
function somebodyIsAway(season: Season, random: Random): Mishap {
  const { running, councilId, calendar } = season;
  const [firstDay, length, who, standIn, isCovered] = [
    random.oneOf(season.days),
    random.between(2, 40),
    random.next(),
    random.next(),
    random.next() < 0.8,
  ];
  return onDays(
    act(firstDay, '07:15', 'somebody is away', async () => {
      const em = running.orm.em.fork();
      const people = await em.find(Person, { councilId }, { orderBy: { name: 'asc' } });
      const person = chosen(people, who);
      const others = people.filter(({ id }) => id !== person.id);
      const lastDay = calendar.addWorkingDays(firstDay, length);
      em.persist(
        em.create(Absence, {
          ...{ id: randomUUID(), councilId, personId: person.id, firstDay, lastDay, handovers: [] },
          ...{
            standInId: isCovered ? chosen(others, standIn).id : null,
            reason: null,
            recordedBy: person.id,
            recordedAt: new Date(instantOf(firstDay, '07:15')),
          },
        }),
      );
      await em.flush();
      await wakeMorningRound(em, councilId);
    }),
  );
}

/** Somebody's mailbox refuses every e-mail for some weeks. */
function mailboxIsGone({ running, councilId, days, calendar }: Season, random: Random): Mishap {
  const [from, length, who] = [random.oneOf(days), random.between(5, 40), random.next()];
  let address = '';
  return onDays(
    act(from, '07:30', 'a mailbox is gone', async () => {
      address = chosen(await running.orm.em.fork().find(Person, { councilId }, { orderBy: { name: 'asc' } }), who).email;
      running.mail.refuses.add(address);
    }),
    act(calendar.addWorkingDays(from, length), '07:30', 'a mailbox is back', () => {
      running.mail.refuses.delete(address);
      return Promise.resolve();
    }),
  );
}

/** Nothing runs for three days; what falls due is done afterwards. */
function nothingRuns({ running, days }: Season, random: Random): Mishap {
  return onDays(
    act(random.oneOf(days), '05:00', 'nothing runs for three days', async () => {
      await running.outage(THREE_DAYS_MS);
    }),
  );
}

const THREE_DAYS_MS = 3 * 86_400_000;

/** The mail server cannot be reached for two working days. */
function mailServerIsAway({ running, days, calendar }: Season, random: Random): Mishap {
  const from = random.oneOf(days);
  const set = (isAway: boolean) => () => {
    running.mail.isAway = isAway;
    return Promise.resolve();
  };
  return onDays(
    act(from, '06:30', 'the mail server is away', set(true)),
    act(calendar.addWorkingDays(from, 2), '06:30', 'the mail server is back', set(false)),
  );
}

function chosen<Item>(items: readonly Item[], pick: number): Item {
  return items[Math.floor(pick * items.length)] as Item;
}

async function comingMeeting({ running, councilId }: Season, day: string, pick: number): Promise<Meeting | undefined> {
  const coming = (await meetingsOf(running.orm.em.fork(), councilId)).filter(({ date, state }) => isToCome(state) && date > day);
  return chosen(coming, pick);
}

/** So many working days after another, or the next on which the body does not meet already. */
async function freeDay({ running, councilId, calendar }: Season, { body }: Meeting, after: string, by: number): Promise<string> {
  const taken = new Set((await meetingsOf(running.orm.em.fork(), councilId)).filter((one) => one.body === body).map(({ date }) => date));
  let day = calendar.addWorkingDays(after, by);
  while (taken.has(day)) day = calendar.addWorkingDays(day, 1);
  return day;
}

async function change(
  { running, councilId }: Season,
  { id: meetingId, body }: Meeting,
  how: Pick<MeetingChangeAsked, 'kind' | 'to' | 'business'>,
): Promise<void> {
  const personId = await clerkOf(running, councilId, body);
  if (personId) await changeMeeting(running, councilId, { ...how, meetingId, personId });
}
