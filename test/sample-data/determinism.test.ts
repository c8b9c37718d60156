import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipped } from '../../sample-data/generator/extract/csv.ts';
import { makeExtracts } from '../../sample-data/generator/extract/index.ts';
import { makeWorld } from '../../sample-data/generator/world.ts';
import { makeAnswers } from '../../sample-data/second-road/answers.ts';
import { SAMPLE, textOf } from './extract-reader.ts';

const texts = (seed: string) => makeExtracts(makeWorld(seed, 0.04)).map((each) => `${each.file}\n${each.text}`);

describe('the program that makes the sample', () => {
  it('writes the same text for the same seed, and another for another', () => {
    const once = texts('one');
    expect(texts('one')).toEqual(once);
    expect(texts('two')).not.toEqual(once);
  });

  it('packs without a time or a machine in the header, so that the bytes stay the same', () => {
    const bytes = zipped('a,b\n1,2\n');
    expect([...bytes.subarray(4, 8), bytes[9]]).toEqual([0, 0, 0, 0, 255]);
    expect(zipped('a,b\n1,2\n').equals(bytes)).toBe(true);
  });

  it('has written the extracts and answers that are kept beside it', { timeout: 180_000 }, () => {
    const world = makeWorld('weir sample 1');
    for (const { file, text } of makeExtracts(world)) expect(textOf(`extracts/${file}`) === text, file).toBe(true);
    for (const [file, text] of Object.entries(makeAnswers(world))) {
      expect(readFileSync(join(SAMPLE, 'answers', file), 'utf8') === text, file).toBe(true);
    }
  });
});
