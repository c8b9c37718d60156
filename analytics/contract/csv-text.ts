const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[-+]?\d[\d.,]*%?$/;

type CsvCell = string | number | boolean | null;

/**
 * Rows as CSV by RFC 4180: commas, CRLF, quotes where needed. A text that a spreadsheet would take for a formula
 * (it begins with = + - @ in either width, a tab or a line break) gets an apostrophe before it, one that has apostrophes before
 * that another, so that it can be taken off again; numbers stay numbers, as text too.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
