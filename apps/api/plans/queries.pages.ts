/** The page of a plan's queries: all of them at once, where each is, and the form that accepts some with a reason. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { refusalIn } from '../problem.js';
import { CurrentPerson } from '../access/current-person.js';
import { mayEnter, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { text } from '../validation.js';
import { Acceptances, type ChosenQuery } from './acceptances.service.js';
import { mayDraft } from './draft-editor.service.js';
import { PlanQueries } from './plan-queries.js';
import { PlanReader, standsAt } from './plan-reader.js';
import { REASON_LIMIT } from './plan-steps.service.js';
import { queriesPage, readAllChoices, readChoices } from './queries-page.js';

/** Several boxes of one name come as several values. */
const several = z.union([z.string().transform((value) => [value]), z.array(z.string())]).catch([]);

/** A filter that means nothing is no filter. */
const queryFilter = z.object({
  severity: z.enum(['error', 'warning', 'note']).nullable().catch(null),
  rule: z.string().max(100).nullable().catch(null),
});
type Filter = z.infer<typeof queryFilter>;

const acceptForm = z.object({
  reason: text(REASON_LIMIT, 'The reason'),
  key: formKey,
});

/** What somebody chose and typed, to be shown again where it is refused. */
interface Sent {
  chosen: string[];
  all: string[];
  reason: string;
}

const NOTHING: Sent = { chosen: [], all: [], reason: '' };
const STATUS: Record<string, number> = { stale: 412, invalid: 422 };

@Controller('/plans/:year/:slug/queries')
@ApiExcludeController()
export class QueriesPages {
  constructor(
    private readonly plans: PlanReader,
    private readonly queries: PlanQueries,
    private readonly acceptances: Acceptances,
  ) {}

  @Get()
  @Policy('plan.read')
  async show(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Query() query: unknown,
  ): Promise<Page> {
    return this.queriesPage(person, year, slug, queryFilter.parse(query), NOTHING, []);
  }

  @Post()
  @Policy('plan.edit')
  async accept(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const filter = queryFilter.parse(query);
    const form = readForm(acceptForm, body);
    const sent = sentBy(body);
    const chosen = readChoices([...new Set([...sent.chosen, ...sent.all.flatMap((state) => allOf(body, state))])]);
    const errors = [...(chosen.length === 0 ? [CHOOSE] : []), ...(form.errors ?? (sent.reason.trim() === '' ? [SAY_WHY] : []))];
    if (!form.value || errors.length > 0) return this.queriesPage(person, year, slug, filter, sent, errors);
    let count: number;
    try {
      count = await this.acceptChosen(person, year, slug, chosen, form.value);
    } catch (error) {
      const refusal = refusalIn(error);
      const status = refusal && STATUS[refusal.code];
      if (!refusal || !status) throw error;
      const details = refusal.fields.map(({ detail }) => ({ field: 'queries', text: detail }));
      return this.queriesPage(person, year, slug, filter, sent, [{ field: 'queries', text: refusal.message }, ...details], status);
    }
    return seeOther(addressOf(year, slug, filter), count === 1 ? 'The query has been accepted.' : `${count} queries have been accepted.`);
  }

  @Post('acceptances/:id/withdraw')
  @Policy('plan.edit')
  async withdraw(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<SeeOther> {
    await this.acceptances.withdraw(person, { year, slug }, id);
    return seeOther(addressOf(year, slug, queryFilter.parse(query)), 'The acceptance has been withdrawn. The query is open again.');
  }

  /** One form can be sent twice; sent with other queries or another reason it is another request. */
  private async acceptChosen(
    person: SignedInPerson,
    year: string,
    slug: string,
    queries: ChosenQuery[],
    { reason, key }: { reason: string; key: string },
  ): Promise<number> {
    const asked = { reason, queries };
    const { acceptances } = await this.acceptances.accept(person, { year, slug }, asked, JSON.stringify([key, asked]));
    return acceptances.length;
  }

  private async queriesPage(
    person: SignedInPerson,
    year: string,
    slug: string,
    filter: Filter,
    sent: Sent,
    errors: FormError[],
    status?: number,
  ): Promise<Page> {
    const found = await this.plans.byAddress(person.councilId, { year, slug });
    const now = await this.queries.now(found);
    const isDraft = now.draftRevision !== null;
    const model = {
      title: 'Queries',
      errors,
      plan: found.plan,
      standsAt: standsAt(found),
      isDraft,
      versionNumber: now.versionNumber,
      mayAccept: isDraft && mayDraft(person, found),
      mayManagePosts: mayEnter('people.manage', person),
      ...queriesPage(now.queries, filter),
      past: now.past,
      sent,
      problems: Object.fromEntries(errors.map(({ field, text: problem }) => [field, problem])),
      here: `/plans/${year}/${slug}`,
      search: searchOf(filter),
      key: randomUUID(),
    };
    return status ? page('plans/queries.njk', model, status) : page('plans/queries.njk', model);
  }
}

const CHOOSE: FormError = { field: 'queries', text: 'Choose at least one query' };
const SAY_WHY: FormError = { field: 'reason', text: 'Give the reason why the plan is right as it is' };

function sentBy(body: unknown): Sent {
  const { query, all, reason } = (body ?? {}) as Record<string, unknown>;
  return { chosen: several.parse(query ?? []), all: several.parse(all ?? []), reason: typeof reason === 'string' ? reason : '' };
}

/** A box for a whole group brings what stood in the group when it was shown. */
function allOf(body: unknown, state: string): string[] {
  const value = (body as Record<string, unknown>)[`all-${state}`];
  return typeof value === 'string' ? readAllChoices(value) : [];
}

function searchOf(filter: Filter): string {
  const parts = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function addressOf(year: string, slug: string, filter: Filter): string {
  return `/plans/${encodeURIComponent(year)}/${encodeURIComponent(slug)}/queries${searchOf(filter)}`;
}
