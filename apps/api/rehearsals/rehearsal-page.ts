/** The page of one rehearsal: how far it is, why it came to nothing, or its timeline. */
import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { financialYearFromId, firstDay } from '../../../libs/domain/financial-year.js';
import { EVENT_KINDS } from '../../../libs/domain/rehearsal.js';
import { missionRoute, type Route } from '../../../libs/domain/route.js';
import { may, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { page, type Page } from '../rendering/page.js';
import { KIND_NAMES, KINDS, SCENARIO_WORDS } from './event-kinds.js';
import { rehearsalPicture } from './rehearsal-picture.js';
import { changeInWords, previewAddress, titleOf } from './rehearsal-words.js';
import { rehearsedPlans, stagesOf } from './rehearsed-plans.js';
import { Rehearsals, type ShownRehearsal } from './rehearsals.service.js';
import { countKinds, peopleIn, timelineOf, type TimelineFilter } from './timeline.js';

const name = z.string().min(1).max(500).nullable().catch(null);
const asked = z.object({
  kind: z.enum(EVENT_KINDS).nullable().catch(null),
  plan: name,
  person: name,
  page: z.coerce.number().int().catch(1),
});

@Injectable()
export class RehearsalPage {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly rehearsals: Rehearsals,
  ) {}

  /**
   * @param query what the address asks for: kind, plan, person and page
   * @throws DomainError 'not-found'
   */
  async of(person: SignedInPerson, id: string, query: unknown): Promise<Page> {
    const found = await this.rehearsals.one(person.councilId, id);
    const { rehearsal, state } = found;
    const model = { ...found, ...(await this.about(person, found)), key: randomUUID() };
    if (state !== 'done') return page('rehearsals/unfinished.njk', { ...model, isUnderWay: state === 'waiting' || state === 'running' });
    const events = await this.rehearsals.eventsOf(person.councilId, rehearsal.id);
    const { kind, plan, person: who, page: wanted } = asked.parse(query ?? {});
    const filter = { kind, plan, who };
    const route = await this.routeOf(rehearsal);
    const planTitles = await this.titlesOf(rehearsal);
    const yearBegins = firstDay(financialYearFromId(rehearsal.year));
    const slugs = [...new Set(events.flatMap(({ plan: slug }) => (slug ? [slug] : [])))];
    return page('rehearsals/rehearsal.njk', {
      ...model,
      ...{
        wide: true,
        total: events.length,
        counts: countKinds(events),
        kinds: KINDS,
        kindNames: KIND_NAMES,
        yearBegins,
        planTitles,
        filter,
      },
      ...{ stages: stagesOf(route), plans: rehearsedPlans(events, rehearsal.year, route) },
      hasAlarms: events.some((event) => event.kind === 'alarm'),
      picture: events.length > 0 ? rehearsalPicture(events, yearBegins) : null,
      timeline: timelineOf(events, filter, wanted),
      kindOptions: KIND_NAMES.map((value) => ({ value, text: KINDS[value].plural })),
      planOptions: slugs.map((value) => ({ value, text: planTitles[value] ?? value })),
      personOptions: peopleIn(events).map((value) => ({ value, text: value })),
      linkTo: (number: number) => addressOf(filter, number),
    });
  }

  private async about(person: SignedInPerson, { rehearsal }: ShownRehearsal): Promise<{ title: string; [name: string]: unknown }> {
    const { change, scenario } = rehearsal;
    const { settings } = await this.councils.byId(person.councilId);
    const bodyName = settings.bodies.find(({ id }) => id === change?.body)?.name ?? 'the body';
    return {
      title: titleOf(rehearsal),
      scenario: SCENARIO_WORDS[scenario],
      change: change ? changeInWords(change, bodyName) : null,
      previewHref: change && may('meeting.manage', person, change.body) ? previewAddress(change) : null,
    };
  }

  /** The route of the year's cycle; before it is opened that of the latest, which it will have too. */
  private async routeOf({ councilId, year }: ShownRehearsal['rehearsal']): Promise<Route> {
    const cycles = await this.em.fork().find(Cycle, { councilId }, { orderBy: { year: 'desc' } });
    return (cycles.find((cycle) => cycle.year === year) ?? cycles[0])?.route ?? missionRoute;
  }

  /** What the plans are called; those that the rehearsal itself would write are called as those of the latest year. */
  private async titlesOf({ councilId, year }: ShownRehearsal['rehearsal']): Promise<Record<string, string>> {
    const plans = await this.em.fork().find(Plan, { councilId }, { orderBy: { year: 'asc' } });
    const ofYear = plans.filter((plan) => plan.year === year);
    return Object.fromEntries([...plans, ...ofYear].map(({ slug, title }) => [slug, title]));
  }
}

function addressOf({ kind, plan, who }: TimelineFilter, number: number): string {
  const chosen = Object.entries({ kind, plan, person: who, page: String(number) }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return `?${new URLSearchParams(chosen).toString()}`;
}
