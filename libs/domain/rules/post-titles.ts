/** Where no register is at hand: posts that stand in a plan in two spellings. */
import type { Rule } from '../finding.js';
import { plainText } from '../plain-text.js';
import type { PlanReading } from '../plan-reading.js';
import type { Place } from '../plan-rows.js';
import { beginsLikeATitle } from '../posts.js';
import { nearSpellings } from './near-spellings.js';

export const titlesDiffer: Rule = {
  name: 'titles-differ',
  severity: 'note',
  title: 'Two titles that differ by a word or a letter',
  explanation:
    'Two titles that are nearly the same are mostly one post, written in two ways. Whoever looks for all that a post is responsible for then misses some of it. If they are two posts, nothing is wrong.',
  check: (reading, { register }) => {
    // The register knows which spellings mean one post.
    if (register) return [];
    const cells = titledCells(reading);
    const usualOf = new Map(nearSpellings(cells.flatMap(({ titles }) => titles)).map((pair) => [pair.rare.toLowerCase(), pair.usual]));
    return cells.flatMap(({ place, name, titles }) =>
      titles.flatMap((title) => {
        const usual = usualOf.get(title.toLowerCase());
        if (usual === undefined) return [];
        return [
          { ...place, message: `${name} names “${title}”; elsewhere the plan says “${usual}”. If they are one post, use one title.` },
        ];
      }),
    );
  },
};

interface TitledCell {
  place: Place;
  name: string;
  titles: string[];
}

/** Longer than this, an owner cell holds comments as well, and nobody can say where they begin. */
const LONGEST_OWNER_WORDS = 12;

function titledCells({ indicators, actions }: PlanReading): TitledCell[] {
  const cells = [
    ...indicators
      .filter(({ owner }) => beginsLikeATitle(owner) && owner.split(' ').length <= LONGEST_OWNER_WORDS)
      .map(({ owner, name, at }) => ({ place: at('owner'), name, pieces: piecesOf(owner) })),
    ...actions.map(({ officers, name, at }) => ({ place: at('officers'), name, pieces: piecesOf(officers) })),
  ];
  const known = alone(cells.flatMap(({ pieces }) => pieces));
  return cells.map(({ place, name, pieces }) => ({ place, name, titles: pieces.flatMap((piece) => takenApart(piece, known)) }));
}

/** Longer than this, a piece is prose and not a row of titles. */
const LONGEST_PIECE = 300;

/** What ends of lines, full stops and strokes set apart. */
function piecesOf(cell: string): string[] {
  const pieces = cell.split(/\n|;|\s\/\s|\.(?=\s|$)/).map(plainText);
  return pieces.filter((piece) => piece !== '' && piece.length <= LONGEST_PIECE);
}

/**
 * The titles that stand alone in some cell, or that are left of others without them: "Head of A" beside "Head of A Manager of B"
 * says that "Manager of B" is a title too. Several rounds, since what is left may take apart a longer cell.
 */
function alone(pieces: readonly string[]): Set<string> {
  const titles = new Set(pieces);
  for (let round = 0; round < 3; round++) {
    for (const piece of [...titles]) {
      const parts = takenApart(piece, titles);
      if (parts.length < 2) continue;
      titles.delete(piece);
      for (const part of parts) titles.add(part);
    }
  }
  return titles;
}

/** The text as the longest other title that it begins with, and the rest taken apart in turn; whole where there is none. */
function takenApart(text: string, titles: ReadonlySet<string>): string[] {
  const words = text.split(' ');
  for (let length = words.length - 1; length > 1; length--) {
    const [start, rest] = [words.slice(0, length).join(' '), words.slice(length).join(' ')];
    if (titles.has(start) && beginsLikeATitle(rest)) return [start, ...takenApart(rest, titles)];
  }
  return [text];
}
