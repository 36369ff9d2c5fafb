/** What each e-mail needs to know. Days are 'YYYY-MM-DD' and become words in the e-mail; texts are shown as written, never as markup. */

/** What every e-mail says: from whom, to whom, whom to ask, and the one page that its link opens. */
export interface EveryEmail {
  councilName: string;
  /** A person's name, or the title of a team. */
  recipientName: string;
  askName: string;
  /** '' where there is none. */
  askEmail: string;
  /** The full address of the page on which the recipient acts or reads. */
  link: string;
}

interface AboutPlan {
  planTitle: string;
  /** '2026/27'. */
  year: string;
}

interface WithDueDay {
  due: string;
  /** How far off the due day is, as `countdown` says it: 'in 11 working days'. */
  countdown: string;
}

/** A row of a plan by its name and its code, if it has one. */
export interface RowFact {
  code: string | null;
  name: string;
}

/** Something that is asked, and the day that it is due on, null where there is none. */
export interface OpenTaskFact {
  title: string;
  due: string | null;
}

interface Decided {
  bodyName: string;
  meeting: string;
  /** The minute's number as the council writes it, null where there is none yet. */
  minute: string | null;
}

interface ReminderOf {
  /** What is asked, as a command: 'Submit the draft of the Community Safety Business Plan'. */
  task: string;
  /** What happens if nobody does it, to follow the word "Otherwise": 'the plan misses its meeting'. */
  otherwise: string;
}

interface QuarterReport {
  /** 'Quarter 2 of 2025/26 (July to September 2025)'. */
  quarter: string;
  meeting: string;
  red: number;
  amber: number;
  green: number;
  noRag: number;
  notDue: number;
  missing: number;
  overdueActions: number;
  /** Rows without a figure or an update, with who was asked. */
  missingRows: (RowFact & { askedOf: string })[];
}

