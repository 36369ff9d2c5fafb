/** Codes of indicators and actions, in their text and in a column of their own. */
import { describe, expect, it } from '@jest/globals';
import type { Row } from '../../libs/domain/business-plan.js';
import {
  actionCodeOf,
  actionCodesIn,
  indicatorCodesOf,
  isCodeColumn,
  isNew,
  isPlaceholder,
  withoutNewMark,
} from '../../libs/domain/codes.js';
import { indicatorRowsOf } from '../../libs/domain/plan-rows.js';
import { seedPlan } from '../support/seed-plan.js';

function row(cells: Record<string, string>): Row {
  return { id: 'a', cells };
}

describe('the code of an indicator', () => {
  it('is that of the document, in order', () => {
    expect(indicatorRowsOf(seedPlan()).flatMap(({ row: each }) => indicatorCodesOf(each))).toEqual(
      '011 012 013 014 24 025 032 100 001 012 012d 013 013d 014 014d NEW 048 049'.split(' ').map((number) => `ComS_${number}`),
    );
  });

  it.each([
    ['Residents referred to Services (CGL) ComS_100 (New)', ['ComS_100']],
    ['Waste collected (BV 082a)', ['BV 082a']],
    ['Council tax collected (BV 079b(i))', ['BV 079b(i)']],
    ['BV 079b(i) Council tax collected', ['BV 079b(i)']],
    ['Invoices paid (BI002a)', ['BI002a']],
    ['NI 192 Household waste recycled', ['NI 192']],
    ['Household waste recycled NI 192.', ['NI 192']],
    ['Visits to libraries LI15a', ['LI15a']],
    ['Homes let (HS-01)', ['HS-01']],
    ['Answered calls (ComS_079(ii))', ['ComS_079(ii)']],
  ])('is found in “%s”', (description, codes) => {
    expect(indicatorCodesOf(row({ description }))).toEqual(codes);
  });

  it.each([
    ...['Carbon saved (CO2)', 'Particulates (PM10)', 'Cases (March 2025)', 'Pupils (Year 10)', 'Hospital cases (COVID-19)'],
    ...['Journey time (A52)', 'Residents (over 65)', 'Accredited to ISO9001', 'Homes in NG16 let', 'Residents (65)'],
  ])('is not found in “%s”', (description) => {
    expect(indicatorCodesOf(row({ description }))).toEqual([]);
  });

  it.each([
    ['BV 079b(i)', ['BV 079b(i)']],
    ['(BV 012)', ['BV 012']],
    ['ComS_012\nComS_012d', ['ComS_012', 'ComS_012d']],
    ['ComS_012 ComS_012d', ['ComS_012', 'ComS_012d']],
    ['ComS_012 / ComS_012d', ['ComS_012', 'ComS_012d']],
    ['TBC', ['TBC']],
  ])('is read from a column of its own that says “%s”', (code, codes) => {
    expect(indicatorCodesOf(row({ code, description: 'Cases (ComS_099)' }))).toEqual(codes);
  });

  it('is looked for in the words where its column is blank', () => {
    expect(indicatorCodesOf(row({ code: '-', description: 'Cases (ComS_099)' }))).toEqual(['ComS_099']);
  });
});

describe('the code of an action', () => {
  it.each([
    ['Implement the Plan (including E-scooters) BCRP', 'BCRP'],
    ['Review Prevent Strategy COMS2528_01 (New)', 'COMS2528_01'],
    ['Deliver the scheme BCRPDA&V_15', 'BCRPDA&V_15'],
    ['Renew (COMS2224_08a)', 'COMS2224_08a'],
    ['Answer calls (ComS_079(ii))', 'ComS_079(ii)'],
    ['COMS2528_01: Review Prevent Strategy', 'COMS2528_01'],
    ['Pay invoices (BI002a)', 'BI002a'],
    ['Review the Vulnerable Persons Policy', null],
    ['Cut the emissions of CO2', null],
    ['Widen the A52', null],
    ['', null],
  ])('of “%s” is %s', (action, code) => {
    expect(actionCodeOf(row({ action }))).toBe(code);
  });

  it.each(['other Code', 'other Pentana Code', 'other Ref', 'other Action reference', 'code'])('is read from the column “%s”', (key) => {
    expect(isCodeColumn(key)).toBe(true);
    expect(actionCodeOf(row({ action: 'Improve CCTV', [key]: 'CS 1(ii)' }))).toBe('CS 1(ii)');
  });

  it('is not read from a column of something else', () => {
    for (const key of ['other Postcode', 'other Referrals', 'other Identified risk', 'comments'])
      expect([key, isCodeColumn(key)]).toEqual([key, false]);
  });
});

describe('the codes of a table of actions', () => {
  const codesOf = (...actions: string[]) => {
    const rows = actions.map((action) => row({ action }));
    return rows.map((each) => actionCodesIn(rows).get(each));
  };

  it('are the 31 different ones of the document', () => {
    const { rows } = seedPlan().actions;
    const codes = rows.map((each) => actionCodesIn(rows).get(each));
    expect([codes.length, new Set(codes).size, codes.includes(null)]).toEqual([32, 31, false]);
  });

  it('hold a word in capitals only where a sibling’s code begins with it', () => {
    expect(codesOf('Implement the Plan BCRP', 'Reduce ASB', 'Review BCRPASB_27', 'Improve CCTV')).toEqual([
      'BCRP',
      null,
      'BCRPASB_27',
      null,
    ]);
  });

  it('hold one with a number only where a sibling is formed like it', () => {
    expect(codesOf('Let homes HRA01', 'Repair homes HRA02', 'Prepare for COP26', 'Replace the PSPO3')).toEqual([
      'HRA01',
      'HRA02',
      null,
      null,
    ]);
  });

  it('hold what stands in for a code, and whatever a column of codes says', () => {
    expect(codesOf('Review the policy TBC')).toEqual(['TBC']);
    const own = row({ action: 'Improve CCTV', 'other Code': 'ABC' });
    expect(actionCodesIn([own]).get(own)).toBe('ABC');
  });
});

describe('a mark in a row', () => {
  it('says whether it is new', () => {
    const marked = seedPlan().actions.rows.filter(isNew);
    expect(marked.map((each) => actionCodeOf(each))).toEqual(['COMS2527_01', 'COMS2528_01', 'COMS2528_02', 'ComS_2528_03']);
    expect(withoutNewMark('Review COMS2528_01 (New)')).toBe('Review COMS2528_01');
    expect(withoutNewMark('A New policy ')).toBe('A New policy ');
  });

  it.each([
    ['ComS_NEW', true],
    ['TBC', true],
    ['ComS_XX', true],
    ['ComS_RENEW', false],
    ['ComS_001', false],
  ])('%s stands in for a code: %s', (code, is) => {
    expect(isPlaceholder(code)).toBe(is);
  });
});
