/** The business ids of workflows: kind/council/year/…, so that a second start is a conflict and no duplicate. */

/** @param year "2026-27" */
export function cycleWorkflowId(councilId: string, year: string): string {
  return `cycle/${councilId}/${year}`;
}

/** @param slug the plan's part of its address, for example "community-safety" */
export function planWorkflowId(councilId: string, year: string, slug: string): string {
  return `plan/${councilId}/${year}/${slug}`;
}

export function quarterWorkflowId(councilId: string, year: string, quarter: number): string {
  return `quarter/${councilId}/${year}/${quarter}`;
}

/** @param key of the request, so that the same one moves a meeting once */
export function meetingMoveWorkflowId(councilId: string, key: string): string {
  return `meeting-move/${councilId}/${key}`;
}

/** @param key of the request, so that the same one changes the calendar once */
export function calendarChangeWorkflowId(councilId: string, key: string): string {
  return `calendar-change/${councilId}/${key}`;
}

/** @param key of the request, so that the same answer is given once */
export function guardAnswerWorkflowId(councilId: string, key: string): string {
  return `guard-answer/${councilId}/${key}`;
}

/** The one round of each council. */
export function morningRoundWorkflowId(councilId: string): string {
  return `morning-round/${councilId}`;
}

/** The Schedule of a year's quarters. */
export function quartersScheduleId(councilId: string, year: string): string {
  return `quarters/${councilId}/${year}`;
}

/** The Schedule that opens a year's cycle. */
export function cycleScheduleId(councilId: string, year: string): string {
  return `open-cycle/${councilId}/${year}`;
}

/** The one workflow that keeps messages leaving. */
export const deliveryWorkflowId = 'delivery';
