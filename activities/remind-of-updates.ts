/** Reminders of a quarter's missing rows: one e-mail a person, with the rows that are still missing. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { countdown } from '../libs/calendar/dates.js';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Notice, Task } from '../libs/database/entities/tasks.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../libs/domain/financial-year.js';
import type { Instant, QuarterRef } from '../workflows/activity-contract.js';
import { councilMoment } from './council-moment.js';
import { nextReminderAt } from './plan-waits.js';
import { dueReminder, nextPersonUp, whenOf } from './remind-of-plan.js';
import { tell } from './tell.js';
import { updatersAsked } from './updaters.js';

/** @returns when the next reminder is due, null once every row is there */
export async function remindOfUpdates(
  em: EntityManager,
  { councilId, year, quarter, at }: QuarterRef & { at: Instant },
): Promise<Instant | null> {
  const moment = await councilMoment(em, councilId, at);
  const period = await em.findOneOrFail(Quarter, { councilId, year, quarter });
  const open = await em.find(Task, { quarterId: period.id, kind: 'quarterly-update', closedAt: null }, { orderBy: { openedAt: 'asc' } });
  const [reminder] = open.flatMap((task) => dueReminder(moment, task) ?? []);
  if (!reminder) return nextReminderAt(moment.council, open);

  const quarterName = quarterInWords(financialYearFromId(year), quarter as QuarterNumber);
  for (const { person, rows } of await updatersAsked(em, moment, period)) {
    const facts = {
      task: `Give the quarterly update for ${quarterName}: ${rows.map((row) => row.code || row.name).join(', ')}`,
      due: period.dates.due,
      countdown: countdown(moment.today, period.dates.due, moment.council.calendar),
      otherwise: 'the report to Cabinet goes out on time and names these rows as missing',
    };
    const about = {
      subject: `quarter/${period.id}/update`,
      occurrence: `${reminder.kind} ${reminder.occurrence}`,
      path: `/quarters/${year}/${quarter}/update`,
    };
    await tell(em, moment, [person], { ...about, kind: 'reminder', facts: { ...facts, when: whenOf(reminder) } });
    if (reminder.kind === 'escalated')
      await tell(em, moment, await nextPersonUp(em, moment, [person]), {
        ...about,
        // A manager hears of each person who is late.
        subject: `${about.subject}/${person.id}`,
        kind: 'escalation',
        facts: {
          ...facts,
          responsibleName: person.name,
          remindersSent: await em.count(Notice, { kind: 'reminder', subject: about.subject, recipient: person.email }),
        },
      });
  }
  for (const task of open) task.remindedOn = moment.today;
  await em.flush();
  return nextReminderAt(moment.council, open);
}
