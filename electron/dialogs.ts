import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { SaveKind } from '../analytics/contract/window-api.ts';

/** Asks for extracts to import; no path where the user closes the dialog. */
export async function pickFiles(window: BrowserWindow): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import extracts',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Extracts', extensions: ['csv', 'tsv', 'txt', 'log', 'jsonl', 'ndjson', 'xlsx', 'parquet', 'gz', 'zip'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? [] : filePaths;
}

/** Asks for the file of a source profile; null where the user closes the dialog. */
export async function pickProfile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Use a source profile',
    buttonLabel: 'Use',
    properties: ['openFile'],
    filters: [
      { name: 'Source profiles', extensions: ['json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for a workspace folder; null where the user closes the dialog. */
export function pickWorkspaceFolder(window: BrowserWindow): Promise<string | null> {
  return pickDirectory(window, { title: 'Open workspace', buttonLabel: 'Open' });
}

/** Asks for a folder to watch; null where the user closes the dialog. */
export function pickFolder(window: BrowserWindow): Promise<string | null> {
  return pickDirectory(window, { title: 'Watch a folder', buttonLabel: 'Watch' });
}

async function pickDirectory(
  window: BrowserWindow,
  words: { readonly title: string; readonly buttonLabel: string },
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...words, properties: ['openDirectory'] });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks where to save and writes `text` there (base64 for a picture); null where the user closes the dialog. */
export async function saveFile(
  window: BrowserWindow,
  suggestedName: string,
  text: string,
  kind: SaveKind,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), basename(suggestedName)),
    filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
  });
  if (canceled) return null;
  await writeFile(filePath, text, kind === 'png' ? 'base64' : 'utf8');
  return filePath;
}
