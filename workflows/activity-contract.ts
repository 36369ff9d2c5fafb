/** What the workflows ask of the outside world. The activities fulfil this contract; payloads are ids and small facts. */
import type { CalendarChange } from '../libs/domain/calendar-change.js';
import type { GuardAnswerKind } from '../libs/domain/guard-answer.js';
import type { BusinessGoesTo, MeetingChangeKind } from '../libs/domain/meeting.js';
import type { PlanState, Route, StepName } from '../libs/domain/route.js';

/** All instants are in the server's time, ISO 8601 with Z, so that a timer can simply wait for them. */
export type Instant = string;

/** A decision, submission or other step as a person sent it. */
export interface StepRequest {
  step: StepName;
  personId: string;
  /** SHA-256 of council, person and Idempotency-Key: the same key counts once. */
  key: string;
  /** SHA-256 of what was asked under that key. */
  bodyHash: string;
  /** The extract's hash of the version that the person saw. */
  versionHash?: string;
  /** The revision of the draft that the person saw. */
  draftRevision?: number;
  reason?: string;
  minute?: string;
}

/** A step of a plan as it is to be recorded: asked for by a person, or taken by the product itself. */
export interface Transition {
  councilId: string;
  planId: string;
  request: Omit<StepRequest, 'personId'> & { personId: string | null };
  from: PlanState;
  to: PlanState;
  at: Instant;
}

/** When the plan's workflow has to act next. */
export interface PlanWaits {
  /** The next reminder of what the plan waits for; null when nothing is asked of anyone. */
  remindAt: Instant | null;
  askForFullPlanAt: Instant;
  publishAt: Instant;
}

/** What was recorded; the same for every repetition of the same request. */
export interface StepAnswer {
  state: PlanState;
  /** The number of the step in the plan's history. */
  number: number;
  /** The version that the step made or was about. */
  versionNumber: number | null;
}

export interface RecordedTransition {
  /** Null if the plan does not stand where the step begins: then nothing was recorded, and the database's word counts. */
  answer: StepAnswer | null;
  /** Where the plan stands now. */
  state: PlanState;
  waits: PlanWaits;
}

export interface OpenedCycle {
  route: Route;
  /** The plans that are not over yet, with where they stand: a cycle that is started again finds its plans on their way. */
  plans: { planId: string; slug: string; state: PlanState }[];
  /** The first moment at which a plan that is not yet published raises an alarm. */
  guardAt: Instant;
}

/** When a quarter's workflow has to act next. */
export interface QuarterWaits {
  remindAt: Instant | null;
  prepareForGmtAt: Instant;
  prepareForCabinetAt: Instant;
}

/** What people ask of a quarter: a report now, or that Cabinet's noting is recorded. */
export interface QuarterRequest {
  step: 'prepare' | 'note';
  personId: string;
  key: string;
  bodyHash: string;
  minute?: string;
}

export interface QuarterRef {
  councilId: string;
  /** "2025-26" */
  year: string;
  quarter: number;
}

export interface PlanRef {
  councilId: string;
  planId: string;
}

export interface CycleRef {
  councilId: string;
  /** "2026-27" */
  year: string;
}

/** A meeting that somebody puts on another day, or that was called off. */
export interface MeetingMoveRequest {
  councilId: string;
  meetingId: string;
  /** 'moved' where nothing is said: the requests of 0.2.0 know no other. */
  kind?: MeetingChangeKind;
  /** Where a meeting moves to, 'YYYY-MM-DD'. */
  to?: string;
  /** Where the business of a meeting goes that was called off; absent where it had none. */
  business?: BusinessGoesTo;
  reason?: string;
  /** Names what was shown before, where something was: nothing else is recorded. */
  previewHash?: string;
  personId: string;
  key: string;
  bodyHash: string;
}

/** A change of a meeting that is on record, and whose timers follow from it. */
export interface RecordedMove {
  /** Counts the changes of the council's meetings, closures and polling days from 1. */
  number: number;
  plans: { year: string; slug: string }[];
  quarters: { year: string; quarter: number }[];
}

/** A change of the council's closures or polling days. */
export interface CalendarChangeRequest {
  councilId: string;
  change: CalendarChange;
  /** Of the preview that was seen: nothing is recorded where anything else would follow now. */
  previewHash?: string;
  personId: string;
  key: string;
  bodyHash: string;
}

