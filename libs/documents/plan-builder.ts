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
import { actionCodeOf, indicatorCodesOf } from '../domain/parse-cell.js';
import { plainText } from '../domain/plain-text.js';
import { unmarked } from './as-it-stands.js';
import { actionColumnKeys, actionHeadings, budgetColumns, indicatorColumns, type TableKind } from './recognise-columns.js';
import type { ObjectiveHeading } from './recognise-headings.js';
import { budgetRow, RowIds, rowFrom } from './rows.js';

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

  /** A line with an objective's shape is one only where objectives stand: after the CSI heading, before the next one. */
  get mayOpenObjective(): boolean {
    return this.section === 'csi';
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

  /** A section whose heading is repeated, as at a page break or on the sheet of its table, goes on. */
  openSection(name: SectionName, heading: string): void {
    this.title ??= '';
    this.section = name;
    this.table = null;
    this.objective = null;
    this.part = null;
    const known = this.sections.findIndex((each) => each.name === name && plainText(each.heading) === plainText(heading));
    this.open = known < 0 ? this.sections.push({ name, heading, text: '' }) - 1 : known;
    this.addBlankLine();
    if (name === 'actions' && this.actions.heading === '') this.actions.heading = heading;
  }

  openPart(part: FullPlanPart): void {
    this.fullPlan ??= { policies: '', serviceObjectives: '', baseline: '', managementIndicators: '', risks: '' };
    this.part = part;
    this.table = null;
  }

  /** An objective that was there before, as where its heading is repeated at a page break, goes on. */
  openObjective(heading: ObjectiveHeading): CsiObjective {
    const known = this.objectives.find(({ code, name }) => code === heading.code && name === heading.name);
    const objective = known ?? { ...heading, table: { columns: [], rows: [] } };
    if (!known) this.objectives.push(objective);
    this.objective = objective;
    this.table = null;
    return objective;
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
    if (this.section === 'budget' && this.budget.columns.length > 0 && line.trimStart().startsWith('*')) {
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
    else if (this.section === 'kpi') this.openIndicators(this.kpis, indicatorColumns(headings), line);
    else this.openIndicators((this.objective ?? this.openObjective(NO_OBJECTIVE)).table, indicatorColumns(headings), line);
  }

  addRow(cells: string[], line: number): void {
    if (!this.table) return this.addNarrative(cells.map(unmarked).join('\t').trim());
    const row = rowFrom(this.table.keys, cells, line);
    row.id = this.ids.next(this.table.prefix, this.table.codeOf(row));
    this.table.add(row);
  }

  plan(): BusinessPlan {
    const { sections, objectives, kpis, actions, budget } = this;
    for (const section of sections) section.text = section.text.trim();
    if (!this.fullPlan) return { title: this.title ?? '', sections, objectives, kpis, actions, budget };
    const parts = Object.fromEntries(Object.entries(this.fullPlan).map(([part, text]) => [part, text.trim()])) as FullPlanParts;
    return { title: this.title ?? '', sections, objectives, kpis, actions, budget, fullPlan: parts };
  }

  private openActions(headings: string[]): void {
    const keys = actionColumnKeys(headings);
    const asWritten = actionHeadings(headings, keys);
    if (this.actions.headings === NO_HEADINGS) this.actions.headings = asWritten;
    else if (!sameWords(Object.values(asWritten), Object.values(this.actions.headings))) this.addNarrative(headings.join('\t'));
    const { rows } = this.actions;
    this.table = { keys, add: (row) => rows.push(row), prefix: 'action', codeOf: actionCodeOf };
  }

  private openIndicators(table: IndicatorTable, columns: Column[], line: number): void {
    this.joinColumns(table.columns, columns, line);
    const prefix = this.section === 'kpi' ? 'kpi' : 'csi';
    const codeOf = (row: Row): string | null => indicatorCodesOf(row)[0] ?? null;
    this.table = { keys: columns.map(({ key }) => key), add: (row) => table.rows.push(row), prefix, codeOf };
  }

  private openBudget(columns: Column[], line: number): void {
    this.joinColumns(this.budget.columns, columns, line);
    const { rows } = this.budget;
    const add = (row: Row): unknown => rows.push(budgetRow(row, columns));
    this.table = { keys: columns.map(({ key }) => key), add, prefix: 'budget', codeOf: () => null };
  }

  /** A repeated header adds the columns that its table lacks; one in other words also stays in the narrative, to be seen. */
  private joinColumns(known: Column[], repeated: Column[], line: number): void {
    const first = known.length === 0;
    const same = sameWords(
      known.map(({ heading }) => heading),
      repeated.map(({ heading }) => heading),
    );
    const added = repeated.filter((column) => !known.some(({ key }) => key === column.key));
    known.push(...added.map((column) => ({ ...column, line })));
    if (!first && !same) this.addNarrative(repeated.map(({ heading }) => heading).join('\t'));
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
