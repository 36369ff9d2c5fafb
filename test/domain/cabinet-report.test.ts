/** The quarter's report: tallies that add up, exceptions first, and every row of the real plan accounted for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demonstrationPlanFile, projectRoot } from '../../libs/config/paths.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { compileCabinetReport, type CabinetReport, type CabinetReportInput, type Tallies } from '../../libs/domain/cabinet-report.js';
import type { Quarter } from '../../libs/domain/financial-year.js';
import { readMeasureSettings, type MeasureSettings } from '../../libs/domain/measure-settings.js';
import { actionCodeOf } from '../../libs/domain/codes.js';
import { measuresOf } from '../../libs/domain/parse-cell.js';
import { targetDateOf } from '../../libs/domain/parse-date.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { ACTION_STATUSES, type ActionInput } from '../../libs/domain/report-action.js';
import type { IndicatorInput, QuarterFigure } from '../../libs/domain/report-indicator.js';

const seed = readPlanText(readFileSync(demonstrationPlanFile, 'utf8'));
const settings = readMeasureSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/measure-settings.json'), 'utf8')));
const asked = { post: 'Communities and Crime Manager', person: 'Sam Taylor' };

const sum: MeasureSettings = { code: 'X_1', table: 'csi', direction: 'lower', frequency: 'quarterly', addsUp: 'sum', dataOnly: false };
const figure = (quarter: Quarter, raw: string, more: Partial<QuarterFigure> = {}): QuarterFigure => ({
  ...{ quarter, raw, commentary: `Said of quarter ${quarter}`, provisional: false, demonstration: false },
  ...more,
});
const indicator = (code: string, figures: QuarterFigure[], more: Partial<IndicatorInput> = {}): IndicatorInput => ({
  ...{
    rowId: `row-${code}`,
    table: 'csi',
    objective: 'Less of it',
    code,
    name: `Number ${code}`,
    target: '400',
    settings: { ...sum, code },
  },
  figures,
  asked,
  ...more,
});
const action = (code: string, more: Partial<ActionInput> = {}): ActionInput => ({
  ...{ code, name: `Do ${code}`, status: 'in progress', percent: 50, commentary: '', demonstration: false, asked },
  targetDate: { text: 'March 2026', lastDay: '2026-03-31' },
  ...more,
});
const report = (indicators: IndicatorInput[], actions: ActionInput[] = [], quarter: Quarter = 2): CabinetReport =>
  compileCabinetReport({
    ...{ councilName: 'Demonstration Borough Council', year: '2025/26', quarter, preparedOn: '2025-11-04', tolerancePercent: 5 },
    plans: [{ id: 'community-safety', title: 'Community Safety', indicators, actions }],
  });
const only = (row: IndicatorInput, quarter: Quarter = 2) => report([row], [], quarter).plans[0]!.indicators[0]!;

describe('an indicator in the report', () => {
  it('has its figure and its target to date, its standing and the rule in words', () => {
    expect(only(indicator('X_1', [figure(1, '100'), figure(2, '111')]))).toMatchObject({
      class: 'red',
      standing: 'Red',
      explanation:
        '211 against a target of 200; lower is better; more than 5% above it; the target so far is assumed: 400 for 2025/26, spread evenly',
      quarterFigure: '111',
      valueToDate: '211',
      targetToDate: '200',
      targetAssumed: true,
      yearTarget: '400',
      commentary: 'Said of quarter 2',
      asked,
    });
  });

  it('leaves aside what was reported of later quarters', () => {
    const line = only(indicator('X_1', [figure(1, '90'), figure(2, '90'), figure(3, '500')]));
    expect([line.valueToDate, line.class]).toEqual(['180', 'green']);
  });

  it('is missing where its quarter or one before it has no figure', () => {
    expect(only(indicator('X_1', [figure(1, '90')]))).toMatchObject({
      class: 'missing',
      explanation: 'There is no figure for quarter 2.',
      valueToDate: null,
      missingQuarters: [2],
    });
    expect(only(indicator('X_1', [figure(2, '90')]))).toMatchObject({ class: 'missing', quarterFigure: '90', missingQuarters: [1] });
    expect(only(indicator('X_1', [figure(3, '1')]), 3).explanation).toBe('There is no figure for quarters 1 and 2.');
    expect(only(indicator('X_1', [figure(1, ' ')]), 1)).toMatchObject({ class: 'missing', quarterFigure: null });
  });

  it('is not due rather than missing where it is reported once a year', () => {
    const yearly = indicator('X_1', [], { settings: { ...sum, frequency: 'yearly', addsUp: 'latest' } });
    expect(only(yearly)).toMatchObject({ class: 'notDue', standing: 'Not due this quarter', targetToDate: null, missingQuarters: [] });
    expect(only(yearly, 4)).toMatchObject({ class: 'missing', targetToDate: '400' });
  });

  it('has no RAG but the reason where none can be given', () => {
    expect(only(indicator('X_1', [figure(1, '90'), figure(2, '80')], { settings: null }))).toMatchObject({
      class: 'noRag',
      explanation: 'It is not settled whether lower or higher is better.',
      valueToDate: '80',
    });
    expect(only(indicator('X_1', [figure(1, '9'), figure(2, '9')], { target: '' }))).toMatchObject({
      class: 'noRag',
      explanation: 'There is no target.',
      targetToDate: null,
    });
  });

  it('is provisional or made up where any figure that it adds is', () => {
    const first = figure(1, '90', { provisional: true, demonstration: true });
    expect(only(indicator('X_1', [first, figure(2, '90')]))).toMatchObject({ provisional: true, demonstration: true });
    const later = figure(3, '90', { provisional: true, demonstration: true });
    expect(only(indicator('X_1', [figure(1, '90'), figure(2, '90'), later]))).toMatchObject({ provisional: false, demonstration: false });
    const rate = { ...sum, addsUp: 'rate' as const };
    expect(only(indicator('X_1', [first, figure(2, '90')], { settings: rate }))).toMatchObject({
      provisional: false,
      demonstration: false,
    });
  });

  it('raises a query where its figure looks like a slip of the pen', () => {
    const compiled = report([
      indicator('X_1', [figure(1, '73,000'), figure(2, '390')]),
      indicator('X_2', [figure(1, '9'), figure(2, '190')]),
    ]);
    expect(compiled.queries.map((line) => [line.code, line.query])).toEqual([
      ['X_1', '73,390 is more than ten times the target of 200. Is it right?'],
    ]);
  });
});

describe('an action in the report', () => {
  const lines = (...actions: ActionInput[]) => report([], actions).plans[0]!.actions;
  const past = { text: 'October 2025', lastDay: '2025-10-31' };

  it('is overdue from the day after its date, unless it is completed or cancelled', () => {
    const overdue = lines(
      action('A_1', { targetDate: past }),
      action('A_2', { targetDate: past, status: 'not started' }),
      action('A_3', { targetDate: past, status: null }),
      action('A_4', { targetDate: past, status: 'completed' }),
      action('A_5', { targetDate: past, status: 'cancelled' }),
      action('A_6', { targetDate: { text: '4 November 2025', lastDay: '2025-11-04' } }),
      action('A_7', { targetDate: { text: 'when the county plan is published', lastDay: null } }),
    ).filter((line) => line.overdue);
    expect(overdue.map((line) => [line.code, line.standingInWords])).toEqual([
      ['A_1', 'In progress, overdue'],
      ['A_2', 'Not started, overdue'],
      ['A_3', 'No update, overdue'],
    ]);
  });
});

describe('the whole report', () => {
  it('shows red first, then missing, then amber, then overdue actions', () => {
    const compiled = report(
      [
        indicator('X_amber', [figure(1, '100'), figure(2, '105')]),
        indicator('X_missing', []),
        indicator('X_green', [figure(1, '100'), figure(2, '100')]),
        indicator('X_red', [figure(1, '100'), figure(2, '150')]),
      ],
      [action('A_1'), action('A_2', { status: null, targetDate: { text: 'July 2025', lastDay: '2025-07-31' } })],
    );
    const { red, missing, amber, overdueActions, actionsWithoutUpdate } = compiled.exceptions;
    expect([red, missing, amber].map((lines) => lines.map((line) => line.code))).toEqual([['X_red'], ['X_missing'], ['X_amber']]);
    expect([overdueActions, actionsWithoutUpdate].map((lines) => lines.map((line) => line.code))).toEqual([['A_2'], ['A_2']]);
    expect(Object.keys(compiled.exceptions).slice(0, 4)).toEqual(['red', 'missing', 'amber', 'overdueActions']);
  });

  it('lists what came late or was corrected since Cabinet last saw it', () => {
    const compiled = report([
      indicator('X_1', [figure(1, '31', { correctedFrom: '38' }), figure(2, '1', { receivedLate: true })]),
      indicator('X_2', [figure(1, '90', { receivedLate: true }), figure(2, '1')]),
    ]);
    expect(compiled.laterFigures.map(({ code, quarter, figure: raw, what }) => [code, quarter, raw, what])).toEqual([
      ['X_1', 1, '31', 'Corrected from 38'],
      ['X_2', 1, '90', 'Received late'],
    ]);
  });

  it('is titled with its quarter in words', () => {
    expect(report([]).title).toBe('Business plans: Quarter 2 of 2025/26 (July to September 2025)');
  });

  it('has tallies that add up to the total, in each plan and over all', () => {
    fc.assert(
      fc.property(fc.array(anyPlan, { maxLength: 3 }), fc.constantFrom<Quarter>(1, 2, 3, 4), (plans, quarter) => {
        const input: CabinetReportInput = {
          councilName: 'C',
          year: '2025/26',
          quarter,
          preparedOn: '2025-11-04',
          tolerancePercent: 5,
          plans,
        };
        const compiled = compileCabinetReport(input);
        for (const each of [compiled, ...compiled.plans]) expectToAddUp(each.tallies);
        expect(compiled.tallies.indicators.total).toBe(plans.flatMap((plan) => plan.indicators).length);
        expect(compiled.tallies.actions.total).toBe(plans.flatMap((plan) => plan.actions).length);
        expect(compiled.tallies.actions.overdue).toBe(compiled.exceptions.overdueActions.length);
        expect(compiled.tallies.indicators.red).toBe(compiled.exceptions.red.length);
      }),
    );
  });
});

describe('the report on the real plan', () => {
  const compiled = (figures: Record<string, string[]>, status: ActionInput['status'], quarter: Quarter = 2): CabinetReport =>
    report(seedIndicators(figures), seedActions(status), quarter);

  it('accounts for all 18 measures and 32 actions where nobody has reported', () => {
    const { tallies } = compiled({}, null);
    expect(tallies.indicators).toEqual({ green: 0, amber: 0, red: 0, noRag: 0, missing: 16, notDue: 2, total: 18 });
    expect(tallies.actions).toEqual({ notStarted: 0, inProgress: 0, completed: 0, cancelled: 0, withoutUpdate: 32, total: 32, overdue: 2 });
  });

  it('calls both surveys due at the end of the year only', () => {
    const notDue = compiled({}, null).plans[0]!.indicators.filter((line) => line.class === 'notDue');
    expect(notDue.map((line) => line.code)).toEqual(['ComS_032', 'ComS_NEW']);
    expect(compiled({}, null, 4).tallies.indicators.missing).toBe(18);
  });

  it('rates what came, by the settings of the table that it stands in, and is the same each time it is prepared', () => {
    const figures = { ComS_012: ['100', '120'], ComS_012d: ['80%', '83%'], ComS_025: ['260', '270'], ComS_048: ['100', '100'] };
    const made = compiled(figures, 'in progress');
    const place = (table: string, code: string) =>
      made.plans[0]!.indicators.find((each) => each.code === code && each.table === table)?.class;
    expect(place('csi', 'ComS_012')).toBe('red');
    expect(place('kpi', 'ComS_012')).toBe('noRag');
    expect(place('kpi', 'ComS_012d')).toBe('green');
    expect(place('csi', 'ComS_025')).toBe('noRag');
    expect(place('kpi', 'ComS_048')).toBe('noRag');
    expect(JSON.stringify(compiled(figures, 'in progress'))).toBe(JSON.stringify(made));
  });
});

/** The real plan's measures with figures by code, the first quarter first. */
function seedIndicators(figures: Record<string, string[]>): IndicatorInput[] {
  return indicatorRowsOf(seed).flatMap(({ row, columns, objective }) =>
    measuresOf(row, columns).map((measure) => {
      const [table, code] = [objective ? ('csi' as const) : ('kpi' as const), measure.code ?? ''];
      const reported = (figures[code] ?? []).map((raw, index) => figure((index + 1) as Quarter, raw));
      const ownSettings = settings.find((each) => each.table === table && each.code === code) ?? null;
      expect(ownSettings).not.toBeNull();
      const target = measure.figures['target 2025/26'] ?? '';
      return indicator(code, reported, { table, objective: objective?.name ?? null, name: measure.label, target, settings: ownSettings });
    }),
  );
}

