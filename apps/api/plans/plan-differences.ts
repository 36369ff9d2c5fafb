/** The differences between two texts of a plan, put together for a page: by table and row, words marked, what they mean first. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { comparePlans } from '../../../libs/domain/compare-plans.js';
import type { Difference, Meaning } from '../../../libs/domain/differences/difference.js';
import { FULL_PLAN_PART_TITLES } from '../../../libs/domain/business-plan.js';
import { wordChanges, type WordChange } from '../../../libs/domain/word-changes.js';
import { ruleSettingsOf } from '../../../libs/database/rule-settings.js';

/** One thing that differs in a row. */
export interface ShownDifference extends Pick<Difference, 'kind' | 'before' | 'after' | 'meaning'> {
  /** What differs, for people: "Target 2025/26", "Place in the table"; null for a whole row. */
  what: string | null;
  /** The measure of a composite row that is meant, where it is not the row's own name; else null. */
  measure: string | null;
  /** The text with what was taken out and put in; empty for a move. */
  words: WordChange[];
}

export interface ShownRow {
  name: string;
  rowId: string | null;
  kind: 'added' | 'removed' | 'changed';
  items: ShownDifference[];
}

export interface ShownDifferences {
  count: number;
  /** How many rows, columns and texts differ. */
  rowCount: number;
  meanings: { meaning: Meaning; count: number }[];
  places: { place: string; rows: ShownRow[] }[];
}

@Injectable()
export class PlanDifferences {
  constructor(private readonly em: EntityManager) {}

  /** What differs, by the council's own posts and directions. */
  async between(councilId: string, before: BusinessPlan, after: BusinessPlan): Promise<Difference[]> {
    return comparePlans(before, after, await ruleSettingsOf(this.em.fork(), councilId));
  }

  /** The same for a page. */
  async shown(councilId: string, before: BusinessPlan, after: BusinessPlan): Promise<ShownDifferences> {
    return shownDifferences(await this.between(councilId, before, after));
  }
}

/** Puts differences together by place and row, in their order. */
export function shownDifferences(differences: readonly Difference[]): ShownDifferences {
  const places = grouped(differences, ({ place }) => place).map(({ key, members }) => ({
    place: key,
    rows: grouped(members, ({ rowId, rowIdBefore, name }) => JSON.stringify([rowId, rowIdBefore, name])).map(({ members: of }) =>
      shownRow(of),
    ),
  }));
  const meanings = grouped(
    differences.filter(({ meaning }) => meaning !== null),
    ({ meaning }) => meaning!,
  ).map(({ key, members }) => ({ meaning: key, count: members.length }));
  return { count: differences.length, rowCount: places.reduce((sum, { rows }) => sum + rows.length, 0), meanings, places };
}

function shownRow(differences: readonly Difference[]): ShownRow {
  const [first] = differences;
  const whole = differences.find(({ field, kind }) => field === null && kind !== 'changed' && kind !== 'moved');
  const kind = whole?.kind === 'added' || whole?.kind === 'removed' ? whole.kind : 'changed';
  return { name: first?.name ?? '', rowId: first?.rowId ?? null, kind, items: differences.map(shownDifference) };
}

function shownDifference({ kind, field, code, name, before, after, meaning }: Difference): ShownDifference {
  return {
    ...{ kind, before, after, meaning },
    what: field === null ? null : inWords(field),
    measure: code !== null && code !== name && field !== null ? code : null,
    words: kind === 'moved' ? [] : wordChanges(before ?? '', after ?? ''),
  };
}

const FIELD_TITLES: Record<string, string> = {
  ...FULL_PLAN_PART_TITLES,
  futureYears: 'Future Years',
  targetDate: 'Target date',
  actionCode: 'Action code',
  new: 'Marked as new',
  order: 'Place in the table',
  table: 'Table',
};

function inWords(field: string): string {
  const title = FIELD_TITLES[field] ?? field;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Members in their order under the keys in the order in which they first come. */
function grouped<Member, Key extends string>(
  members: readonly Member[],
  keyOf: (member: Member) => Key,
): { key: Key; members: Member[] }[] {
  const groups = new Map<Key, Member[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return [...groups].map(([key, of]) => ({ key, members: of }));
}
