/** The buttons that chase: from the board about a plan, from a quarter's page about its updates. */
import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { quarterInAddress, yearInAddress } from '../monitoring/monitoring.schemas.js';
import { refusalIn } from '../problem.js';
import { page, seeOther, type Page, type SeeOther } from '../rendering/page.js';
import { formKey, readForm } from '../rendering/read-form.js';
import { Chases, type ChaseRequest } from './chases.service.js';
import { OFF_COURSE } from './cycle.pages.js';
import { AGAIN, inOneLine, type ChaseAnswer } from './write-chase.js';

const chaseForm = z.object({
  key: formKey,
  again: z.literal('yes').optional(),
  /** Which board the button stood on. */
  show: z.string().max(50).optional(),
  /** On a quarter's page: the title of the post. */
  post: z.string().max(500).optional(),
});
type ChaseForm = z.infer<typeof chaseForm>;

@Controller()
@ApiExcludeController()
@Policy('cycle.chase')
export class ChasePages {
  constructor(private readonly chases: Chases) {}

  @Post('/plans/:year/:slug/chase')
  async plan(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const back = (form: ChaseForm): string => `/cycles/${year}${form.show === OFF_COURSE ? `?show=${OFF_COURSE}` : ''}`;
    return chased(body, `/plans/${year}/${slug}/chase`, back, (_, request) => this.chases.plan(person, { year, slug }, request));
  }

  @Post('/quarters/:year/:quarter/chase')
  async quarter(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const here = `/quarters/${year}/${quarter}`;
    return chased(
      body,
      `${here}/chase`,
      () => here,
      ({ post }, request) => this.chases.quarter(person, year, quarter, post ?? null, request),
    );
  }
}

/** Chases and goes back; where somebody was chased today already, a page asks whether it is meant. */
async function chased(
  body: unknown,
  action: string,
  back: (form: ChaseForm) => string,
  chase: (form: ChaseForm, request: ChaseRequest) => Promise<ChaseAnswer>,
): Promise<Page | SeeOther> {
  const form = readForm(chaseForm, body);
  if (form.errors) throw new DomainError('invalid', 'Open the page again and use the button there.');
  const { key, again } = form.value;
  try {
    const answer = await chase(form.value, { again: again === 'yes', key });
    return seeOther(back(form.value), `${inOneLine(answer.chased)} ${answer.chased.length === 1 ? 'gets' : 'each get'} an e-mail now.`);
  } catch (error) {
    const refusal = refusalIn(error);
    if (!refusal?.fields.some(({ pointer }) => pointer === AGAIN)) throw error;
    const model = { title: refusal.message.replace(/\.$/, ''), action, back: back(form.value), sent: form.value, key: randomUUID() };
    return page('cycle/chase-again.njk', model, 409);
  }
}
