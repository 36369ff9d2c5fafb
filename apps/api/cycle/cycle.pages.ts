/** The board of a year's cycle as a page: every plan, or only those that are off course. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CurrentPerson } from '../access/current-person.js';
import { may, mayEnter, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { isOffCourse } from './board-order.js';
import { WaitingMail } from '../mail/waiting-mail.js';
import { Boards } from './board.service.js';

/** What the address says for a board that shows only the plans at risk or too late. */
export const OFF_COURSE = 'off-course';

@Controller()
@ApiExcludeController()
@Policy('cycle.read')
export class CyclePages {
  constructor(
    private readonly boards: Boards,
    private readonly mail: WaitingMail,
  ) {}

  @Get('/cycle')
  async latest(@CurrentPerson() person: SignedInPerson, @Query('show') show?: unknown): Promise<Page> {
    const year = await this.boards.latestYear(person.councilId);
    if (!year) return page('cycle/none.njk', { title: 'Board', mayRehearse: mayEnter('rehearsal.run', person) });
    return this.show(person, year, show === OFF_COURSE);
  }

  @Get('/cycles/:year')
  async year(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Query('show') show?: unknown): Promise<Page> {
    return this.show(person, year, show === OFF_COURSE);
  }

  private async show(person: SignedInPerson, year: string, onlyOffCourse: boolean): Promise<Page> {
    const board = await this.boards.of(person.councilId, year);
    // Nobody is offered to chase themselves.
    const rows = board.plans.map((row) => ({ ...row, toChase: row.toChase.filter(({ id }) => id !== person.id).map(({ name }) => name) }));
    const offCourse = rows.filter(isOffCourse);
    return page('cycle/board.njk', {
      title: `Business plans ${year.replace('-', '/')}`,
      wide: true,
      ...board,
      plans: onlyOffCourse ? offCourse : rows,
      total: board.plans.length,
      offCourseCount: offCourse.length,
      onlyOffCourse,
      mayRehearse: mayEnter('rehearsal.run', person),
      mayChase: may('cycle.chase', person, ''),
      mailWaiting: may('mail.manage', person, '') ? await this.mail.of(person.councilId) : null,
      ...(await this.boards.year(board)),
    });
  }
}
