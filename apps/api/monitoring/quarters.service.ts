/** The quarters of a council's years: where each stands, what is missing from whom, which reports there are. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { missingRowsByPost } from '../../../activities/updaters.js';
import { quarterOpening } from '../../../libs/calendar/timetable.js';
import { CabinetReport, Quarter, type QuarterStatus } from '../../../libs/database/entities/monitoring.js';
import { Person, Post } from '../../../libs/database/entities/people.js';
import { bothNames, standingInOn } from '../../../libs/database/standing-in-today.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import {
  currentYearOf,
  financialYearFromId,
  financialYearId,
  quarterInWords,
  QUARTERS,
  type Quarter as QuarterNumber,
} from '../../../libs/domain/financial-year.js';
import type { RowFact } from '../../../libs/email/email-facts.js';
import { Councils } from '../councils.js';

/** What people call where a quarter stands. */
export const STATUS_TITLES: Record<QuarterStatus, string> = {
  collecting: 'Updates are being collected',
  'with-gmt': 'With the General Management Team',
  'with-cabinet': 'With Cabinet',
  closed: 'Closed',
};

/** Whom a report was prepared for, as people say it. */
export const PREPARED_FOR_TITLES: Record<CabinetReport['preparedFor'], string> = {
  gmt: 'the General Management Team',
  cabinet: 'Cabinet',
  'on-demand': 'the performance team',
};

/** A report without its content. */
export interface ReportSummary {
  number: number;
  preparedFor: CabinetReport['preparedFor'];
  preparedForTitle: string;
  preparedAt: Date;
  /** Null where it was prepared on its date, by nobody's hand. */
  preparedBy: string | null;
}

export type ReportWithContent = ReportSummary & { content: CabinetReport['content'] };

/** What a post, or the performance team, still has to give. */
export interface MissingOfPost {
  /** Null: the performance team is asked. */
  post: string | null;
  /** Who holds the post, here or away. */
  holder: string | null;
  /** Who is asked for the post now; null where nobody is there for it. */
  person: string | null;
  personId: string | null;
  rows: RowFact[];
}

export interface QuarterOverview {
  period: Quarter;
  title: string;
  statusTitle: string;
  missing: MissingOfPost[];
  missingCount: number;
  /** The newest first. */
  reports: ReportSummary[];
}

/** A quarter of the year that has not been opened, and never will be where its time is past. */
export interface QuarterAhead {
  title: string;
  quarter: number;
  opens: string;
  isPast: boolean;
}

export interface MonitoredYear {
  /** '2025-26' */
  year: string;
  quarters: (QuarterOverview | QuarterAhead)[];
}

@Injectable()
export class Quarters {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** Every quarter that was opened, the newest first. */
  async all(councilId: string): Promise<QuarterOverview[]> {
    const em = this.em.fork();
    const periods = await em.find(Quarter, { councilId }, { orderBy: { year: 'desc', quarter: 'desc' } });
    const today = (await this.councils.byId(councilId)).clock.today();
    return Promise.all(periods.map((period) => overviewOf(this.em.fork(), period, today)));
  }

  /** The years with quarters, and the present one; each with all four, opened or not. */
  async years(councilId: string): Promise<MonitoredYear[]> {
    const { calendar, clock } = await this.councils.byId(councilId);
    const opened = await this.all(councilId);
    const today = clock.today();
    const years = [...new Set([financialYearId(currentYearOf(today)), ...opened.map(({ period }) => period.year)])].sort().reverse();
    return years.map((year) => ({
      year,
      quarters: QUARTERS.map((quarter): QuarterOverview | QuarterAhead => {
        const known = opened.find(({ period }) => period.year === year && period.quarter === quarter);
        if (known) return known;
        const written = financialYearFromId(year);
        const opens = quarterOpening(written, quarter, calendar);
        return { title: quarterInWords(written, quarter), quarter, opens, isPast: opens <= today };
      }),
    }));
  }

  /**
   * One quarter.
   * @param year as in an address, '2025-26'
   * @throws DomainError 'not-found'
   */
  async overview(councilId: string, year: string, quarter: number): Promise<QuarterOverview> {
    const em = this.em.fork();
    const today = (await this.councils.byId(councilId)).clock.today();
    return overviewOf(em, await this.period(councilId, year, quarter), today);
  }