/** The facts of each e-mail, by the name of its template. */
export interface EmailFacts {
  /** To the priority leader: the draft is open. */
  'draft-task': EveryEmail &
    AboutPlan &
    WithDueDay & {
      gmtMeeting: string;
      indicators: number;
      actions: number;
      /** Actions that rolling forward proposes to remove. */
      proposedForRemoval: RowFact[];
    };
  /** To GMT: a draft is submitted for its meeting. */
  'review-task': EveryEmail & AboutPlan & WithDueDay & { submittedBy: string; version: number; changedRows: number };
  /** To the committee's clerk: a plan goes to the committee. */
  'committee-task': EveryEmail &
    AboutPlan & { bodyName: string; finalReportDue: string; agendaPublished: string; meeting: string; version: number };
  /** To the head of service: the rest of the full plan is to be written and signed off. */
  'full-plan-task': EveryEmail & AboutPlan & WithDueDay & { parts: string[]; publication: string };
  /** To the priority leader: GMT returned the draft. */
  returned: EveryEmail & AboutPlan & WithDueDay & { returnedBy: string; reason: string; comments: (RowFact & { comment: string })[] };
  /** To the priority leader: a committee referred the plan back. */
  'referred-back': EveryEmail & AboutPlan & WithDueDay & Decided & { reason: string };
  /** To the leader and the performance team: the plan is approved, perhaps with amendments. */
  approved: EveryEmail & AboutPlan & Decided & { amendments: string[]; publication: string };
  /** To the leader and the performance team: a committee noted or considered the plan without deciding on it. */
  noted: EveryEmail & AboutPlan & Decided & { comments: string[]; nextStep: string };
  /** To everyone who worked on it: the plan is public. */
  published: EveryEmail & AboutPlan & { publishedOn: string; version: number; changeNote: string };
  /** To the author: the submission has arrived. */
  'submitted-receipt': EveryEmail & AboutPlan & { version: number; submittedOn: string; gmtMeeting: string };
  /** To whoever has the task. */
  reminder: EveryEmail & WithDueDay & ReminderOf & { when: 'before' | 'due' | 'overdue' };
  /** To the next person up. */
  escalation: EveryEmail & WithDueDay & ReminderOf & { responsibleName: string; remindersSent: number };
  /** To the performance manager: the day of publication has come and something is missing. */
  'not-ready-for-publication': EveryEmail & AboutPlan & { publication: string; lastDay: string; missing: string[] };
  /** To the performance manager, later the deputy chief executive too: plans are not yet certain for the start of the year. */
  'guard-alarm': EveryEmail & {
    year: string;
    firstDay: string;
    /** The year has begun, and plans are not published. */
    hasBegun: boolean;
    countdown: string;
    /** `course` is 'At risk' and the like; `reason` and `latestAction` are '' where there is none. */
    plans: { title: string; standsAt: string; waitsFor: string; course: string; reason: string; latestAction: string }[];
  };
  /** To the leaders, whom the alarm tells, and the clerk of a meeting that was chosen: somebody answered the alarm. */
  'guard-answered': EveryEmail & {
    year: string;
    answeredBy: string;
    /** 'Another meeting: Cabinet on Tuesday 3 February 2026'. */
    answer: string;
    /** '' where none was given. */
    reason: string;
    until: string;
    plans: string[];
  };
  /** To whoever has what is waited for: somebody asks for it. */
  chase: EveryEmail & {
    chasedBy: string;
    /** `due` and `countdown` are null where there is no day. */
    tasks: { task: string; due: string | null; countdown: string | null }[];
    otherwise: string;
  };
  /** To the performance manager: a meeting that the quarter's dates follow from is missing. */
  'quarter-not-set-up': EveryEmail & { quarter: string; missing: string };
  /** To the performance manager: a meeting that the cycle's dates follow from is missing. */
  'cycle-not-set-up': EveryEmail & { year: string; missing: string };
  /** To whoever a moved meeting gives other dates: one e-mail with all of them. */
  'dates-moved': EveryEmail & {
    /** 'Overview and Scrutiny Committee'. */
    bodyName: string;
    from: string;
    to: string;
    /** '' where none was given. */
    reason: string;
    dates: { title: string; before: string; after: string }[];
  };
  /** To whoever gets other dates because a meeting was adjourned, cancelled or inquorate: one e-mail with all of them. */
  'meeting-called-off': EveryEmail & {
    bodyName: string;
    from: string;
    /** 'was adjourned', 'does not take place'. */
    how: string;
    /** When another meeting considers its business. */
    to: string;
    /** '' where none was given. */
    reason: string;
    dates: { title: string; before: string; after: string }[];
  };
  /** To whoever gets other dates because closures of the council changed: one e-mail with all of them. */
  'calendar-changed': EveryEmail & {
    /** 'The council is closed on Friday 2 January 2026: Heating works.' */
    what: string;
    dates: { title: string; before: string; after: string }[];
  };
  /** To who stands in, on the first day of an absence; without a last day the person has left. */
  'stand-in-begins': EveryEmail & {
    personName: string;
    lastDay: string | null;
    /** The titles of the posts that are all they answer for, as a deputy does; empty where they stand in for everything. */
    posts: string[];
    tasks: OpenTaskFact[];
  };
  /** To who stands in, where the absence ends before the day that they were told. */
  'stand-in-ends': EveryEmail & { personName: string; expected: string };
  /** To the person, when their absence has ended: what is open for them again. */
  'absence-ended': EveryEmail & { firstDay: string; lastDay: string; tasks: OpenTaskFact[] };
  /** To the person, where somebody else recorded their absence; `standInName` is '' where nobody stands in. */
  'absence-recorded': EveryEmail & { recordedBy: string; firstDay: string; lastDay: string; standInName: string };
  /** To the performance team: nobody is there for a task; `names` are those of whom it is asked, '' where it is asked of nobody. */
  'nobody-there': EveryEmail & { task: string; due: string | null; names: string };
  /** To whoever holds a post or is its deputy now, or is not any more; the names are '' where there is nobody. */
  'post-changed': EveryEmail & {
    postTitle: string;
    changedBy: string;
    holderName: string;
    deputyName: string;
    isHolder: boolean;
    isDeputy: boolean;
    tasks: OpenTaskFact[];
  };
  /** To the mailbox of a post's team: nobody is there for what is asked of the post, and the performance team sees to it. */
  'team-asked': EveryEmail & { postTitle: string; task: string; due: string | null };
  /** To an updater: one e-mail with all the rows they are asked for. */
  'quarterly-update-task': EveryEmail & WithDueDay & { quarter: string; rows: RowFact[]; cabinetMeeting: string };
  /** To GMT: the quarter's report is prepared. */
  'quarter-report-for-gmt': EveryEmail & QuarterReport;
  /** To the clerk: the quarter's final report is ready for Cabinet. */
  'quarter-report-for-cabinet': EveryEmail & QuarterReport & { finalReportDue: string; agendaPublished: string };
  /** To the performance team: Cabinet has had the report and the quarter is closed. */
  'quarter-closed': EveryEmail & { quarter: string; meeting: string; minute: string | null; outcome: string; stillMissing: RowFact[] };
  /** To the performance team: an e-mail to somebody could not be delivered. */
  undelivered: EveryEmail & {
    /** Whom it was for, a name where the address is somebody's. */
    whom: string;
    address: string;
    /** The subject of the e-mail that came back. */
    about: string;
    /** What the mail server said. */
    said: string;
  };
}

