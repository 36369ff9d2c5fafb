/** The board of a year's cycle as a page. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { mayEnter } from '../access/policies.js';
import { WaitingMail } from '../mail/waiting-mail.js';
import { Boards } from './board.service.js';
import { yearPicture } from './year-picture.js';

@Controller()
@ApiExcludeController()
@Policy('cycle.read')
export class CyclePages {
  constructor(
    private readonly boards: Boards,
    private readonly mail: WaitingMail,
  ) {}

  @Get('/cycle')
  async latest(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    const year = await this.boards.latestYear(person.councilId);
    if (!year) return page('cycle/none.njk', { title: 'Board' });
    return this.show(person, year);
  }

  @Get('/cycles/:year')
  async year(@CurrentPerson() person: SignedInPerson, @Param('year') year: string): Promise<Page> {
    return this.show(person, year);
  }

  private async show(person: SignedInPerson, year: string): Promise<Page> {
    const board = await this.boards.of(person.councilId, year);
    const picture = board.timetable.length > 0 ? yearPicture(board.timetable, board.today) : null;
    const mailWaiting = mayEnter('mail.manage', person) ? await this.mail.of(person.councilId) : null;
    return page('cycle/board.njk', { title: `Business plans ${year.replace('-', '/')}`, wide: true, ...board, picture, mailWaiting });
  }
}
