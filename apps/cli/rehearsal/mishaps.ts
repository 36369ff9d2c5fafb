/** What goes wrong in a random year: meetings that move or are called off, people away, mailboxes gone, a worker or the mail server down. */
import { randomUUID } from 'node:crypto';
import { instantOf } from '../../../libs/calendar/council-clock.js';
import type { Calendar } from '../../../libs/calendar/working-days.js';
import { councilAtWork, meetingsOf } from '../../../libs/database/council-at-work.js';
import { Absence, Person } from '../../../libs/database/entities/people.js';
import { isToCome, type MeetingChangeKind } from '../../../libs/domain/meeting.js';
import type { MeetingMoveRequest } from '../../../workflows/activity-contract.js';
import { meetingMoveWorkflowId } from '../../../workflows/workflow-ids.js';
import type { Act } from './acts.js';
import { freshKey } from './cast.js';
import type { Random } from './random.js';
import { TASK_QUEUE, type RunningYear } from './running-year.js';

/** Days on which mishaps fall, in order; the council that they befall. */
export interface Season {
  councilId: string;
  /** Working days of the year, from the opening of the cycle to some weeks after 1 April. */
  days: readonly string[];
  calendar: Calendar;
}

/** Draws a year's mishaps: none to seven, each with its days. */
export function drawMishaps(running: RunningYear, season: Season, random: Random): Act[] {
  const kinds = [meetingMoves, meetingFails, somebodyIsAway, mailboxIsGone, workerIsAway, mailServerIsAway];
  return Array.from({ length: random.between(0, 7) }, () => random.oneOf(kinds)(running, season, random)).flat();
}

const at = (day: string, hour: string, order: string, perform: () => Promise<void>): Act => ({ at: new Date(instantOf(day, hour)), order, perform });

/** A coming meeting of any body is put on another day, or cancelled and its business given to another. */
function meetingMoves(running: RunningYear, { councilId, days, calendar }: Season, random: Random): Act[] {
  const day = random.oneOf(days);
  const [pick, by, isCancelled] = [random.next(), random.between(1, 15), random.next() < 0.3];
  return [
    at(day, '11:15', 'a meeting moves', async () => {
      const coming = (await meetingsOf(running.orm.em.fork(), councilId)).filter(({ date, state }) => isToCome(state) && date > day);
      const meeting = coming[Math.floor(pick * coming.length)];
      if (!meeting) return;
      const to = calendar.addWorkingDays(meeting.date, by);
      const change = isCancelled
        ? { kind: 'cancelled' as const, business: { extraordinaryOn: to } }
        : { kind: 'moved' as const, to };
      await changeMeeting(running, councilId, { meetingId: meeting.id, ...change });
    }),
  ];
}

/** The committee meets and is adjourned, or has too few members; its business goes to another day. */
function meetingFails(running: RunningYear, { councilId, calendar }: Season, random: Random): Act[] {
  const kind: MeetingChangeKind = random.oneOf(['adjourned', 'inquorate'] as const);
  const by = random.between(3, 20);
  // On whatever day the committee's first meeting lies by then: looked up each morning by whoever plays the year.
  return [
    {
      at: FIRST_COMMITTEE,
      order: `the committee's meeting is ${kind}`,
      perform: async () => {
        const { settings } = await councilAtWork(running.orm.em.fork(), councilId, () => 0);
        const today = await todayOf(running, councilId);
        const meetings = await meetingsOf(running.orm.em.fork(), councilId);
        const meeting = meetings.find(({ body, date, state }) => body === settings.timetable.bodies.committee && date === today && isToCome(state));
        if (meeting) await changeMeeting(running, councilId, { meetingId: meeting.id, kind, business: { extraordinaryOn: calendar.addWorkingDays(today, by) } });
      },
    },
  ];
}
