import type { RecordRow, RecordsPage } from '../../analytics/contract/records.ts';

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

const NUMBER = /^[-+]?\d[\d.,]*%?$/;

/** Records as CSV (RFC 4180) with a header; text that a spreadsheet would run as a formula is defused by an apostrophe. */
export function recordsCsv(page: RecordsPage): string {
  const lines = [COLUMNS.join(','), ...page.rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','))];
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
