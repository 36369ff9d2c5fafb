/** E-mails from templates: one Markdown source for the text part and the HTML part, so that both say the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import MarkdownIt from 'markdown-it';
import { weekdayInWords } from '../calendar/dates.js';
import { projectRoot } from '../config/paths.js';
import type { EmailFacts, EmailTemplate } from './email-facts.js';
import { escapeMarkdown, literalFacts, onOneLine, type LiteralText } from './literal-text.js';

const TEMPLATES_FOLDER = join(projectRoot, 'libs/email/templates');

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** Templates for the text part and the subject; links stand as plain addresses. */
const asText = createTemplates((label, address) => `${label}:\n${address}`);

/** Templates for what becomes HTML. */
const asMarkdown = createTemplates((label, address) => `[${escapeMarkdown(label)}](<${address}>)`);

/**
 * Writes an e-mail.
 * @param template which one
 * @param facts what it says; every fact is required, null or an empty list says that there is none
 * @throws Error if a fact that the template shows is missing, or the link is not an http or https address
 */
export function renderEmail<T extends EmailTemplate>(template: T, facts: EmailFacts[T]): RenderedEmail {
  const plain = literalFacts(facts, onOneLine);
  const subject = onOneLine(asText(`${template}.subject`)(plain));
  const text = wholeEmail(asText, template, plain);
  const body = markdown.render(wholeEmail(asMarkdown, template, literalFacts(facts, escapeMarkdown)));
  const html = layout()({ subject, councilName: facts.councilName, body: new Handlebars.SafeString(body) });
  return { subject, text, html };
}

type Templates = (name: string) => HandlebarsTemplateDelegate;

/** The e-mail's own text between greeting and close, which all have in common. */
function wholeEmail(templates: Templates, template: EmailTemplate, facts: unknown): string {
  const body = templates(`${template}.md`)(facts).trim();
  const whole = templates('layout.md')({ ...(facts as object), body: new Handlebars.SafeString(body) });
  // An empty list leaves its lines empty: paragraphs are parted by one blank line.
  return `${whole.trim().replace(/\n{3,}/g, '\n\n')}\n`;
}

/** Compiles each template once, when it is first needed. */
function createTemplates(writeLink: (label: string, address: string) => string): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('day', (day: LiteralText) => weekdayInWords(day.raw));
  handlebars.registerHelper('count', (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`);
  handlebars.registerHelper('is', (text: LiteralText, expected: string) => text.raw === expected);
  handlebars.registerHelper('linkTo', function linkTo(this: { link: LiteralText }, label: string) {
    return new handlebars.SafeString(writeLink(label, checkedAddress(this.link.raw)));
  });
  handlebars.registerPartial('row', readTemplate('row.md.hbs'));
  const compiled = new Map<string, HandlebarsTemplateDelegate>();
  return (name) => {
    let template = compiled.get(name);
    if (!template) {
      template = handlebars.compile(readTemplate(`${name}.hbs`), { strict: true });
      compiled.set(name, template);
    }
    return template;
  };
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
