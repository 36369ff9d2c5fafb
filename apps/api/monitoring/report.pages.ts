/** The quarter's report as a page: for those who work with it, and, once it is on Cabinet's agenda, for everyone. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CurrentPerson } from '../access/current-person.js';
import type { Quarter } from '../../../libs/database/entities/monitoring.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { quarterInAddress, reportNumber, yearInAddress } from './monitoring.schemas.js';
import { Quarters, type ReportWithContent } from './quarters.service.js';
import { indicatorBars } from './report-bars.js';

@Controller()
@ApiExcludeController()
export class ReportPages {
  constructor(private readonly quarters: Quarters) {}

  @Get('/quarters/:year/:quarter/reports/:number')
  @Policy('monitoring.read')
  async report(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Param('number', { schema: reportNumber }) number: number,
  ): Promise<Page> {
    const period = await this.quarters.period(person.councilId, year, quarter);
    const report = await this.quarters.report(period, number);
    return reportPage(period, report, false);
  }

  /** Everyone's page names posts, not the people who hold them. */
  @Get('/:council/reports/:year/:quarter')
  @Policy('public')
  async published(
    @Param('council') council: string,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
  ): Promise<Page> {
    const { period, ...report } = await this.quarters.publicReport(council, year, quarter);
    return reportPage(period, report, true);
  }
}

function reportPage(period: Quarter, report: ReportWithContent, isPublic: boolean): Page {
  const { content } = report;
  return page('monitoring/report.njk', {
    title: content.title,
    wide: true,
    report,
    content,
    period,
    bars: indicatorBars(content.tallies.indicators),
    isPublic,
  });
}
