import { z } from 'zod';
import { fileChoicesSchema } from './file-choices.ts';
import type { ImportEffect } from './import-effect.ts';

export const importRequestSchema = z.strictObject({
  files: z.array(z.string().min(1)).min(1, 'Name at least one file.'),
  table: z.string().optional(),
  profile: z.string().optional(),
  /** By file: what is said of it besides `table` and `profile`, which hold for all files that name no other. */
  choices: z.record(z.string(), fileChoicesSchema).optional(),
  dryRun: z.boolean().default(false),
  /** The files are full exports: rows of their sources that they lack are gone, and are reported. */
  full: z.boolean().optional(),
  /** Takes rows that are gone from full exports out of the tables; undo brings them back. */
  removeGone: z.boolean().optional(),
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** The ledger of one file. Always read = inserted + updated + unchanged + duplicate + rejected. */
export interface RowLedger {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Something the import did or noticed, and how often. `column` is null where it concerns the whole file. */
export interface ImportFinding {
  readonly code: string;
  readonly column: string | null;
  readonly count: number;
  readonly message: string;
  readonly fix: string;
  /** What it is about, one by one, where that is worth a list: keys of rows, the first {@link MOST_LISTED} of them. */
  readonly items?: readonly string[];
}

/** A list in a finding goes no further. */
export const MOST_LISTED = 100;

/** How a list that a finding carries ends where it is longer than what it holds; null where it is whole. */
export function moreWords({ count, items = [] }: Pick<ImportFinding, 'count' | 'items'>): string | null {
  return count > items.length ? `and ${(count - items.length).toLocaleString('en-US')} more` : null;
}

export interface Dialect {
  readonly delimiter: string;
  /** Empty where quotation marks are plain text. */
  readonly quote: string;
  /** What stands before a quotation mark within a cell; the mark itself where absent. */
  readonly escape?: string;
  /** The line on which the header stands, from 1; 0 where the file has none of its own, as JSON lines and Parquet. */
  readonly headerLine: number;
  readonly newline: string;
}

export interface FileReport {
  readonly file: string;
  readonly table: string;
  readonly profile: string | null;
  readonly encoding: string;
  readonly dialect: Dialect;
  readonly rows: RowLedger;
  readonly findings: readonly ImportFinding[];
}

/** `batch` is null for a dry run and where nothing was new (the same files again). Only a dry run has an effect to tell. */
export interface ImportReport extends Partial<ImportEffect> {
  readonly batch: number | null;
  readonly files: readonly FileReport[];
}

/** Whether the report tells what the import would do to the metrics: that of a dry run does. */
export function isRehearsed(report: ImportReport): report is ImportReport & ImportEffect {
  return report.changes !== undefined;
}

/** What an import does with a file, in this order; `measuring` is done once, when the rows of all files are stored. */
export const IMPORT_STEPS = ['scanning', 'reading', 'checking', 'storing', 'measuring', 'done'] as const;

/** Where an import stands. */
export interface ImportStep {
  readonly file: string;
  readonly fileIndex: number;
  readonly fileCount: number;
  readonly step: (typeof IMPORT_STEPS)[number];
  /** Rows of the file: as many as it has lines until it is read; null until they are counted. */
  readonly rows: number | null;
  /** How much of the step is done, 0 to 1; null where the step itself cannot tell. */
  readonly part: number | null;
}

/** Where an import stands, how fast it goes and how long it will take. */
export interface ImportProgress extends ImportStep {
  /** Rows taken in so far; null while none are counted. */
  readonly rowsDone: number | null;
  /** Bytes of the file as it lies on disk, and how many of them this step has read; null where it reads none. */
  readonly bytes: { readonly done: number; readonly total: number } | null;
  /** What this step reads in a second; null until it can be told. */
  readonly bytesPerSecond: number | null;
  readonly rowsPerSecond: number | null;
  /** How much of the whole import is done, 0 to 1, as far as can be foreseen. It never falls. */
  readonly share: number;
  /** Null until it can be told. */
  readonly secondsLeft: number | null;
}

export interface BatchSummary {
  readonly batch: number;
  readonly importedAt: string;
  readonly undoneAt: string | null;
  readonly files: readonly { readonly file: string; readonly table: string; readonly rows: RowLedger }[];
}

/** What must be known before an import of several files is taken back; null of one that brought one file. */
export function togetherSentence({ files }: Pick<BatchSummary, 'files'>): string | null {
  if (files.length < 2) return null;
  const names = files.map(({ file }) => file.replace(/^.*[\\/]/, '')).join(', ');
  return `It brought ${files.length} files together, and all of them are taken back: ${names}.`;
}

export interface RejectedRow {
  readonly batch: number;
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
}
