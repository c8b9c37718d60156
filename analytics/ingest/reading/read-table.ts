import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WeirError } from '../../contract/errors.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import { encodingFindings } from '../bytes/encoding.ts';
import { DISK_FULL, fileState, type OpenOptions, openTextFile, refuseChanged, type TextFile } from '../bytes/text-file.ts';
import { finding } from '../finding.ts';
import { hasMadeHeader } from './dialect.ts';
import { type TableEnds, TextRows } from './read-text.ts';
import { LineTooLong } from './records.ts';
import { headerOf, planTable } from './table-plan.ts';

const MOST_COLUMNS = 100_000;

export interface ReadOptions extends OpenOptions {
  readonly delimiter?: string;
  readonly quote?: string;
  /** Physical line of the header, from 1; null where the file has none. What is absent is found. */
  readonly headerLine?: number | null;
  /** The longest line in characters; 64 million unless given. */
  readonly longestLine?: number;
}

export interface ReadDialect {
  readonly delimiter: string;
  /** Empty where quotation marks are plain text. */
  readonly quote: string;
  readonly escape: string;
  /** Line of the file on which the header stands, from 1; null where it has none, as JSON lines, whose keys name the columns. */
  readonly headerLine: number | null;
  readonly newline: string;
}

/** What was understood of a file. Read {@link ReadTable.rows} to the end, then ask {@link ReadTable.ends}; close it in any case. */
export interface ReadTable {
  readonly file: string;
  readonly format: TextFile['format'];
  readonly compression: TextFile['compression'];
  /** The file within an archive or the sheet within a workbook; null where there is none to choose. */
  readonly part: string | null;
  readonly encoding: string;
  readonly dialect: ReadDialect;
  readonly preamble: readonly string[];
  /** Names of the columns; empty where the file has no header. */
  readonly headers: readonly string[];
  readonly columns: number;
  rows(): AsyncGenerator<readonly string[]>;
  ends(): TableEnds;
  /** Removes what was written to the scratch folder. */
  close(): Promise<void>;
}

/**
 * Reads any file that holds a table (delimited text in any dialect and encoding, `.gz`, `.zip`, `.xlsx`, Parquet, JSON lines)
 * without a workspace: what was understood of it and its rows as text, in the order of the file. Nothing is left out without a
 * finding. Rejects with a WeirError whose sentence names the file; the rows may reject likewise, where the file changes or ends early.
 */
export async function readTable(file: string, options: ReadOptions = {}): Promise<ReadTable> {
  const scratch = await mkdtemp(path.join(options.scratch ?? tmpdir(), 'weir-read-'));
  const close = () => rm(scratch, { recursive: true, force: true });
  try {
    const before = await fileState(file);
    const text = await openTextFile(file, scratch, 'file', options);
    const plan = text.empty ? null : await planTable(text, options);
    if (plan && plan.columns > MOST_COLUMNS) {
      throw new WeirError('file-unreadable', {
        file,
        reason: `it has ${plan.columns} columns; at most ${MOST_COLUMNS} can be read.`,
      });
    }
    const read = plan ? await TextRows.open(text, plan, { ...options, ...headerOf(text, options) }) : null;
    const facts = {
      file,
      format: text.format,
      compression: text.compression,
      part: text.part,
      encoding: text.encoding.name,
      close,
    };
    const noted = encodingFindings(text.encoding);
    if (!read) return { ...facts, ...nothing(noted) };
    const { marks, newline, names, columns } = read.plan;
    const headerLine = hasMadeHeader(text) || read.plan.headerLine === null ? null : text.lineMap.givenOf(read.plan.headerLine);
    return {
      ...facts,
      dialect: { delimiter: marks.delimiter, quote: marks.quote, escape: marks.escape ?? marks.quote, headerLine, newline },
      preamble: read.preamble,
      headers: names.length === 0 ? [] : [...names, ...Array.from({ length: columns - names.length }, () => '')],
      columns,
      async *rows() {
        try {
          yield* read.rows();
        } catch (thrown) {
          throw sentence(file, thrown);
        }
        await refuseChanged(file, before);
      },
      ends() {
        const ends = read.ends();
        return { ...ends, findings: [...noted, ...ends.findings] };
      },
    };
  } catch (thrown) {
    await close();
    throw sentence(file, thrown);
  }
}

function nothing(
  findings: readonly ImportFinding[],
): Pick<ReadTable, 'dialect' | 'preamble' | 'headers' | 'columns' | 'rows' | 'ends'> {
  const empty = finding('empty', null, 1, { message: 'The file holds no row at all.' });
  return {
    dialect: { delimiter: ',', quote: '"', escape: '"', headerLine: null, newline: '\n' },
    preamble: [],
    headers: [],
    columns: 0,
    async *rows() {},
    ends: () => ({ preamble: [], comments: [], footer: [], otherTables: [], findings: [...findings, empty], rowCount: 0 }),
  };
}

function sentence(file: string, thrown: unknown): unknown {
  if (thrown instanceof WeirError) return thrown;
  if (thrown instanceof LineTooLong) return new WeirError('file-unreadable', { file, reason: thrown.message });
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC') {
    return new WeirError('file-unreadable', { file, reason: DISK_FULL }, thrown.message);
  }
  return thrown;
}
