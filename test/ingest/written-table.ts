/** A table of our own, and how it is written in any dialect. */
export const HEADERS = ['job', 'day', 'start', 'site', 'charger', 'power_kw', 'price', 'note', 'contact'];
const SITES = ['Kungsgatan 4', 'Mühlweg, rear', 'Pier 9', 'Old Mill "North"', 'Station Sq.', 'Côte d’Azur 12'];
const NOTES = ['', 'replaced cable', 'waited for grid, 2 h', 'customer said "later"', 'ok', 'needs part; ordered'];
export const ROWS = Array.from({ length: 24 }, (_, index) => [
  `J-${1001 + index}`,
  `2026-0${1 + (index % 6)}-${String(1 + index).padStart(2, '0')}`,
  `${String(7 + (index % 10)).padStart(2, '0')}:${index % 2 ? '30' : '05'}`,
  SITES[index % SITES.length] ?? '',
  `EVSE${index % 4}*${100 + index}`,
  index % 3 === 0 ? '11' : index % 3 === 1 ? '22.5' : '150',
  (199.5 + index * 10.25).toFixed(2),
  NOTES[(index * 5) % NOTES.length] ?? '',
  `crew${index % 3}@example.org`,
]);
export const PLAIN = ROWS.map((row) => row.map((cell) => cell.replace(/[",;]/g, '')));

export interface Marks {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly newline?: string;
  readonly all?: boolean;
}

export interface Expected {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly dialect?: Readonly<Record<string, string | number | null>>;
  readonly encoding?: string;
  readonly findings?: Readonly<Record<string, number>>;
  readonly footer?: number;
  readonly preamble?: number;
  readonly otherTables?: number;
}

export function written(rows: readonly (readonly string[])[], marks: Marks = {}): string {
  return rows.map((row) => line(row, marks) + (marks.newline ?? '\n')).join('');
}

export function line(
  cells: readonly string[],
  { delimiter = ',', quote = '"', escape: guard = quote, all = false }: Marks = {},
): string {
  return cells
    .map((cell) => {
      if (quote === '') return cell;
      const must =
        cell.includes(delimiter) ||
        cell.includes(quote) ||
        /[\r\n]/.test(cell) ||
        (delimiter.length > 1 && cell.includes(delimiter.trim()));
      if (!must && !all) return cell;
      const inner = guard === quote ? cell : cell.replaceAll(guard, guard + guard);
      return quote + inner.replaceAll(quote, guard + quote) + quote;
    })
    .join(delimiter);
}
