/** How views write values: days, instants, financial years. */
import nunjucks from 'nunjucks';
import { londonDay } from '../../../libs/calendar/council-clock.js';
import { inWords, weekdayInWords } from '../../../libs/calendar/dates.js';
import type { Role } from '../../../libs/domain/route.js';
import { ROLE_TITLES } from '../access/policies.js';
import { narrativeHtml } from './markdown.js';

const TIME_IN_LONDON = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });

/** The filters of all views, by the name they are used under: `{{ plan.due | day }}`. Nothing given, nothing written. */
export const filters = {
  /** '2026-03-31' → '31 March 2026' */
  day: (date: string | null | undefined): string => (date ? inWords(date) : ''),
  /** '2026-03-31' → 'Tuesday 31 March 2026' */
  weekday: (date: string | null | undefined): string => (date ? weekdayInWords(date) : ''),
  /** An instant → '31 March 2026, 14:02', in London. */
  moment: (instant: Date | string | null | undefined): string => (instant ? momentInWords(new Date(instant)) : ''),
  /** An instant → 'Tuesday 31 March 2026 at 14:02', in London. */
  weekdayMoment: (instant: Date | string | null | undefined): string => (instant ? weekdayAndTime(new Date(instant)) : ''),
  /** '2025-26' → '2025/26' */
  financialYear: (year: string | null | undefined): string => (year ?? '').replace('-', '/'),
  /** 'gmt' → 'General Management Team' */
  roleTitle: (role: Role): string => ROLE_TITLES[role],
  /** Markdown → HTML, safe whatever people wrote */
  narrative: (markdown: string | null | undefined): nunjucks.runtime.SafeString =>
    new nunjucks.runtime.SafeString(narrativeHtml(markdown ?? '')),
  /** A version's 64 characters → 'a1b2 c3d4 e5f6', short enough to compare by eye */
  versionCheck: (hash: string | null | undefined): string => (hash ?? '').slice(0, 12).replace(/(.{4})(?=.)/g, '$1 '),
};

function momentInWords(instant: Date): string {
  return `${inWords(londonDay(instant))}, ${TIME_IN_LONDON.format(instant)}`;
}

function weekdayAndTime(instant: Date): string {
  return `${weekdayInWords(londonDay(instant))} at ${TIME_IN_LONDON.format(instant)}`;
}
