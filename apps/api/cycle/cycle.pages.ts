/** The board of a year's cycle as a page. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { Boards } from './board.service.js';
import { yearPicture } from './year-picture.js';

@Controller()
@ApiExcludeController()
@Policy('cycle.read')
export class CyclePages {
  constructor(private readonly boards: Boards) {}

  @Get('/cycle')
  async latest(@CurrentPerson() { councilId }: SignedInPerson): Promise<Page> {
    const year = await this.boards.latestYear(councilId);
    if (!year) return page('cycle/none.njk', { title: 'Board' });
    return this.show(councilId, year);
  }

  @Get('/cycles/:year')
  async year(@CurrentPerson() { councilId }: SignedInPerson, @Param('year') year: string): Promise<Page> {
    return this.show(councilId, year);
  }

  private async show(councilId: string, year: string): Promise<Page> {
    const board = await this.boards.of(councilId, year);
    const picture = board.timetable.length > 0 ? yearPicture(board.timetable, board.today) : null;
    return page('cycle/board.njk', { title: `Business plans ${year.replace('-', '/')}`, wide: true, ...board, picture });
  }
}
