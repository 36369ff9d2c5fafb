/** Every e-mail with its facts, in text and in HTML: what it must say, its one link, and texts of people that stay texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'node-html-parser';
import { projectRoot } from '../../libs/config/paths.js';
import { EMAIL_TEMPLATES } from '../../libs/email/email-facts.js';
import { renderEmail } from '../../libs/email/render-email.js';
import { exampleFacts, factsWithEveryText, factsWithoutDetails } from './example-facts.js';

const TRICKY = '**x** [a](javascript:1) <b> &amp; `c` # h | _i_ ~~s~~ ![p](q) \\* {{link}} 1. - +';

describe.each(EMAIL_TEMPLATES)('the e-mail %s', (template) => {
  const facts = exampleFacts[template];
  const email = renderEmail(template, facts);

  it('greets the recipient, and says whom to ask and who sends it, in text and in HTML', () => {
    for (const part of [email.text, visibleText(email.html)]) {
      expect(part).toContain('Dear Alex Morgan,');
      expect(part).toContain('ask the performance team at performance@council.example.');
      expect(part).toContain('Demonstration Borough Council');
    }
  });

  it('has exactly one link, to the page that acts', () => {
    expect(email.text.match(/https?:\/\/\S+/g)).toEqual([facts.link]);
    const links = parse(email.html).querySelectorAll('a, [href], [src]');
    expect(links.map((link) => link.getAttribute('href'))).toEqual([facts.link]);
    expect(links[0]?.text.trim().length).toBeGreaterThan(3);
  });

  it('says the same in text and in HTML', () => {
    const text = email.text.replace(/^> |^- /gm, '').replace(`:\n${facts.link}`, '');
    expect(words(visibleText(email.html))).toBe(words(`${facts.councilName} ${text}`));
  });

  it('is an accessible page of its own: a language, a title, no image', () => {
    const page = parse(email.html);
    expect(page.querySelector('html')?.getAttribute('lang')).toBe('en-GB');
    expect(parse(email.html).querySelector('title')?.text).toBe(email.subject);
    expect(page.querySelectorAll('img, script, style')).toHaveLength(0);
  });

  it('shows each day with its weekday and never as a number', () => {
    expect(email.text + email.subject).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  it('leaves no gap where there is nothing to list', () => {
    const bare = renderEmail(template, factsWithoutDetails(template));
    expect(bare.text).not.toMatch(/\n{3}|undefined|null|\[object/);
    expect(email.text).not.toMatch(/\n{3}|undefined|null|\[object/);
  });

  it('keeps texts that look like markup as they are', () => {
    const tricky = renderEmail(template, factsWithEveryText(template, TRICKY));
    const page = parse(tricky.html);
    expect(tricky.text).toContain(TRICKY);
    expect(visibleText(tricky.html)).toContain(TRICKY);
    expect(page.querySelectorAll('a')).toHaveLength(1);
    expect(page.querySelectorAll('main b, main strong, main em, main code, main h1, main s, main img, main table')).toHaveLength(0);
    expect(page.querySelectorAll('li ul, li ol, ol')).toHaveLength(0);
  });

  it('lets no text begin a line, a paragraph or a header of its own', () => {
    const broken = renderEmail(template, factsWithEveryText(template, 'one\r\nBcc: x@y.example\n\n# two\u2028three\u202efour'));
    expect(broken.subject).not.toMatch(/[\r\n\u2028]/);
    expect(broken.text).not.toMatch(/^(Bcc|# two|three)/m);
    expect(broken.text).toContain('one Bcc: x@y.example # two three four');
    expect(parse(broken.html).querySelectorAll('main h1')).toHaveLength(0);
  });
});

describe('the templates', () => {
  const folder = join(projectRoot, 'libs/email/templates');
  const files = readdirSync(folder);

  it('are one text and one subject for each e-mail, and nothing else but what all have in common', () => {
    const expected = EMAIL_TEMPLATES.flatMap((name) => [`${name}.md.hbs`, `${name}.subject.hbs`]);
    expect([...files].sort()).toEqual(
      [...expected, 'digest.md.hbs', 'digest.subject.hbs', 'layout.html.hbs', 'layout.md.hbs', 'row.md.hbs'].sort(),
    );
  });

  it('never show anything unescaped', () => {
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/\{\{\{|\{\{\s*&/);
  });

  it('are each refused without one of their facts', () => {
    const { reason: _reason, ...without } = exampleFacts.returned;
    expect(() => renderEmail('returned', without as typeof exampleFacts.returned)).toThrow('"reason" not defined');
  });
});

describe('an e-mail', () => {
  it('says what a draft asks for, by when, and what happens otherwise', () => {
    const { subject, text } = renderEmail('draft-task', exampleFacts['draft-task']);
    expect(subject).toBe('Draft the Community Safety Business Plan for 2026/27 by Tuesday 18 November 2025');
    expect(text).toContain('with 15 indicator rows and 32 actions');
    expect(text).toContain('by Tuesday 18 November 2025 (in 11 working days)');
    expect(text).toContain('- ComS_011: Reduction in reported ASB cases in Broxtowe\n- Licensing review\n');
    expect(text).toContain('A draft that comes later may miss that meeting');
  });

  it.each([
    ['before', 'Due on Tuesday 18 November 2025: Submit the draft'],
    ['due', 'Due today: Submit the draft'],
    ['overdue', 'Overdue since Tuesday 18 November 2025: Submit the draft'],
  ] as const)('reminds %s', (when, subject) => {
    expect(renderEmail('reminder', { ...exampleFacts.reminder, when }).subject).toBe(subject);
  });

  it.each(['dates-moved', 'meeting-called-off', 'calendar-changed'] as const)(
    'tells in %s that a date may come sooner, so that nobody thinks there is nothing to do',
    (template) => {
      const { text } = renderEmail(template, exampleFacts[template]);
      expect(text).toContain('Look whether one of yours comes sooner.');
      expect(text).not.toContain('need not do anything');
    },
  );

  it('says what happens if nobody acts on a reminder', () => {
    expect(renderEmail('reminder', exampleFacts.reminder).text).toContain('Otherwise the draft misses its meeting. You are reminded');
  });

  it('names whom to ask without an address where there is none', () => {
    expect(renderEmail('reminder', { ...exampleFacts.reminder, askEmail: '' }).text).toContain('ask the performance team.\n');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/tasks/1', ''])('does not link to "%s"', (link) => {
    expect(() => renderEmail('reminder', { ...exampleFacts.reminder, link })).toThrow();
  });

  it('cannot be led astray by what its link carries', () => {
    const link = 'http://localhost:3000/a?b=<c>"&d=[x](y)\\';
    const page = parse(renderEmail('reminder', { ...exampleFacts.reminder, link }).html);
    expect(page.querySelectorAll('a')).toHaveLength(1);
    expect(new URL(page.querySelector('a')?.getAttribute('href') ?? '').origin).toBe('http://localhost:3000');
  });
});

function visibleText(html: string): string {
  return words(parse(html).querySelector('body')?.text ?? '');
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('an e-mail’s words', () => {
  it('say of an alarm after the year has begun that the plans are late', () => {
    const alarm = exampleFacts['guard-alarm'];
    expect(renderEmail('guard-alarm', alarm).subject).toMatch(/^Not yet certain for Wednesday 1 April 2026/);
    const late = renderEmail('guard-alarm', { ...alarm, hasBegun: true });
    expect(late.subject).toMatch(/^Not published by Wednesday 1 April 2026/);
    expect(late.text).toContain('2026/27 has begun, on Wednesday 1 April 2026.');
  });

  it('claim of a deputy no more than their posts', () => {
    const facts = { ...exampleFacts['stand-in-begins'], posts: ['Housing Operations Manager'] };
    const { subject, text } = renderEmail('stand-in-begins', facts);
    expect(subject).toBe('You are the deputy while Sam Taylor is away');
    expect(text).toContain('- Housing Operations Manager');
    expect(text).not.toContain('you stand in');
  });

  it('name nobody to ask where that would be the reader', () => {
    const { text } = renderEmail('reminder', { ...exampleFacts.reminder, askName: '', askEmail: '' });
    expect(text).not.toContain('If anything is unclear');
  });
});
