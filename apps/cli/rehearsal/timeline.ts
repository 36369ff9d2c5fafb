/** What happened in a rehearsed year, read from its database: every task, e-mail, reminder, decision and report with its intended moment. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { councilMoment, type CouncilMoment } from '../../../activities/council-moment.js';
import { peopleWithRole } from '../../../activities/person-roles.js';
import { inWords as inWordsOfDay } from '../../../libs/calendar/dates.js';
import { taskTitle } from '../../../libs/database/task-title.js';
import { Meeting, MeetingMove } from '../../../libs/database/entities/council.js';
import { CabinetReport, Quarter } from '../../../libs/database/entities/monitoring.js';
import { Person, Post } from '../../../libs/database/entities/people.js';
import { Cycle, Plan, StepChange } from '../../../libs/database/entities/plans.js';
import { Message, Notice, Task } from '../../../libs/database/entities/tasks.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import type { RehearsedEvent } from '../../../libs/domain/rehearsal.js';
import { ruleFor, stageOf } from '../../../libs/domain/route.js';
import type { RehearsedMail } from './rehearsed-mail.js';

/** Everything of a rehearsal is meant for a quarter of an hour; what was recorded some moments later belongs to it. */
const QUARTER_OF_AN_HOUR_MS = 15 * 60_000;
const THE_PRODUCT = 'Plancycle';
const ALARMS: Record<string, string> = {
  'guard-alarm': 'Alarm of 1 April',
  'not-ready-for-publication': 'Not ready on its day of publication',
  'quarter-not-set-up': 'A quarter cannot be opened',
  'cycle-not-set-up': 'A cycle cannot be opened',
  undelivered: 'An e-mail could not be delivered',
};

/** What the events are told from, all of one council. */
interface YearOnRecord {
  em: EntityManager;
  moment: CouncilMoment;
  plans: Plan[];
  cycles: Cycle[];
  quarters: Quarter[];
  names: Map<string, string>;
}

/** Whose events of which year are told, from which moment of the council's time on. */
export interface Told {
  councilId: string;
  /** "2028-29" */
  year: string;
  begins: Date;
  /** The rehearsal's mailbox, which knows each e-mail's subject. */
  mail: RehearsedMail;
}

