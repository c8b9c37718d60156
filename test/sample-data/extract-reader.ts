import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const SAMPLE = join(import.meta.dirname, '../../sample-data');

export interface ManifestFile {
  readonly file: string;
  readonly table: string;
  readonly rows: number;
}

export function manifest(): readonly ManifestFile[] {
  return (JSON.parse(readFileSync(join(SAMPLE, 'manifest.json'), 'utf8')) as { files: ManifestFile[] }).files;
}

export function textOf(file: string): string {
  const bytes = readFileSync(join(SAMPLE, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Header and cells of a sample extract. The sample holds no quoted cell, so a comma always parts two cells. */
export function rowsOf(file: string): { header: string[]; rows: string[][] } {
  const text = textOf(file);
  if (text.includes('"')) throw new Error(`${file} holds quoted cells`);
  const [head, ...lines] = text.trimEnd().split('\n');
  return { header: (head as string).split(','), rows: lines.map((line) => line.split(',')) };
}
