/** The workflows of the product: the entry from which they are bundled. */
export { annualPlanCycle } from './annual-plan-cycle.js';
export { answerGuard } from './answer-guard.js';
export { changeCalendar } from './change-calendar.js';
export { cycleOpener } from './cycle-opener.js';
export { delivery } from './delivery.js';
export { morningRound } from './morning-round.js';
export { moveMeeting } from './move-meeting.js';
export { planApproval } from './plan-approval.js';
export { quarterOpener } from './quarter-opener.js';
export { quarterlyMonitoring } from './quarterly-monitoring.js';
