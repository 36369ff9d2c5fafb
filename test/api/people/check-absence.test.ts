/** What is said about an absence that cannot be recorded. */
import { describe, expect, it } from '@jest/globals';
import { troubleWithAbsence, type AbsenceAsked } from '../../../apps/api/people/check-absence.js';
import type { DaysAway } from '../../../libs/domain/standing-in.js';

const people = [
  { id: 'maya', name: 'Maya Thornton' },
  { id: 'priya', name: 'Priya Nair' },
  { id: 'owen', name: 'Owen Price' },
  { id: 'carl', name: 'Carl Dobson', leftOn: '2025-11-12' },
];
const asked: AbsenceAsked = { personId: 'maya', firstDay: '2025-11-10', lastDay: '2025-11-14', standInId: 'priya' };

function away(personId: string, firstDay: string, lastDay: string | null, standInId: string | null = null): DaysAway {
  return { personId, firstDay, lastDay, standInId, handovers: [] };
}

function trouble(changed: Partial<AbsenceAsked>, ...absences: DaysAway[]): string[] {
  const fields = troubleWithAbsence({ ...asked, ...changed }, { people, absences, today: '2025-11-03' });
  return fields.map(({ pointer, detail }) => `${pointer} ${detail}`);
}

describe('an absence', () => {
  it.each<[string, Partial<AbsenceAsked>, DaysAway[]]>([
    ['of days to come, with somebody who stands in', {}, []],
    ['of one day', { lastDay: '2025-11-10' }, []],
    ['that began already', { firstDay: '2025-10-30', lastDay: '2025-11-03' }, []],
    ['that nobody stands in for', { standInId: null }, []],
    ['beside another of the same person', {}, [away('maya', '2025-11-03', '2025-11-09'), away('maya', '2025-11-15', '2025-11-16')]],
    ['in the days of one that was withdrawn', {}, [away('maya', '2025-11-12', '2025-11-11')]],
    ['with a stand-in who is away on other days', {}, [away('priya', '2025-11-15', '2025-11-20', 'maya')]],
    ['with a stand-in who is away too, with somebody else who stands in', {}, [away('priya', '2025-11-12', '2025-11-12', 'owen')]],
  ])('%s can be recorded', (_, changed, absences) => {
    expect(trouble(changed, ...absences)).toEqual([]);
  });

  it.each<[string, Partial<AbsenceAsked>, DaysAway[], string]>([
    ['of nobody', { personId: 'nobody' }, [], '/person Choose who is away'],
    ['that ends before it begins', { lastDay: '2025-11-09' }, [], '/lastDay The last day must be the first day or later'],
    [
      'that is over',
      { firstDay: '2025-10-01', lastDay: '2025-10-05' },
      [],
      '/lastDay The last day must be today, 3 November 2025, or later',
    ],
    ['that began in another century', { firstDay: '1925-11-10' }, [], '/firstDay The first day is long past. Is the year right?'],
    ['without an end in sight', { lastDay: '2035-01-01' }, [], '/lastDay The last day is more than three years off.'],
    ['of somebody who leaves meanwhile', { personId: 'carl' }, [], '/lastDay Carl Dobson is not here any more from 12 November 2025 on'],
    [
      'in the days of another',
      {},
      [away('maya', '2025-11-14', '2025-11-20')],
      '/firstDay Maya Thornton is recorded as away from 14 November 2025 to 20 November 2025. End that absence first, or choose other days',
    ],
    ['with themselves as stand-in', { standInId: 'maya' }, [], '/standIn Maya Thornton cannot stand in for themselves.'],
    ['with somebody unknown', { standInId: 'x' }, [], '/standIn Choose who stands in from the list, or nobody'],
    [
      'with a stand-in who leaves meanwhile',
      { standInId: 'carl' },
      [],
      '/standIn Carl Dobson is not here any more from 12 November 2025 on.',
    ],
    ['with a stand-in for whom they stand in', {}, [away('priya', '2025-11-14', '2025-11-20', 'maya')], 'leads back to Maya Thornton'],
    [
      'with a circle of three',
      {},
      [away('priya', '2025-11-10', '2025-11-11', 'owen'), away('owen', '2025-11-01', null, 'maya')],
      'leads back to Maya Thornton',
    ],
  ])('%s cannot, and is told why', (_, changed, absences, words) => {
    expect(trouble(changed, ...absences).join()).toContain(words);
    expect(trouble(changed, ...absences)).toHaveLength(1);
  });

  it('ends the search where others stand in for each other in a circle of their own', () => {
    expect(trouble({}, away('priya', '2025-11-01', null, 'owen'), away('owen', '2025-11-01', null, 'priya'))).toEqual([]);
  });
});
