const NUMBER = /^[-+]?\d[\d.,]*%?$/;

type CsvCell = string | number | boolean | null;

/**
 * Rows as CSV by RFC 4180: commas, CRLF, quotes where needed. A text that a spreadsheet would take for a formula
 * (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it; numbers stay numbers, as text too.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