function seedActions(status: ActionInput['status']): ActionInput[] {
  return seed.actions.rows.map((row) => {
    const date = targetDateOf(row);
    const targetDate = date.kind === 'date' ? { text: date.text, lastDay: date.lastDay } : { text: '', lastDay: null };
    return action(actionCodeOf(row) ?? '', { status, targetDate });
  });
}

function expectToAddUp({ indicators, actions }: Tallies): void {
  const { total, ...classes } = indicators;
  expect(Object.values(classes).reduce((one, other) => one + other, 0)).toBe(total);
  const { total: allActions, overdue, ...standings } = actions;
  expect(Object.values(standings).reduce((one, other) => one + other, 0)).toBe(allActions);
  expect(overdue).toBeLessThanOrEqual(allActions);
}

const anyFigure = fc.record({
  quarter: fc.constantFrom<Quarter>(1, 2, 3, 4),
  raw: fc.constantFrom('', '-', 'TBC', '0', '50', '100', '110', '82%', '1,000'),
  commentary: fc.constant(''),
  provisional: fc.boolean(),
  demonstration: fc.boolean(),
});
const anyIndicator = fc
  .record({
    figures: fc.uniqueArray(anyFigure, { selector: (each) => each.quarter }),
    target: fc.constantFrom('', 'TBC', '400', '82%'),
    settings: fc.option(
      fc.record({
        code: fc.constant('X_1'),
        table: fc.constant('csi' as const),
        direction: fc.constantFrom('lower' as const, 'higher' as const, 'unknown' as const),
        frequency: fc.constantFrom('quarterly' as const, 'yearly' as const),
        addsUp: fc.constantFrom('sum' as const, 'latest' as const, 'rate' as const),
        dataOnly: fc.boolean(),
      }),
    ),
  })
  .map(({ figures, ...more }) => indicator('X_1', figures, more));
const anyAction = fc
  .record({
    status: fc.option(fc.constantFrom(...ACTION_STATUSES)),
    targetDate: fc.constantFrom(
      { text: '', lastDay: null },
      { text: 'July 2025', lastDay: '2025-07-31' },
      { text: 'March 2026', lastDay: '2026-03-31' },
    ),
  })
  .map((more) => action('A_1', more));
const anyPlan = fc.record({
  id: fc.constant('plan'),
  title: fc.constant('Plan'),
  indicators: fc.array(anyIndicator, { maxLength: 12 }),
  actions: fc.array(anyAction, { maxLength: 12 }),
});
