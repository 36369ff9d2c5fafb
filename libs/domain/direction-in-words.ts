/** Which way a measure should move, as far as its own words say. */

/** What a description itself says: "Reduction in …" wants less. Other words say too little to go by. */
export function directionInWords(description: string): 'lower' | 'unknown' {
  return /^(?:reduction|reduce|decrease)\b/i.test(description) ? 'lower' : 'unknown';
}
