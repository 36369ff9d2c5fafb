/** The hours of the council's day at which the product acts by itself (London time). */

/** When tasks open and reminders leave: read with the first coffee. */
export const MORNING = '08:00';

/** When a plan is published on its date. */
export const PUBLICATION_HOUR = '09:00';

/** When a report is prepared on its date, before anyone looks for it. */
export const REPORT_HOUR = '07:00';

/** When a person's digest of the day leaves: after the morning's reminders are written, before the working day begins. */
export const DIGEST_HOUR = '08:15';
