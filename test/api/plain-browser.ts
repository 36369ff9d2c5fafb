/** A browser without scripts: keeps cookies, opens pages and sends their forms. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse, type HTMLElement } from 'node-html-parser';

export interface Opened {
  status: number;
  location: string | undefined;
  page: HTMLElement;
}

export class PlainBrowser {
  cookies: Record<string, string> = {};

  constructor(private readonly app: NestFastifyApplication) {}

  /** Signs in as the demonstration allows it. */
  async signIn(personId: string): Promise<this> {
    const { page } = await this.open('/sign-in');
    await this.sendForm(page, '/sign-in', { person: personId });
    return this;
  }

  async open(url: string): Promise<Opened> {
    return this.send('GET', url);
  }

  /** Sends the first form of the page with this action: what stands in its fields, with the fields given in their place. */
  async sendForm(page: HTMLElement, action: string, fields: Record<string, string>): Promise<Opened> {
    const form = page.querySelectorAll('form').find((one) => one.getAttribute('action') === action);
    if (!form) throw new Error(`The page has no form for ${action}.`);
    const inputs = form.querySelectorAll('input').filter((input) => !['radio', 'checkbox'].includes(input.getAttribute('type') ?? ''));
    const written: [string, string][] = [
      ...inputs.map((input): [string, string] => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
      ...form
        .querySelectorAll('select')
        .map((select): [string, string] => [
          select.getAttribute('name') ?? '',
          select.querySelector('option[selected]')?.getAttribute('value') ?? '',
        ]),
      ...form
        .querySelectorAll('textarea')
        .map((area): [string, string] => [area.getAttribute('name') ?? '', area.textContent.replace(/^\n/, '')]),
    ];
    return this.send('POST', action, new URLSearchParams({ ...Object.fromEntries(written), ...fields }).toString());
  }

  async send(method: 'GET' | 'POST', url: string, body?: string): Promise<Opened> {
    const headers = { accept: 'text/html', ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) };
    const answer = await this.app.inject({ method, url, headers, cookies: this.cookies, ...(body === undefined ? {} : { body }) });
    for (const { name, value } of answer.cookies) this.cookies[name] = value;
    return { status: answer.statusCode, location: answer.headers.location, page: parse(answer.body) };
  }
}
