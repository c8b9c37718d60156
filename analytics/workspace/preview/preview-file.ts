import { join } from 'node:path';
import type { ImportPreview, MappedHeader, PreviewRequest, SampleRow } from '../../contract/import-preview.ts';
import type { FileReport, RejectedRow } from '../../contract/import-report.ts';
import { importFiles } from '../../ingest/index.ts';
import { type ColumnMatch, matchColumns } from '../../ingest/matching/match-columns.ts';
import { profilesAt } from '../../ingest/profiles/find-profile.ts';
import { identifier } from '../../tables/identifier.ts';
import { TABLES, tableNamed } from '../../tables/index.ts';
import type { ChangeOptions } from '../change.ts';
import type { Workspace } from '../open.ts';
import { heeding } from '../running/heeding.ts';
import { cellsOf, linesOf } from './sample-lines.ts';

const SAMPLE_ROWS = 6;
const REJECTS = 50;

/** What the database holds of the file before the dry run is taken back. */
interface Stored {
  readonly rows: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
  readonly rejects: readonly RejectedRow[];
}

/** Imports one file as a dry run, and sets rows of it beside what was understood of them. */
export async function previewFile(workspace: Workspace, request: PreviewRequest, options: ChangeOptions): Promise<ImportPreview> {
  const { file, ...chosen } = request;
  const profilesFolder = join(workspace.dir, 'profiles');
  let stored: Stored = { rows: new Map(), rejects: [] };
  const { files } = await importFiles(
    heeding(workspace.writer, options.signal),
    { files: [file], dryRun: true, ...chosen },
    {
      settings: workspace.settings,
      profilesFolder,
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
      afterStore: async ({ batch, tables: [table] }) => {
        if (table !== undefined) stored = await storedOf(workspace, table, batch);
      },
    },
  );
  const [report] = files;
  if (!report) throw new Error(`No report on ${file}`);
  const profiles = await profilesAt(profilesFolder);
  const columns = profiles.find((profile) => profile.name === report.profile)?.tables[report.table]?.columns ?? null;
  return {
    report,
    ...(await sideBySide(report, stored, columns)),
    rejects: stored.rejects,
    tables: TABLES.map((table) => table.name),
    profiles: profiles.map((profile) => profile.name),
  };
}

async function storedOf({ writer }: Workspace, table: string, batch: number): Promise<Stored> {
  const rows = await writer.rows<Record<string, unknown>>({
    text: `SELECT * FROM ${identifier(table)} WHERE batch_id = $batch ORDER BY line LIMIT ${SAMPLE_ROWS}`,
    params: { batch },
  });
  const rejects = await writer.rows<{ line: number; column_name: string | null; reason: string; text: string; path: string }>({
    text: `SELECT line, column_name, reason, text, path FROM reject_row JOIN import_file USING (batch_id, file_id)
      WHERE batch_id = $batch ORDER BY line LIMIT ${REJECTS}`,
    params: { batch },
  });
  return {
    rows: new Map(rows.map((row) => [Number(row.line), row])),
    rejects: rejects.map(({ line, column_name, reason, text, path }) => ({
      batch,
      file: path,
      line,
      column: column_name,
      reason,
      text,
    })),
  };
}

/** The headers with the columns they fill, and under each the raw cell beside the understood value. */
async function sideBySide(
  report: FileReport,
  { rows }: Stored,
  aliases: Readonly<Record<string, readonly string[]>> | null,
): Promise<{ readonly mapping: readonly MappedHeader[]; readonly sample: readonly SampleRow[] }> {
  const table = tableNamed(report.table);
  const lines = await linesOf(report, [report.dialect.headerLine, ...rows.keys()]).catch(() => new Map<number, string>());
  const headers = cellsOf(lines.get(report.dialect.headerLine) ?? '', report.dialect);
  if (table === null || headers.length === 0) return { mapping: [], sample: [] };
  const filled = columnsByPosition(matchColumns(table, headers, aliases));
  return {
    mapping: headers.map((header, position) => ({ header, column: filled.get(position) ?? null })),
    sample: [...rows].map(([line, row]) => {
      const raw = cellsOf(lines.get(line) ?? '', report.dialect);
      return {
        line,
        cells: headers.map((_, position) => ({ raw: raw[position] ?? '', understood: text(row, filled.get(position)) })),
      };
    }),
  };
}

function columnsByPosition(match: ColumnMatch): ReadonlyMap<number, string> {
  const filled = new Map([...match.columns].map(([column, position]) => [position, column]));
  if (match.updatedAt !== null) filled.set(match.updatedAt, 'updated_at_src');
  return filled;
}

function text(row: Readonly<Record<string, unknown>>, column: string | undefined): string | null {
  const value = column === undefined ? null : row[column];
  return value === null || value === undefined ? null : String(value);
}
