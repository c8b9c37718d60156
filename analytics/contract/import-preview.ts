import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { type FileChoices, fileChoicesSchema } from './file-choices.ts';
import type { Dialect, FileReport, RejectedRow } from './import-report.ts';

/** One file to look at before it is imported, with what the user says of it. */
export const previewRequestSchema = fileChoicesSchema.extend({ file: z.string().min(1) });
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

/** A text of the file and what it was understood as; null where it is empty, cannot be read, or waits for an answer. */
export interface SampleValue {
  readonly raw: string;
  readonly understood: string | null;
}

/** A thing understood of how a column is written. */
export interface ReadingNote {
  readonly kind: 'form' | 'date-order' | 'decimal-mark' | 'zone' | 'currency' | 'unit' | 'text';
  readonly text: string;
  /** True where the values alone did not settle it, so that the user may say otherwise. */
  readonly changeable: boolean;
}

/** One column of the file. */
export interface PreviewColumn {
  /** Its header as choices call it. */
  readonly header: string;
  /** The column of the table it fills; null where it is kept beside the row. */
  readonly column: string | null;
  readonly readAs: readonly ReadingNote[];
  /** Words that occur and mean no value. */
  readonly nullWords: readonly string[];
  /** Rows with a value, without one, and with a text that cannot be read; null where the rows have not been read. */
  readonly counts: { readonly filled: number; readonly empty: number; readonly unreadable: number } | null;
  readonly samples: readonly SampleValue[];
  /** The first text that cannot be read. */
  readonly unreadable: string | null;
  /** True of a column that the file does not have: its profile makes it of others. */
  readonly made: boolean;
}

/** A row of the file as it stands there and as it was understood; cells in the order of the columns. */
export interface SampleRow {
  readonly line: number;
  readonly cells: readonly SampleValue[];
}

/** Something that the file leaves open. `header` is null where it concerns the whole file. */
export interface OpenQuestion {
  readonly kind: 'date-order' | 'after-year' | 'decimal-mark' | 'table';
  readonly header: string | null;
  readonly text: string;
  readonly answers: readonly {
    readonly value: string;
    readonly label: string;
    /** What it would make of texts of the file. */
    readonly examples: readonly SampleValue[];
  }[];
}

/** A column of a table, as the user may choose it. */
export interface TableField {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly unit: string | null;
  readonly required: boolean;
}

export interface ProfileName {
  readonly name: string;
  readonly title: string;
  /** True of a profile that lies in the workspace. */
  readonly own: boolean;
}

/** What an import of the file would do and what was understood of it; nothing is kept. */
export interface ImportPreview {
  readonly file: string;
  readonly format: 'text' | 'xlsx' | 'parquet' | 'json-lines' | 'message-log';
  /** Sheets of a workbook or files of an archive, and the one that was read. */
  readonly parts: readonly string[];
  readonly part: string | null;
  /** Null where the file was not read so far. */
  readonly encoding: string | null;
  readonly dialect: Dialect | null;
  readonly table: string | null;
  readonly profile: string | null;
  /** The zone of times written without one. */
  readonly timeZone: string | null;
  /** True where the file counts as all that its source has: the user or its profile says so. */
  readonly full: boolean;
  /** Words that mean no value in every column, besides the usual ones: those of the profile and those that were said. */
  readonly nullWords: readonly string[];
  readonly columns: readonly PreviewColumn[];
  readonly sample: readonly SampleRow[];
  /** The columns of the table. */
  readonly fields: readonly TableField[];
  /** What was said of an earlier file of the source and holds for this one too. */
  readonly remembered: FileChoices | null;
  readonly questions: readonly OpenQuestion[];
  /** Why the file cannot be imported as it is; null where it can. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string } | null;
  /** The dry run; null where a question is open or the file is refused. */
  readonly report: FileReport | null;
  readonly rejects: readonly RejectedRow[];
  /** All that the user may choose instead. */
  readonly tables: readonly string[];
  readonly profiles: readonly ProfileName[];
}
