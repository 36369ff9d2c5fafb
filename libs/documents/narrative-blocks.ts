/** The Markdown of a plan's narrative as paragraphs, bullets and bold words, for formats that have such things, and back again. */

/** Words in one weight. */
export interface Run {
  text: string;
  bold: boolean;
}

export type NarrativeBlock = { kind: 'paragraph'; lines: Run[][] } | { kind: 'bullet'; runs: Run[] };

/**
 * Takes narrative apart: paragraphs end at a blank line, "- " begins a bullet, `**words**` are bold. Whatever else Markdown knows
 * stays as it was typed, so that it reads back as the same text.
 */
export function narrativeBlocks(markdown: string): NarrativeBlock[] {
  const blocks: NarrativeBlock[] = [];
  let lines: Run[][] = [];
  const endParagraph = (): void => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', lines });
    lines = [];
  };
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const bullet = /^\s*-\s+(\S.*)$/.exec(line);
    if (bullet || line.trim() === '') endParagraph();
    if (bullet) blocks.push({ kind: 'bullet', runs: runsOf(bullet[1] ?? '') });
    else if (line.trim() !== '') lines.push(runsOf(line.trim()));
  }
  endParagraph();
  return blocks;
}

/** Bold words that come back as the same stars: nothing but words between two pairs, and no star beside them. */
const BOLD = /(?<!\*)\*\*(?![\s*])([^*]*[^\s*])\*\*(?!\*)/g;

function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let end = 0;
  for (const match of line.matchAll(BOLD)) {
    runs.push({ text: line.slice(end, match.index), bold: false }, { text: match[1] ?? '', bold: true });
    end = match.index + match[0].length;
  }
  return [...runs, { text: line.slice(end), bold: false }].filter(({ text }) => text !== '');
}

/** Runs as Markdown; white space at the ends of bold words stands outside the stars, where Markdown wants it. */
export function markdownOf(runs: readonly Run[]): string {
  return runs
    .map(({ text, bold }) =>
      bold
        ? text.replace(/^(\s*)([\s\S]*?)(\s*)$/, (_, before: string, words: string, after: string) =>
            words === '' ? before + after : `${before}**${words}**${after}`,
          )
        : text,
    )
    .join('');
}
