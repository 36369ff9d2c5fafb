/** The addresses of the calendars that people subscribe to. */
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Policy } from '../access/policy.decorator.js';
import { CalendarFeeds } from './calendar-feeds.service.js';

/** Calendar programs bring no session: a committee's calendar is public, a person's is known by its address alone. */
@Controller()
@ApiExcludeController()
@Policy('public')
export class CalendarFeedPages {
  constructor(private readonly feeds: CalendarFeeds) {}

  @Get('/calendars/:person/:secret.ics')
  async ofPerson(
    @Param('person') person: string,
    @Param('secret') secret: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sent(reply, await this.feeds.ofPerson(person, secret), 'no-store');
  }

  @Get('/:council/calendars/:body.ics')
  async ofBody(
    @Param('council') council: string,
    @Param('body') body: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sent(reply, await this.feeds.ofBody(council, body), 'public, max-age=600');
  }
}

function sent(reply: FastifyReply, calendar: string, caching: string): string {
  reply.header('content-type', 'text/calendar; charset=utf-8').header('cache-control', caching);
  return calendar;
}
