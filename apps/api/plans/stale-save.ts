/** A save that came too late: nothing is overwritten and nothing is lost, both texts are handed back to choose from. */
import { RefusalWithFacts } from '../problem.js';

/** What the person wrote and what is saved, by the same names, with the revision to save over. */
export interface Conflict {
  revision: number;
  yours: Record<string, string>;
  saved: Record<string, string>;
}

const MESSAGE = 'Somebody changed this after you opened it. Look at both texts and choose which to keep.';

/** A stale save of cells. */
export class StaleCells extends RefusalWithFacts {
  constructor(readonly conflict: Conflict) {
    super('stale', MESSAGE, fieldsOf(conflict, '/cells/'), { ...conflict });
  }
}

/** A stale save of one text, or of the parts of the full plan. */
export class StaleText extends RefusalWithFacts {
  constructor(readonly conflict: Conflict) {
    super('stale', MESSAGE, fieldsOf(conflict, '/'), { ...conflict });
  }
}

/** A stale removal: there are no two texts, only one to look at again. */
export function staleDraft(revision: number): RefusalWithFacts {
  return new RefusalWithFacts('stale', 'The draft was changed after you opened this page. Look at it again, then remove the row.', [], {
    revision,
  });
}

function fieldsOf({ yours, saved }: Conflict, prefix: string): { pointer: string; detail: string }[] {
  return Object.keys(yours)
    .filter((key) => yours[key] !== saved[key])
    .map((key) => ({
      pointer: `${prefix}${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail: `Saved: “${saved[key] ?? ''}”. Yours: “${yours[key] ?? ''}”.`,
    }));
}
