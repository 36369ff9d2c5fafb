/** The demonstration's council: its settings, meetings, people, posts and measures, from docs/demonstration. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { offsetFor } from '../../../libs/calendar/council-clock.js';
import { readCalendarSettings, type CalendarSettings } from '../../../libs/calendar/timetable-settings.js';
import { projectRoot } from '../../../libs/config/paths.js';
import { Council, Meeting } from '../../../libs/database/entities/council.js';
import { MeasureSetting } from '../../../libs/database/entities/monitoring.js';
import { Person, Post, RoleGrant } from '../../../libs/database/entities/people.js';
import { readMeasureSettings } from '../../../libs/domain/measure-settings.js';
import { ROLES } from '../../../libs/domain/route.js';

/** The id of the demonstration's council. */
export const demonstrationCouncil = 'broxtowe';
const NAME = 'Broxtowe Borough Council';
const MAIL_DOMAIN = 'broxtowe.example';
/** Amber within five per cent of the target (domain.md section f). */
const RAG_TOLERANCE_PERCENT = 5;

const peopleFile = z.array(
  z.strictObject({
    name: z.string(),
    jobTitle: z.string(),
    manager: z.string().optional(),
    /** Of their post: who is asked while they are away and nobody stands in, and the address of its team. */
    deputy: z.string().optional(),
    teamMailbox: z.email().optional(),
    roles: z.array(z.tuple([z.enum(ROLES), z.string().nullable()])),
  }),
);
const postsFile = z.array(z.strictObject({ title: z.string(), otherSpellings: z.array(z.string()) }));

/** Reads one of the demonstration's data files. */
export async function readDemonstrationFile(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(projectRoot, 'docs/demonstration', name), 'utf8'));
}

/** @param today the day on which the demonstration lives, 'YYYY-MM-DD'; without it, the real day */
export async function writeCouncil(em: EntityManager, today: string | undefined): Promise<void> {
  await writeCouncilBy(em, await demonstrationCalendar(), today ? offsetFor(today, new Date()) : 0);
}

/** The demonstration's bodies, rules and meetings. */
export async function demonstrationCalendar(): Promise<CalendarSettings> {
  return readCalendarSettings(await readDemonstrationFile('settings.json'));
}

/**
 * The same council with other meetings or rules.
 * @param clockOffsetMs its time less the server's, in milliseconds
 */
export async function writeCouncilBy(em: EntityManager, { meetings, ...settings }: CalendarSettings, clockOffsetMs: number): Promise<void> {
  em.persist(
    em.create(Council, {
      id: demonstrationCouncil,
      name: NAME,
      demonstration: true,
      clockOffsetMs,
      settings: { ...settings, ragTolerancePercent: RAG_TOLERANCE_PERCENT },
    }),
  );
  for (const meeting of meetings) em.persist(em.create(Meeting, { id: randomUUID(), councilId: demonstrationCouncil, ...meeting }));
  await em.flush();
  await writePeople(em);
  for (const one of readMeasureSettings(await readDemonstrationFile('measure-settings.json')))
    em.persist(
      em.create(MeasureSetting, { id: randomUUID(), councilId: demonstrationCouncil, table: one.table, code: one.code, settings: one }),
    );
  await em.flush();
}

async function writePeople(em: EntityManager): Promise<void> {
  const people = peopleFile.parse(await readDemonstrationFile('people.json'));
  const registered = postsFile.parse(await readDemonstrationFile('posts.json'));
  const ids = new Map(people.map(({ name }) => [name, randomUUID()]));
  for (const { name, jobTitle, manager } of people)
    em.persist(
      em.create(Person, {
        id: ids.get(name),
        councilId: demonstrationCouncil,
        name,
        jobTitle,
        email: emailOf(name),
        managerId: ids.get(manager ?? ''),
      }),
    );
  await em.flush();
  for (const { name, roles } of people)
    for (const [role, scope] of roles)
      em.persist(em.create(RoleGrant, { id: randomUUID(), councilId: demonstrationCouncil, personId: ids.get(name) ?? '', role, scope }));
  // Every job title is a post; those that the plan names also have their other spellings.
  for (const { name, jobTitle, deputy, teamMailbox } of people) {
    const otherSpellings = registered.find((post) => post.title === jobTitle)?.otherSpellings ?? [];
    em.persist(
      em.create(Post, {
        ...{ id: randomUUID(), councilId: demonstrationCouncil, title: jobTitle, otherSpellings, teamMailbox: teamMailbox ?? null },
        ...{ holderId: ids.get(name), deputyId: deputy === undefined ? null : ids.get(deputy) },
      }),
    );
  }
  await em.flush();
}

function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@${MAIL_DOMAIN}`;
}
