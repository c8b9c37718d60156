import { csvText } from './csv-text.ts';
import type { RecordRow, RecordsPage } from './records.ts';

const COLUMNS = [
  'entityTable',
  'entityId',
  'day',
  'segment',
  'region',
  'product',
  'channel',
  'crew',
  'num',
  'den',
  'mature',
  'batch',
  'file',
  'line',
] as const satisfies readonly (keyof RecordRow)[];

/** Records as CSV (RFC 4180) with a header; text that a spreadsheet would run as a formula is defused by an apostrophe. */
export function recordsCsv(page: RecordsPage): string {
  return csvText([[...COLUMNS], ...page.rows.map((row) => COLUMNS.map((column) => row[column]))]);
}
