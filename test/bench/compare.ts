/** What telling the differences of two versions costs, beside jsondiffpatch on the same versions, and how it grows with the rows. */
import { create } from 'jsondiffpatch';
import { create as createWithTextDiffs } from 'jsondiffpatch/with-text-diffs';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import { actionCodeOf, indicatorCodesOf } from '../../libs/domain/codes.js';
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import type { MeasureDirection } from '../../libs/domain/differences/difference-meaning.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { randomFrom, type Random } from '../../apps/cli/rehearsal/random.js';
import { seedPlan, seedPosts } from '../support/seed-plan.js';
import { percentile, type Figure } from './figures.js';
import type { Part } from './part.js';

export const compare: Part = ({ quick }, tell) => {
  const turns = quick ? 20 : 2000;
  const [hundred, thousand] = [versionsOf(100, 'few'), versionsOf(1000, 'few')];
  const figures = [
    ...besideTheirs('100 rows, 8 differences', hundred, turns, tell),
    ...besideTheirs('100 rows, 16 differences', versionsOf(100, 'many'), turns, tell),
    ...besideTheirs('1,000 rows, 82 differences', thousand, turns / 10, tell),
  ];
  tell('two versions of 1,000 rows beside two of 100');
  const [small, large] = inTurns(turns / 2, [() => ours(hundred), () => ours(thousand)]);
  return Promise.resolve([...figures, figure('ours, 1,000 rows ÷ 100 rows', large! / small!, '', { goal: { atMost: 11 } })]);
};

function ours({ before, after, measures }: Versions): unknown {
  return comparePlans(before, after, { register: seedPosts, measures });
}

/** What jsondiffpatch knows a row by: its code, read out of its cells as we do; a column by its key, a section by its name. */
function codeOf(item: object): string | undefined {
  if ('cells' in item) {
    const row = item as Row;
    return (row.cells.action === undefined ? indicatorCodesOf(row)[0] : actionCodeOf(row)) ?? row.id;
  }
  const { key, name } = item as { key?: string; name?: string };
  return key ?? name;
}

/** What it would know a row by if somebody had worked the codes out beforehand. */
function idOf(item: object): string | undefined {
  const { id, key, name } = item as { id?: string; key?: string; name?: string };
  return id ?? key ?? name;
}

/** Ours and jsondiffpatch in turns on the same versions. */
function besideTheirs(what: string, versions: Versions, turns: number, tell: (line: string) => void): Figure[] {
  tell(`${what}, by us and by jsondiffpatch in turns`);
  const [byCode, withWords, byId] = [
    create({ objectHash: codeOf }),
    createWithTextDiffs({ objectHash: codeOf }),
    create({ objectHash: idOf }),
  ];
  const { before, after } = versions;
  const [own, theirs, theirsWithWords, theirsById] = inTurns(turns, [
    () => ours(versions),
    () => byCode.diff(before, after),
    () => withWords.diff(before, after),
    () => byId.diff(before, after),
  ]);
  const goal = { atMost: 0.5 };
  return [
    figure(`${what}, p50`, own!, 'ms'),
    figure(`${what}: ours ÷ jsondiffpatch, text diffs off`, own! / theirs!, '', {
      goal,
      note: 'it is given the function that reads row codes',
    }),
    figure(`${what}: ours ÷ jsondiffpatch, text diffs on`, own! / theirsWithWords!, '', { goal, note: 'likewise' }),
    figure(`${what}: ours ÷ jsondiffpatch, ids for codes`, own! / theirsById!, '', { note: 'as if the codes were known and cost nothing' }),
  ];
}

function figure(what: string, value: number, unit: string, beside: Pick<Figure, 'goal' | 'note'> = {}): Figure {
  return { part: 'compare', what, value, unit, ...beside };
}