export type EmailTemplate = keyof EmailFacts;

/** Every template there is; each has a file for its text and one for its subject. */
export const EMAIL_TEMPLATES = [
  'draft-task',
  'review-task',
  'committee-task',
  'full-plan-task',
  'returned',
  'referred-back',
  'approved',
  'noted',
  'published',
  'submitted-receipt',
  'reminder',
  'escalation',
  'not-ready-for-publication',
  'guard-alarm',
  'guard-answered',
  'chase',
  'quarter-not-set-up',
  'cycle-not-set-up',
  'dates-moved',
  'meeting-called-off',
  'calendar-changed',
  'stand-in-begins',
  'stand-in-ends',
  'absence-ended',
  'absence-recorded',
  'nobody-there',
  'post-changed',
  'team-asked',
  'quarterly-update-task',
  'quarter-report-for-gmt',
  'quarter-report-for-cabinet',
  'quarter-closed',
  'undelivered',
] as const satisfies readonly EmailTemplate[];

/**
 * Which notices leave by themselves, and which wait for the day's digest of their recipient (product.md 32): what asks for
 * something new or warns leaves at once; reminders, which all fall due at the same hour, and news are for the digest.
 */
export const EMAIL_LEAVES: Record<EmailTemplate, 'at-once' | 'daily'> = {
  'draft-task': 'at-once',
  'review-task': 'at-once',
  'committee-task': 'at-once',
  'full-plan-task': 'at-once',
  returned: 'at-once',
  'referred-back': 'at-once',
  'not-ready-for-publication': 'at-once',
  'guard-alarm': 'at-once',
  'quarter-not-set-up': 'at-once',
  'cycle-not-set-up': 'at-once',
  'meeting-called-off': 'at-once',
  'guard-answered': 'daily',
  'stand-in-begins': 'at-once',
  'stand-in-ends': 'at-once',
  'absence-ended': 'at-once',
  'absence-recorded': 'at-once',
  'nobody-there': 'daily',
  'post-changed': 'at-once',
  'team-asked': 'at-once',
  chase: 'at-once',
  'dates-moved': 'at-once',
  'calendar-changed': 'at-once',
  'quarterly-update-task': 'at-once',
  'quarter-report-for-gmt': 'at-once',
  'quarter-report-for-cabinet': 'at-once',
  undelivered: 'at-once',
  reminder: 'daily',
  escalation: 'daily',
  approved: 'daily',
  noted: 'daily',
  published: 'daily',
  'submitted-receipt': 'daily',
  'quarter-closed': 'daily',
};

/** What comes first in a digest; the rest follows in the order in which it happened. */
const FIRST_IN_DIGEST: readonly EmailTemplate[] = ['reminder', 'escalation'];

/** A notice as a digest orders it: by what it asks, then by the day it is due, then by when it was written, then by name. */
export interface OrderedInDigest {
  kind: EmailTemplate;
  facts: object;
  createdAt: Date;
}

/** The order of a digest, for `sort`: the oldest due day first, since that is the most overdue; news last. */
export function byUrgency(one: OrderedInDigest, other: OrderedInDigest): number {
  const rank = ({ kind }: OrderedInDigest): number => (FIRST_IN_DIGEST.includes(kind) ? 0 : 1);
  const due = ({ facts }: OrderedInDigest): string => ('due' in facts && typeof facts.due === 'string' ? facts.due : '');
  return (
    rank(one) - rank(other) ||
    due(one).localeCompare(due(other)) ||
    FIRST_IN_DIGEST.indexOf(one.kind) - FIRST_IN_DIGEST.indexOf(other.kind) ||
    quarterOfHour(one) - quarterOfHour(other) ||
    aboutWhat(one).localeCompare(aboutWhat(other))
  );
}

/** What happened in the same quarter of an hour, as everything of a morning, comes in the order of its names. */
function quarterOfHour({ createdAt }: OrderedInDigest): number {
  return Math.floor(createdAt.getTime() / 900_000);
}

function aboutWhat({ facts }: OrderedInDigest): string {
  const { task, planTitle, quarter } = facts as Record<string, unknown>;
  return [task, planTitle, quarter].filter((text) => typeof text === 'string').join(' ');
}
