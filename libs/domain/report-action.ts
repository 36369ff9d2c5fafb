/** One action in the quarter's report: what people say of it, and whether its date has passed. */
import type { Asked } from './report-indicator.js';

/** What people choose when they report on an action; that it is overdue follows from its date. */
export const ACTION_STATUSES = ['not started', 'in progress', 'completed', 'cancelled'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

export interface ActionInput {
  /** Null where the action has no code. */
  code: string | null;
  name: string;
  /** Null where nobody has reported on it. */
  status: ActionStatus | null;
  /** How far it is, from 0 to 100; null where nobody said. */
  percent: number | null;
  commentary: string;
  /** As written ("March 2026"), and its last day where it is a date, 'YYYY-MM-DD'. */
  targetDate: { text: string; lastDay: string | null };
  asked: Asked | null;
  /** Made up to show the product, and said to be so wherever it appears. */
  demonstration: boolean;
}

/** Where an action stands; each stands in exactly one place. */
export type ActionStanding = 'notStarted' | 'inProgress' | 'completed' | 'cancelled' | 'withoutUpdate';

export interface ActionLine {
  planTitle: string;
  code: string | null;
  name: string;
  standing: ActionStanding;
  /** 'In progress, overdue' and the like. */
  standingInWords: string;
  /** Its date has passed, and it is neither completed nor cancelled. */
  overdue: boolean;
  percent: number | null;
  commentary: string;
  /** The target date as written, '' where there is none. */
  targetDate: string;
  asked: Asked | null;
  demonstration: boolean;
}

const STANDING_OF: Record<ActionStatus, ActionStanding> = {
  'not started': 'notStarted',
  'in progress': 'inProgress',
  completed: 'completed',
  cancelled: 'cancelled',
};

const IN_WORDS: Record<ActionStanding, string> = {
  notStarted: 'Not started',
  inProgress: 'In progress',
  completed: 'Completed',
  cancelled: 'Cancelled',
  withoutUpdate: 'No update',
};

/**
 * Works out where an action stands.
 * @param reporting the plan's title, and the council's day ('YYYY-MM-DD') from which it is seen what is overdue
 */
export function reportAction(row: ActionInput, reporting: { planTitle: string; preparedOn: string }): ActionLine {
  const standing = row.status === null ? 'withoutUpdate' : STANDING_OF[row.status];
  const isOver = standing === 'completed' || standing === 'cancelled';
  const overdue = !isOver && row.targetDate.lastDay !== null && row.targetDate.lastDay < reporting.preparedOn;
  return {
    planTitle: reporting.planTitle,
    code: row.code,
    name: row.name,
    standing,
    standingInWords: overdue ? `${IN_WORDS[standing]}, overdue` : IN_WORDS[standing],
    overdue,
    percent: row.percent,
    commentary: row.commentary,
    targetDate: row.targetDate.text,
    asked: row.asked,
    demonstration: row.demonstration,
  };
}
