/** A business plan while it is being read: where each heading, row and line of narrative belongs. */
import type {
  ActionColumn,
  BusinessPlan,
  Column,
  CsiObjective,
  FullPlanPart,
  FullPlanParts,
  IndicatorTable,
  NarrativeSection,
  Row,
  SectionName,
} from '../domain/business-plan.js';
import { actionCodeOf, indicatorCodesOf } from '../domain/codes.js';
import { plainText } from '../domain/plain-text.js';
import { unmarked } from './as-it-stands.js';
import { actionColumnKeys, actionHeadings, budgetColumns, indicatorColumns, type TableKind } from './recognise-columns.js';
import { isSameHeading, type ObjectiveHeading } from './recognise-headings.js';
import { budgetRow, joinedKeys, RowIds, rowFrom } from './rows.js';

/** The table that rows go into until the next heading. */
interface OpenTable {
  keys: string[];
  add: (row: Row) => unknown;
  /** What a row's id begins with. */
  prefix: string;
  codeOf: (row: Row) => string | null;
}

/** Where an indicator table stands under no objective's heading. */
const NO_OBJECTIVE: ObjectiveHeading = { code: '', name: '' };
const NO_HEADINGS: Record<ActionColumn, string> = { action: '', outcome: '', partners: '', officers: '', comments: '' };

/** A line under the budget that begins with the star of the table's "*", and not with bold words. */
const FOOTNOTE = /^\s*\*(?!\*[^*]+\*\*)/;

export class PlanBuilder {
  hasTables = false;
  private title: string | null = null;
  private readonly sections: NarrativeSection[] = [];
  /** The place of the section that narrative goes into now. */
  private open = -1;
  private readonly objectives: CsiObjective[] = [];
  private readonly kpis: BusinessPlan['kpis'] = { columns: [], rows: [] };
  private readonly actions: BusinessPlan['actions'] = { heading: '', headings: NO_HEADINGS, rows: [] };
  private readonly budget: BusinessPlan['budget'] = { columns: [], rows: [], footnote: '' };
  private fullPlan: FullPlanParts | null = null;
  private part: FullPlanPart | null = null;
  private section: SectionName = 'introduction';
  private objective: CsiObjective | null = null;
  private table: OpenTable | null = null;
  private readonly ids = new RowIds();
  /** The lines that objectives were first headed by. */
  private readonly headedBy = new Map<CsiObjective, string>();
  /** The first header of the actions, and the keys of its columns. */
  private actionHeader: { headings: string[]; keys: string[] } | null = null;

  /** A line with an objective's shape is one only where objectives stand: before or after the CSI heading, not under other tables' headings. */
  get mayOpenObjective(): boolean {
    return !['kpi', 'actions', 'budget'].includes(this.section);
  }

  /** The parts that complete the plan stand behind its tables: before them, their titles are but words of the introduction. */
  get mayOpenPart(): boolean {
    return this.hasTables;
  }

  addBlankLine(): void {
    if (this.part && this.fullPlan) {
      const text = this.fullPlan[this.part];
      if (text !== '' && !text.endsWith('\n\n')) this.fullPlan[this.part] += '\n';
      return;
    }
    const section = this.sections[this.open];
    if (section && section.text !== '' && !section.text.endsWith('\n\n')) section.text += '\n';
  }

  /**
   * A section whose heading is repeated, as at a page break or on the sheet of its table, goes on, and its objective with it. A
   * heading that is repeated in other words stays in the narrative, to be seen.
   */
  openSection(name: SectionName, heading: string): void {
    this.title ??= '';
    const known = this.sections.findIndex((each) => each.name === name && isSameHeading(each.heading, heading));
    if (known < 0 || known !== this.open) this.objective = null;
    this.section = name;
    this.table = null;
    this.part = null;
    this.open = known < 0 ? this.sections.push({ name, heading, text: '' }) - 1 : known;
    this.addBlankLine();
    if (known >= 0 && !sameWords([heading], [this.sections[known]?.heading ?? ''])) this.addNarrative(heading);
    if (name === 'actions' && this.actions.heading === '') this.actions.heading = heading;
  }

  openPart(part: FullPlanPart): void {
    this.fullPlan ??= { policies: '', serviceObjectives: '', baseline: '', managementIndicators: '', risks: '' };
    this.part = part;
    this.table = null;
  }

  /** An objective that was there before, as where its heading is repeated at a page break, goes on. */
  openObjective(heading: ObjectiveHeading, line: string): void {
    const known = this.objectives.find(({ code, name }) => code === heading.code && isSameHeading(name, heading.name));
    this.objective = known ?? { ...heading, table: { columns: [], rows: [] } };
    if (!known) this.objectives.push(this.objective);
    this.table = null;
    const first = this.headedBy.get(this.objective);
    if (first === undefined) this.headedBy.set(this.objective, line);
    else if (!sameWords([first], [line])) this.addNarrative(line);
  }

  /** Ends the open table where another begins whose rows have not as many cells, give or take one. */
  endTableUnlike(cells: number): void {
    if (this.table && Math.abs(this.table.keys.length - cells) > 1) this.table = null;
  }

