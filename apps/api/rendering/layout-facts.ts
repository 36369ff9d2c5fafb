/** What every page shows around its content: the council, its day, who is signed in, where one can go. */
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import nunjucks from 'nunjucks';
import { Identity } from '../access/identity.js';
import { mayEnter, type SignedInPerson } from '../access/policies.js';
import { RouteTable } from '../access/route-table.js';
import type { CouncilAtWork } from '../../../libs/database/council-at-work.js';
import { Councils } from '../councils.js';
import { publicFilesMark } from '../public-files.js';
import { NAVIGATION } from './navigation.js';
import type { Told } from './page.js';

/** The facts of the layout; views reach them as `layout`. */
export interface Layout {
  /** Null where several councils share the installation and nobody is signed in, or the database is away. */
  councilName: string | null;
  /** The council's day, shown on the demonstration, where it is not the reader's. */
  demonstrationDay: string | null;
  person: SignedInPerson | null;
  navigation: { text: string; href: string; current: boolean; active: boolean }[];
  told: Told | null;
  /** Behind the address of a stylesheet or script, so that browsers fetch a changed one. */
  filesMark: string;
  /** The hidden field that every form with method="post" carries: `{{ layout.formToken() }}`. */
  formToken: () => nunjucks.runtime.SafeString | string;
}

@Injectable()
export class LayoutFacts {
  private readonly filesMark = publicFilesMark();

  constructor(
    private readonly identity: Identity,
    private readonly councils: Councils,
    private readonly routes: RouteTable,
  ) {}

  /** The facts for one request. What the last page left to tell is told now and forgotten. */
  async of(request: FastifyRequest, reply: FastifyReply): Promise<Layout> {
    const person = await this.identity.of(request);
    const council = await this.councilOf(person);
    const told = request.session?.told ?? null;
    if (told) delete request.session.told;
    return {
      councilName: council?.name ?? null,
      demonstrationDay: council?.demonstration ? council.clock.today() : null,
      person,
      navigation: this.navigationFor(person, request.url),
      told,
      filesMark: this.filesMark,
      formToken: () => hiddenField(reply.generateCsrf()),
    };
  }

  /** The facts for a page that says that something is wrong, when the database is what is wrong. */
  withoutDatabase(): Layout {
    return {
      councilName: null,
      demonstrationDay: null,
      person: null,
      navigation: [],
      told: null,
      filesMark: this.filesMark,
      formToken: () => '',
    };
  }

  private async councilOf(person: SignedInPerson | null): Promise<CouncilAtWork | null> {
    if (person) return this.councils.byId(person.councilId);
    const [only, another] = await this.councils.all();
    return only && !another ? only : null;
  }

  /** Pages that exist and let the person in. */
  private navigationFor(person: SignedInPerson | null, url: string): Layout['navigation'] {
    const path = url.split('?', 1)[0] ?? '';
    return NAVIGATION.filter(({ href }) => {
      const policy = this.routes.policyOfPage(href);
      return policy !== null && mayEnter(policy, person);
    }).map(({ text, href }) => ({ text, href, current: path === href, active: path.startsWith(`${href}/`) }));
  }
}

/** The token is of letters, digits, '-', '_' and '.': nothing in it has to be escaped. */
function hiddenField(token: string): nunjucks.runtime.SafeString {
  return new nunjucks.runtime.SafeString(`<input type="hidden" name="_csrf" value="${token}">`);
}
