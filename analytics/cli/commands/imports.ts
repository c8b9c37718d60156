import type { Command } from 'commander';
import { csvText } from '../../contract/csv-text.ts';
import { WeirError } from '../../contract/errors.ts';
import { isRehearsed, togetherSentence } from '../../contract/import-report.ts';
import type { RejectTable } from '../../contract/reject-table.ts';
import { formatEffect } from '../effect-table.ts';
import { type ImportOptions, importRequest } from '../import-options.ts';
import { formatBatches, formatImportReport, formatRejects } from '../import-table.ts';
import { print, printJson, tell } from '../output.ts';
import { progressLine } from '../progress-line.ts';
import { answer, ask, SILENT, withEngine } from '../session.ts';

interface RejectOptions {
  readonly json: boolean;
  readonly csv: boolean;
  readonly file?: string;
}

/** `weir import`, `weir batches`, `weir undo` and `weir rejects`. */
export function addImportCommands(program: Command): void {
  program
    .command('import')
    .description('import extracts; prints the ledger per file')
    .argument('<dir>', 'the workspace')
    .argument('<files...>', 'the extracts')
    .option('--table <table>', 'the table they hold; otherwise recognised by their headers')
    .option('--profile <profile>', 'the source system they come from: a name, or the path of a profile; otherwise recognised')
    .option('--encoding <encoding>', 'the encoding; otherwise found from the bytes')
    .option('--delimiter <sign>', 'the delimiter; otherwise found (\\t is a tab)')
    .option('--quote <sign>', 'the quotation mark, or none; otherwise found')
    .option('--header-line <line>', 'the line of the header; otherwise found')
    .option('--sheet <name>', 'the sheet of a workbook, or the file within an archive; otherwise the first')
    .option('--map <header=column>', 'what a column fills; nothing after = keeps it beside the row (repeatable)', collect, [])
    .option('--date-order <order>', 'day-first or month-first, where the values cannot tell')
    .option('--decimal-mark <mark>', '. or , where the values cannot tell')
    .option('--time-zone <zone>', 'the zone of times written without one')
    .option('--null-word <word>', 'a word that means no value, besides n/a, null, - and the like (repeatable)', collect, [])
    .option('--value-word <word>', 'a word that is a value, though it usually means none (repeatable)', collect, [])
    .option('--full', 'the files are full exports: say which rows of their sources are gone', false)
    .option('--remove-gone', 'take the rows that are gone from full exports out of the tables; undo brings them back', false)
    .option('--dry-run', 'show what would happen, to the metrics too, and change nothing', false)
    .option('--json', 'print JSON', false)
    .action(async (dir: string, files: string[], given: ImportOptions) => {
      const line = progressLine(process.stderr);
      const request = importRequest(files, given);
      const report = await ask(dir, 'import.files', request, { ...SILENT, progress: line.show }).finally(line.clear);
      if (given.json) await printJson(report);
      else await print([formatImportReport(report), ...(isRehearsed(report) ? [formatEffect(report)] : [])].join('\n\n'));
      if (given.dryRun) tell('Nothing was changed: this was a dry run.');
    });
  program
    .command('batches')
    .description('the import history')
    .argument('<dir>', 'the workspace')
    .option('--json', 'print JSON', false)
    .action(async (dir: string, options: { json: boolean }) => {
      const batches = await ask(dir, 'import.batches', {});
      await (options.json ? printJson(batches) : print(formatBatches(batches)));
    });
  program
    .command('undo')
    .description('take one import back')
    .argument('<dir>', 'the workspace')
    .argument('<batch>', 'number of the import')
    .option('--json', 'print JSON', false)
    .action(async (dir: string, batch: string, options: { json: boolean }) => {
      const number = batchNumber(batch);
      const summary = await withEngine(dir, async (engine) => {
        const batches = await answer(engine, 'import.batches', {});
        const standing = batches.find((each) => each.batch === number && each.undoneAt === null);
        const together = standing ? togetherSentence(standing) : null;
        if (together !== null) tell(`Import ${number} is taken back. ${together}`);
        return answer(engine, 'import.undo', { batch: number });
      });
      await (options.json ? printJson(summary) : print(`Import ${summary.batch} has been taken back.`));
    });
  program
    .command('rejects')
    .description('rejected rows: file, line, column, reason, text')
    .argument('<dir>', 'the workspace')
    .argument('[batch]', 'number of the import; otherwise all')
    .option('--json', 'print JSON', false)
    .option('--csv', 'print a CSV to correct and import again', false)
    .option('--file <name>', 'of this file only, where rejected rows come from files of different columns')
    .action(async (dir: string, batch: string | undefined, options: RejectOptions) => {
      if (options.csv) {
        const tables = await ask(dir, 'import.rejectTables', batch === undefined ? {} : { batch: batchNumber(batch) });
        await print(csvText(oneTable(tables, options.file ?? null)));
        return;
      }
      const rejects = await ask(dir, 'import.rejects', batch === undefined ? {} : { batch: batchNumber(batch) });
      await (options.json ? printJson(rejects) : print(formatRejects(rejects)));
    });
}

/** An option that may be given several times. */
function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The rows of the one table that is meant, its header first; refuses with the files where several are. */
function oneTable(tables: readonly RejectTable[], file: string | null): string[][] {
  const meant = file === null ? tables : tables.filter((table) => table.files.some((each) => each.endsWith(file)));
  const [table] = meant;
  if (!table) return [];
  if (meant.length > 1) {
    const files = meant.map((each) => each.files.join(' and ')).join('; ');
    throw new WeirError('bad-request', {
      reason: `the rejected rows have different columns. Name one file with --file: ${files}`,
    });
  }
  return [[...table.headers], ...table.rows.map((row) => [...row])];
}

function batchNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new WeirError('batch-unknown', { batch: text });
  return Number(text);
}
