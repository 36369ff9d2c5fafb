/** Reading a plan's text: the seed in full, its variants, and texts that are no plan. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { extractHash } from '../../libs/documents/content-hash.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import type { BusinessPlan, Row } from '../../libs/domain/business-plan.js';
import { countPlan } from '../../libs/domain/count-plan.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { plainText } from '../../libs/domain/plain-text.js';
import { seedPlan, seedText, seedWith } from '../support/seed-plan.js';

const SEED_COUNTS = { csiObjectives: 3, csiIndicators: 9, kpiRows: 6, compositeRows: 3, measures: 18, actions: 32, budgetLines: 4 };

function rowsOf(plan: BusinessPlan): Row[] {
  return [...plan.objectives.flatMap(({ table }) => table.rows), ...plan.kpis.rows, ...plan.actions.rows, ...plan.budget.rows];
}

describe('the seed', () => {
  const plan = seedPlan();

  it('has the title, the seven headings and the narrative of the document', () => {
    expect(plan.title).toBe('Community Safety Business Plan 2025–2028');
    expect(plan.sections.map(({ name }) => name)).toEqual(['introduction', 'background', 'performance', 'csi', 'kpi', 'actions', 'budget']);
    expect(plan.sections[0]?.text).toContain('- service level objectives;\n- contextual baseline service data;');
    expect(plan.sections[1]?.text.split('\n\n')).toHaveLength(3);
    expect(plan.sections[2]?.text).toContain('MEASURES OF PERFORMANCE (Extract)');
    expect(plan.budget.footnote).toMatch(/^\* Budget implications to be considered/);
  });

  it('joins its nineteen table fragments into three CSI tables, one of KPIs, one of actions and one budget', () => {
    expect(countPlan(plan)).toEqual(SEED_COUNTS);
    expect(plan.objectives.map(({ code, table }) => [code, table.rows.length])).toEqual([
      ['CS1', 4],
      ['CS2', 3],
      ['CS3', 2],
    ]);
    expect(plan.budget.rows.map(({ kind }) => kind)).toEqual(['heading', 'line', 'heading', 'line', 'line', 'heading', 'line', 'net']);
  });

  it('takes the years of its columns from the headers', () => {
    expect(plan.kpis.columns.map(({ key }) => key)).toEqual([
      'description',
      'achieved 2021/22',
      'achieved 2022/23',
      'achieved 2023/24',
      'target 2024/25',
      'target 2025/26',
      'futureYears',
      'owner',
    ]);
    expect(plan.objectives[2]?.table.columns[0]?.heading).toBe('Indicator Description (Pentana Code)');
    expect(plan.budget.columns.map(({ year }) => year)).toEqual([null, null, '2025/26', '2026/27', '2027/28']);
  });

  it('keeps every cell under its column with the line it came from', () => {
    expect(plan.kpis.rows[2]).toMatchObject({
      line: 71,
      cells: { 'achieved 2023/24': '103 103%', 'target 2025/26': '60 70%' },
      markupIn: ['description', 'owner'],
    });
    expect(plan.kpis.rows[2]?.cells.description?.split('\n')).toEqual([
      'Communities related ASB cases closed in less than three months',
      'No. received (ComS_014)',
      'Closed in 3mths % (ComS_014d)',
    ]);
    expect(plan.actions.rows[8]).toMatchObject({ line: 95, cells: { partners: '', action: expect.stringContaining('BCRPDA&V_15') } });
    expect(plan.budget.rows[3]?.cells['budget 2025/26']).toBe('(13,000)');
  });

  it('loses no word: every line of the file can be found in the plan again', () => {
    const kept = plainText(JSON.stringify(plan).replace(/\\n/g, ' ').replace(/\\"/g, '"'));
    const words = seedText
      .split('\n')
      .flatMap((line) => line.split('\t'))
      .map((cell) => plainText(cell.replace(/<\/?p>/g, ' ').replace(/ \(CS\d\)$/, '')));
    expect(words.filter((word) => !kept.includes(word) && !/^(?:Action \(Pentana|Indicator Desc)/.test(word))).toEqual([]);
  });

  it('gives each row an id of its own, the same at each reading', () => {
    const ids = rowsOf(plan).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rowsOf(seedPlan()).map(({ id }) => id)).toEqual(ids);
    expect(ids).toContain('kpi-ComS_012');
  });
});

describe('the same plan written otherwise', () => {
  it('reads the same with Windows line ends, a byte order mark and no-break spaces', () => {
    const otherwise = `\uFEFF${seedText.replaceAll('\n', '\r\n').replaceAll('Achieved 2021/22', 'Achieved\u00A02021/22').replaceAll(' ASB ', '\u00A0ASB ')}`;
    const plan = readPlanText(otherwise);
    expect(countPlan(plan)).toEqual(SEED_COUNTS);
    expect(extractHash(plan)).toBe(extractHash(seedPlan()));
  });

  it('reads other years from other headers', () => {
    const plan = readPlanText(seedWith('Target 2025/26', 'Target 2031\\32'));
    expect(plan.kpis.columns[5]).toMatchObject({ key: 'target 2031/32', year: '2031/32' });
  });

  it('keeps white space at the ends of cells out of the content', () => {
    fc.assert(
      fc.property(fc.constantFrom(' ', '  ', '\u00A0', ' \u2009'), fc.constantFrom('<p>', '<div class="x">'), (space, tag) => {
        const close = tag === '<p>' ? '</p>' : '</div>';
        const lines = seedText.split('\n').map((line) =>
          line.includes('\t')
            ? line
                .split('\t')
                .map((cell) => space + cell + space)
                .join('\t')
            : line,
        );
        lines[40] = (lines[40] ?? '')
          .split('\t')
          .map((cell) => tag + cell + close)
          .join('\t');
        const plan = readPlanText(lines.join('\n'));
        expect(extractHash(plan)).toBe(extractHash(seedPlan()));
      }),
    );
  });
});

describe('what does not fit', () => {
  it('keeps a row with too many or too few cells', () => {
    const plan = readPlanText(
      seedWith(
        'Housing Operations Manager Previously Housing cases only included General Needs but',
        'Housing Operations Manager\tsomething more\tand more but',
      ),
    );
    expect(plan.objectives[0]?.table.rows[2]?.cells).toMatchObject({ owner: 'Housing Operations Manager', 'extra 1': 'something more' });
    const short = readPlanText(seedWith('\t789\t1,150\t1,060\t1,100\t1,100\t1,100\t', '\t789\t'));
    expect(Object.keys(short.objectives[1]?.table.rows[1]?.cells ?? {})).toEqual(['description', 'achieved 2021/22', 'achieved 2022/23']);
  });

  it('keeps a line that it does not recognise in the narrative where it stands', () => {
    const plan = readPlanText(
      seedWith('Reduce Drug and Alcohol Use (CS3)', 'A remark that nobody expected.\n\nReduce Drug and Alcohol Use (CS3)'),
    );
    expect(plan.sections.find(({ name }) => name === 'csi')?.text).toContain('A remark that nobody expected.');
    expect(countPlan(plan)).toEqual(SEED_COUNTS);
  });

  it('keeps a column that it does not know', () => {
    const plan = readPlanText(
      'A plan\n\nKEY PERFORMANCE INDICATORS (KPI)\n\nIndicator Description (Code)\tPolarity\tTarget 2025/26\tOwner\nCases (X_1)\tLower\t5\tHead of X',
    );
    expect(plan.kpis.columns[1]).toMatchObject({ kind: 'other', heading: 'Polarity' });
    expect(plan.kpis.rows[0]?.cells['other Polarity']).toBe('Lower');
  });

  it('leaves angle brackets alone that are no markup', () => {
    const plan = readPlanText(seedWith('Review ASB Case Review Policy', 'Cut cases to <5 & >1 in <Beeston> BCRP'));
    expect(plan.actions.rows[5]?.cells.action).toBe('Cut cases to <5 & >1 in <Beeston> BCRP BCRPASB_30');
  });

  it.each([
    ['an empty text', '', /empty/],
    ['blank lines', ' \n\t\n', /empty/],
    ['a binary file', 'PK\0\0 Target 2025/26', /not text/],
    ['an ordinary letter', 'Dear Sir,\n\nplease find the plan attached.\n', /No table/],
    ['a text with tabs', 'Name\tTelephone\nAnn\t123\n', /No table/],
  ])('refuses %s in one sentence', (_what, text, sentence) => {
    expect(() => readPlanText(text)).toThrow(DomainError);
    expect(() => readPlanText(text)).toThrow(sentence);
  });

  it('never fails otherwise than by a refusal', () => {
    const piece = fc.constantFrom(
      '\t',
      '\n',
      '<p>',
      '</p>',
      'Target 2025/26',
      'Achieved 2024/25',
      'Indicator Description',
      '2025/26 Budget £',
      'Action',
      'Officers',
      'Targeted Outcome',
      'CS (CS1)',
      'KEY PERFORMANCE INDICATORS (KPI)',
      '79% 5',
      '* x',
      '\0',
      '<',
      '&amp;',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        try {
          readPlanText(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
    );
  });
});
