import { describe, expect, it } from 'vitest';
import { DANGEROUS_PACKAGES, FORBIDDEN_PACKAGES, roomOf } from './rooms.ts';
import { importsOf, type SourceFile, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const source = files.filter(({ path }) => !path.startsWith('test/'));

describe('import arrows', () => {
  it('a file imports only what the arrows of its room allow', () => {
    expect(files.flatMap(brokenArrows)).toEqual([]);
  });

  it('a view of the window imports no other view', () => {
    expect(source.flatMap(viewsImportingViews)).toEqual([]);
  });

  it('a room brings in no package that cannot run where it runs', () => {
    expect(source.flatMap(forbiddenPackages)).toEqual([]);
  });

  it('electron is imported from its own folder only, and by nothing that plain Node runs', () => {
    const wrong = files.filter(
      ({ path, text }) => /\bfrom 'electron(\/main)?'/.test(text.replace(/import type .*/g, '')) && !isElectronProcess(path),
    );
    expect(wrong.map(({ path }) => `${path} imports electron`)).toEqual([]);
  });
});

describe('dangerous modules have one home', () => {
  for (const [name, home] of Object.entries(DANGEROUS_PACKAGES)) {
    it(`${name}: ${home}`, () => {
      const users = source.filter(({ imports }) => imports.some(({ target }) => target === name)).map(({ path }) => path);
      if (home === 'one file') expect(users.length, users.join(', ')).toBeLessThanOrEqual(1);
      else expect(users.filter((path) => !path.startsWith(home))).toEqual([]);
    });
  }

  for (const name of ['ipcMain', 'ipcRenderer']) {
    it(`${name}: one file`, () => {
      const users = source.filter(({ text }) => new RegExp(`import\\b[^;]*\\b${name}\\b[^;]*from 'electron`).test(text));
      expect(users.length, users.map(({ path }) => path).join(', ')).toBe(1);
    });
  }
});

describe('the reader of imports', () => {
  it('sees every form of import, so that no arrow escapes it', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { b } from '../b.ts';",
      'import {\n  c,\n  d,\n} from "./c.ts";',
      "import './side-effect.css';",
      "export { e } from './e.ts';",
      "const f = await import('./f.ts');",
      "import fs from 'fs/promises';",
      "import { g } from '@scope/name/deep';",
    ].join('\n');
    expect(importsOf('x/y/z.ts', text).map(({ target }) => target)).toEqual([
      'x/y/a.ts',
      'x/b.ts',
      'x/y/c.ts',
      'x/y/side-effect.css',
      'x/y/e.ts',
      'x/y/f.ts',
      'node:fs/promises',
      '@scope/name',
    ]);
  });
});

function brokenArrows({ path, imports }: SourceFile): readonly string[] {
  const room = roomOf(path);
  if (room === null) return [`${path} lies in no room`];
  return imports
    .filter(({ target, isPackage }) => !isPackage && !target.startsWith(room.prefix))
    .filter(({ target }) => !room.mayImport.some((allowed) => target.startsWith(allowed)))
    .map(({ target }) => `${path} → ${target}: ${room.prefix} may import ${room.mayImport.join(', ') || 'nothing else'}`);
}

function viewsImportingViews({ path, imports }: SourceFile): readonly string[] {
  const from = viewOf(path);
  if (from === null) return [];
  return imports
    .filter(({ target, isPackage }) => !isPackage && ![null, from].includes(viewOf(target)))
    .map(({ target }) => `${path} → ${target}: one view imports another`);
}

/** `renderer/stream-view/…` and `renderer/views/stream/…` are views. */
function viewOf(path: string): string | null {
  return /^renderer\/(views\/[^/]+|[^/]+-view)\//.exec(path)?.[1] ?? null;
}

function forbiddenPackages({ path, imports }: SourceFile): readonly string[] {
  const rules = FORBIDDEN_PACKAGES.filter(({ prefix }) => path.startsWith(prefix));
  return imports
    .filter(({ isPackage, target }) => isPackage && rules.some(({ packages }) => packages.test(target)))
    .map(({ target }) => `${path} imports ${target}`);
}

function isElectronProcess(path: string): boolean {
  return path.startsWith('electron/') && !/^electron\/(runtime|start)\//.test(path);
}
