/** What a rehearsal of a year is told in: the scenarios that it can be asked for, and the events that it comes back with. */

/** What people do with their plans; the words for people stand with the form. */
export const SCENARIOS = ['on-time', 'late-draft', 'returned-twice', 'referred-back', 'nobody-acts'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** What can be asked for; 'all' gives each plan another scenario, in turn. */
export const ASKED_SCENARIOS = [...SCENARIOS, 'all'] as const;
export type AskedScenario = (typeof ASKED_SCENARIOS)[number];

export const EVENT_KINDS = ['task', 'email', 'reminder', 'escalation', 'decision', 'publication', 'report', 'alarm'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface RehearsedEvent {
  /** The intended moment in the council's time, ISO 8601 with Z. */
  at: string;
  kind: EventKind;
  /** The plan's part of its address; null where it is about none, or about several. */
  plan: string | null;
  /** The stage or step that it belongs to; null where there is none. */
  step: string | null;
  who: string;
  what: string;
}
