/** Narrative as HTML: Markdown without raw HTML, pictures or headings that would break the order of the page's own. */
import MarkdownIt from 'markdown-it';

/** A page has its title and a section's heading above a narrative, so that its own headings begin at the fourth level. */
const HEADINGS_BELOW = 3;

const engine = new MarkdownIt({ html: false, linkify: false, breaks: false }).disable(['image']);

engine.renderer.rules['heading_open'] = (tokens, index) => `<${headingTag(tokens[index]?.tag)}>`;
engine.renderer.rules['heading_close'] = (tokens, index) => `</${headingTag(tokens[index]?.tag)}>`;

/** The HTML of a narrative. Tags in the text are shown as text; links lead to web and mail addresses only. */
export function narrativeHtml(markdown: string): string {
  return engine.render(markdown);
}

function headingTag(tag = 'h1'): string {
  return `h${Math.min(6, Number(tag.slice(1)) + HEADINGS_BELOW)}`;
}
