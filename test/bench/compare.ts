/** What telling the differences of two versions costs, beside jsondiffpatch on the same versions, and how it grows with the rows. */
import { create } from 'jsondiffpatch';
import { create as createWithTextDiffs } from 'jsondiffpatch/with-text-diffs';
import { comparePlans } from '../../libs/domain/compare-plans.js';
import { actionCodeOf, indicatorCodesOf } from '../../libs/domain/codes.js';
import type { BusinessPlan, Column, Row } from '../../libs/domain/business-plan.js';
import type { MeasureDirection } from '../../libs/domain/differences/difference-meaning.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { randomFrom, type Random } from '../support/random.js';
import { seedPlan, seedPosts } from '../support/seed-plan.js';
import { percentile, type Figure } from './figures.js';
import type { Part } from './part.js';

/** A row of jsondiffpatch's versions: its code stands beside its cells, so that its hash costs nothing. */
interface CodedRow {
  code: string;
  cells: Row['cells'];
}

export const compare: Part = ({ quick }, tell) => {
  const objectHash = (row: object): string => (row as CodedRow).code;
  const theirs = create({ objectHash });
  const theirsWithWords = createWithTextDiffs({ objectHash });
  const times = quick ? 20 : 300;
  const [hundred, thousand] = [versionsOf(100), versionsOf(1000)];
  const ours = ({ before, after, measures }: Versions): unknown => comparePlans(before, after, { register: seedPosts, measures });
  tell('two versions of 100 rows, by us and by jsondiffpatch in turns');
  const [own, plain, words] = inTurns(times, [
    () => ours(hundred),
    () => theirs.diff(hundred.codedBefore, hundred.codedAfter),
    () => theirsWithWords.diff(hundred.codedBefore, hundred.codedAfter),
  ]);
  tell('two versions of 1,000 rows beside two of 100');
  const [small, large] = inTurns(quick ? 5 : 60, [() => ours(hundred), () => ours(thousand)]);
  const figure = (what: string, value: number, unit: string, goal?: Figure['goal'], note?: string): Figure => ({
    ...{ part: 'compare', what, value, unit },
    ...(goal && { goal }),
    ...(note && { note }),
  });
  return Promise.resolve([
    figure('two versions of 100 rows, p50', own!, 'ms'),
    figure('jsondiffpatch, text diffs off, p50', plain!, 'ms', undefined, 'row codes given as the hash'),
    figure('jsondiffpatch, text diffs on, p50', words!, 'ms', undefined, 'row codes given as the hash'),
    figure('ours ÷ jsondiffpatch, text diffs off', own! / plain!, '', { atMost: 0.5 }),
    figure('ours ÷ jsondiffpatch, text diffs on', own! / words!, '', { atMost: 0.5 }),
    figure('1,000 rows ÷ 100 rows', large! / small!, '', { atMost: 11 }),
  ]);
};

/** The median of each work in milliseconds; they take turns, so that a busy machine slows all of them. */
function inTurns(times: number, works: (() => unknown)[]): number[] {
  const taken = works.map((): number[] => []);
  for (let turn = 0; turn < times + 10; turn += 1)
    works.forEach((work, index) => {
      const before = performance.now();
      work();
      // The first turns are for the compiler.
      if (turn >= 10) taken[index]!.push(performance.now() - before);
    });
  return taken.map((each) => percentile(each, 0.5));
}

interface Versions {
  measures: MeasureDirection[];
  before: BusinessPlan;
  after: BusinessPlan;
  codedBefore: unknown;
  codedAfter: unknown;
}

/** Two versions of a plan with so many indicators and actions: in the later one every tenth row is edited, a few come and go. */
function versionsOf(rowCount: number): Versions {
  const before = planWith(rowCount);
  // As from the database: no string is the same object in both versions.
  const after = JSON.parse(JSON.stringify(edited(structuredClone(before), rowCount, randomFrom(rowCount)))) as BusinessPlan;
  return { measures: directionsIn(before), before, after, codedBefore: coded(before), codedAfter: coded(after) };
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

function edited(plan: BusinessPlan, rowCount: number, random: Random): BusinessPlan {
  const { objectives, kpis, actions } = plan;
  const lists = [...objectives.map(({ table }) => table.rows), kpis.rows, actions.rows];
  for (let edit = 0; edit < rowCount / 10; edit += 1) {
    const { cells } = random.oneOf(random.oneOf(lists));
    const key = random.oneOf(Object.keys(cells));
    cells[key] = otherText(cells[key]!, random);
  }
  for (let change = 0; change < rowCount / 50; change += 1) {
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

/** The same plan for jsondiffpatch: every row with its code, worked out beforehand. */
function coded(plan: BusinessPlan): unknown {
  const rowsOf = (rows: readonly Row[], codeOf: (row: Row) => string | null | undefined): CodedRow[] =>
    rows.map((row) => ({ code: codeOf(row) ?? row.id, cells: row.cells }));
  const indicators = ({ columns, rows }: { columns: readonly Column[]; rows: readonly Row[] }): unknown => ({
    columns: columns.map(({ key, heading }) => ({ code: key, heading })),
    rows: rowsOf(rows, (row) => indicatorCodesOf(row)[0]),
  });
  return {
    title: plan.title,
    sections: plan.sections.map(({ name, heading, text }) => ({ code: name, heading, text })),
    objectives: plan.objectives.map(({ code, name, table }) => ({ code, name, table: indicators(table) })),
    kpis: indicators(plan.kpis),
    actions: { ...plan.actions, rows: rowsOf(plan.actions.rows, actionCodeOf) },
    budget: {
      columns: plan.budget.columns.map(({ key, heading }) => ({ code: key, heading })),
      rows: rowsOf(plan.budget.rows, () => null),
      footnote: plan.budget.footnote,
    },
  };
}
