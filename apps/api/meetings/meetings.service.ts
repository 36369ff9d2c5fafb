/** The council's calendar of meetings as it stands: each with the days that follow from it, its state, and what became of it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { disagreementOf, type Disagreement } from '../../../libs/calendar/compare-calendar.js';
import { paperDates } from '../../../libs/calendar/timetable.js';
import type { Consideration } from '../../../libs/calendar/timetable-settings.js';
import { presentClashes, type PresentClash } from '../../../libs/database/calendar-clashes.js';
import { meetingsOf, type CouncilAtWork } from '../../../libs/database/council-at-work.js';
import { MeetingMove, type Meeting } from '../../../libs/database/entities/council.js';
import { Person } from '../../../libs/database/entities/people.js';
import { meetingRules } from '../../../libs/database/meeting-change.js';
import { bothNames } from '../../../libs/database/standing-in-today.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { quarterInWords } from '../../../libs/domain/financial-year.js';
import { isStanding, isToCome } from '../../../libs/domain/meeting.js';
import { Councils } from '../councils.js';

/** A change of a meeting, and who made it: "Priya Nair for Tom Ashworth" where they stood in. */
export type ToldMove = MeetingMove & { by: string };

/** A meeting of the calendar with what follows from it. */
export interface ListedInCalendar {
  meeting: Meeting;
  bodyName: string;
  isPast: boolean;
  /** null for officers' meetings, which publish no papers. */
  finalReportDue: string | null;
  /** The day on which its agenda is due to be published. */
  agendaPublished: string | null;
  /** Whether the agenda is, or was, published after that day. */
  agendaIsLate: boolean;
  considers: string[];
  /** What was changed about it, the latest first. */
  moves: ToldMove[];
  /** The latest change that gave it another meeting's business. */
  insteadOf: ToldMove | null;
  /** How the council's own calendar speaks against it. */
  disagreement: Disagreement | null;
}

@Injectable()
export class Meetings {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The council's meetings in the order of their days. */
  async all(councilId: string): Promise<ListedInCalendar[]> {
    const council = await this.councils.byId(councilId);
    const em = this.em.fork();
    const moves = await toldMoves(em, councilId);
    return (await meetingsOf(em, councilId)).map((meeting) => listed(council, meeting, moves));
  }

  /** What clashes in the calendar now, in the years whose plans or quarters are under way. */
  async clashes(councilId: string): Promise<PresentClash[]> {
    const { council, today } = await this.councils.now(councilId);
    return presentClashes(this.em.fork(), council, today);
  }

  /** @throws DomainError 'not-found' */
  async one(councilId: string, id: string): Promise<ListedInCalendar> {
    const found = (await this.all(councilId)).find(({ meeting }) => meeting.id === id);
    if (!found) throw new DomainError('not-found', 'There is no such meeting.');
    return found;
  }
}

/** Every change of the council's meetings, the latest first; the record keeps both names (decision 21), and so do pages. */
async function toldMoves(em: EntityManager, councilId: string): Promise<ToldMove[]> {
  const moves = await em.find(MeetingMove, { councilId }, { orderBy: { number: 'desc' } });
  const ids = new Set(moves.flatMap(({ movedBy, onBehalfOf }) => [movedBy, ...(onBehalfOf ? [onBehalfOf] : [])]));
  const names = new Map((await em.find(Person, { id: { $in: [...ids] } })).map(({ id, name }) => [id, name]));
  return moves.map((move) => Object.assign(move, { by: bothNames(names.get(move.movedBy) ?? '', names.get(move.onBehalfOf ?? '')) }));
}

/** What of a plan's year a meeting has on its agenda, in words. */
export function considerationInWords(item: Consideration): string {
  return item.what === 'plans' ? `Business plans ${item.year}` : `Report on ${quarterInWords(item.year, item.quarter)}`;
}

function listed(council: CouncilAtWork, meeting: Meeting, moves: readonly ToldMove[]): ListedInCalendar {
  const today = council.clock.today();
  const papers = publishesPapers(council, meeting) ? papersOf(council, meeting.date) : NO_PAPERS;
  const isPast = meeting.date < today;
  return {
    meeting,
    bodyName: council.settings.bodies.find(({ id }) => id === meeting.body)?.name ?? meeting.body,
    isPast,
    ...papers,
    agendaIsLate: isAgendaLate(meeting, papers.agendaPublished, isPast, today),
    considers: meeting.considers.map(considerationInWords),
    moves: moves.filter(({ meetingId }) => meetingId === meeting.id),
    insteadOf: moves.find(({ toMeetingId }) => toMeetingId === meeting.id) ?? null,
    disagreement: disagreementOf(meeting),
  };
}

/** Officers meet in private; every other body publishes an agenda, for a meeting that takes place. */
function publishesPapers({ settings }: CouncilAtWork, { body, state }: Meeting): boolean {
  return body !== settings.timetable.bodies.review && isStanding(state);
}

const NO_PAPERS = { finalReportDue: null, agendaPublished: null };

function papersOf(council: CouncilAtWork, date: string): { finalReportDue: string; agendaPublished: string } {
  const { finalReportDue, agendaPublished } = paperDates(date, meetingRules(council));
  return { finalReportDue, agendaPublished };
}

function isAgendaLate({ state, agendaPublishedOn }: Meeting, due: string | null, isPast: boolean, today: string): boolean {
  if (due === null) return false;
  if (agendaPublishedOn) return agendaPublishedOn > due;
  return isToCome(state) && !isPast && due < today;
}