/** The median of each work in milliseconds; they take turns, so that a busy machine slows all of them. The first half is for the compiler. */
function inTurns(times: number, works: (() => unknown)[]): number[] {
  const taken = works.map((): number[] => []);
  for (let turn = 0; turn < 2 * times; turn += 1)
    works.forEach((work, index) => {
      const before = performance.now();
      work();
      if (turn >= times) taken[index]!.push(performance.now() - before);
    });
  return taken.map((each) => percentile(each, 0.5));
}

interface Versions {
  before: BusinessPlan;
  after: BusinessPlan;
  measures: MeasureDirection[];
}

/**
 * Two versions of a plan with so many indicators and actions. Few: in every hundred rows five are edited, and one is added, one
 * removed, one moved, as after a round of comments. Many: twice as much.
 */
function versionsOf(rowCount: number, changes: 'few' | 'many'): Versions {
  const before = planWith(rowCount);
  // As from the database: no string is the same object in both versions.
  const after = JSON.parse(
    JSON.stringify(edited(structuredClone(before), (rowCount / 100) * (changes === 'few' ? 1 : 2), randomFrom(1))),
  ) as BusinessPlan;
  return { before, after, measures: directionsIn(before) };
}

/** A council has settled for each of its measures which way it should move. */
function directionsIn(plan: BusinessPlan): MeasureDirection[] {
  return indicatorRowsOf(plan).flatMap(({ row, objective }) =>
    indicatorCodesOf(row).map((code) => ({ code, table: objective ? 'csi' : 'kpi', direction: 'lower', dataOnly: false })),
  );
}

/** The seed's rows over and over, each with a code and words of its own. */
function planWith(rowCount: number): BusinessPlan {
  const plan = seedPlan();
  const { objectives, kpis, actions } = plan;
  const lists = [...objectives.map(({ table }) => table.rows), kpis.rows, actions.rows];
  const original = lists.map((rows) => [...rows]);
  for (const rows of lists) rows.length = 0;
  for (let made = 0, round = 0; made < rowCount; round += 1)
    for (const [index, rows] of lists.entries())
      for (const row of original[index]!.slice(0, rowCount - made)) {
        rows.push(numbered(row, round));
        made += 1;
      }
  return plan;
}

function numbered(row: Row, round: number): Row {
  const renamed = (text: string): string => `Area ${round}: ${text.replace(/\b(?=\w*_)[A-Za-z&]+|\bBCRP$/g, (stem) => `${stem}${round}`)}`;
  const { description, action } = row.cells;
  const named: Row['cells'] = description === undefined ? { action: renamed(action ?? '') } : { description: renamed(description) };
  return { ...row, id: `${row.id}-${round}`, cells: { ...row.cells, ...named } };
}

function edited(plan: BusinessPlan, times: number, random: Random): BusinessPlan {
  const { objectives, kpis, actions } = plan;
  const lists = [...objectives.map(({ table }) => table.rows), kpis.rows, actions.rows];
  for (let edit = 0; edit < times * 5; edit += 1) {
    const { cells } = random.oneOf(random.oneOf(lists));
    const key = random.oneOf(Object.keys(cells));
    cells[key] = otherText(cells[key]!, random);
  }
  for (let change = 0; change < times; change += 1) {
    const { rows } = actions;
    rows.splice(random.between(0, rows.length - 1), 1);
    const like = random.oneOf(rows);
    const row = { id: `added-${change}`, cells: { ...like.cells, action: `Something else ${change} ADDED_${change}` } };
    rows.splice(random.between(0, rows.length), 0, row);
    rows.splice(random.between(0, rows.length), 0, ...rows.splice(random.between(0, rows.length - 1), 1));
  }
  return plan;
}

/** Another number or month where the text has one; else a word more. */
function otherText(text: string, random: Random): string {
  if (/\d/.test(text) && text.length < 12) return text.replace(/\d+/, (digits) => String(Number(digits) + random.between(1, 9)));
  return /March/.test(text) ? text.replace('March', 'June') : `${text} throughout`.trim();
}
