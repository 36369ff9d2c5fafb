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
  /** To the performance manager, later the deputy chief executive too: plans are not on course for the start of the year. */
  'guard-alarm': EveryEmail & {
    year: string;
    firstDay: string;
    countdown: string;
    plans: { title: string; standsAt: string; waitsFor: string }[];
  };
  /** To the performance manager: a meeting that the quarter's dates follow from is missing. */
  'quarter-not-set-up': EveryEmail & { quarter: string; missing: string };
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
  /** To who stands in, on the first day of an absence; without a last day the person has left. */
  'stand-in-begins': EveryEmail & { personName: string; lastDay: string | null; tasks: OpenTaskFact[] };
  /** To the person, when their absence has ended: what is open for them again. */
  'absence-ended': EveryEmail & { firstDay: string; lastDay: string; tasks: OpenTaskFact[] };
  /** To the person, where somebody else recorded their absence; `standInName` is '' where nobody stands in. */
  'absence-recorded': EveryEmail & { recordedBy: string; firstDay: string; lastDay: string; standInName: string };
  /** To the performance team: nobody is there for a task; `names` are those of whom it is asked, '' where it is asked of nobody. */
  'nobody-there': EveryEmail & { task: string; due: string | null; names: string };
  /** To an updater: one e-mail with all the rows they are asked for. */
  'quarterly-update-task': EveryEmail & WithDueDay & { quarter: string; rows: RowFact[]; cabinetMeeting: string };
  /** To GMT: the quarter's report is prepared. */
  'quarter-report-for-gmt': EveryEmail & QuarterReport;
  /** To the clerk: the quarter's final report is ready for Cabinet. */
  'quarter-report-for-cabinet': EveryEmail & QuarterReport & { finalReportDue: string; agendaPublished: string };
  /** To the performance team: Cabinet has had the report and the quarter is closed. */
  'quarter-closed': EveryEmail & { quarter: string; meeting: string; minute: string | null; outcome: string; stillMissing: RowFact[] };
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
  'quarter-not-set-up',
  'dates-moved',
  'stand-in-begins',
  'absence-ended',
  'absence-recorded',
  'nobody-there',
  'quarterly-update-task',
  'quarter-report-for-gmt',
  'quarter-report-for-cabinet',
  'quarter-closed',
] as const satisfies readonly EmailTemplate[];
