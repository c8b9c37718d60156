import type { FileChoices } from '../../contract/file-choices.ts';
import type { PreviewColumn, SampleRow } from '../../contract/import-preview.ts';
import type { RejectedRow } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import type { TextFile } from '../bytes/text-file.ts';
import type { ColumnMatch } from '../matching/match-columns.ts';
import type { Layout } from '../reading/dialect.ts';
import type { ColumnPlan } from '../typing/cell.ts';
import { describeColumns, rawColumns } from './describe-columns.ts';

const REJECTS = 50;
const LONGEST_TEXT = 2000;

/** The rows of a file as text with how its columns are read. */
export interface ReadRows {
  readonly relation: string;
  /** The headers of the file, then the names of columns made of others. */
  readonly headers: readonly string[];
  readonly plans: readonly ColumnPlan[];
  /** Rows in all where `relation` holds only a sample of them, whose every cell is known to be read. */
  readonly sampledOf: number | null;
}

/**
 * What was understood of one file, gathered while it is imported: each step adds its part, so that a file that is refused at one
 * of them still shows what is known of it.
 */
export class Portrait {
  text: TextFile | null = null;
  layout: Layout | null = null;
  remembered: FileChoices | null = null;
  profile: string | null = null;
  timeZone: string | null = null;
  nullWords: readonly string[] = [];
  full = false;
  table: TableDefinition | null = null;
  columns: readonly PreviewColumn[] = [];
  sample: readonly SampleRow[] = [];
  rejects: readonly RejectedRow[] = [];

  seesText(text: TextFile): void {
    this.text = text;
  }

  seesLayout(layout: Layout, remembered: FileChoices | null, profile: string | null): void {
    this.layout = layout;
    this.remembered = remembered;
    this.profile = profile;
    Object.assign(this, rawColumns(layout));
  }

  /** The table whose columns the headers fill, whether or not all that it needs is there. */
  seesTable(match: ColumnMatch, timeZone: string | null, nullWords: readonly string[] = []): void {
    this.table = match.table;
    this.nullWords = nullWords;
    this.timeZone = timeZone;
    if (this.layout) Object.assign(this, rawColumns(this.layout, match));
  }

  /** The first rows that an import would reject. */
  async seesRejects(sql: Sql, { batch, file }: { readonly batch: number; readonly file: string }): Promise<void> {
    const rows = await sql.rows<{ line: number; column_name: string | null; reason: string; text: string }>({
      text: `SELECT line, column_name, reason, left(text, ${LONGEST_TEXT}) AS text FROM reject_row WHERE batch_id = $batch
        ORDER BY line LIMIT ${REJECTS}`,
      params: { batch },
    });
    this.rejects = rows.map(({ column_name: column, ...row }) => ({ batch, file, ...row, column }));
  }

  async seesRows(sql: Sql, match: ColumnMatch, rows: ReadRows): Promise<void> {
    Object.assign(this, await describeColumns(sql, { match, ...rows, width: this.layout?.headers.length ?? 0 }));
  }
}
