/** Headings of columns in the words of many councils, and rows that only look like headings. */
import { describe, expect, it } from '@jest/globals';
import { actionColumnKeys, budgetColumns, headerKind, indicatorColumns } from '../../libs/documents/recognise-columns.js';
import { seedText } from '../support/seed-plan.js';

const indicatorKeys = (...headings: string[]): string[] => indicatorColumns(headings).map(({ key }) => key);

describe('the table that a header opens', () => {
  it.each([
    ['indicators', ['Indicator Description (Code)', 'Achieved 2023/24', 'Target 2024/25', 'Future Years', 'Owner']],
    ['indicators', ['PI code', 'Performance Indicator', '2023/24 Outturn', '2024/25 Target', 'Lead officer']],
    ['indicators', ['Lead', 'Ref', 'Measure', 'Target 2025-26', 'Actual 2022\\23']],
    ['indicators', ['Measure', 'Target ２０２５／２６']],
    ['indicators', ['KPI', 'Target', 'Q1 2025/26', 'Q2 2025/26']],
    ['indicators', ['Measure', '2022/23', '2023/24', 'Target 2024/25*']],
    ['indicators', ['Description', 'Budget 2025/26', 'Actual 2023/24', 'Target 2025/26', 'Target 2026/27']],
    ['actions', ['Action (Pentana Code)', 'Targeted Outcome', 'Partnership', 'Officers Responsible / Target Date', 'Comments']],
    ['actions', ['Ref', 'Key task', 'Who', 'By when']],
    ['actions', ['What we will do', 'Lead officer', 'Timescale']],
    ['actions', ['Priority', 'Projects', 'Responsible officer', 'Due date', 'Budget 2025/26 £']],
    ['budget', ['Revenue and Capital Budget Implications *', 'Pentana Action Code', '2025/26 Budget £', '2026/27 Budget £']],
    ['budget', ['Efficiencies generated', '2025/26', '2026/27', '2027/28']],
    ['budget', ['Service', '2025/26 (£000)', '2026/27 (£000)']],
    ['budget', ['Description', 'Outturn 2023/24', 'Budget 2024/25', 'Estimate 2025/26']],
  ])('is that of %s: %j', (kind, headings) => {
    expect(headerKind(headings)).toBe(kind);
  });

  it.each([
    [['Name', 'Telephone', 'Office']],
    [['Our target for 2025/26 is to do better than in 2023/24', 'x', 'y']],
    [['All crime (ComS_001)', '7,123', 'Target 2025/26 was met', 'Achieved 2024/25 by working with partners']],
    [['Project Griffin', 'Lead officers', 'March 2026']],
    [['Review the action plan', 'Responsible for licensing', 'Target date to be agreed']],
    [['Budget 2025/26', '(13,000)']],
    [['2025/26', '2026/27', '2027/28']],
    [['Action', 'Notes']],
    [['']],
    [[]],
  ])('is none: %j', (cells) => {
    expect(headerKind(cells)).toBeNull();
  });

  it('is opened by nothing in the seed but its nineteen headers', () => {
    const headers = seedText.split('\n').filter((line) => headerKind(line.split('\t')) !== null);
    expect(headers).toHaveLength(19);
    expect(headers.every((line) => /^(?:Indicator Description|Action \(Pentana|Revenue and Capital)/.test(line))).toBe(true);
  });
});

describe('the columns of an indicator table', () => {
  it('are known in any order and in any words', () => {
    expect(
      indicatorKeys(
        'Ref',
        'Priority',
        'Performance Indicator',
        '2023/24 Outturn',
        'Year-end actual 2022\\23',
        'Target 25/26',
        'Lead officer',
        'Comments',
      ),
    ).toEqual([
      'code',
      'other Priority',
      'description',
      'achieved 2023/24',
      'achieved 2022/23',
      'target 2025/26',
      'owner',
      'other Comments',
    ]);
  });

  it('of results may have a year for their heading where targets follow', () => {
    expect(indicatorKeys('Measure', '2022/23', '2023/24', 'Target 2024/25', '2025/26')).toEqual([
      'description',
      'achieved 2022/23',
      'achieved 2023/24',
      'target 2024/25',
      'other 2025/26',
    ]);
  });

  it.each([
    'Q1 2025/26',
    'Target Q2 2025/26',
    'Target date',
    'Target',
    'Baseline 2023/24',
    'National average 2023/24',
    'Forecast 2024/25',
    'Target 2025–2028',
    'RAG 2024/25',
    'Difference from target 2023/24',
  ])('are no year’s figures: %s', (heading) => {
    expect(indicatorKeys('Indicator', heading, 'Target 2025/26')[1]).toBe(`other ${heading}`);
  });

  it('keep the owner apart from the comments, whichever stands first', () => {
    expect(indicatorKeys('Indicator', 'Comments', 'Target 2025/26', 'Indicator Owner')).toEqual([
      'description',
      'other Comments',
      'target 2025/26',
      'owner',
    ]);
    expect(indicatorKeys('Indicator', 'Target 2025/26', 'Comments').at(-1)).toBe('owner');
  });

  it('have a description where the codes’ column is the only one for it', () => {
    expect(indicatorKeys('Code', 'Achieved 2023/24', 'Target 2025/26')[0]).toBe('description');
  });

  it('have headings as written and keys that differ', () => {
    const columns = indicatorColumns(['Indicator', 'Target ２０２５／２６', 'Target 2025/26', 'Notes', 'Notes']);
    expect(columns.map(({ key }) => key)).toEqual([
      'description',
      'target 2025/26',
      'target 2025/26 (2)',
      'other Notes',
      'other Notes (2)',
    ]);
    expect(columns[1]).toMatchObject({ heading: 'Target ２０２５／２６', year: '2025/26' });
  });
});

describe('the columns of the actions', () => {
  it.each([
    [
      [
        'Action (Pentana Code)',
        'Targeted Outcome',
        'Partnership / Procurement Arrangement',
        'Officers Responsible / Target Date',
        'Budget Implications / Efficiencies / Other comments',
      ],
      ['action', 'outcome', 'partners', 'officers', 'comments'],
    ],
    [
      ['Ref', 'Key task', 'Success measures', 'Lead officer', 'Due date', 'Resources'],
      ['other Ref', 'action', 'outcome', 'officers', 'other Due date', 'comments'],
    ],
    [
      ['Target date', 'Action owner', 'Action', 'Action ref'],
      ['other Target date', 'officers', 'action', 'other Action ref'],
    ],
    [
      ['What we will do', 'Who', 'By when'],
      ['action', 'officers', 'other By when'],
    ],
  ])('of %j are known', (headings, keys) => {
    expect(actionColumnKeys(headings)).toEqual(keys);
  });
});

describe('the columns of the budget', () => {
  it('are the years it is for; what came to be, and remarks, are none', () => {
    expect(
      budgetColumns(['Service', 'Code', 'Actual 2023/24', '2024/25 Budget £', '2025-26', 'Comments on 2025/26']).map(({ key }) => key),
    ).toEqual(['text', 'actionCode', 'other Actual 2023/24', 'budget 2024/25', 'budget 2025/26', 'other Comments on 2025/26']);
  });
});
