import { once } from 'node:events';
import type { Command } from 'commander';
import { WeirError } from '../../contract/errors.ts';
import { type ReadOptions, type ReadTable, readTable } from '../../index.ts';
import { readSummary } from '../read-summary.ts';

const CHUNK_CHARACTERS = 65_536;
const SHOWN_ROWS = 10;

interface ReadCommandOptions {
  readonly json: boolean;
  readonly csv: boolean;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly header?: string;
  readonly part?: string;
  readonly sheet?: string;
}

/** `weir read`. */
export function addReadCommand(program: Command): void {
  program
    .command('read')
    .description('show what is understood of any file: encoding, dialect, header and rows as text')
    .argument('<file>', 'CSV, TSV or other delimited text, .gz, .zip, .xlsx, Parquet or JSON lines')
    .option('--json', 'print everything as JSON', false)
    .option('--csv', 'print the table as CSV (UTF-8, commas)', false)
    .option('--encoding <encoding>', 'the encoding; otherwise found from the bytes')
    .option('--delimiter <sign>', 'the delimiter; otherwise found (\\t is a tab)')
    .option('--quote <sign>', 'the quotation mark, or none; otherwise found')
    .option('--header <line>', 'the line of the column names, from 1, or none; otherwise found')
    .option('--part <name>', 'the file within an archive; otherwise its only one')
    .option('--sheet <name>', 'the sheet of a workbook; otherwise the first')
    .action(async (file: string, { json, csv, ...options }: ReadCommandOptions) => {
      const table = await readTable(file, readOptions(options));
      const out = new Output();
      try {
        await (json ? writeJson(table, out) : csv ? writeCsv(table, out) : writeSummary(table, out));
      } finally {
        await out.flush();
        await table.close();
      }
    });
}

function readOptions({ encoding, delimiter, quote, header, part, sheet }: Omit<ReadCommandOptions, 'json' | 'csv'>): ReadOptions {
  if (delimiter === '') throw new WeirError('bad-request', { reason: 'the delimiter is empty.' });
  const chosen = sheet ?? part;
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter.replaceAll('\\t', '\t') }),
    ...(quote === undefined ? {} : { quote: quote === 'none' ? '' : quote }),
    ...(header === undefined ? {} : { headerLine: headerLine(header) }),
    ...(chosen === undefined ? {} : { part: chosen }),
  };
}

function headerLine(given: string): number | null {
  if (given === 'none') return null;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new WeirError('bad-request', { reason: `the header is a line from 1 on, or none; ${given} is neither.` });
}

async function writeJson(table: ReadTable, out: Output): Promise<void> {
  const { file, format, compression, part, encoding, dialect, headers } = table;
  const facts = { file, format, compression, part, encoding, dialect, headers };
  await out.write(`${JSON.stringify(facts).slice(0, -1)},"rows":[`);
  let first = true;
  for await (const row of table.rows()) {
    await out.write(`${first ? '' : ','}\n${JSON.stringify(row)}`);
    first = false;
  }
  await out.write(`],${JSON.stringify(table.ends()).slice(1)}\n`);
}

/** Cells as they stand: what they would do in a spreadsheet is told by the finding `formula-cell`. */
async function writeCsv(table: ReadTable, out: Output): Promise<void> {
  if (table.headers.length > 0) await out.write(csvLine(table.headers));
  for await (const row of table.rows()) await out.write(csvLine(row));
}

function csvLine(cells: readonly string[]): string {
  const only = cells.length === 1 && cells[0] === '';
  return only
    ? '""\r\n'
    : `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

async function writeSummary(table: ReadTable, out: Output): Promise<void> {
  const shown: (readonly string[])[] = [];
  for await (const row of table.rows()) if (shown.length < SHOWN_ROWS) shown.push(row);
  await out.write(readSummary(table, shown));
}

/** Standard output in pieces of some size, as fast as it is taken. */
class Output {
  #waiting = '';

  async write(text: string): Promise<void> {
    this.#waiting += text;
    if (this.#waiting.length > CHUNK_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (text && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}