  /** @throws DomainError 'not-found' */
  async period(councilId: string, year: string, quarter: number): Promise<Quarter> {
    const period = await this.em.fork().findOne(Quarter, { councilId, year, quarter });
    if (!period) throw new DomainError('not-found', 'This quarter has not been opened here.');
    return period;
  }

  /**
   * One report with its content.
   * @throws DomainError 'not-found'
   */
  async report(period: Quarter, number: number): Promise<ReportWithContent> {
    const em = this.em.fork();
    const report = await em.findOne(CabinetReport, { quarterId: period.id, number }, { populate: ['content'] });
    if (!report) throw new DomainError('not-found', 'There is no report with this number.');
    const [summary] = await summaries(em, period, [report]);
    if (!summary) throw new Error('A report has a summary.');
    return { ...summary, content: report.content };
  }

  /**
   * The report as Cabinet has it, for everyone, from the day its agenda is published (SI 2012/2089 reg 7).
   * @throws DomainError 'not-found' before that day
   */
  async publicReport(councilId: string, year: string, quarter: number): Promise<ReportWithContent & { period: Quarter }> {
    const period = await this.period(councilId, year, quarter);
    const final = await this.em.fork().findOne(CabinetReport, { quarterId: period.id, preparedFor: 'cabinet' });
    if (!final || !(await this.isAgendaPublished(period)))
      throw new DomainError('not-found', 'The report on this quarter has not been published yet.');
    return { ...(await this.report(period, final.number)), period };
  }

  /** Where everyone can read the final report; null as long as they cannot. */
  async publicAddress({ period, reports }: QuarterOverview): Promise<string | null> {
    const isThere = reports.some(({ preparedFor }) => preparedFor === 'cabinet') && (await this.isAgendaPublished(period));
    return isThere ? `/${period.councilId}/reports/${period.year}/${period.quarter}` : null;
  }

  private async isAgendaPublished({ councilId, dates }: Quarter): Promise<boolean> {
    return (await this.councils.byId(councilId)).clock.today() >= dates.agendaPublished;
  }
}

async function overviewOf(em: EntityManager, period: Quarter, today: string): Promise<QuarterOverview> {
  const missing = await missingOf(em, period, today);
  const reports = await em.find(CabinetReport, { quarterId: period.id }, { orderBy: { number: 'desc' } });
  return {
    period,
    title: quarterInWords(financialYearFromId(period.year), period.quarter as QuarterNumber),
    statusTitle: STATUS_TITLES[period.status],
    missing,
    missingCount: missing.reduce((sum, { rows }) => sum + rows.length, 0),
    reports: await summaries(em, period, reports),
  };
}

async function missingOf(em: EntityManager, period: Quarter, today: string): Promise<MissingOfPost[]> {
  const missing = await missingRowsByPost(em, period);
  const posts = await em.find(Post, { councilId: period.councilId });
  const people = await em.find(Person, { councilId: period.councilId });
  const standingIn = await standingInOn(em, period.councilId, today);
  return missing.map(({ postId, rows }) => {
    const post = posts.find(({ id }) => id === postId);
    const answering = post ? standingIn.answersForPost(post) : null;
    const nameOf = (id: string | null | undefined): string | undefined => people.find((person) => person.id === id)?.name;
    const name = nameOf(answering?.personId);
    const person = name ? bothNames(name, nameOf(answering?.through[0])) : null;
    const holder = nameOf(post?.holderId) ?? null;
    return { post: post?.title ?? null, holder, person, personId: answering?.personId ?? null, rows };
  });
}

async function summaries(em: EntityManager, period: Quarter, reports: readonly CabinetReport[]): Promise<ReportSummary[]> {
  const people = await em.find(Person, { councilId: period.councilId });
  return reports.map(({ number, preparedFor, preparedAt, preparedBy }) => ({
    number,
    preparedFor,
    preparedForTitle: PREPARED_FOR_TITLES[preparedFor],
    preparedAt,
    preparedBy: people.find(({ id }) => id === preparedBy)?.name ?? null,
  }));
}
