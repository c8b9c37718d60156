import { z } from 'zod';
import type { FileReport, RejectedRow } from './import-report.ts';

/** One file to look at before it is imported. Absent table and profile are found by the file's headers. */
export const previewRequestSchema = z.strictObject({
  file: z.string().min(1),
  table: z.string().optional(),
  profile: z.string().optional(),
});
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

/** What one header of the file fills; `column` is null where no column takes it and its values are kept beside the row. */
export interface MappedHeader {
  readonly header: string;
  readonly column: string | null;
}

/** A row of the file as it stands there and as it was understood; cells in the order of the headers. */
export interface SampleRow {
  readonly line: number;
  readonly cells: readonly { readonly raw: string; readonly understood: string | null }[];
}

/** What an import of the file would do and what was understood of it; nothing is kept. */
export interface ImportPreview {
  readonly report: FileReport;
  readonly mapping: readonly MappedHeader[];
  /** The first new or changed rows; none where nothing in the file is new. */
  readonly sample: readonly SampleRow[];
  readonly rejects: readonly RejectedRow[];
  /** All that the user may choose instead. */
  readonly tables: readonly string[];
  readonly profiles: readonly string[];
}
