/** Web pages and the HTML of other programs: headings, lists, bold words, and tables whose cells stay in line. */
import { describe, expect, it } from '@jest/globals';
import { htmlLines, readHtml } from '../../libs/documents/read-html.js';

const HEADER = '<tr><th>Measure</th><th>Actual 2023/24</th><th>Target 2025/26</th><th>Owner</th></tr>';

/** Text lines as their text, rows as their cells, blank lines left out. */
function shortly(html: string): (string | string[])[] {
  return htmlLines(html)
    .map((line) => (line.kind === 'cells' ? line.cells : line.text))
    .filter((line) => line !== '');
}

const cellsOf = (rows: string): string[][] => shortly(`<table>${rows}</table>`).filter((line) => typeof line !== 'string');

describe('the text of a page', () => {
  it.each([
    ['paragraphs and line ends', '<p>One\n  two</p>three<br>four<div>five</div>', ['One two', 'three', 'four', 'five']],
    ['headings', '<h2>A <strong>heading</strong></h2><h6>B</h6>', ['A heading', 'B']],
    ['lists', '<ul><li>a<li><p>b</p><ul><li>c</ul></ul>', ['- a', '- b', '- c']],
    ['a numbered list', '<ol start="3"><li>a</li><li>Background</li></ol>', ['\u20603. a', '\u20604. Background']],
    ['a heading that Word numbered', '<ol><li><strong>Background</strong></li></ol>', ['1. **Background**']],
    ['bold words', '<p>a <b>b</b><strong> c</strong>d <b></b></p>', ['a **b c**d']],
    ['entities', '<p>&pound;5 &amp; &lt;6&gt; caf&eacute;&nbsp;x</p>', ['£5 & <6> café\u00A0x']],
    ['raised digits', '<p>1,850<sup>1</sup> m<sup>2</sup> 5<sup>th</sup></p>', ['1,850¹ m² 5th']],
    ['text in the wrong place', '<table>stray<tr><td>a</td>beside<td>b</td></tr></table>', ['stray', 'beside', ['a', 'b']]],
    ['preformatted text', '<pre>a\tb\n  c</pre>', [['a', 'b'], '  c']],
    ['unknown elements', '<o:p>x</o:p><section><custom-tag>y</custom-tag></section>', ['x', 'y']],
  ])('is kept: %s', (_what, html, lines) => {
    expect(shortly(html)).toEqual(lines);
  });

  it('is what a browser shows: no scripts, styles, comments or menus', () => {
    const html =
      '<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><nav>Home</nav><!-- c --><script>if (a<b) x()</script><![if !mso]><p>y</p><![endif]></body></html>';
    expect(shortly(html)).toEqual(['y']);
  });

  it('has the line of the source', () => {
    const lines = htmlLines('<p>one</p>\r\n\n<p>\n two</p>\n<table>\n<tr><td>a</td><td>b</td></tr></table>');
    expect(lines.filter((line) => line.kind === 'cells' || line.text !== '').map(({ line }) => line)).toEqual([1, 4, 6]);
  });
});

describe('the cells of a table', () => {
  it.each([
    [
      'with tags left open',
      '<tr><td>a<td>b<tr><td>c<td>d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['over several columns', '<tr><td colspan=2>a</td><td>b</td></tr>', [['a', '', 'b']]],
    [
      'over several rows',
      '<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr>',
      [
        ['a', 'b'],
        ['', 'c'],
        ['d', 'e'],
      ],
    ],
    [
      'over both',
      '<tr><td>x</td><td rowspan=2 colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>',
      [
        ['x', 'a', ''],
        ['b', '', '', 'c'],
      ],
    ],
    ['with paragraphs, lists and line ends', '<tr><td><p>a</p><p>b</p></td><td>c<br>d<ul><li>e</ul></td></tr>', [['a\nb', 'c\nd\ne']]],
    ['with a table inside', '<tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr>', [['a\nb c', 'd']]],
    [
      'in groups of rows',
      '<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody>',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['with spans that cannot be', '<tr><td colspan="-3">a</td><td colspan=x>b</td></tr>', [['a', 'b']]],
  ])('stay in line %s', (_what, rows, cells) => {
    expect(cellsOf(rows)).toEqual(cells);
  });

  it('join headings over several columns to those under them', () => {
    const rows =
      '<tr><th rowspan=2>Measure</th><th colspan=2>Actual</th><th>Target</th></tr><tr><th>2022/23</th><th>2023/24</th><th>2025/26</th></tr>';
    expect(cellsOf(rows)).toEqual([['Measure', 'Actual 2022/23', 'Actual 2023/24', 'Target 2025/26']]);
  });

  it('are not spread without end', () => {
    expect(cellsOf('<tr><td colspan=999999999>a</td><td>b</td></tr>')[0]).toHaveLength(1001);
  });
});

describe('a plan on a web page', () => {
  it('has the title of its first heading, whatever stands above it', () => {
    const { plan } = readHtml(`<p>Skip to the plan</p><h1>Homes for all</h1><h2>Performance indicators</h2><table>${HEADER}</table>`);
    expect(plan.title).toBe('Homes for all');
    expect(plan.sections[0]?.text).toBe('Skip to the plan');
  });

  it('has that of the page where its text has none', () => {
    const page = `<html><head><title>Homes &amp; more</title></head><body><h2>Performance indicators</h2><table>${HEADER}</table></body></html>`;
    expect(readHtml(page).plan.title).toBe('Homes & more');
  });

  it('takes a caption or a row over all columns for the heading that it is', () => {
    const captioned = readHtml(`<table><caption>Key performance indicators</caption>${HEADER}<tr><td>X<td>1<td>2<td>A</table>`);
    expect(captioned.plan.sections[0]).toMatchObject({ name: 'kpi', heading: 'Key performance indicators' });
    const row = readHtml(`<table><tr><th colspan=4>Key performance indicators</th></tr>${HEADER}<tr><td>X<td>1<td>2<td>A</table>`);
    expect(row.plan.sections[0]).toMatchObject({ name: 'kpi', heading: 'Key performance indicators' });
    expect(row.plan.kpis.rows[0]?.cells.owner).toBe('A');
  });

  it('goes on in a second table, and not in one of another kind', () => {
    const { plan } = readHtml(
      `<h1>Plan</h1><table>${HEADER}<tr><td>X<td>1<td>2<td>A</table><table><tr><td>Y<td>3<td>4<td>B</table><table><tr><td>Telephone<td>5</table>`,
    );
    expect(plan.kpis.rows.map(({ cells }) => cells.description)).toEqual(['X', 'Y']);
    expect(plan.sections[0]?.text).toBe('Telephone\t5');
  });

  it('may stand in a table that only sets out the page', () => {
    const { plan } = readHtml(
      `<table><tr><td>Menu</td><td><h1>Plan</h1><table>${HEADER}<tr><td>X<td>1<td>2<td>A</table></td></tr></table>`,
    );
    expect([plan.title, plan.kpis.rows.length]).toEqual(['Plan', 1]);
  });

  it('has remarks where words are struck through, menus left out and cells merged over rows', () => {
    const { remarks } = readHtml(`<nav>x</nav><p><del>y</del></p><table>${HEADER}<tr><td rowspan="3">X<td>1<td>2<td>A</table>`);
    expect(remarks.map(({ rule }) => rule)).toEqual(['menus-left-out', 'struck-through', 'merged-cells']);
  });
});
