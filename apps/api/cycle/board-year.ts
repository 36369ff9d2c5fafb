/** The year on the board: the dates of the plans, of the quarters beside them and of the other meetings, as groups of one table and as a picture. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { countdown } from '../../../libs/calendar/dates.js';
import { datesOfYear, type DatesOfYear, type Lane, type YearDate } from '../../../libs/calendar/year-dates.js';
import { meetingsOf } from '../../../libs/database/council-at-work.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import type { Cycle } from '../../../libs/database/entities/plans.js';
import { meetingRules } from '../../../libs/database/meeting-change.js';
import { financialYearFromId, financialYearId, previousYear } from '../../../libs/domain/financial-year.js';
import { yearPicture, type PicturedLane, type YearPicture } from './year-picture.js';

/** One date of the table. */
export interface TimetableRow extends YearDate {
  /** Counts through all groups, as in the picture. */
  number: number;
  countdown: string;
  isPast: boolean;
}

export type TimetableGroup = Omit<DatesOfYear, 'dates'> & { dates: TimetableRow[] };

export interface BoardYear {
  groups: TimetableGroup[];
  picture: YearPicture<Lane>;
}

const LANE_TITLES: Record<Lane, string> = { plans: 'Plans', quarters: 'Quarters', meetings: 'Other meetings' };

/** The year of a cycle as it stands at the moment. */
export async function boardYear(
  em: EntityManager,
  { dates, year, councilId }: Cycle,
  { council, today }: CouncilMoment,
): Promise<BoardYear> {
  const before = financialYearId(previousYear(financialYearFromId(year)));
  const opened = await em.find(Quarter, { councilId, year: before });
  const meetings = await meetingsOf(em, councilId);
  const found = datesOfYear(
    dates,
    opened.map((quarter) => quarter.dates),
    meetings,
    meetingRules(council),
  );
  let number = 0;
  const groups = found.map((group) => ({
    ...group,
    dates: group.dates.map((date) => ({
      ...{ ...date, number: ++number, isPast: date.date < today },
      countdown: countdown(today, date.date, council.calendar),
    })),
  }));
  return { groups, picture: yearPicture(lanesOf(groups), today) };
}

function lanesOf(groups: readonly TimetableGroup[]): PicturedLane<Lane>[] {
  return [...Map.groupBy(groups, ({ lane }) => lane)].map(([lane, of]) => {
    return { lane, title: LANE_TITLES[lane], dates: of.flatMap(({ dates }) => dates) };
  });
}
