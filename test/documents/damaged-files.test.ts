/** The seed, damaged in the ways in which files are damaged: it is refused in a sentence, or read without losing a word. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePlanText } from '../../libs/documents/decode-text.js';
import type { PlanFormat } from '../../libs/documents/plan-format.js';
import { readPlanFile } from '../../libs/documents/read-plan-file.js';
import { writePlanFile } from '../../libs/documents/write-plan-file.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { seedPlan, seedText } from '../support/seed-plan.js';

const lines = seedText.split('\n');
const table = lines.flatMap((line, index) => (line.includes('\t') ? [index] : []));

/** Everything that a plan says, in words: its texts and the keys of its cells; ids are made by us and say nothing. */
function wordsOf(content: unknown): Set<string> {
  if (typeof content === 'string') return new Set(words(content));
  if (typeof content !== 'object' || content === null) return new Set();
  const parts = Object.entries(content).filter(([key]) => key !== 'id');
  return new Set(parts.flatMap(([key, value]) => [...words(key), ...wordsOf(value)]));
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Reads; a refusal has one sentence or several, and no word of the file is missing otherwise. */
async function expectNothingLost(bytes: Uint8Array): Promise<void> {
  try {
    const { plan } = await readPlanFile(bytes);
    const kept = wordsOf(plan);
    const lost = words(decodePlanText(bytes).text.replace(/<\/?p>/g, ' ')).filter((word) => !kept.has(word));
    expect(lost).toEqual([]);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('unreadable');
    expect(error.message).toMatch(/^[A-Z].+\.$/s);
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const anyLine = fc.constantFrom(...lines.keys());
const anyRow = fc.constantFrom(...table);
const changed = (index: number, change: (line: string) => string): string => lines.with(index, change(lines[index] ?? '')).join('\n');

describe('a file that is damaged', () => {
  const everyWay: [string, fc.Arbitrary<Uint8Array>][] = [
    ['cut short, also within a character', fc.nat(encode(seedText).length).map((end) => encode(seedText).subarray(0, end))],
    ['begun late', fc.nat(seedText.length).map((start) => encode(seedText.slice(start)))],
    ['without some tabs', fc.tuple(anyRow, fc.nat(8)).map(([row, tab]) => encode(changed(row, (line) => withoutTab(line, tab))))],
    ['with all tabs of a line gone', anyRow.map((row) => encode(changed(row, (line) => line.replaceAll('\t', ' '))))],
    ['with tabs where none were', fc.tuple(anyLine, fc.nat(60)).map(([at, place]) => encode(changed(at, (line) => withTab(line, place))))],
    [
      'with columns that changed places',
      fc.tuple(fc.nat(7), fc.nat(7)).map(([from, to]) => encode(lines.map((line) => swapped(line, from, to)).join('\n'))),
    ],
    ['with a line twice', anyLine.map((at) => encode(lines.toSpliced(at, 0, lines[at] ?? '').join('\n')))],
    ['with lines in another order', fc.shuffledSubarray(lines, { minLength: lines.length }).map((all) => encode(all.join('\n')))],
    ['without some lines', fc.subarray(lines).map((some) => encode(some.join('\n')))],
    [
      'with page breaks',
      fc
        .array(anyLine, { maxLength: 5 })
        .map((at) => encode(lines.map((line, index) => (at.includes(index) ? `\f${line}` : line)).join('\n'))),
    ],
    ['with commas for tabs', fc.constantFrom(',', ';', '|', '  ').map((sign) => encode(seedText.replaceAll('\t', sign)))],
  ];

  it.each(everyWay)('%s loses no word', async (_what, files) => {
    await fc.assert(fc.asyncProperty(files, expectNothingLost), { numRuns: 60 });
  });

  it('by single bytes is refused or read, and nothing else', async () => {
    const bytes = fc
      .array(fc.tuple(fc.nat(encode(seedText).length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 })
      .map((places) => places.reduce((file, [at, byte]) => file.with(at, byte), encode(seedText)));
    await fc.assert(fc.asyncProperty(bytes, expectNothingLost), { numRuns: 150 });
  });

  it.each<PlanFormat>(['html', 'docx', 'xlsx', 'csv', 'json'])('is refused or read also as %s', async (format) => {
    const whole = await writePlanFile(seedPlan(), format);
    const files = fc.oneof(
      fc.nat(whole.length - 1).map((end) => whole.slice(0, end)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => Uint8Array.from(whole).with(at, byte)),
      fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.from([...whole.subarray(0, 60), ...rest])),
    );
    await fc.assert(
      fc.asyncProperty(files, async (bytes) => {
        try {
          expect((await readPlanFile(bytes)).plan.title).toEqual(expect.any(String));
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect(error.code).toBe('unreadable');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('or was never a plan, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await expect(readPlanFile(bytes)).rejects.toThrow(DomainError);
      }),
      { numRuns: 300 },
    );
  });
});

function withoutTab(line: string, number: number): string {
  const cells = line.split('\t');
  const at = number % Math.max(1, cells.length - 1);
  return [...cells.slice(0, at), `${cells[at] ?? ''} ${cells[at + 1] ?? ''}`, ...cells.slice(at + 2)].join('\t');
}

function withTab(line: string, place: number): string {
  const space = line.indexOf(' ', place);
  return space < 0 ? line : `${line.slice(0, space)}\t${line.slice(space + 1)}`;
}

function swapped(line: string, from: number, to: number): string {
  const cells = line.split('\t');
  if (Math.max(from, to) >= cells.length) return line;
  return cells
    .with(from, cells[to] ?? '')
    .with(to, cells[from] ?? '')
    .join('\t');
}
