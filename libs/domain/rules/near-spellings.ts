/** Short texts that are one text in two spellings: they differ by a word, or by a letter or two in one word. */

/** A text that is written rarely, with the one that is written more often. */
export interface NearSpelling {
  rare: string;
  usual: string;
  /** The words that differ, as written; '' where one text has a word more. */
  differs: [rare: string, usual: string];
}

/** Words that join others and are often left out. */
const JOINING = new Set(['and', '&', 'of', 'the', 'for', 'in', 'on', 'to', 'a']);
/** Texts of fewer words than this may differ by a word and mean different things: "Head of Housing", "Head of Planning". */
const FEWEST_WORDS = 4;

/** Longer texts are no form of words. */
const LONGEST_TEXT = 300;

interface Spelled {
  text: string;
  count: number;
  /** In small letters, without joining words and punctuation. */
  words: string[];
  first: number;
}

/**
 * Pairs of texts that are probably meant to be one, the rarer first; of equally frequent ones the later counts as the rarer.
 * @param texts every text as often as it is written, in the order of the document
 */
export function nearSpellings(texts: readonly string[]): NearSpelling[] {
  const spelled = counted(texts);
  const byPattern = new Map<string, Spelled[]>();
  for (const each of spelled) {
    for (const pattern of patternsOf(each.words)) byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), each]);
  }
  return spelled.flatMap((rare) => {
    const alike = patternsOf(rare.words).flatMap((pattern) => byPattern.get(pattern) ?? []);
    const usual = [...new Set(alike)]
      .filter((other) => isUsualFormOf(other, rare))
      .sort((a, b) => b.count - a.count || a.first - b.first)[0];
    return usual ? [{ rare: rare.text, usual: usual.text, differs: difference(rare.words, usual.words) }] : [];
  });
}

function counted(texts: readonly string[]): Spelled[] {
  const known = new Map<string, Spelled>();
  texts.forEach((text, first) => {
    if (text.length > LONGEST_TEXT) return;
    const key = text.toLowerCase();
    const found = known.get(key);
    if (found) found.count += 1;
    else known.set(key, { text, count: 1, words: significantWords(text), first });
  });
  return [...known.values()];
}

function significantWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’&-]+/gu) ?? [];
  return words.filter((word) => !JOINING.has(word));
}

/** What two texts share that differ in one word: the words with one of them left out, in its place or altogether. */
function patternsOf(words: readonly string[]): string[] {
  const all = words.join(' ');
  return [all, ...words.flatMap((_, index) => [words.with(index, '*').join(' '), words.toSpliced(index, 1).join(' ')])];
}

function isUsualFormOf(usual: Spelled, rare: Spelled): boolean {
  if (usual === rare || usual.count < rare.count || (usual.count === rare.count && usual.first > rare.first)) return false;
  const [one, other] = difference(rare.words, usual.words);
  if (one === other || one.includes(' ') || other.includes(' ')) return false;
  if (one !== '' && other !== '' && areNearlyAlike(one, other)) return true;
  return Math.max(rare.words.length, usual.words.length) >= FEWEST_WORDS;
}

/** What is left of two lists of words without their common beginning and end. */
function difference(some: readonly string[], others: readonly string[]): [string, string] {
  let start = 0;
  while (start < Math.min(some.length, others.length) && some[start] === others[start]) start += 1;
  let end = 0;
  while (end < Math.min(some.length, others.length) - start && some.at(-1 - end) === others.at(-1 - end)) end += 1;
  return [some.slice(start, some.length - end).join(' '), others.slice(start, others.length - end).join(' ')];
}

/** Whether two words differ by a letter or two: a slip, another spelling, or the plural. */
function areNearlyAlike(one: string, other: string): boolean {
  const [left, right] = difference([...one], [...other]).map((rest) => rest.replaceAll(' ', '').length);
  return Math.max(left ?? 0, right ?? 0) <= 2 && Math.min(one.length, other.length) >= 5;
}
