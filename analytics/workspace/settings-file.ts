import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { WeirError } from '../contract/errors.ts';
import { issueText } from '../contract/issue-text.ts';
import { type Settings, settingsSchema } from '../contract/settings.ts';

/** The version of the workspace's form that this Weir writes and reads. */
export const WORKSPACE_FORMAT = 1;

/** The path of a workspace's settings file. */
export function settingsPath(dir: string): string {
  return join(dir, 'weir.json');
}

/**
 * The settings in force in the workspace `dir`. Rejects with `workspace-missing`, `workspace-newer` or `settings-invalid`;
 * the last names each wrong field and what to write instead.
 */
export async function readSettings(dir: string): Promise<Settings> {
  const file = settingsPath(dir);
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === null) throw new WeirError('workspace-missing', { dir });
  const found = parseJson(file, content);
  const format = typeof found === 'object' && found !== null && 'format' in found ? found.format : WORKSPACE_FORMAT;
  if (typeof format === 'number' && format > WORKSPACE_FORMAT) {
    throw new WeirError('workspace-newer', { dir, found: format, known: WORKSPACE_FORMAT });
  }
  const settings = settingsSchema.safeParse(found);
  if (!settings.success) throw new WeirError('settings-invalid', { file, reason: issueText(settings.error) });
  return settings.data;
}

/** Writes the settings file of a new workspace; fields left out keep following the defaults. */
export async function writeSettings(dir: string, settings: z.input<typeof settingsSchema>): Promise<void> {
  await writeFile(settingsPath(dir), `${JSON.stringify({ format: WORKSPACE_FORMAT, ...settings }, null, 2)}\n`);
}

/**
 * Changes one field of the settings file; all others stay as they are written there. Rejects with `settings-invalid`, leaving the
 * file as it is, where the outcome would not be valid. The file is replaced whole, so that no one reads half of it.
 */
export async function changeSetting<Name extends keyof Settings>(
  dir: string,
  name: Name,
  value: z.input<typeof settingsSchema>[Name],
): Promise<Settings> {
  await readSettings(dir);
  const file = settingsPath(dir);
  const content = await readFile(file, 'utf8');
  const changed = { ...(JSON.parse(content) as object), [name]: value };
  const settings = settingsSchema.safeParse(changed);
  if (!settings.success) throw new WeirError('settings-invalid', { file, reason: issueText(settings.error) });
  const indent = /^\{\r?\n([ \t]+)"/.exec(content)?.[1] ?? '  ';
  await writeFile(`${file}.new`, `${JSON.stringify(changed, null, indent)}\n`);
  await rename(`${file}.new`, file);
  return settings.data;
}

function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (thrown) {
    const reason = `it is no JSON (${thrown instanceof Error ? thrown.message : String(thrown)}); mend the file or write {} for the defaults`;
    throw new WeirError('settings-invalid', { file, reason });
  }
}