/** A change of the calendar that is on record, with everything that runs and counts working days. */
export interface RecordedCalendarChange extends RecordedMove {
  /** Years of open cycles, "2026-27". */
  cycles: string[];
}

/** What somebody answers to the alarm about one plan or several of a year. */
export interface GuardAnswerRequest {
  councilId: string;
  /** "2026-27" */
  year: string;
  /** The plans' parts of their addresses. */
  plans: string[];
  kind: GuardAnswerKind;
  /** For another meeting. */
  meetingId?: string;
  /** 'YYYY-MM-DD': by when urgency settles it, or the later day of publication. */
  until?: string;
  reason?: string;
  personId: string;
  key: string;
  bodyHash: string;
}

/** An answer that is on record, and whose timers follow from it. */
export interface RecordedGuardAnswer {
  /** The day up to which it holds. */
  until: string;
  plans: { year: string; slug: string }[];
}

/** The report that was prepared. */
export interface PreparedReport {
  number: number;
}

export interface Activities {
  /**
   * Writes the cycle's rows, rolls last year's plans forward and gives back what is to be started; null if a meeting is missing
   * from the calendar, which a named person is told.
   */
  openCycle(cycle: CycleRef & { at: Instant }): Promise<OpenedCycle | null>;
  /** Arranges the openings of the year's quarters. */
  scheduleQuarters(cycle: CycleRef): Promise<void>;
  /** Arranges that the next year's cycle opens on its day. */
  scheduleNextCycle(cycle: CycleRef): Promise<void>;
  /** Raises the alarms of 1 April that are due, and says when to look again; null when every plan is published or given up. */
  keepGuard(cycle: CycleRef & { at: Instant }): Promise<Instant | null>;
  closeCycle(cycle: CycleRef & { at: Instant }): Promise<void>;

  recordTransition(transition: Transition): Promise<RecordedTransition>;
  /** Sends the reminders that are due for the plan's open tasks and says when the next is. */
  remindOfPlan(plan: PlanRef & { at: Instant }): Promise<Instant | null>;
  /** Tells a named person that the publication date has come and what the plan still lacks. */
  tellNotReady(plan: PlanRef & { at: Instant }): Promise<void>;
  /** The plan's waits by the timetable as it is now, after a meeting moved. */
  planWaits(plan: PlanRef & { at: Instant }): Promise<PlanWaits>;

  /** Moves a meeting or calls it off, with every date that follows from it, and tells each person whose dates changed, once. */
  recordMeetingMove(move: MeetingMoveRequest & { at: Instant }): Promise<RecordedMove>;

  /** Changes closures or polling days, with every date that follows, and tells each person whose dates changed, once. */
  recordCalendarChange(change: CalendarChangeRequest & { at: Instant }): Promise<RecordedCalendarChange>;
  /** Puts what is arranged to open on its day on the day that the calendar gives it now. */
  rearrangeOpenings(council: { councilId: string }): Promise<void>;

  /** Records an answer to the alarm of 1 April with the meeting or day of publication that follows from it. */
  recordGuardAnswer(answer: GuardAnswerRequest & { at: Instant }): Promise<RecordedGuardAnswer>;

  /** The latest quarter of the year whose opening day has come; null before the first, or once it is closed. */
  quarterToOpen(cycle: CycleRef & { at: Instant }): Promise<number | null>;
  /** Writes the quarter's rows and asks each updater once; null if a meeting is missing from the calendar, which a named person is told. */
  openQuarter(quarter: QuarterRef & { at: Instant }): Promise<QuarterWaits | null>;
  remindOfUpdates(quarter: QuarterRef & { at: Instant }): Promise<Instant | null>;
  /** Prepares the report on its date; never held up by missing data. */
  prepareReport(quarter: QuarterRef & { preparedFor: 'gmt' | 'cabinet'; at: Instant }): Promise<PreparedReport>;
  /** Records what a person asked of the quarter: a report on demand, or Cabinet's noting, which closes it. */
  recordQuarterStep(quarter: QuarterRef & { request: QuarterRequest; at: Instant }): Promise<PreparedReport>;

  /** What each working morning brings: absences that begin and end, tasks that nobody is there for, reminders. Says when to come again. */
  morningRound(council: { councilId: string; at: Instant }): Promise<Instant>;
  /** When to come again, looked at anew because something was recorded meanwhile. */
  nextMorningRound(council: { councilId: string; at: Instant }): Promise<Instant>;

  /** Sends queued messages as they come, for as long as the worker lives. */
  deliverMessages(): Promise<void>;
}