/** The events of a council's year in order of their moments, then of plan, step, kind and who: two runs give the same. */
export async function timelineOf(em: EntityManager, { councilId, year, begins, mail }: Told): Promise<RehearsedEvent[]> {
  const people = await em.find(Person, { councilId });
  const record: YearOnRecord = {
    em,
    moment: await councilMoment(em, councilId, new Date(0).toISOString()),
    plans: await em.find(Plan, { councilId, year, cycleId: { $ne: null } }),
    cycles: await em.find(Cycle, { councilId, year }),
    quarters: await em.find(Quarter, { councilId, year }),
    names: new Map(
      people.flatMap(({ id, email, name }) => [
        [id, name],
        [email, name],
      ]),
    ),
  };
  const events = [
    ...(await tasksOf(record)),
    ...(await emailsOf(record, mail)),
    ...(await noticesOf(record)),
    ...(await stepsOf(record)),
    ...(await reportsOf(record)),
    ...(await meetingsOf(record)),
  ];
  return events
    .filter(({ at }) => at >= begins)
    .map((event): RehearsedEvent => ({ ...event, at: intended(event.at) }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** An event with the moment at which it was recorded, in the council's time. */
type Recorded = Omit<RehearsedEvent, 'at'> & { at: Date };

function keyOf({ at, plan, step, kind, who, what }: RehearsedEvent): string {
  return [at, plan ?? '', step ?? '', kind, who, what].join('\u0000');
}

/** The quarter of an hour in which something was recorded. */
export function intended(moment: Date): string {
  return new Date(Math.floor(moment.getTime() / QUARTER_OF_AN_HOUR_MS) * QUARTER_OF_AN_HOUR_MS).toISOString().replace('.000Z', 'Z');
}

async function tasksOf({ em, moment, plans, cycles, quarters, names }: YearOnRecord): Promise<Recorded[]> {
  const ids = { plans: plans.map(({ id }) => id), quarters: quarters.map(({ id }) => id) };
  const ofYear = [{ planId: { $in: ids.plans } }, { quarterId: { $in: ids.quarters } }, { planId: null, quarterId: null }];
  const tasks = await em.find(Task, { councilId: moment.council.id, $or: ofYear });
  const posts = await em.find(Post, { councilId: moment.council.id });
  return Promise.all(
    tasks.map(async (task) => {
      const plan = plans.find(({ id }) => id === task.planId) ?? null;
      const quarter = quarters.find(({ id }) => id === task.quarterId) ?? null;
      const route = cycles.find(({ id }) => id === plan?.cycleId)?.route;
      const stage = route && plan ? stageOf(route, { ...plan, at: task.at }) : null;
      const holder = posts.find(({ id }) => id === task.postId);
      const then = await councilMoment(em, task.councilId, moment.council.clock.toServerTime(task.openedAt).toISOString());
      const asked = task.role ? (await peopleWithRole(em, then, task.role, task.scope ?? null)).map(({ name }) => name) : [];
      return {
        at: task.openedAt,
        kind: 'task' as const,
        plan: plan?.slug ?? null,
        step: plan ? task.at : task.kind,
        who: asked.sort().join(', ') || (holder ? (names.get(holder.holderId ?? '') ?? holder.title) : 'nobody'),
        what: taskTitle(task, { plan, quarter, stage: stage?.title ?? null }),
      };
    }),
  );
}

async function emailsOf({ em, moment, plans, names }: YearOnRecord, mail: RehearsedMail): Promise<Recorded[]> {
  const { clock, id } = moment.council;
  const messages = await em.find(Message, { councilId: id, status: { $in: ['sent', 'refused'] } });
  const subjects = new Map(mail.seen.map(({ messageId, subject }) => [messageId, subject]));
  return messages.map((message) => ({
    // One that had to be tried again left later than it was meant to.
    at: clock.toCouncilTime(message.attempts > 1 && message.sentAt ? message.sentAt : message.dueAt),
    kind: 'email' as const,
    plan: plans.find((plan) => plan.id === message.thread)?.slug ?? null,
    step: null,
    who: names.get(message.recipientEmail) ?? message.recipientEmail,
    what: `${subjects.get(message.id) ?? ''}${message.status === 'refused' ? ' (could not be delivered)' : ''}`,
  }));
}

async function noticesOf({ em, moment, plans, names }: YearOnRecord): Promise<Recorded[]> {
  const notices = await em.find(Notice, {
    councilId: moment.council.id,
    kind: { $in: ['reminder', 'escalation', ...Object.keys(ALARMS)] },
  });
  return notices.map(({ kind, subject, recipient, facts, createdAt }): Recorded => {
    const [, id, step] = subject.split('/');
    const plan = plans.find((one) => one.id === id);
    return {
      at: createdAt,
      kind: kind === 'reminder' || kind === 'escalation' ? kind : 'alarm',
      plan: plan?.slug ?? null,
      step: plan && step && step !== 'not-ready' ? step : null,
      who: names.get(recipient) ?? recipient,
      what: wordsOf(kind, facts),
    };
  });
}

function wordsOf(kind: string, facts: Record<string, unknown>): string {
  const text = (name: string): string => (typeof facts[name] === 'string' ? facts[name] : '');
  if (kind === 'reminder') return text('task');
  if (kind === 'escalation') return `${text('task')}: ${text('responsibleName')} has not done it`;
  const plans = Array.isArray(facts['plans']) ? (facts['plans'] as { title: string }[]).map(({ title }) => title) : [];
  return [ALARMS[kind], plans.join(', ') || text('planTitle') || text('quarter') || text('year')].filter(Boolean).join(': ');
}

async function stepsOf({ em, plans, cycles, names }: YearOnRecord): Promise<Recorded[]> {
  const changes = await em.find(StepChange, { planId: { $in: plans.map(({ id }) => id) } });
  return changes.flatMap((change): Recorded[] => {
    const plan = plans.find(({ id }) => id === change.planId);
    const route = cycles.find(({ id }) => id === plan?.cycleId)?.route;
    if (!plan || !route || (!change.personId && change.step !== 'publish')) return [];
    const state = { at: change.fromAt, round: change.round, fullPlan: change.step === 'complete' ? 'asked-for' : 'complete' } as const;
    const label = ruleFor(route, state, change.step)?.label ?? change.step;
    return [
      {
        at: change.at,
        kind: change.step === 'publish' ? 'publication' : 'decision',
        plan: plan.slug,
        step: change.step === 'complete' ? 'full-plan' : change.fromAt,
        who: names.get(change.personId ?? '') ?? THE_PRODUCT,
        what: `${label}: ${plan.title}`,
      },
    ];
  });
}

async function reportsOf({ em, quarters, names }: YearOnRecord): Promise<Recorded[]> {
  const reports = await em.find(CabinetReport, { quarterId: { $in: quarters.map(({ id }) => id) } });
  const prepared = reports.flatMap(({ quarterId, preparedFor, preparedAt, preparedBy }): Recorded[] => {
    const quarter = quarters.find(({ id }) => id === quarterId);
    if (!quarter) return [];
    const reader = { gmt: 'for GMT', cabinet: 'for Cabinet', 'on-demand': 'as it stands now' }[preparedFor];
    const what = `Report ${reader}: ${inWords(quarter)}`;
    return [{ at: preparedAt, kind: 'report', plan: null, step: preparedFor, who: names.get(preparedBy ?? '') ?? THE_PRODUCT, what }];
  });
  const tasks = await em.find(Task, { quarterId: { $in: quarters.map(({ id }) => id) }, kind: 'quarter-cabinet' });
  const noted = quarters.flatMap((quarter): Recorded[] => {
    if (!quarter.closedAt) return [];
    const by = tasks.find(({ quarterId }) => quarterId === quarter.id)?.closedBy ?? '';
    return [
      {
        at: quarter.closedAt,
        kind: 'decision',
        plan: null,
        step: 'with-cabinet',
        who: names.get(by) ?? THE_PRODUCT,
        what: `Noted by Cabinet: ${inWords(quarter)}`,
      },
    ];
  });
  return [...prepared, ...noted];
}

async function meetingsOf({ em, moment, names }: YearOnRecord): Promise<Recorded[]> {
  const { id, settings } = moment.council;
  const moves = await em.find(MeetingMove, { councilId: id });
  const meetings = new Map((await em.find(Meeting, { councilId: id })).map((meeting) => [meeting.id, meeting.body]));
  return moves.map(({ meetingId, kind, fromDate, toDate, movedBy, movedAt }) => {
    const body = settings.bodies.find((one) => one.id === meetings.get(meetingId))?.name ?? 'A meeting';
    const goesTo = toDate ? `, ${kind === 'moved' ? 'to' : 'its business goes to'} ${inWordsOfDay(toDate)}` : '';
    const what = `${body} of ${inWordsOfDay(fromDate)}: ${kind}${goesTo}`;
    return { at: movedAt, kind: 'decision' as const, plan: null, step: null, who: names.get(movedBy) ?? THE_PRODUCT, what };
  });
}

function inWords({ year, quarter }: Quarter): string {
  return quarterInWords(financialYearFromId(year), quarter as QuarterNumber);
}
