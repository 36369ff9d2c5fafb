/** What is told of cells that name people: owners before comments, officers before a date; one edit is never told as two. */
import { describe, expect, test } from '@jest/globals';
import type { BusinessPlan } from '../../libs/domain/business-plan.js';
import { action, changes, differencesAfter, indicator, rewrite, type Told } from '../support/seed-differences.js';
import { seedPlan } from '../support/seed-plan.js';

/** Asserts that an edit makes exactly these differences. */
function expectTold(table: 'csi' | 'actions', edit: (plan: BusinessPlan) => void, ...told: Told[]): void {
  expect(differencesAfter(edit)).toEqual(changes(table, ...told));
}

describe('an owner’s cell', () => {
  const comments =
    'Previously Housing cases only included General Needs but from 2024/25 Independent Living is also be included, which may see an increase in cases.';

  test.each<[string, string, string, string, Told]>([
    [
      'another post',
      'ComS_013',
      'Housing Operations Manager',
      'Licensing Manager',
      ['ComS_013', 'owner', 'Housing Operations Manager', 'Licensing Manager', 'owner changed'],
    ],
    [
      'another post without comments',
      'ComS_24',
      'Head of Communities and Community Safety',
      'Licensing Manager',
      ['ComS_24', 'owner', 'Head of Communities and Community Safety', 'Licensing Manager', 'owner changed'],
    ],
    [
      'the same post spelled otherwise',
      'ComS_24',
      'Head of Communities and Community Safety',
      'Head of Communities',
      ['ComS_24', 'owner', 'Head of Communities and Community Safety', 'Head of Communities', null],
    ],
    [
      'other comments',
      'ComS_013',
      'General Needs but',
      'General Needs, but',
      ['ComS_013', 'comments', comments, comments.replace('Needs but', 'Needs, but'), null],
    ],
    [
      'a post that the register does not know, before comments',
      'ComS_013',
      'Housing Operations Manager',
      'Estates Manager',
      ['ComS_013', 'owner', 'Housing Operations Manager', 'Estates Manager', 'owner changed'],
    ],
    [
      'a post that the register does not know, alone',
      'ComS_24',
      'Head of Communities and Community Safety',
      'to be agreed',
      ['ComS_24', 'owner', 'Head of Communities and Community Safety', 'to be agreed', 'owner changed'],
    ],
    [
      'a mistyped post',
      'ComS_013',
      'Housing Operations',
      'Housing Opperations',
      ['ComS_013', 'owner', 'Housing Operations Manager', 'Housing Opperations Manager', 'owner changed'],
    ],
    [
      'a post mistyped behind a shorter title',
      'ComS_24',
      'and Community Safety',
      'and Comunity Safety',
      ['ComS_24', 'owner', 'Head of Communities and Community Safety', 'Head of Communities and Comunity Safety', null],
    ],
    [
      'no post any more',
      'ComS_013',
      'Housing Operations Manager ',
      '',
      ['ComS_013', 'owner', 'Housing Operations Manager', '', 'owner changed'],
    ],
    ['other comments where no post is named', 'ComS_025', 'From 2022', 'Since 2022', ['ComS_025', 'comments', '', '', null]],
  ])('%s', (_what, code, from, to, told) => {
    const cell = indicator(seedPlan(), code).cells.owner ?? '';
    const whole: Told = code === 'ComS_025' ? [code, 'comments', cell, cell.replace(from, to), null] : told;
    expectTold('csi', (plan) => rewrite(indicator(plan, code), 'owner', from, to), whole);
  });

  test('that changes in both tells both', () => {
    expectTold(
      'csi',
      (plan) => (indicator(plan, 'ComS_013').cells.owner = 'Licensing Manager Counted anew.'),
      ['ComS_013', 'owner', 'Housing Operations Manager', 'Licensing Manager', 'owner changed'],
      ['ComS_013', 'comments', comments, 'Counted anew.'],
    );
  });
});

