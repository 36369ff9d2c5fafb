/** The pages of absences: one's own, and everybody's for the performance team and administrators. */
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import type { DayTyped } from '../meetings/day-from-form.js';
import { changedSince } from '../rendering/changed-since.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { NOBODY, readAbsenceForm, refusedAbsence, typedIn } from './absence-form.js';
import { Absences, type AbsenceToRecord, type ListedAbsence } from './absences.service.js';

/** Whose absence the form is about, and where it is. */
interface Place {
  path: string;
  title: string;
  /** The person whose form it is; null where it names somebody. */
  ownId: string | null;
  back: { href: string; text: string };
}

const OTHERS: Place = {
  path: '/people/absences/add',
  title: 'Record that somebody is away',
  ownId: null,
  back: { href: '/people/absences', text: 'Back to who is away' },
};

function own(person: SignedInPerson): Place {
  return { path: '/absence', title: 'When you are away', ownId: person.id, back: { href: '/tasks', text: 'Back to your tasks' } };
}

@Controller()
@ApiExcludeController()
export class AbsencesPages {
  constructor(private readonly absences: Absences) {}

  @Get('/absence')
  @Policy('absence.record')
  async mine(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    return this.form(person, own(person), {}, []);
  }

  @Post('/absence')
  @Policy('absence.record')
  async recordMine(@CurrentPerson() person: SignedInPerson, @Body() body: unknown): Promise<Page | SeeOther> {
    return this.send(person, own(person), body);
  }

  @Post('/absence/:id/end')
  @Policy('absence.record')
  async endMine(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<SeeOther> {
    return seeOther('/absence', ended(person, await this.absences.end(person, id)));
  }

  @Get('/people/absences')
  @Policy('people.manage')
  async list(@CurrentPerson() person: SignedInPerson): Promise<Page> {
    const all = await this.absences.list(person, 'everybody');
    const which = (...states: ListedAbsence['is'][]): ListedAbsence[] => all.filter((one) => states.includes(one.is));
    return page('people/absences.njk', {
      title: 'Who is away',
      wide: true,
      now: which('now'),
      coming: which('coming').reverse(),
      past: which('over', 'withdrawn'),
    });
  }

  @Get('/people/absences/add')
  @Policy('people.manage')
  async ask(@CurrentPerson() person: SignedInPerson, @Query() query: unknown): Promise<Page> {
    return this.form(person, OTHERS, { person: typedIn(query).person }, []);
  }

  @Post('/people/absences/add')
  @Policy('people.manage')
  async record(@CurrentPerson() person: SignedInPerson, @Body() body: unknown): Promise<Page | SeeOther> {
    return this.send(person, OTHERS, body);
  }

  @Post('/people/absences/:id/end')
  @Policy('people.manage')
  async end(@CurrentPerson() person: SignedInPerson, @Param('id') id: string): Promise<SeeOther> {
    return seeOther('/people/absences', ended(person, await this.absences.end(person, id)));
  }

  private async send(person: SignedInPerson, place: Place, body: unknown): Promise<Page | SeeOther> {
    const typed = typedIn(body);
    const read = readAbsenceForm(body, place.ownId);
    if (read.errors) return this.form(person, place, typed, read.errors);
    if (read.step === 'change') return this.form(person, place, typed, []);
    try {
      if (read.step === 'record' && read.key) {
        await this.absences.record(person, read.asked, read.key);
        return seeOther(place.ownId ? '/absence' : '/people/absences', 'The absence is recorded. It ends by itself after its last day.');
      }
      return await this.check(person, place, read.asked, typed);
    } catch (error) {
      const changed = changedSince(error);
      if (changed) return this.check(person, place, read.asked, typed, changed);
      return this.form(person, place, typed, refusedAbsence(error));
    }
  }

  /** @param errors what has changed since it was shown before */
  private async check(
    person: SignedInPerson,
    place: Place,
    { firstDay, lastDay, reason, ...asked }: AbsenceToRecord,
    typed: DayTyped,
    errors: FormError[] = [],
  ): Promise<Page> {
    const preview = await this.absences.preview(person, { ...asked, firstDay, lastDay });
    const shown = { firstDay, lastDay, reason, ...preview, typed, path: place.path, key: randomUUID(), errors };
    const model = { title: 'Check before you record it', isOwn: place.ownId !== null, ...shown };
    return page('people/absence-check.njk', model, errors.length > 0 ? 412 : 200);
  }

  private async form(person: SignedInPerson, place: Place, typed: DayTyped, errors: FormError[]): Promise<Page> {
    const colleagues = await this.absences.colleagues(person);
    return page('people/absence-form.njk', {
      ...{ title: place.title, place, typed, errors, colleagues, nobody: NOBODY, isOwn: place.ownId !== null },
      problems: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
      mine: place.ownId ? (await this.absences.list(person, 'own')).filter((one) => one.is === 'now' || one.is === 'coming') : [],
    });
  }
}

function ended(by: SignedInPerson, { is, personId, person }: ListedAbsence): string {
  const [whose, theirs] = personId === by.id ? ['Your absence', 'yours'] : [`The absence of ${person}`, 'theirs'];
  return is === 'withdrawn' ? `${whose} is withdrawn.` : `${whose} has ended. What was ${theirs} is ${theirs} again.`;
}
