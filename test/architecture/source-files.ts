import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['analytics', 'electron', 'renderer', 'sample-data', 'test'];
const IMPORT =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** An import as written, and what it leads to: a path from the project's root, or a package's name. */
export interface Import {
  readonly written: string;
  readonly target: string;
  readonly isPackage: boolean;
}

export interface SourceFile {
  /** Path from the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript file of the project. */
export function sourceFiles(): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => read(join(entry.parentPath, entry.name))),
  );
}

/** The imports of one file's text, `path` being the file's place. */
export function importsOf(path: string, text: string): readonly Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const written = match[1] ?? match[2] ?? match[3] ?? '';
    if (written.startsWith('.')) return { written, target: slashed(join(dirname(path), written)), isPackage: false };
    return { written, target: packageOf(written), isPackage: true };
  });
}

function read(file: string): SourceFile {
  const path = slashed(relative(ROOT, file));
  const text = readFileSync(file, 'utf8');
  return { path, text, imports: importsOf(path, text) };
}

function packageOf(written: string): string {
  if (written.startsWith('node:') || builtinModules.includes(written)) return `node:${written.replace(/^node:/, '')}`;
  return written
    .split('/')
    .slice(0, written.startsWith('@') ? 2 : 1)
    .join('/');
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
