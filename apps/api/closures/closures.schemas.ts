/** What programs send and get about closures and polling days. */
import { z } from 'zod';
import { effects } from '../meetings/meetings.schemas.js';
import { previewHash, text } from '../validation.js';

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

const changes = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.discriminatedUnion(
    'act',
    [
      z.strictObject({ act: z.literal('close'), from: day, to: day, reason: words('The reason'), ...shape }),
      z.strictObject({ act: z.literal('open-again'), from: day, to: day, ...shape }),
      z.strictObject({ act: z.literal('add-poll'), date: day, name: words('The name'), ...shape }),
      z.strictObject({ act: z.literal('remove-poll'), date: day, ...shape }),
    ],
    'Say close, open-again, add-poll or remove-poll',
  );
export const change = changes({}).meta({ id: 'CalendarChange' });
export const changeSeen = changes({ previewHash: previewHash.optional() }).meta({ id: 'CalendarChangeSeen' });

export const preview = effects.extend({ what: z.string(), previewHash }).meta({ id: 'CalendarPreview' });
export const changed = z
  .object({ number: z.int().meta({ description: 'Counts the changes of the council’s meetings, closures and polling days from 1.' }) })
  .meta({ id: 'ChangedCalendar' });
