import { z } from 'zod';
import type { RowLedger } from './import-report.ts';

/** A folder whose files are imported as they appear. */
export const watchSettingSchema = z.strictObject({
  /** An absolute path, or one from the workspace's own folder. */
  folder: z.string().trim().min(1, 'Name a folder, for example "extracts" or "/data/exports".'),
  /** The source profile of its files; otherwise each file's headers decide. */
  profile: z.string().min(1, 'Name a source profile, or leave it out.').optional(),
  /** The table its files hold; otherwise each file's headers decide. */
  table: z.string().min(1, 'Name a table, or leave it out.').optional(),
  /** Whether each of its files is a full export of its source. */
  full: z.boolean().optional(),
});
export type WatchSetting = z.infer<typeof watchSettingSchema>;

export const watchedPathSchema = z.strictObject({ folder: z.string().min(1) });
export const watchedFileSchema = z.strictObject({ file: z.string().min(1) });

/** What became of a file: imported, nothing new in it, or refused whole. */
export type WatchOutcome = 'imported' | 'known' | 'refused';

/** What became of one state of a file of a watched folder. */
export interface WatchedFile {
  /** Absolute path. */
  readonly file: string;
  readonly outcome: WatchOutcome;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The import; null where nothing of the file was new. */
  readonly batch: number | null;
  readonly table: string | null;
  /** Its ledger; null where it was refused. */
  readonly rows: RowLedger | null;
  /** Why it was refused, and what to do; null where it was not. */
  readonly message: string | null;
}

/** `stopped` where this Weir does not watch, `missing` while the folder is not there, `importing` while a file of it is. */
export type WatchState = 'stopped' | 'watching' | 'importing' | 'missing';

export interface WatchedFolder extends WatchSetting {
  /** Absolute path. */
  readonly path: string;
  readonly state: WatchState;
  /** Why the folder cannot be watched, and what to do; null where it can. */
  readonly reason: string | null;
  /** The file that is being imported. */
  readonly importing: string | null;
  /** How many files wait for their turn. */
  readonly waiting: number;
  /** The file dealt with last. */
  readonly last: WatchedFile | null;
  /** Files that lie there refused. Each is tried again when it changes, or when the user says so. */
  readonly refused: readonly WatchedFile[];
}
