import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which of the three roads an Electron came by. */
export type RuntimeKind = 'override' | 'official' | 'registry';

/** An Electron that is ready to run this project. */
export interface ElectronRuntime {
  readonly kind: RuntimeKind;
  readonly version: string;
  /** The unpacked distribution's folder. */
  readonly folder: string;
  readonly executable: string;
  /** What makes the executable run this project: its path, or nothing where `resources/app` leads to it. */
  readonly appArguments: readonly string[];
  /** Why this one was taken. */
  readonly reason: string;
}

/** Where the executable lies inside an Electron distribution. */
export function executableIn(folder: string): string {
  if (process.platform === 'darwin') return join(folder, 'Electron.app/Contents/MacOS/Electron');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** The version that a distribution says it is; null where `folder` holds none. */
export function versionIn(folder: string): string | null {
  const file = join(folder, 'version');
  if (!existsSync(file) || !existsSync(executableIn(folder))) return null;
  return readFileSync(file, 'utf8').trim().replace(/^v/, '');
}
