/** Headings of sections and objectives in the words of many councils, and sentences that only speak of such things. */
import { describe, expect, it } from '@jest/globals';
import { isSameHeading, namesPlan, objectiveIn, sectionOpenedBy } from '../../libs/documents/recognise-headings.js';
import { seedText } from '../support/seed-plan.js';

describe('the section that a line opens', () => {
  it.each([
    ['introduction', 'INTRODUCTION'],
    ['introduction', '## 1. Foreword'],
    ['background', 'Strategic context'],
    ['csi', 'Critical Success Indicators (CSI) 2025/26'],
    ['csi', 'CRITICAL SUCCESS FACTORS'],
    ['kpi', 'Key Performance Indicators ２０２５／２６'],
    ['kpi', '**Performance measures**'],
    ['kpi', 'Section 3: KPIs'],
    ['kpi', 'Performance indicators and targets for 2025/26 to 2027/28'],
    ['kpi', 'KEY PERFORMANCE INDICATORS (KPI) (continued)'],
    ['kpi', 'How will we measure success?'],
    ['actions', 'Key tasks and priorities for improvement 2025/26 – 2027/28'],
    ['actions', 'Appendix A – Action Plan 2025-28'],
    ['actions', 'Service improvement actions'],
    ['actions', 'What we will do'],
    ['budget', 'Link key tasks to the financial budgets'],
    ['budget', 'Budget 2025/26'],
    ['budget', 'Financial summary'],
  ])('is %s: “%s”', (section, line) => {
    expect(sectionOpenedBy(line)).toBe(section);
  });

  it.each([
    'Our key performance indicators show what matters.',
    'The action plan is reviewed twice a year',
    'Action',
    'Budget implications',
    'Efficiencies generated',
    'management performance indicators (MPI); and',
    'Management performance indicators',
    '- Performance indicators',
    'MEASURES OF PERFORMANCE (Extract)',
    'Net budget',
    'Critical success',
    '',
  ])('is none: “%s”', (line) => {
    expect(sectionOpenedBy(line)).toBeNull();
  });

  it('is opened by seven lines of the seed', () => {
    expect(seedText.split('\n').flatMap((line) => sectionOpenedBy(line) ?? [])).toEqual([
      ...['introduction', 'background', 'performance', 'csi', 'kpi', 'actions', 'budget'],
    ]);
  });

  it('may be the same under a repeated heading', () => {
    expect(isSameHeading('2. Performance indicators', 'PERFORMANCE INDICATORS (cont’d)')).toBe(true);
    expect(isSameHeading('Performance indicators', 'Performance measures')).toBe(false);
  });
});

describe('an outcome objective', () => {
  it.each([
    ['Reduce Drug and Alcohol Use (CS3)', { name: 'Reduce Drug and Alcohol Use', code: 'CS3' }],
    ['**Cleaner streets (ENV-1.2)**', { name: 'Cleaner streets', code: 'ENV-1.2' }],
    ['Reduce crime (CS1) (continued)', { name: 'Reduce crime', code: 'CS1' }],
    ['CS2: Safer streets', { name: 'Safer streets', code: 'CS2' }],
    ['Priority 3 – A fair start', { name: 'Priority 3 – A fair start', code: '' }],
    ['Outcome A: Nobody sleeps rough', { name: 'Outcome A: Nobody sleeps rough', code: '' }],
  ])('is known: “%s”', (line, objective) => {
    expect(objectiveIn(line)).toEqual(objective);
  });

  it.each(['Our aim: to do better than last year.', 'Priorities', 'In 2024 (provisional)', 'Priority areas are set by Council', '(CS1)'])(
    'is none: “%s”',
    (line) => {
      expect(objectiveIn(line)).toBeNull();
    },
  );
});

describe('the title of a plan', () => {
  it('says that it is a plan, and is no sentence', () => {
    expect(namesPlan('Housing Business Plan 2025/26')).toBe(true);
    expect(namesPlan('This plan covers three years.')).toBe(false);
    expect(namesPlan('Ashdale District Council')).toBe(false);
  });
});
