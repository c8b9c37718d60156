/** Writes the extracts, the manifest and the answers: `npx tsx sample-data/make.ts`. The same seed gives the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipped } from './generator/extract/csv.ts';
import { makeExtracts } from './generator/extract/index.ts';
import { makeWorld } from './generator/world.ts';
import { makeAnswers } from './second-road/answers.ts';

const here = import.meta.dirname;
const world = makeWorld('weir sample 1');
mkdirSync(join(here, 'extracts'), { recursive: true });
mkdirSync(join(here, 'answers'), { recursive: true });

const extracts = makeExtracts(world);
for (const { file, text } of extracts) {
  writeFileSync(join(here, 'extracts', file), file.endsWith('.gz') ? zipped(text) : text);
}
const files = extracts.map(({ file, table, system, rows }) => ({ file: `extracts/${file}`, table, system, rows }));
writeFileSync(join(here, 'manifest.json'), `${JSON.stringify({ asOf: '2026-10-31', files }, null, 2)}\n`);
for (const [file, text] of Object.entries(makeAnswers(world))) writeFileSync(join(here, 'answers', file), text);
