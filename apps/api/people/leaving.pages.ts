/** The page on which somebody's leaving is recorded, with who follows in each of their posts and roles. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import type { Handover, Matter } from '../../../libs/domain/standing-in.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { dayFromForm, type DayTyped } from '../meetings/day-from-form.js';
import { changedSince } from '../rendering/changed-since.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { NOBODY, refusedAbsence, typedIn } from './absence-form.js';
import { Leaving, type LeavingAsked, type LeavingPerson } from './leaving.service.js';

@Controller('/people/:id/leaving')
@ApiExcludeController()
@Policy('people.manage')
export class LeavingPages {
  constructor(private readonly leaving: Leaving) {}

  @Get()
  async ask(@CurrentPerson() by: SignedInPerson, @Param('id') id: string): Promise<Page> {
    const leaving = await this.leaving.open(by, id);
    return this.form(leaving, asRecorded(leaving), []);
  }

  @Post()
  async send(@CurrentPerson() by: SignedInPerson, @Param('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const leaving = await this.leaving.open(by, id);
    const typed = typedIn(body);
    const day = dayFromForm('first', 'first day on which they are not here any more', typed);
    if (day.error) return this.form(leaving, typed, [day.error]);
    if (typed.step === 'change') return this.form(leaving, typed, []);
    const asked = askedBy(id, day.date, typed);
    try {
      if (typed.step === 'record' && typed.key && typed.key.length >= 8) {
        await this.leaving.record(by, asked, typed.key);
        return seeOther('/people', `It is recorded that ${leaving.person.name} leaves, and who follows.`);
      }
      return await this.check(by, leaving, asked, typed);
    } catch (error) {
      const changed = changedSince(error);
      if (changed) return this.check(by, leaving, asked, typed, changed);
      return this.form(leaving, typed, refusedAbsence(error));
    }
  }

  /** @param errors what has changed since it was shown before */
  private async check(
    by: SignedInPerson,
    leaving: LeavingPerson,
    asked: LeavingAsked,
    typed: DayTyped,
    errors: FormError[] = [],
  ): Promise<Page> {
    const preview = await this.leaving.preview(by, asked);
    const title = 'Check before you record it';
    const model = { title, ...leaving, firstDay: asked.firstDay, ...preview, typed, key: randomUUID(), errors };
    return page('people/leaving-check.njk', model, errors.length > 0 ? 412 : 200);
  }

  private form(leaving: LeavingPerson, typed: DayTyped, errors: FormError[]): Page {
    return page('people/leaving.njk', {
      ...leaving,
      ...{ title: leaving.hasLeft ? `Who follows ${leaving.person.name}` : `${leaving.person.name} leaves`, typed, errors, nobody: NOBODY },
      problems: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    });
  }
}

/** One select for who follows and one for how, each for the matter that the form names: the second of two clicks asks the same. */
function askedBy(personId: string, firstDay: string, typed: DayTyped): LeavingAsked {
  const handovers: Handover[] = [];
  for (let index = 0; typed[`matter-${index}`] !== undefined; index++) {
    const to = typed[`handovers-${index}`] ?? '';
    const as = typed[`as-${index}`] === 'stand-in' ? 'stand-in' : 'successor';
    if (to !== '') handovers.push({ matter: typed[`matter-${index}`] as Matter, toId: to === NOBODY ? null : to, as });
  }
  return { personId, firstDay, handovers, previewHash: typed['previewHash'] ?? '' };
}

/** The form filled in with what is on record. */
function asRecorded({ firstDay, matters }: LeavingPerson): DayTyped {
  const [year, month, day] = firstDay?.split('-') ?? [];
  const handed = matters.flatMap(({ handover }, index) =>
    handover
      ? [
          [`handovers-${index}`, handover.toId ?? NOBODY],
          [`as-${index}`, handover.as],
        ]
      : [],
  );
  const days = { 'first-day': day?.replace(/^0/, ''), 'first-month': month?.replace(/^0/, ''), 'first-year': year };
  return { ...days, ...(Object.fromEntries(handed) as DayTyped) };
}
