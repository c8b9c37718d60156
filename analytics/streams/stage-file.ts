import { readFile, stat } from 'node:fs/promises';
import { WeirError } from '../contract/errors.ts';
import type { StreamCheck, StreamModel } from '../contract/stage-model.ts';
import { builtInStreams } from './built-in-streams.ts';
import { LARGEST_DOCUMENT, tooLarge } from './reading/source-text.ts';
import { checkStageDocument } from './stage-document.ts';

/**
 * Reads and checks the stage document at `path`, beside `others` (the built-in streams where not given). A file that is too
 * large is not read. Throws {@link WeirError} `file-missing` or `file-unreadable`; bad content gives findings.
 */
export async function readStageDocument(path: string, others: readonly StreamModel[] = builtInModels()): Promise<StreamCheck> {
  try {
    const about = await stat(path);
    if (!about.isFile()) throw new WeirError('file-unreadable', { file: path, reason: 'it is no file' });
    if (about.size > LARGEST_DOCUMENT) return { model: null, findings: [tooLarge(about.size)] };
    return checkStageDocument(await readFile(path), { others });
  } catch (error) {
    if (error instanceof WeirError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new WeirError('file-missing', { file: path });
    throw new WeirError('file-unreadable', { file: path, reason: error instanceof Error ? error.message : String(error) });
  }
}

function builtInModels(): StreamModel[] {
  return builtInStreams().flatMap(({ model }) => (model === null ? [] : [model]));
}
