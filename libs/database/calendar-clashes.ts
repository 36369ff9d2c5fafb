/** The clashes of a council's calendar: those that there are now, and those that new meetings would bring. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { standingMeetings, type KnownMeeting } from '../calendar/change-meeting.js';
import type { Clash, ClashKind } from '../calendar/clashes.js';
import { clashesBrought, clashesOfCalendar, eachOnce } from '../calendar/move-meeting.js';
import { financialYearFromId } from '../domain/financial-year.js';
import { meetingsOf, type CouncilAtWork } from './council-at-work.js';
import type { Meeting } from './entities/council.js';
import { Quarter } from './entities/monitoring.js';
import { Cycle } from './entities/plans.js';
import { meetingRules } from './meeting-change.js';

/** A clash with the meetings that it is about. */
export interface PresentClash extends Pick<Clash, 'kind' | 'what' | 'why'> {
  meetings: Meeting[];
}

/** The years whose clashes matter now, '2026/27': of some the plans are under way, of others only quarters. */
export interface YearsUnderWay {
  plans: string[];
  quarters: string[];
}

export async function yearsUnderWay(em: EntityManager, councilId: string): Promise<YearsUnderWay> {
  const cycles = await em.find(Cycle, { councilId, status: 'open' }, { orderBy: { year: 'asc' } });
  const quarters = await em.find(Quarter, { councilId, status: { $ne: 'closed' } }, { orderBy: { year: 'asc' } });
  const plans = cycles.map(({ year }) => financialYearFromId(year));
  const others = new Set(quarters.map(({ year }) => financialYearFromId(year)).filter((year) => !plans.includes(year)));
  return { plans, quarters: [...others] };
}

/**
 * Every clash in the meetings of the years under way.
 * @param today the council's day: a clash among meetings that are over cannot be mended in the calendar any more, and is left out
 */
export async function presentClashes(em: EntityManager, council: CouncilAtWork, today: string): Promise<PresentClash[]> {
  const meetings = await meetingsOf(em, council.id);
  const rules = { ...meetingRules(council), today };
  const found = ofEachYear(await yearsUnderWay(em, council.id), (year) => clashesOfCalendar(year, { meetings, rules }));
  return found
    .filter(({ meetings: about = [] }) => about.length === 0 || about.some(({ date }) => date >= today))
    .map(({ kind, what, why, meetings: about = [] }) => ({
      ...{ kind, what, why },
      meetings: standingMeetings(meetings).filter(({ body, date }) => about.some((one) => one.body === body && one.date === date)),
    }));
}

/**
 * The clashes that meetings would bring which are not in the calendar yet.
 * @param before the calendar as it is
 */
export async function clashesOfNew(
  em: EntityManager,
  council: CouncilAtWork,
  before: readonly KnownMeeting[],
  added: readonly Pick<KnownMeeting, 'body' | 'date'>[],
  today: string,
): Promise<Clash[]> {
  if (added.length === 0) return [];
  const fresh = added.map(({ body, date }, index): KnownMeeting => {
    return { id: `new ${index}`, body, date, considers: [], state: 'planned', extraordinary: false };
  });
  const after = [...before, ...fresh].sort((a, b) => a.date.localeCompare(b.date));
  const rules = { ...meetingRules(council), today };
  return ofEachYear(await yearsUnderWay(em, council.id), (year) =>
    clashesBrought(year, { meetings: before, rules }, { meetings: after, rules }),
  );
}

/** The kinds that are about a year's plans, and say nothing where only its quarters are under way. */
const OF_PLANS: readonly ClashKind[] = [
  ...(['no-committee', 'no-review', 'out-of-order', 'after-publication', 'last-chance', 'tax-day'] as const),
  ...(['pre-election', 'publication-late', 'publication-day-off', 'full-plan-late'] as const),
  ...(['clear-days', 'key-decision', 'call-in'] as const),
];

function ofEachYear({ plans, quarters }: YearsUnderWay, clashesIn: (year: string) => Clash[]): Clash[] {
  const ofQuarters = quarters.flatMap((year) => clashesIn(year).filter(({ kind }) => !OF_PLANS.includes(kind)));
  return eachOnce([...plans.flatMap(clashesIn), ...ofQuarters]);
}
