/** The page that compares two texts of a plan: versions, the draft for whoever writes it, and last year's plan. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { ComparedTexts } from './compared-texts.js';
import { PlanDifferences } from './plan-differences.js';

@Controller('/plans/:year/:slug/compare')
@ApiExcludeController()
@Policy('plan.read')
export class ComparePages {
  constructor(
    private readonly texts: ComparedTexts,
    private readonly differences: PlanDifferences,
  ) {}

  /** Without a choice it compares the newest version with the one before it. */
  @Get()
  async show(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Query('from') from?: string,
    @Query('to') to?: string,
    @Query('view') view?: string,
  ): Promise<Page> {
    const { plan, choices } = await this.texts.choices(person, { year, slug });
    const chosenTo = to ?? choices[0]?.id ?? null;
    const chosenFrom =
      from ?? choices.find(({ id }) => id !== chosenTo && isBefore(choices, id, chosenTo))?.id ?? choices.at(-1)?.id ?? null;
    const isReady = chosenFrom !== null && chosenTo !== null && choices.length > 0;
    const changes = isReady
      ? await this.differences.shown(
          person.councilId,
          await this.texts.content(person, { year, slug }, chosenFrom),
          await this.texts.content(person, { year, slug }, chosenTo),
        )
      : null;
    const title = 'Compare two texts of this plan';
    return page('plans/compare.njk', {
      title,
      wide: true,
      plan,
      choices,
      from: chosenFrom,
      to: chosenTo,
      view: view === 'inline' ? view : 'side',
      changes,
    });
  }
}

/** The choices stand newest first. */
function isBefore(choices: readonly { id: string }[], id: string, than: string | null): boolean {
  return choices.findIndex((choice) => choice.id === id) > choices.findIndex((choice) => choice.id === than);
}
