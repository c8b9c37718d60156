import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorData } from '../contract/errors.ts';
import type { DocumentFinding, StreamModel } from '../contract/stage-model.ts';
import { builtInStreams, type LibraryDocument } from './built-in-streams.ts';
import { finding } from './finding-table.ts';
import { readStageDocument } from './stage-file.ts';

export interface LoadedStreams {
  /** One model a stream, in the order of ids. */
  readonly models: readonly StreamModel[];
  /** Every document with its findings: those in use first, so that the first of a stream's id is the one it comes from. */
  readonly checks: readonly LibraryDocument[];
}

/**
 * The built-in streams and those of the workspace's `streams/*.md`. A workspace document replaces a built-in stream of its id;
 * one that is no stage document, or whose stage ids are not unique, is left out with the finding `not-loaded`.
 */
export async function loadStreams(workspaceDir: string | null): Promise<LoadedStreams> {
  const shipped = builtInStreams();
  const files = workspaceDir === null ? [] : await markdownFiles(join(workspaceDir, 'streams'));
  const alone = await Promise.all(files.map((file) => readOrExplain(file, [])));
  const own = usable(alone);
  const ownIds = new Set(own.map(({ model }) => model.id));
  const kept = usable(shipped).filter(({ model }) => !ownIds.has(model.id));
  const models = [...kept, ...own].map(({ model }) => model).sort((one, other) => (one.id < other.id ? -1 : 1));
  const documents = markUnused(await Promise.all(files.map((file) => readOrExplain(file, models))));
  const ownFiles = new Set(own.map(({ file }) => file));
  const used = [...kept, ...documents.filter(({ file }) => ownFiles.has(file))];
  const unused = [
    ...shipped.filter((document) => !used.includes(document)),
    ...documents.filter(({ file }) => !ownFiles.has(file)),
  ];
  return { models, checks: [...used, ...unused] };
}

async function markdownFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory() && /\.(?:md|markdown)$/i.test(entry.name));
    return files.map((entry) => join(folder, entry.name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** One unreadable document must not keep the others from being read. */
async function readOrExplain(file: string, others: readonly StreamModel[]): Promise<LibraryDocument> {
  try {
    return { file, origin: 'workspace', ...(await readStageDocument(file, others)) };
  } catch (error) {
    return { file, origin: 'workspace', model: null, findings: [finding('not-loaded', 1, { reason: errorData(error).message })] };
  }
}

type Usable = LibraryDocument & { readonly model: StreamModel };

/** The documents that give a stream; of two for one stream, the first. */
function usable(documents: readonly LibraryDocument[]): Usable[] {
  const taken = new Set<string>();
  return documents.filter((document): document is Usable => {
    if (document.model === null || obstacle(document) !== null || taken.has(document.model.id)) return false;
    taken.add(document.model.id);
    return true;
  });
}

function obstacle({ model, findings }: LibraryDocument): string | null {
  if (findings.some(({ code }) => code === 'not-loaded')) return null;
  if (model === null) return 'it is no stage document';
  const ids = model.stages.map((stage) => stage.id);
  return new Set(ids).size < ids.length ? 'two of its stages have one id' : null;
}

function markUnused(documents: readonly LibraryDocument[]): LibraryDocument[] {
  const used = new Map(usable(documents).map(({ model, file }) => [model.id, file]));
  return documents.map((document) => {
    const reason = obstacle(document);
    const added: DocumentFinding[] = [];
    if (reason !== null) added.push(finding('not-loaded', 1, { reason }));
    else if (document.model !== null && used.get(document.model.id) !== document.file) {
      added.push(finding('stream-defined-twice', 1, { id: document.model.id, file: used.get(document.model.id) ?? '' }));
    }
    return added.length === 0 ? document : { ...document, findings: [...added, ...document.findings] };
  });
}
