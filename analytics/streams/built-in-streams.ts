import type { StreamCheck } from '../contract/stage-model.ts';
import { checkStageDocument } from './stage-document.ts';

/** A document with what was read from it. `file` is its path; of a built-in one, its file name. */
export interface LibraryDocument extends StreamCheck {
  readonly file: string;
  readonly origin: 'built-in' | 'workspace';
}

const sources: Readonly<Record<string, string>> = import.meta.glob('./documents/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
let documents: readonly LibraryDocument[] | null = null;

/**
 * The streams that Weir ships, parsed once by the same parser as every document and checked against each other; the build puts what
 * was parsed in this module's place.
 */
export function builtInStreams(): readonly LibraryDocument[] {
  documents ??= readBuiltIn();
  return documents;
}

function readBuiltIn(): LibraryDocument[] {
  const files = Object.entries(sources).sort(([one], [other]) => (one < other ? -1 : 1));
  const models = files.flatMap(([, source]) => checkStageDocument(source).model ?? []);
  return files.map(([path, source]) => ({
    file: path.slice(path.lastIndexOf('/') + 1),
    origin: 'built-in',
    ...checkStageDocument(source, { others: models }),
  }));
}
