/** The page that shows what next year's draft would look like: which columns move, what will be asked, and the tables as they would begin. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { countPlan } from '../../../libs/domain/count-plan.js';
import { columnMoves, groupedChanges } from '../../../libs/domain/roll-forward-summary.js';
import type { RollForwardChange, RollForwardChangeKind, RolledForward } from '../../../libs/domain/roll-forward.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';
import { documentOf } from './plan-document.js';
import { RollForwardPreviews } from './roll-forward.service.js';

@Controller('/plans/:year/:slug/roll-forward')
@ApiExcludeController()
@Policy('plan.read')
export class RollForwardPages {
  constructor(private readonly previews: RollForwardPreviews) {}

  @Get()
  async show(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Param('slug') slug: string): Promise<Page> {
    const found = await this.previews.preview(person, { year, slug });
    return page('plans/roll-forward.njk', {
      title: `Rolling forward to ${found.to}`,
      wide: true,
      ...found,
      ...(found.version && found.rolled ? shown(found.version.content, found.rolled) : {}),
    });
  }
}

function shown(before: Parameters<typeof countPlan>[0], { plan, changes, tables }: RolledForward) {
  const shownApart: RollForwardChangeKind[] = ['column-moved', 'column-dropped'];
  return {
    groups: groupedChanges(changes).filter(({ kind }) => !shownApart.includes(kind)),
    moves: columnMoves(tables),
    counts: { before: countPlan(before), after: countPlan(plan) },
    sections: documentOf(plan, { wordsFor: (rowId, column) => wordsFor(changes, rowId, column) }),
  };
}

const WORDS: Partial<Record<RollForwardChangeKind, string>> = {
  'figure-wanted': 'Result wanted',
  'target-proposed': 'Proposed target',
  'target-wanted': 'Target wanted',
  'new-cleared': '“(New)” cleared',
  'removal-proposed': 'Proposed for removal',
};

/** What is said in a cell of the tables; a proposal to remove a row stands in its first cell. */
function wordsFor(changes: readonly RollForwardChange[], rowId: string, column: string): string {
  const here = changes.filter((change) => change.rowId === rowId && (change.column ?? 'action') === column);
  return here.flatMap(({ kind }) => WORDS[kind] ?? []).join('. ');
}
