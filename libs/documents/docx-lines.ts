/** The HTML that mammoth makes of a Word document, set so that its line numbers say where in the document something stands. */

/** Each paragraph, heading, list item and row of a table on a line of its own: the first is line 1, the next line 2. */
export function oneLineEach(html: string): string {
  let tables = 0;
  let count = 0;
  return html.replace(/[\r\n]+/g, ' ').replace(/<(\/?)(table|tr|p|h[1-6]|li)(?=[\s>])/g, (tag, slash: string, name: string) => {
    if (name === 'table') tables += slash === '' ? 1 : -1;
    // What stands in a cell belongs to its row, and so do the rows of a table inside it.
    const begins = slash === '' && (tables === 0 ? ['p', 'li'].includes(name) || name.startsWith('h') : tables === 1 && name === 'tr');
    return begins && ++count > 1 ? `\n${tag}` : tag;
  });
}
