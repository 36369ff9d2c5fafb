/** E-mails from templates: one Markdown source for the text part and the HTML part, so that both say the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import MarkdownIt from 'markdown-it';
import { weekdayInWords } from '../calendar/dates.js';
import { projectRoot } from '../config/paths.js';
import type { EmailFacts, EmailTemplate } from './email-facts.js';
import { escapeMarkdown, literalFacts, onOneLine, type LiteralText, type TemplateValue } from './literal-text.js';

const TEMPLATES_FOLDER = join(projectRoot, 'libs/email/templates');

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** How the parts of an e-mail look that plain text and Markdown write in their own ways. */
interface Markup {
  link: (label: string, address: string) => string;
  heading: (words: string) => string;
  escape: (words: string) => string;
}

/** Templates for the text part and the subject; links stand as plain addresses. */
const asText = createTemplates({
  link: (label, address) => `${label}:\n${address}`,
  heading: (words) => `${words}\n${'-'.repeat(Math.min(words.length, 72))}`,
  escape: onOneLine,
});

/** Templates for what becomes HTML. */
const asMarkdown = createTemplates({
  link: (label, address) => `[${escapeMarkdown(label)}](<${address}>)`,
  heading: (words) => `## ${escapeMarkdown(words)}`,
  escape: escapeMarkdown,
});

/**
 * Writes an e-mail.
 * @param template which one
 * @param facts what it says; every fact is required, null or an empty list says that there is none
 * @throws Error if a fact that the template shows is missing, or the link is not an http or https address
 */
export function renderEmail<T extends EmailTemplate>(template: T, facts: EmailFacts[T]): RenderedEmail {
  const write = (templates: Templates): string => {
    const literal = literalFacts(facts, templates.markup.escape);
    return wholeEmail(templates, literal, bodyOf(templates, template, literal));
  };
  return inBothParts(subjectOf(template, facts), facts.councilName, write);
}

/** What a digest strings together: an e-mail by its template and its facts. */
export interface DigestItem {
  template: EmailTemplate;
  facts: EmailFacts[EmailTemplate];
}

/** So many are in full; a longer digest names the others with their links, so that it can still be read in a minute. */
export const IN_FULL = 10;

/**
 * Writes several e-mails to one person as one.
 * @param items at least two, the most urgent first; greeting and close are the first one's
 * @throws Error as `renderEmail`
 */
export function renderDigest(items: readonly DigestItem[]): RenderedEmail {
  const [first] = items;
  if (!first) throw new Error('A digest has something to say.');
  const subjects = items.map(({ template, facts }) => subjectOf(template, facts));
  const subject = onOneLine(asText('digest.subject')(literalFacts({ total: items.length, first: subjects[0] }, onOneLine)));
  return inBothParts(subject, first.facts.councilName, (templates) => {
    const literal = items.map(({ template, facts }, index) => {
      const itsFacts = literalFacts(facts, templates.markup.escape) as Record<string, TemplateValue>;
      const itsSubject = literalFacts(subjects[index], templates.markup.escape);
      return { template, facts: itsFacts, number: index + 1, subject: itsSubject, link: itsFacts['link'] };
    });
    const full = literal.slice(0, IN_FULL).map((item) => ({ ...item, body: safe(bodyOf(templates, item.template, item.facts)) }));
    const digest = { total: items.length, full, short: literal.slice(IN_FULL) };
    return wholeEmail(templates, literal[0]!.facts, templates('digest.md')(digest).trim());
  });
}

/** The subject of an e-mail alone, on one line. */
export function subjectOf<T extends EmailTemplate>(template: T, facts: EmailFacts[T]): string {
  return onOneLine(asText(`${template}.subject`)(literalFacts(facts, onOneLine)));
}

function inBothParts(subject: string, councilName: string, write: (templates: Templates) => string): RenderedEmail {
  const body = markdown.render(write(asMarkdown));
  return { subject, text: write(asText), html: layout()({ subject, councilName, body: safe(body) }) };
}

interface Templates {
  (name: string): HandlebarsTemplateDelegate;
  markup: Markup;
}

function bodyOf(templates: Templates, template: EmailTemplate, literal: unknown): string {
  return templates(`${template}.md`)(literal).trim();
}

/** The e-mail's own text between greeting and close, which all have in common. */
function wholeEmail(templates: Templates, facts: unknown, body: string): string {
  const whole = templates('layout.md')({ ...(facts as object), body: safe(body) });
  // An empty list leaves its lines empty: paragraphs are parted by one blank line.
  return `${whole.trim().replace(/\n{3,}/g, '\n\n')}\n`;
}

function safe(written: string): Handlebars.SafeString {
  return new Handlebars.SafeString(written);
}

/** Compiles each template once, when it is first needed. */
function createTemplates(markup: Markup): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('day', (day: LiteralText) => weekdayInWords(day.raw));
  handlebars.registerHelper('count', (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`);
  handlebars.registerHelper('is', (text: LiteralText, expected: string) => text.raw === expected);
  handlebars.registerHelper('linkTo', function linkTo(this: { link: LiteralText }, label: string) {
    return safe(markup.link(label, checkedAddress(this.link.raw)));
  });
  handlebars.registerHelper('linkedSubject', function linkedSubject(this: { link: LiteralText; subject: LiteralText }) {
    return safe(markup.link(onOneLine(this.subject.raw), checkedAddress(this.link.raw)));
  });
  handlebars.registerHelper('heading', (number: number | string, words: LiteralText | '') =>
    safe(markup.heading(words === '' ? String(number) : `${number}. ${onOneLine(words.raw)}`)),
  );
  handlebars.registerPartial('row', readTemplate('row.md.hbs'));
  const compiled = new Map<string, HandlebarsTemplateDelegate>();
  const find = (name: string): HandlebarsTemplateDelegate => {
    const template = compiled.get(name) ?? handlebars.compile(readTemplate(`${name}.hbs`), { strict: true });
    compiled.set(name, template);
    return template;
  };
  return Object.assign(find, { markup });
}

let compiledLayout: HandlebarsTemplateDelegate | undefined;

function layout(): HandlebarsTemplateDelegate {
  compiledLayout ??= Handlebars.compile(readTemplate('layout.html.hbs'), { strict: true });
  return compiledLayout;
}

function readTemplate(file: string): string {
  return readFileSync(join(TEMPLATES_FOLDER, file), 'utf8');
}

/** The link as a normalised address, in which nothing can end a Markdown link early. */
function checkedAddress(link: string): string {
  const address = URL.canParse(link) ? new URL(link) : null;
  if (!address || !['http:', 'https:'].includes(address.protocol)) throw new Error(`An e-mail cannot link to "${link}".`);
  return address.href.replace(/[<>\\]/g, (character) => encodeURIComponent(character));
}
