import type { FileChoices } from '../contract/file-choices.ts';
import type { ImportStep } from '../contract/import-report.ts';
import type { Settings } from '../contract/settings.ts';
import type { UnpackLimits } from './formats/archive.ts';
import type { Gathered } from './profiles/decisions.ts';
import type { SourceProfile } from './profiles/source-profile.ts';
import type { Portrait } from './understanding/portrait.ts';

/** One file of an import, and what is said of it. */
export interface FileTask {
  readonly file: string;
  readonly fileId: number;
  readonly batch: number;
  /** The table asked for; null lets the headers decide. */
  readonly table: string | null;
  /** The profile asked for; null lets the headers decide. */
  readonly profile: SourceProfile | null;
  /** The profiles that headers may decide for. */
  readonly profiles: readonly SourceProfile[];
  /** What else the user says of it. */
  readonly choices: FileChoices;
  /** Gathers what is understood of the file, where someone looks. */
  readonly portrait: Portrait | null;
  /** Whether the file is said to be a full export of its source; null leaves it to its profile. */
  readonly full: boolean | null;
  /** True where rows that are gone are to be taken out. */
  readonly removeGone: boolean;
  /** What the files of this import settled for one another. */
  readonly gathered: Gathered;
  readonly settings: Settings;
  /** A folder for copies, and the name of this file's copies in it. */
  readonly scratch: string;
  /** True where the database failed on the file before. */
  readonly careful: boolean;
  readonly signal?: AbortSignal | undefined;
  /** How a long file may be stored while it is read: null where that failed before. */
  readonly atOnce: 'compact' | 'plain' | null;
  /** Says how far the file is, and how much of the step is done where that is known; throws where the import is to stop. */
  step(step: ImportStep['step'], rows: number | null, part?: number | null): void;
  /** What an archive may unpack to; the usual limits otherwise. */
  readonly limits?: UnpackLimits;
}
