/** The demonstration's inbox: every e-mail as it was delivered, for whoever tries the product out. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import sanitizeHtml from 'sanitize-html';
import type { Environment } from '../../../libs/config/environment.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { readInbox, readMessage } from '../../../libs/email/inbox.js';
import { Policy } from '../access/policy.decorator.js';
import { ENVIRONMENT } from '../connections.module.js';
import { page, type Page } from '../rendering/page.js';

/** What our own e-mails are made of. Pictures, styles and scripts of a message never reach a page of ours. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'ul', 'ol', 'li', 'a', 'strong', 'em', 'br', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'code', 'hr'],
  allowedAttributes: { a: ['href'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  // A message's title is its subject, which the page shows already.
  nonTextTags: ['style', 'script', 'textarea', 'option', 'noscript', 'title'],
  // The page has a heading of its own: a message's begin below it.
  transformTags: { h1: 'h3', h2: 'h3', h3: 'h4' },
};

const NEWEST = 500;

@Controller()
@ApiExcludeController()
@Policy('public')
export class InboxPages {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  @Get('/inbox')
  async list(@Query('to') to?: unknown): Promise<Page> {
    const messages = await readInbox(this.folder(), NEWEST);
    const wanted = typeof to === 'string' ? to.trim().toLowerCase() : '';
    return page('inbox/inbox.njk', {
      title: 'Inbox of the demonstration',
      to: wanted,
      recipients: [...new Set(messages.flatMap((message) => message.to))].sort(),
      messages: wanted === '' ? messages : messages.filter((message) => message.to.some((address) => address.toLowerCase() === wanted)),
    });
  }

  @Get('/inbox/:id')
  async message(@Param('id') id: string): Promise<Page> {
    const message = await readMessage(this.folder(), id);
    return page('inbox/message.njk', { title: message.subject || 'No subject', message, safeHtml: sanitizeHtml(message.html, ALLOWED) });
  }

  /** @throws DomainError 'not-found' wherever real people's mail could lie */
  private folder(): string {
    const { INBOX_FOLDER, PLANCYCLE_DEMONSTRATION } = this.environment;
    if (!INBOX_FOLDER || !PLANCYCLE_DEMONSTRATION)
      throw new DomainError('not-found', 'There is no inbox here: only the demonstration has one.');
    return INBOX_FOLDER;
  }
}
