/** Facts for each e-mail as the demonstration council would send it, and the same with texts that look like markup. */
import type { EmailFacts, EmailTemplate, EveryEmail } from '../../libs/email/email-facts.js';

const every: EveryEmail = {
  councilName: 'Demonstration Borough Council',
  recipientName: 'Alex Morgan',
  askName: 'the performance team',
  askEmail: 'performance@council.example',
  link: 'http://localhost:3000/tasks/6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
};
const plan = { planTitle: 'Community Safety Business Plan', year: '2026/27' };
const due = { due: '2025-11-18', countdown: 'in 11 working days' };
const decided = { bodyName: 'Overview and Scrutiny Committee', meeting: '2026-01-20', minute: '46' };
const row = { code: 'ComS_011', name: 'Reduction in reported ASB cases in Broxtowe' };
const quarter = 'Quarter 2 of 2025/26 (July to September 2025)';
const report = {
  quarter,
  meeting: '2025-11-11',
  ...{ red: 2, amber: 1, green: 6, noRag: 4, notDue: 2, missing: 3, overdueActions: 1 },
  missingRows: [{ ...row, askedOf: 'Communities and Crime Manager' }],
};

/** One set of facts for each template; every list has something in it. */
export const exampleFacts: EmailFacts = {
  'draft-task': {
    ...every,
    ...plan,
    ...due,
    gmtMeeting: '2025-12-02',
    indicators: 15,
    actions: 32,
    proposedForRemoval: [row, { code: null, name: 'Licensing review' }],
  },
  'review-task': { ...every, ...plan, ...due, submittedBy: 'Sam Taylor', version: 2, changedRows: 4 },
  'committee-task': {
    ...every,
    ...plan,
    ...{
      bodyName: 'Overview and Scrutiny Committee',
      finalReportDue: '2026-01-05',
      agendaPublished: '2026-01-12',
      meeting: '2026-01-20',
      version: 3,
    },
  },
  'full-plan-task': { ...every, ...plan, ...due, parts: ['Policies', 'Baseline data'], publication: '2026-03-24' },
  returned: {
    ...every,
    ...plan,
    ...due,
    returnedBy: 'Jo Patel',
    reason: 'The target is looser than last year.',
    comments: [{ ...row, comment: 'Why 1,850?' }],
  },
  'referred-back': { ...every, ...plan, ...due, ...decided, reason: 'The committee asks for the baseline.' },
  approved: { ...every, ...plan, ...decided, amendments: ['ComS_011: the target is 1,800.'], publication: '2026-03-24' },
  noted: {
    ...every,
    ...plan,
    ...decided,
    comments: ['Members asked about e-scooters.'],
    nextStep: 'The clerk names the meeting that decides.',
  },
  published: { ...every, ...plan, publishedOn: '2026-03-24', version: 3, changeNote: 'First version of the year.' },
  'submitted-receipt': { ...every, ...plan, version: 1, submittedOn: '2025-11-14', gmtMeeting: '2025-12-02' },
  reminder: { ...every, ...due, task: 'Submit the draft', when: 'before', otherwise: 'the draft misses its meeting' },
  escalation: {
    ...every,
    ...due,
    task: 'Submit the draft',
    responsibleName: 'Sam Taylor',
    remindersSent: 5,
    otherwise: 'the draft misses its meeting',
  },
  'dates-moved': {
    ...every,
    bodyName: 'Overview and Scrutiny Committee',
    from: '2026-01-20',
    to: '2026-01-27',
    reason: 'The council chamber is closed',
    dates: [
      { title: 'Final report deadline', before: '2026-01-05', after: '2026-01-12' },
      { title: 'Agenda is published', before: '2026-01-12', after: '2026-01-19' },
    ],
  },
  'meeting-called-off': {
    ...every,
    bodyName: 'Overview and Scrutiny Committee',
    from: '2026-01-20',
    how: 'does not take place',
    to: '2026-01-27',
    reason: 'The council chamber is flooded',
    dates: [{ title: 'Final report deadline', before: '2026-01-05', after: '2026-01-12' }],
  },
  'calendar-changed': {
    ...every,
    what: 'The council is closed on Friday 2 January 2026: Heating works.',
    dates: [{ title: 'Final report deadline', before: '2026-01-05', after: '2025-12-31' }],
  },
  'stand-in-begins': {
    ...every,
    personName: 'Sam Taylor',
    lastDay: '2025-11-14',
    posts: [],
    tasks: [{ title: 'Submit the draft', due: '2025-11-18' }],
  },
  'stand-in-ends': { ...every, personName: 'Sam Taylor', expected: '2025-11-14' },
  'absence-ended': {
    ...every,
    firstDay: '2025-11-03',
    lastDay: '2025-11-14',
    tasks: [{ title: 'Submit the draft', due: '2025-11-18' }],
  },
  'absence-recorded': { ...every, recordedBy: 'Jo Patel', firstDay: '2025-11-03', lastDay: '2025-11-14', standInName: 'Sam Taylor' },
  'nobody-there': { ...every, task: 'Submit the draft', due: '2025-11-18', names: 'Sam Taylor' },
  'post-changed': {
    ...every,
    ...{ postTitle: 'Licensing Manager', changedBy: 'Jo Patel', holderName: 'Sam Taylor', deputyName: 'Lee Brown' },
    ...{ isHolder: true, isDeputy: false, tasks: [{ title: 'Give the quarterly update', due: '2025-10-17' }] },
  },
  'team-asked': { ...every, postTitle: 'Licensing Manager', task: 'Give the quarterly update', due: '2025-10-17' },
  'quarter-not-set-up': { ...every, quarter, missing: 'No meeting of Cabinet considers the report on quarter 2 of 2025/26.' },
  'cycle-not-set-up': {
    ...every,
    year: '2027/28',
    missing: 'No meeting of Overview and Scrutiny Committee considers the plans of 2027/28.',
  },
  'not-ready-for-publication': {
    ...every,
    ...plan,
    publication: '2026-03-24',
    lastDay: '2026-03-31',
    missing: ['Risks are not signed off'],
  },
  'guard-alarm': {
    ...every,
    ...{ year: '2026/27', firstDay: '2026-04-01', hasBegun: false, countdown: 'in 20 working days' },
    plans: [
      {
        ...{ title: 'Community Safety', standsAt: 'GMT review', waitsFor: 'the General Management Team' },
        ...{ course: 'At risk', reason: 'GMT was to agree by Tuesday 2 December.', latestAction: 'GMT agrees by Monday 12 January' },
      },
    ],
  },
  'guard-answered': {
    ...every,
    ...{ year: '2026/27', answeredBy: 'Sam Taylor', until: '2026-03-10', reason: 'The committee meets again in time.' },
    ...{ answer: 'Another meeting: Overview and Scrutiny Committee on Tuesday 10 March 2026', plans: ['Community Safety'] },
  },
  chase: {
    ...every,
    chasedBy: 'Sam Taylor',
    tasks: [{ task: 'Submit the draft', ...due }],
    otherwise: 'the draft misses its meeting',
  },
  'quarterly-update-task': { ...every, ...due, quarter, rows: [row], cabinetMeeting: '2025-12-02' },
  'quarter-report-for-gmt': { ...every, ...report },
  'quarter-report-for-cabinet': { ...every, ...report, finalReportDue: '2025-11-17', agendaPublished: '2025-11-24' },
  'quarter-closed': { ...every, quarter, meeting: '2025-12-02', minute: null, outcome: 'Noted.', stillMissing: [row] },
  undelivered: {
    ...every,
    ...{ whom: 'Sam Taylor', address: 'sam.taylor@council.example', about: 'Due today: Submit the draft', said: '550 No such user' },
  },
};

/** Texts that keep their meaning for the machine: days, the link, choices. */
const KEPT = /^\d{4}-\d{2}-\d{2}$|^https?:|^(before|due|overdue)$/;

/** The facts of a template with every other text replaced. */
export function factsWithEveryText<T extends EmailTemplate>(template: T, text: string): EmailFacts[T] {
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') return KEPT.test(value) ? value : text;
    if (Array.isArray(value)) return value.map(replaced);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each)]));
  };
  return replaced(exampleFacts[template]) as EmailFacts[T];
}

/** The facts of a template with every list empty and everything optional left out. */
export function factsWithoutDetails<T extends EmailTemplate>(template: T): EmailFacts[T] {
  const nothing: Record<string, unknown> = { minute: null, changeNote: '', changedRows: 0 };
  const entries = Object.entries(exampleFacts[template]).map(([name, value]): [string, unknown] => {
    if (Array.isArray(value)) return [name, []];
    return [name, name in nothing ? nothing[name] : value];
  });
  const bare: unknown = Object.fromEntries(entries);
  return bare as EmailFacts[T];
}
