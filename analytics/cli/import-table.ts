import {
  type BatchSummary,
  type FileReport,
  type ImportFinding,
  type ImportReport,
  moreWords,
  type RejectedRow,
  type RowLedger,
} from '../contract/import-report.ts';
import { fixText } from './hints.ts';

const LEDGER_WORDS = ['read', 'inserted', 'updated', 'unchanged', 'duplicate', 'rejected'] as const;
const TEXT_WIDTH = 100;

/** The report of an import for people: a ledger line a file, and below it what the import noticed. */
export function formatImportReport(report: ImportReport): string {
  const table = columns([
    ['file', 'table', ...LEDGER_WORDS],
    ...report.files.map((file) => [file.file, file.table, ...ledgerCells(file.rows)]),
  ]);
  const notes = report.files.flatMap(fileNotes);
  const end = report.batch === null ? 'Nothing was stored.' : `Stored as import ${report.batch}.`;
  return [...table, ...(notes.length > 0 ? ['', ...notes] : []), '', end].join('\n');
}

/** The import history for people, a line a file. */
export function formatBatches(batches: readonly BatchSummary[]): string {
  if (batches.length === 0) return 'Nothing has been imported yet.';
  const rows = batches.flatMap((batch) => {
    const state = batch.undoneAt === null ? '' : `undone ${batch.undoneAt}`;
    return batch.files.map((file) => [
      String(batch.batch),
      batch.importedAt,
      file.file,
      file.table,
      ...ledgerCells(file.rows),
      state,
    ]);
  });
  return columns([['import', 'at', 'file', 'table', ...LEDGER_WORDS, ''], ...rows]).join('\n');
}

/** Rejected rows for people: where, why, and the text, shortened and with line breaks made visible. */
export function formatRejects(rejects: readonly RejectedRow[]): string {
  if (rejects.length === 0) return 'No row was rejected.';
  return rejects
    .map((row) => {
      const place = `import ${row.batch}, ${row.file}, line ${row.line}${row.column === null ? '' : `, ${row.column}`}`;
      return `${place}\n  ${row.reason}\n  ${visible(row.text)}`;
    })
    .join('\n');
}

function fileNotes(file: FileReport): string[] {
  if (file.findings.length === 0) return [];
  const notes = file.findings.flatMap((each) => [`  ${each.message}${fixText(each)}`, ...listed(each)]);
  return [`${file.file}:`, ...notes];
}

/** What a finding lists, a line each. */
function listed(finding: ImportFinding): string[] {
  if (!finding.items) return [];
  const more = moreWords(finding);
  return [...finding.items, ...(more === null ? [] : [more])].map((item) => `    ${visible(item)}`);
}

function ledgerCells(rows: RowLedger): string[] {
  return LEDGER_WORDS.map((word) => String(rows[word]));
}

function visible(text: string): string {
  const line = text
    .replace(/\r?\n|\r/g, '⏎')
    .replace(/\t/g, '→')
    .replace(/\p{Cc}/gu, '·');
  return line.length > TEXT_WIDTH ? `${line.slice(0, TEXT_WIDTH - 1)}…` : line;
}

/** Rows as lines with their cells below each other; cells of digits stand to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const right = widths.map((_, index) => rows.length > 1 && rows.slice(1).every((row) => /^\d+$/.test(row[index] ?? '')));
  return rows.map((row) =>
    row
      .map((cell, index) => (right[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
