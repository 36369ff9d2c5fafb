/** What differs in a plan's words outside its tables: the title, the sections, the parts that complete the plan. */
import { FULL_PLAN_PART_TITLES, FULL_PLAN_PARTS, type BusinessPlan, type NarrativeSection } from '../business-plan.js';
import { plainText } from '../plain-text.js';
import type { Difference } from './difference.js';
import { movedAmong, type Placed } from './moved.js';

/** The differences of title, sections and full plan, each text as a whole: `word-changes.ts` marks the words in it. */
export function narrativeDifferences(before: BusinessPlan, after: BusinessPlan): Difference[] {
  const sections = areSame(before.sections, after.sections) ? [] : sectionDifferences(before.sections, after.sections);
  const heading = bothHaveActions(before, after) ? actionsHeading(before, after) : [];
  const isTold = sections.some((one) => one.field === 'actions' && one.before === heading[0]?.before && one.after === heading[0]?.after);
  return [
    ...difference('title', before.title, after.title, 'Title'),
    ...sections,
    ...(isTold ? [] : heading),
    ...(before.fullPlan || after.fullPlan ? fullPlanDifferences(before, after) : []),
  ];
}

function actionsHeading({ actions: was }: BusinessPlan, { actions: is }: BusinessPlan): Difference[] {
  return difference('actions', was.heading, is.heading, is.heading || was.heading);
}

/** Whether all sections are the same to the character, as in most versions. */
function areSame(before: readonly NarrativeSection[], after: readonly NarrativeSection[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ name, heading, text }, index) => {
      const section = after[index]!;
      return name === section.name && heading === section.heading && text === section.text;
    })
  );
}

/** Where one plan has no table of actions, its heading is told with the table. */
function bothHaveActions(before: BusinessPlan, after: BusinessPlan): boolean {
  return [before, after].every(({ actions }) => actions.heading !== '' || actions.rows.length > 0);
}

function difference(field: string, before: string, after: string, name: string): Difference[] {
  if (before === after || plainText(before) === plainText(after)) return [];
  return [{ ...ofText(field, name), kind: 'changed', before: before.trim(), after: after.trim() }];
}

function ofText(field: string, name: string): Omit<Difference, 'kind' | 'before' | 'after'> {
  return { table: 'text', code: null, field, meaning: null, name: plainText(name), place: plainText(name), rowId: null, rowIdBefore: null };
}

interface SectionInBoth extends Placed {
  was: NarrativeSection;
  is: NarrativeSection;
}

function sectionDifferences(before: readonly NarrativeSection[], after: readonly NarrativeSection[]): Difference[] {
  const pairs = pairedSections(before, after);
  const moved = movedAmong(
    [...pairs.values()].sort((a, b) => a.after - b.after),
    ({ was, is }) =>
      [was, is]
        .map(({ name, heading }) => `${name} ${heading}`)
        .sort()
        .join(),
  );
  const later = after.flatMap((section) => {
    const pair = pairs.get(section);
    return pair ? changesOfSection(pair, moved.has(pair)) : [oneSided('added', section)];
  });
  const stays = new Set([...pairs.values()].map(({ was }) => was));
  return [...later, ...before.filter((section) => !stays.has(section)).map((section) => oneSided('removed', section))];
}

/** Sections belong together by name, several of one name by their headings, then in order. */
function pairedSections(before: readonly NarrativeSection[], after: readonly NarrativeSection[]): Map<NarrativeSection, SectionInBoth> {
  const pairs = new Map<NarrativeSection, SectionInBoth>();
  const taken = new Set<NarrativeSection>();
  for (const isSame of [sameHeading, sameName])
    after.forEach((section, place) => {
      const found = before.findIndex((one) => !taken.has(one) && isSame(one, section));
      if (pairs.has(section) || found < 0) return;
      pairs.set(section, { was: before[found]!, is: section, before: found, after: place });
      taken.add(before[found]!);
    });
  return pairs;
}

function sameName(one: NarrativeSection, other: NarrativeSection): boolean {
  return one.name === other.name;
}

function sameHeading(one: NarrativeSection, other: NarrativeSection): boolean {
  return sameName(one, other) && plainText(one.heading) === plainText(other.heading);
}

function changesOfSection({ was, is, before, after }: SectionInBoth, isMoved: boolean): Difference[] {
  const name = is.heading || was.heading || 'Before the first heading';
  const [from, to] = [before, after].map((place) => `${plainText(name)}: section ${place + 1}`);
  return [
    ...(isMoved ? [{ ...ofText('order', name), kind: 'moved' as const, before: from!, after: to! }] : []),
    ...difference(is.name, was.heading, is.heading, name),
    ...difference(is.name, was.text, is.text, name),
  ];
}

function oneSided(kind: 'added' | 'removed', { name, heading, text }: NarrativeSection): Difference {
  const words = [heading, text]
    .map((each) => each.trim())
    .filter(Boolean)
    .join('\n\n');
  const [before, after] = kind === 'added' ? [null, words] : [words, null];
  return { ...ofText(name, heading || 'Before the first heading'), kind, before, after };
}

/** A part that is blank in a plan which has parts is as good as none. */
function fullPlanDifferences(before: BusinessPlan, after: BusinessPlan): Difference[] {
  return FULL_PLAN_PARTS.flatMap((part): Difference[] => {
    const [was, is] = [before.fullPlan?.[part], after.fullPlan?.[part]];
    const name = FULL_PLAN_PART_TITLES[part];
    if (was !== undefined && is !== undefined) return difference(part, was, is, name);
    const words = (was ?? is ?? '').trim();
    if (words === '') return [];
    return [
      {
        ...ofText(part, name),
        kind: was === undefined ? 'added' : 'removed',
        before: was === undefined ? null : words,
        after: is === undefined ? null : words,
      },
    ];
  });
}
