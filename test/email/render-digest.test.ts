/** A digest: several e-mails as one, in order, each with its own link, readable however many there are. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'node-html-parser';
import { byUrgency, EMAIL_LEAVES, EMAIL_TEMPLATES, type EmailTemplate } from '../../libs/email/email-facts.js';
import { IN_FULL, renderDigest, subjectOf, type DigestItem } from '../../libs/email/render-email.js';
import { exampleFacts, factsWithEveryText } from './example-facts.js';

const TRICKY = '**x** [a](javascript:1) <b> &amp; `c` # h | _i_ {{link}} 1. - +';

function reminder(number: number): DigestItem {
  return {
    template: 'reminder',
    facts: { ...exampleFacts.reminder, task: `Submit draft number ${number}`, link: `http://localhost:3000/tasks/${number}` },
  };
}

const EIGHT = Date.UTC(2025, 10, 3, 8);

describe('a digest of three e-mails', () => {
  const items: DigestItem[] = [
    reminder(1),
    { template: 'escalation', facts: exampleFacts.escalation },
    { template: 'approved', facts: exampleFacts.approved },
  ];
  const { subject, text, html } = renderDigest(items);
  const page = parse(html);

  it('says in its subject how many things wait, and the first of them', () => {
    expect(subject).toBe('3 things wait for you, first: Due on Tuesday 18 November 2025: Submit draft number 1');
  });

  it('has each of them under its own subject with its own link, in order, with one greeting and one close', () => {
    const headings = items.map(({ template, facts }, index) => `${index + 1}. ${subjectOf(template, facts)}`);
    expect(page.querySelectorAll('main h2').map((heading) => heading.text)).toEqual(headings);
    for (const heading of headings) expect(text).toContain(`\n${heading}\n---`);
    const links = items.map(({ facts }) => facts.link);
    expect(page.querySelectorAll('a').map((link) => link.getAttribute('href'))).toEqual(links);
    expect(text.match(/https?:\/\/\S+/g)).toEqual(links);
    for (const part of [text, page.querySelector('main')!.text]) {
      expect(part.match(/Dear Alex Morgan,/g)).toHaveLength(1);
      expect(part.match(/If anything is unclear, ask/g)).toHaveLength(1);
      expect(part).toContain('ComS_011: the target is 1,800.');
    }
    expect(text).not.toMatch(/\n{3}|undefined|null|\[object/);
  });
});

describe('a digest of a hundred e-mails', () => {
  const { subject, text, html } = renderDigest(Array.from({ length: 100 }, (_, index) => reminder(index + 1)));
  const page = parse(html);

  it('has the most urgent in full and the others in a list of links that say what they are', () => {
    expect(subject).toMatch(/^100 things wait for you, first: /);
    expect(page.querySelectorAll('main h2')).toHaveLength(IN_FULL + 1);
    expect(text).toContain('The first 10 stand here in full, the other 90 in short below them.');
    const short = page.querySelectorAll('main h2 ~ ul').at(-1)!.querySelectorAll('li a');
    expect(short.map((link) => link.text)).toHaveLength(90);
    expect(short[0]?.text).toBe('Due on Tuesday 18 November 2025: Submit draft number 11');
    expect(short[89]?.getAttribute('href')).toBe('http://localhost:3000/tasks/100');
    expect(text.split('\n').length).toBeLessThan(350);
  });
});

describe('texts in a digest', () => {
  it.each(['reminder', 'approved', 'quarter-closed'] as const)('of the e-mail %s stay as they are, in full and in short', (template) => {
    const item: DigestItem = { template, facts: factsWithEveryText(template, TRICKY) };
    const { subject, text, html } = renderDigest(Array.from({ length: IN_FULL + 2 }, () => item));
    const page = parse(html);
    expect(subject).toContain(TRICKY);
    expect(text).toContain(TRICKY);
    expect(page.querySelector('main')!.text).toContain(TRICKY);
    expect(page.querySelectorAll('a')).toHaveLength(IN_FULL + 2);
    expect(page.querySelectorAll('main b, main strong, main em, main code, main h1, main img')).toHaveLength(0);
  });
});

describe('what leaves at once and what waits for the digest', () => {
  it('is decided for every e-mail', () => {
    expect(Object.keys(EMAIL_LEAVES).sort()).toEqual([...EMAIL_TEMPLATES].sort());
  });

  it('leaves what asks for something new, or warns, to no digest', () => {
    const urgent = EMAIL_TEMPLATES.filter((template) => EMAIL_LEAVES[template] === 'at-once');
    const expected: EmailTemplate[] = ['draft-task', 'returned', 'guard-alarm', 'dates-moved', 'undelivered'];
    expect(urgent).toEqual(expect.arrayContaining(expected));
    expect(urgent).not.toContain('reminder');
  });

  it('puts news of one morning in the order of their names', () => {
    const news = (planTitle: string, minute: number) => ({
      ...{ kind: 'approved' as const, facts: { planTitle }, createdAt: new Date(EIGHT + minute * 60_000) },
    });
    const sorted = [news('Housing', 1), news('Environment', 2), news('Community Safety', 16)].sort(byUrgency);
    expect(sorted.map(({ facts }) => facts.planTitle)).toEqual(['Environment', 'Housing', 'Community Safety']);
  });

  it('puts the most overdue first in a digest, and news last', () => {
    const at = (kind: EmailTemplate, due: string | null, minute: number) => ({
      kind,
      facts: due ? { due } : {},
      createdAt: new Date(EIGHT + minute * 900_000),
    });
    const sorted = [
      at('approved', null, 1),
      at('reminder', '2025-11-20', 2),
      at('escalation', '2025-11-03', 3),
      at('reminder', '2025-11-03', 4),
      at('noted', null, 0),
    ].sort(byUrgency);
    expect(sorted.map(({ kind, createdAt }) => `${kind} ${(createdAt.getTime() - EIGHT) / 900_000}`)).toEqual([
      'reminder 4',
      'escalation 3',
      'reminder 2',
      'noted 0',
      'approved 1',
    ]);
  });
});
