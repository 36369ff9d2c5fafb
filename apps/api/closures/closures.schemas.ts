/** What programs send and get about closures and polling days. */
import { z } from 'zod';
import { effects } from '../meetings/meetings.schemas.js';
import { text } from '../validation.js';

/** As long as any reason or name has to be. */
export const WORDS_LIMIT = 200;

const day = z.iso.date('Write the day like 2026-01-27');
const words = (what: string) => text(WORDS_LIMIT, what);

const closure = z.object({ from: z.iso.date(), to: z.iso.date(), reason: z.string() });
const pollingDay = z.object({ date: z.iso.date(), name: z.string() });
export const days = z
  .object({
    closures: z.array(closure),
    pollingDays: z.array(pollingDay),
    ordinaryElectionDay: z.iso.date().meta({
      description: 'The next first Thursday in May that is not on record (Representation of the People Act 1983 s37): a suggestion only.',
    }),
  })
  .meta({ id: 'ClosuresAndPollingDays' });

export const change = z
  .discriminatedUnion(
    'act',
    [
      z.strictObject({ act: z.literal('close'), from: day, to: day, reason: words('The reason') }),
      z.strictObject({ act: z.literal('open-again'), from: day, to: day }),
      z.strictObject({ act: z.literal('add-poll'), date: day, name: words('The name') }),
      z.strictObject({ act: z.literal('remove-poll'), date: day }),
    ],
    'Say close, open-again, add-poll or remove-poll',
  )
  .meta({ id: 'CalendarChange' });

export const preview = effects.extend({ what: z.string() }).meta({ id: 'CalendarPreview' });
export const changed = z
  .object({ number: z.int().meta({ description: 'Counts the changes of the council’s meetings, closures and polling days from 1.' }) })
  .meta({ id: 'ChangedCalendar' });
