/** The seed's cells taken apart as the seed writes them, apart from the product's own reading. */
import type { Row } from '../../libs/domain/business-plan.js';
import { seedPosts } from './seed-plan.js';

/** A row's first cell as the seed writes it: words, a code or two, perhaps "(New)". */
export function inSeedsWords(row: Row, table: 'csi' | 'kpi' | 'actions' | 'budget'): { description: string; code: string | null } {
  const text = (row.cells.description ?? row.cells.action ?? row.cells.text ?? '').replace(/\s+/g, ' ').trim();
  if (table === 'budget') return { description: text, code: row.cells.actionCode || null };
  const code = table === 'actions' ? /(\S+?)(?: \(New\))?$/.exec(text)?.[1] : /\b[A-Z]\w+_\w+/.exec(text)?.[0];
  const withoutCode =
    table === 'actions' ? text.replace(/ \S+?(?: \(New\))?$/, '') : text.replace(/ \(?\b[A-Z]\w+_\w+\)?(?: \(New\))?/g, '');
  return { description: withoutCode, code: code ?? null };
}

/** The post that an owner's cell of the seed begins with, and the comments after it. */
export function ownerInSeed(cell: string): { owner: string; comments: string } {
  const text = cell.replace(/\s+/g, ' ').trim();
  const spellings = seedPosts.flatMap(({ title, otherSpellings }) => [title, ...otherSpellings]);
  const owner = spellings.filter((each) => text.startsWith(each)).sort((a, b) => b.length - a.length)[0] ?? '';
  return { owner, comments: text.slice(owner.length).trim() };
}