  addNarrative(line: string): void {
    if (this.title === null) {
      this.title = line.trim();
      return;
    }
    if (this.part && this.fullPlan) {
      this.fullPlan[this.part] += this.fullPlan[this.part] === '' ? line : `\n${line}`;
      return;
    }
    if (this.section === 'budget' && this.budget.columns.length > 0 && FOOTNOTE.test(line)) {
      this.budget.footnote = [this.budget.footnote, line.trim()].filter(Boolean).join('\n');
      return;
    }
    const section = this.sections[this.open] ?? this.beforeFirstHeading();
    section.text += section.text === '' ? line : `\n${line}`;
  }

  addHeader(kind: TableKind, headings: string[], line: number): void {
    this.title ??= '';
    this.hasTables = true;
    this.part = null;
    if (kind === 'actions') this.openActions(headings);
    else if (kind === 'budget') this.openBudget(budgetColumns(headings), line);
    else if (this.section === 'csi' || this.objective) this.openIndicators(this.tableOfObjective(), indicatorColumns(headings), line);
    else this.openIndicators(this.kpis, indicatorColumns(headings), line);
  }

  addRow(cells: string[], line: number): void {
    if (!this.table) return this.addNarrative(cells.map(unmarked).join('\t').trim());
    const row = rowFrom(this.table.keys, cells, line);
    row.id = this.ids.next(this.table.prefix, this.table.codeOf(row));
    this.table.add(row);
  }

  plan(): BusinessPlan {
    this.keepHeadingsWithoutCells();
    const { sections, objectives, kpis, actions, budget } = this;
    for (const section of sections) section.text = section.text.trim();
    if (!this.fullPlan) return { title: this.title ?? '', sections, objectives, kpis, actions, budget };
    const parts = Object.fromEntries(Object.entries(this.fullPlan).map(([part, text]) => [part, text.trim()])) as FullPlanParts;
    return { title: this.title ?? '', sections, objectives, kpis, actions, budget, fullPlan: parts };
  }

  /** A column of the actions that the product does not know is kept by its cells; where it has none, its heading is narrative. */
  private keepHeadingsWithoutCells(): void {
    const { keys, headings } = this.actionHeader ?? { keys: [], headings: [] };
    const isKept = (key: string): boolean => this.actions.rows.some(({ cells }) => cells[key] !== undefined);
    const lost = headings.filter((heading, index) => {
      const key = keys[index] ?? '';
      return key.startsWith('other ') && heading.trim() !== '' && !isKept(key);
    });
    if (lost.length === 0) return;
    const section = this.sections.findIndex(({ name }) => name === 'actions');
    if (section >= 0) this.open = section;
    this.part = null;
    this.addBlankLine();
    this.addNarrative(lost.join('\t'));
  }

  private tableOfObjective(): IndicatorTable {
    if (!this.objective) {
      const known = this.objectives.find(({ code, name }) => code === NO_OBJECTIVE.code && name === NO_OBJECTIVE.name);
      this.objective = known ?? { ...NO_OBJECTIVE, table: { columns: [], rows: [] } };
      if (!known) this.objectives.push(this.objective);
    }
    return this.objective.table;
  }

  private openActions(headings: string[]): void {
    const keys = actionColumnKeys(headings);
    if (!this.actionHeader) {
      this.actionHeader = { headings, keys };
      this.actions.headings = actionHeadings(headings, keys);
    } else if (!sameWords(headings, this.actionHeader.headings)) this.addNarrative(headings.join('\t'));
    const known = this.actionHeader;
    const joined = joinedKeys(
      known.keys.map((key, index) => ({ key, heading: known.headings[index] ?? '' })),
      keys.map((key, index) => ({ key, heading: headings[index] ?? '' })),
    );
    const { rows } = this.actions;
    this.table = { keys: joined, add: (row) => rows.push(row), prefix: 'action', codeOf: actionCodeOf };
  }

  private openIndicators(table: IndicatorTable, columns: Column[], line: number): void {
    const keys = this.joinColumns(table.columns, columns, line);
    const codeOf = (row: Row): string | null => indicatorCodesOf(row)[0] ?? null;
    this.table = { keys, add: (row) => table.rows.push(row), prefix: table === this.kpis ? 'kpi' : 'csi', codeOf };
  }

  private openBudget(columns: Column[], line: number): void {
    const keys = this.joinColumns(this.budget.columns, columns, line);
    const { rows } = this.budget;
    const add = (row: Row): unknown => rows.push(budgetRow(row, columns));
    this.table = { keys, add, prefix: 'budget', codeOf: () => null };
  }

  /**
   * A repeated header adds the columns that its table lacks; one in other words also stays in the narrative, to be seen.
   * @returns the keys of the cells under the repeated header
   */
  private joinColumns(known: Column[], repeated: Column[], line: number): string[] {
    const first = known.length === 0;
    const same = sameWords(
      known.map(({ heading }) => heading),
      repeated.map(({ heading }) => heading),
    );
    const keys = joinedKeys(known, repeated);
    const added = repeated.filter((_, index) => !known.some(({ key }) => key === keys[index]));
    known.push(...added.map((column) => ({ ...column, line })));
    if (!first && !same) this.addNarrative(repeated.map(({ heading }) => heading).join('\t'));
    return keys;
  }

  private beforeFirstHeading(): NarrativeSection {
    const section: NarrativeSection = { name: 'introduction', heading: '', text: '' };
    this.open = this.sections.push(section) - 1;
    return section;
  }
}

function sameWords(some: string[], others: string[]): boolean {
  return some.map(plainText).join('\n') === others.map(plainText).join('\n');
}
