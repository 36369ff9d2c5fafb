/** `npm run update:readme`: writes the parts of the README that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readmeBlocks, readmeFile, withBlocks } from './readme-blocks.js';

writeFileSync(readmeFile, withBlocks(readFileSync(readmeFile, 'utf8'), await readmeBlocks()));
