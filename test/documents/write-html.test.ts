/** The web page of a plan: accessible by its structure, and nothing in it but the plan. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'node-html-parser';
import { writeHtml } from '../../libs/documents/write-html.js';
import { seedPlan } from '../support/seed-plan.js';

describe('the page of a plan', () => {
  const page = parse(writeHtml(seedPlan()));

  it('says its language and its title, and has one first heading with the others under it', () => {
    expect(page.querySelector('html')?.getAttribute('lang')).toBe('en-GB');
    expect(page.querySelector('title')?.text).toBe('Community Safety Business Plan 2025–2028');
    expect(page.querySelectorAll('h1').map(({ text }) => text)).toEqual(['Community Safety Business Plan 2025–2028']);
    expect(page.querySelectorAll('h2')).toHaveLength(7);
    expect(page.querySelectorAll('h3').map(({ text }) => text)[2]).toBe('Reduce Drug and Alcohol Use (CS3)');
  });

  it('has tables with captions, column headers and row headers, each to be moved by keyboard', () => {
    const tables = page.querySelectorAll('table');
    expect(tables).toHaveLength(6);
    for (const table of tables) {
      const name = table.querySelector('caption')?.text;
      expect(name).not.toBe('');
      expect(table.parentNode?.getAttribute('aria-label')).toBe(name);
      expect(table.parentNode?.getAttribute('tabindex')).toBe('0');
      expect(table.querySelectorAll('thead th[scope=col]').length).toBeGreaterThan(4);
      for (const row of table.querySelectorAll('tbody tr')) expect(row.firstElementChild?.getAttribute('scope')).toBe('row');
    }
  });

  it('has lists and bold words as such', () => {
    expect(page.querySelectorAll('li')).toHaveLength(5);
    expect(page.querySelectorAll('strong').map(({ text }) => text)).toContain('Community Safety');
  });

  it('shows what a council wrote, and runs nothing of it', () => {
    const plan = seedPlan();
    plan.title = '</title><script>alert(1)</script>';
    plan.sections[0]!.text = '<img src=x onerror="alert(1)"> & **<b>**';
    plan.actions.rows[0]!.cells.outcome = '</td><script>alert(2)</script>';
    const html = writeHtml(plan);
    expect(parse(html).querySelectorAll('script, img, b')).toEqual([]);
    expect(html).toContain('&lt;/td&gt;&lt;script&gt;alert(2)&lt;/script&gt;');
  });
});
