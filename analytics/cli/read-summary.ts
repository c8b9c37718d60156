import type { ReadTable } from '../index.ts';
import { columns } from './columns.ts';
import { fixText } from './hints.ts';

const NAMES: Readonly<Record<string, string>> = { '\t': 'tab', ' ': 'space', '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR', '': 'none' };
const MOST_COLUMNS = 12;
const WIDEST = 30;

/** What was understood of a file and its first rows, for a person. Ask once the rows were read to the end. */
export function readSummary(table: ReadTable, shown: readonly (readonly string[])[]): string {
  const { dialect } = table;
  const ends = table.ends();
  const facts = [
    `${table.file}${table.part ? ` (${table.part})` : ''}`,
    `${table.format}${table.compression === 'none' ? '' : `, ${table.compression}`}, ${table.encoding}`,
    `delimiter ${named(dialect.delimiter)}, quote ${named(dialect.quote)}, escape ${named(dialect.escape)}, lines end in ${named(dialect.newline)}`,
    dialect.headerLine === null ? 'no header' : `header on line ${dialect.headerLine}`,
    `${table.columns} columns, ${ends.rowCount} rows, ${ends.preamble.length} lines above and ${ends.footer.length} rows below the table`,
  ];
  const clip = (row: readonly string[]) => row.slice(0, MOST_COLUMNS).map((cell) => clipped(cell));
  const rows = [...(table.headers.length > 0 ? [clip(table.headers)] : []), ...shown.map(clip)];
  const notes = ends.findings.map((each) => `! ${each.message}${fixText(each)}`);
  return `${[...facts, '', columns(rows, new Set()), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`;
}

function named(sign: string): string {
  return NAMES[sign] ?? sign;
}

/** Control characters would be obeyed by a terminal. */
function clipped(cell: string): string {
  const plain = cell.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '�');
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain;
}
