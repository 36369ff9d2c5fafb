/** Plans of other councils, each in its own form, order and words. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../libs/config/paths.js';
import { extractHash } from '../../libs/documents/content-hash.js';
import { PLAN_FORMATS } from '../../libs/documents/plan-format.js';
import { type ReadPlan, readPlanFile } from '../../libs/documents/read-plan-file.js';
import { writePlanFile } from '../../libs/documents/write-plan-file.js';
import { countPlan, type PlanCounts } from '../../libs/domain/count-plan.js';
import { plainText } from '../../libs/domain/plain-text.js';

const FILES = ['ashdale-environment-2022.txt', 'caldermouth-leisure-2025.txt', 'tarnside-housing-2025.csv', 'wexcombe-safety-2025.html'];

function read(name: string): Promise<ReadPlan> {
  return readPlanFile(readFileSync(join(projectRoot, 'test/documents/other-councils', name)));
}

/** Objectives, critical success indicators, key performance indicators, composite ones, measures, actions, budget lines. */
function counted(counts: PlanCounts): number[] {
  return Object.values(counts) as number[];
}

describe('a plan of another council', () => {
  it.each([
    ['ashdale-environment-2022.txt', [0, 0, 6, 0, 6, 4, 0], 'Environment Service Plan 2022 – 2025'],
    ['caldermouth-leisure-2025.txt', [0, 0, 3, 0, 3, 2, 0], 'CALDERMOUTH CITY COUNCIL - LEISURE AND CULTURE PLAN'],
    ['tarnside-housing-2025.csv', [2, 3, 2, 0, 5, 0, 2], 'Housing Business Plan 2025/26 - 2027/28'],
    ['wexcombe-safety-2025.html', [0, 0, 3, 0, 3, 3, 0], 'Community Safety Plan 2025 to 2028'],
  ])('is counted: %s', async (name, counts, title) => {
    const { plan } = await read(name);
    expect(counted(countPlan(plan))).toEqual(counts);
    expect(plainText(plan.title)).toBe(title);
  });

  it.each(FILES.flatMap((name) => PLAN_FORMATS.map((format) => [name, format] as const)))(
    'goes on as what it is: %s as %s',
    async (name, format) => {
      const { plan } = await read(name);
      const again = await readPlanFile(await writePlanFile(plan, format));
      expect(again.format).toBe(format);
      expect(extractHash(again.plan)).toBe(extractHash(plan));
    },
  );
});

describe('the text of Ashdale', () => {
  it('goes on with its table over a page break, where one of its headings is worded otherwise', async () => {
    const { kpis, sections } = (await read('ashdale-environment-2022.txt')).plan;
    expect(kpis.columns.map(({ key }) => key)).toEqual([
      ...[
        'code',
        'description',
        'achieved 2020/21',
        'achieved 2021/22',
        'target 2022/23',
        'target 2023/24',
        'other Good is',
        'owner',
        'other Commentary',
      ],
    ]);
    expect(kpis.rows.map(({ cells, line }) => [line, cells.code, cells['other Good is']])).toEqual([
      [13, 'BV 079b(i)', 'Low'],
      [14, 'BV 082a', 'High'],
      [15, 'BI002a', 'Low'],
      [16, 'B1002b', 'High'],
      [21, 'NI 192', 'Low'],
      [22, 'LI 15a', ''],
    ]);
    expect(sections.map(({ name }) => name)).toEqual(['introduction', 'background', 'kpi', 'actions']);
    expect(sections[2]?.text).toMatch(/Page 4.*Performance indicators 2022\\23 \(continued\).*Good to be/s);
  });

  it('keeps references and dates of its actions in columns of their own', async () => {
    const { actions } = (await read('ashdale-environment-2022.txt')).plan;
    expect(actions.headings).toEqual({
      action: 'Action',
      outcome: 'Expected outcome',
      partners: '',
      officers: 'Lead Officer',
      comments: 'Resources',
    });
    expect(actions.rows.map(({ cells }) => [cells['other Ref.'], cells['other Due date']])).toEqual([
      ['ENV/1', '31 March 2023'],
      ['ENV/2', 'Quarter 3 2023/24'],
      ['ENV/3', 'Ongoing'],
      ['ENV/4', 'TBC'],
    ]);
  });
});

describe('the text of Caldermouth', () => {
  it('has years in full-width digits, quarters and comparisons that are no year’s figures', async () => {
    const { kpis, sections } = (await read('caldermouth-leisure-2025.txt')).plan;
    expect(kpis.columns.map(({ key }) => key)).toEqual([
      ...[
        'description',
        'other Unit',
        'owner',
        'achieved 2022/23',
        'achieved 2023/24',
        'other Q3 2024/25',
        'target 2024/25',
        'target 2025/26',
      ],
      'other National average 2023/24',
    ]);
    expect(kpis.columns[3]?.heading).toBe('Actual ２０２２／２３');
    expect(sections.map(({ heading }) => heading)).toEqual(['Foreword', 'Key Performance Indicators ２０２５／２６:']);
  });
});

describe('the CSV of Tarnside', () => {
  it('has objectives without codes, and columns in another order in each table', async () => {
    const { objectives, kpis, budget } = (await read('tarnside-housing-2025.csv')).plan;
    expect(objectives.map(({ name, table }) => [name, table.rows.map(({ cells }) => cells.code)])).toEqual([
      ['Objective 1: More homes that people can afford', ['HO1', 'HO2']],
      ['Objective 2: Nobody sleeps rough', ['HO3']],
    ]);
    expect(objectives[0]?.table.rows[1]?.cells).toMatchObject({
      description: "Homes 'in the pipeline'; all tenures",
      owner: 'Head of Housing\n(with Planning)',
    });
    expect(kpis.columns.map(({ key }) => key)).toEqual(['description', 'code', 'target 2025/26', 'achieved 2023/24', 'owner']);
    expect(budget.rows.map(({ kind, line }) => [kind, line])).toEqual([
      ['heading', 22],
      ['line', 23],
      ['line', 24],
      ['net', 25],
    ]);
    expect(budget.rows[2]?.cells['other Comments']).toBe('=SUM is not used here');
  });
});

describe('the web page of Wexcombe', () => {
  it('has headings over several columns and cells over several rows', async () => {
    const { plan, remarks } = await read('wexcombe-safety-2025.html');
    expect(plan.kpis.columns.map(({ key }) => key)).toEqual([
      ...['code', 'description', 'achieved 2022/23', 'achieved 2023/24', 'target 2024/25', 'target 2025/26', 'owner'],
    ]);
    expect(plan.kpis.rows.map(({ cells }) => cells['target 2025/26'])).toEqual(['1,050', '', '-']);
    expect(plan.kpis.rows[0]?.cells).toMatchObject({ 'achieved 2023/24': '1,150¹', owner: 'Community Safety Lead\nwith the police' });
    expect(plan.actions.rows.map(({ cells }) => [cells.action, cells.partners])).toEqual([
      ['Install CCTV at the station', 'Police\nRailway'],
      ['Train door staff', 'Pubs'],
      ['', 'Clubs'],
    ]);
    expect(plan.sections.at(-1)?.text).toContain('Telephone\t01632 960 000');
    expect(remarks.map(({ rule }) => rule)).toEqual(['menus-left-out', 'merged-cells']);
  });
});
