import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

const MAX_LINES = 400;
const MAX_FILES = 18;
/** One flat folder on purpose: everything that may cross a boundary, each under its own name. */
const FLAT_FOLDERS = new Set(['analytics/contract']);
const VAGUE_FOLDERS = /(^|\/)(utils?|lib|common|helpers?|misc)\//;

const files = sourceFiles();

describe('how the code is laid out', () => {
  it(`no file is longer than ${MAX_LINES} lines`, () => {
    expect(paths(({ text }) => text.split('\n').length > MAX_LINES + 1)).toEqual([]);
  });

  it('no folder is called by a word that says nothing', () => {
    expect(paths(({ path }) => VAGUE_FOLDERS.test(path))).toEqual([]);
  });

  it('file names are kebab case', () => {
    expect(paths(({ path }) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|d))?\.tsx?$/.test(path))).toEqual([]);
  });

  it(`no folder holds more than ${MAX_FILES} source files`, () => {
    const count = new Map<string, number>();
    for (const { path } of files) count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1);
    expect([...count].filter(([folder, number]) => number > MAX_FILES && !FLAT_FOLDERS.has(folder))).toEqual([]);
  });

  it('nothing is exported as default but where a tool asks for it', () => {
    expect(paths(({ path, text }) => /^export default /m.test(text) && !/\.config\.ts$|global-setup\.ts$/.test(path))).toEqual(
      [],
    );
  });

  it('no import climbs three folders inside the product', () => {
    const climbing = files
      .filter(({ path }) => !path.startsWith('test/'))
      .flatMap(({ path, imports }) =>
        imports.filter(({ written }) => written.startsWith('../../..')).map(({ written }) => `${path} → ${written}`),
      );
    expect(climbing).toEqual([]);
  });

  it('nothing is re-exported wholesale', () => {
    expect(paths(({ text }) => /^export \* /m.test(text))).toEqual([]);
  });
});

function paths(isWrong: (file: SourceFile) => boolean): readonly string[] {
  return files.filter(isWrong).map(({ path }) => path);
}
