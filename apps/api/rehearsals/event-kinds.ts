/** What people call the kinds of events and the scenarios of a rehearsal, and the shape by which each kind is known. */
import type { AskedScenario, EventKind } from '../../../libs/domain/rehearsal.js';

export interface KindFacts {
  word: string;
  plural: string;
  /** A path within 18 by 18, filled by the rule evenodd. */
  shape: string;
}

/** In the order in which pages name them: what wants attention last. */
export const KINDS: Record<EventKind, KindFacts> = {
  task: { word: 'Task', plural: 'Tasks', shape: 'M2 2h14v14H2zM5 5v8h8V5z' },
  email: { word: 'E-mail', plural: 'E-mails', shape: 'M1 3.5h16L9 10zM1 6l8 6.5L17 6v9H1z' },
  decision: { word: 'Step taken', plural: 'Steps taken', shape: 'M6.5 15 1 9.5 3 7.5l3.5 3.5L15 3l2 2z' },
  publication: {
    word: 'Publication',
    plural: 'Publications',
    shape: 'm9 1 2.4 5.3 5.6.6-4.2 3.8 1.2 5.7L9 13.5 4 16.4l1.2-5.7L1 6.9l5.6-.6z',
  },
  report: { word: 'Report', plural: 'Reports', shape: 'M3 1h8l4 4v12H3zM5.5 8v1.5h7V8zM5.5 11.5V13h7v-1.5z' },
  reminder: { word: 'Reminder', plural: 'Reminders', shape: 'M9 1a8 8 0 1 0 0 16A8 8 0 0 0 9 1zM8 4h2v4.6l3 3-1.4 1.4L8 9.4z' },
  escalation: { word: 'Escalation', plural: 'Escalations', shape: 'm9 1 8 9h-5v7H6v-7H1z' },
  alarm: { word: 'Alarm', plural: 'Alarms', shape: 'M9 1 17.8 17H.2zM8 6.5v5.5h2V6.5zM8 13.2v2h2v-2z' },
};

export const KIND_NAMES = Object.keys(KINDS) as EventKind[];

export const SCENARIO_WORDS: Record<AskedScenario, string> = {
  'on-time': 'Everybody does everything in time',
  'late-draft': 'Each draft is submitted four working days late',
  'returned-twice': 'GMT returns each plan twice before it agrees',
  'referred-back': 'The committee refers each plan back once',
  'nobody-acts': 'Nobody does anything, so that reminders, escalations and alarms are all there is',
  all: 'A mixture: each plan goes another of these ways, in turn',
};
