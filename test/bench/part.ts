/** What every part of the benchmark is given and gives back. */
import type { Figure } from './figures.js';

/** How much to measure. */
export interface Size {
  /** A short run, to see that everything works: its figures say little. */
  quick: boolean;
  /** How many approval cycles the memory is watched over. */
  cycles: number;
}

/** A part of the benchmark; `tell` gets a line for each thing that is being measured. */
export type Part = (size: Size, tell: (line: string) => void) => Promise<Figure[]>;

/** How many people work at the same time in the figures for many. */
export const PEOPLE = 20;
