/** Facts on their way into a template: texts that people wrote stay text, whatever markup they look like. */

/**
 * A text that a template shows. Handlebars asks it for `toHTML()` wherever a template shows it, and helpers read `raw`;
 * so no template can show a text without its being escaped.
 */
export class LiteralText {
  constructor(
    readonly raw: string,
    private readonly escape: (text: string) => string,
  ) {}

  toHTML(): string {
    return this.escape(this.raw);
  }
}

/** What templates are given: the facts' shape, with a LiteralText in place of each text. */
export type TemplateValue = LiteralText | number | boolean | null | '' | TemplateValue[] | { [name: string]: TemplateValue };

/** Facts made ready for a template; a text without anything in it stays '', so that a template can ask whether there is one. */
export function literalFacts(facts: unknown, escape: (text: string) => string): TemplateValue {
  if (typeof facts === 'string') return facts === '' ? '' : new LiteralText(facts, escape);
  if (typeof facts === 'number' || typeof facts === 'boolean' || facts === null) return facts;
  if (Array.isArray(facts)) return facts.map((item) => literalFacts(item, escape));
  if (typeof facts === 'object') {
    return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, literalFacts(value, escape)]));
  }
  throw new TypeError(`An e-mail's facts are texts, numbers, lists and null, not ${typeof facts}.`);
}

/** Characters that steer rather than show: controls, and marks that turn the direction of the text after them. */
const STEERING = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A text on one line, as the text part and the subject show it: no line break can begin a new paragraph, list or header. */
export function onOneLine(text: string): string {
  return text.toWellFormed().replace(STEERING, ' ').replace(/\s+/gu, ' ').trim();
}

/** The same for Markdown: each ASCII punctuation mark is escaped, which CommonMark allows for all of them (CommonMark 0.31, 2.4). */
export function escapeMarkdown(text: string): string {
  return onOneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