describe('an action', () => {
  const plan = seedPlan();
  const both = 'Head of Communities and Community Safety Communities and Crime Manager';

  test.each<[string, string, string, string, string, Told]>([
    [
      'its words',
      'BCRPASB_27',
      'action',
      'Review and update',
      'Rewrite',
      ['BCRPASB_27', 'description', 'Review and update ASB documentation', 'Rewrite ASB documentation'],
    ],
    ['its code', 'BCRPASB_27', 'action', 'BCRPASB_27', 'BCRPASB_99', ['BCRPASB_27', 'code', 'BCRPASB_27', 'BCRPASB_99']],
    ['a mark that is gone', 'COMS2528_01', 'action', ' (New)', '', ['COMS2528_01', 'new', '(New)', '']],
    ['a mark that came', 'BCRPASB_27', 'action', 'BCRPASB_27', 'BCRPASB_27 (New)', ['BCRPASB_27', 'new', '', '(New)']],
    [
      'its outcome',
      'BCRPFRAUD_01',
      'outcome',
      'Reduce fraud',
      'Less fraud',
      [
        'BCRPFRAUD_01',
        'outcome',
        action(plan, 'BCRPFRAUD_01').cells.outcome!,
        action(plan, 'BCRPFRAUD_01').cells.outcome!.replace('Reduce', 'Less'),
      ],
    ],
    ['a partner where there was none', 'BCRPASB_27', 'partners', '', 'Police', ['BCRPASB_27', 'partners', '', 'Police']],
    [
      'its comments',
      'BCRPASB_27',
      'comments',
      'Within',
      'Beyond',
      ['BCRPASB_27', 'comments', 'Within existing resources and budgets', 'Beyond existing resources and budgets'],
    ],
    [
      'an officer more',
      'BCRPASB_27',
      'officers',
      'March',
      'Licensing Manager March',
      ['BCRPASB_27', 'officers', 'Communities and Crime Manager', 'Communities and Crime Manager Licensing Manager', 'owner changed'],
    ],
    [
      'an officer that nobody knows',
      'BCRPASB_27',
      'officers',
      'Communities and Crime',
      'Annual Events',
      ['BCRPASB_27', 'officers', 'Communities and Crime Manager', 'Annual Events Manager', 'owner changed'],
    ],
    [
      'an officer spelled otherwise',
      'COMS2425_06',
      'officers',
      'Public Sector',
      'Private Sector',
      [
        'COMS2425_06',
        'officers',
        'Head of Environmental Health, Licensing and Public Sector Housing',
        'Head of Environmental Health, Licensing and Private Sector Housing',
      ],
    ],
    [
      'a later date',
      'BCRPASB_27',
      'officers',
      'March 2026',
      'April 2026',
      ['BCRPASB_27', 'targetDate', 'March 2026', 'April 2026', 'date slipped'],
    ],
    [
      'an earlier date',
      'BCRPASB_29',
      'officers',
      'March 2028',
      'March 2027',
      ['BCRPASB_29', 'targetDate', 'March 2028', 'March 2027', 'date brought forward'],
    ],
    [
      'the same month written otherwise',
      'BCRPASB_27',
      'officers',
      'March 2026',
      'Mar 2026',
      ['BCRPASB_27', 'targetDate', 'March 2026', 'Mar 2026'],
    ],
    [
      'words in place of a date',
      'BCRPASB_27',
      'officers',
      'March 2026',
      'To be confirmed',
      ['BCRPASB_27', 'targetDate', 'March 2026', 'To be confirmed'],
    ],
    [
      'words in place of a date that look like none',
      'BCRPASB_27',
      'officers',
      'March 2026',
      'some day',
      ['BCRPASB_27', 'targetDate', 'March 2026', 'some day'],
    ],
    ['no date any more', 'BCRPASB_29', 'officers', ' March 2028', '', ['BCRPASB_29', 'targetDate', 'March 2028', '']],
    ['no officer any more', 'BCRPASB_29', 'officers', `${both} `, '', ['BCRPASB_29', 'officers', both, '', 'owner changed']],
  ])('%s', (_what, code, key, from, to, told) => {
    expectTold('actions', (changed) => rewrite(action(changed, code), key, from, to), told);
  });

  test('that changes in officers and date tells both', () => {
    expectTold(
      'actions',
      (changed) => (action(changed, 'BCRPASB_27').cells.officers = 'Licensing Manager June 2026'),
      ['BCRPASB_27', 'officers', 'Communities and Crime Manager', 'Licensing Manager', 'owner changed'],
      ['BCRPASB_27', 'targetDate', 'March 2026', 'June 2026', 'date slipped'],
    );
  });
});
