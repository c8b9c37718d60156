import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WeirError } from '../../analytics/contract/errors.ts';
import { importRequestSchema } from '../../analytics/contract/import-report.ts';
import { importFiles, listRejects } from '../../analytics/ingest/index.ts';
import { identifier } from '../../analytics/tables/identifier.ts';
import { memoryWorkspace } from '../support/memory-workspace.ts';

/** One trap: `NAME.csv` is the file as it is found, this is `NAME.json`. */
interface ImportCase {
  readonly reason: string;
  readonly settings?: object;
  readonly table?: string;
  readonly profile?: string;
  readonly expect:
    | { readonly error: string; readonly says: readonly string[] }
    | {
        readonly table: string;
        /** The profile that was taken, told or recognised by its headers. */
        readonly profile?: string;
        readonly encoding?: string;
        readonly headerLine?: number;
        /** read, inserted, updated, unchanged, duplicate, rejected */
        readonly ledger: readonly number[];
        /** Stored rows in order of line: only the columns named are compared. */
        readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[];
        /** Codes of findings with their counts; others than these may not occur, those of {@link FREE} apart. */
        readonly findings?: Readonly<Record<string, number>>;
        /** line, header, part of the reason */
        readonly rejects?: readonly (readonly [number, string | null, string])[];
      };
}

/** Findings that need not be listed. */
const FREE = ['zone-assumed', 'unknown-column', 'profile-recognised'];

const folder = path.join(import.meta.dirname, 'cases');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

test.each(names)('%s', async (name) => {
  const trap = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as ImportCase;
  const workspace = await memoryWorkspace(trap.settings ?? {});
  try {
    const { table, profile } = trap;
    const files = [path.join(folder, `${name}.csv`)];
    const request = importRequestSchema.parse({ files, ...(table ? { table } : {}), ...(profile ? { profile } : {}) });
    const outcome = importFiles(workspace.sql, request, { settings: workspace.settings });
    const wanted = trap.expect;
    if ('error' in wanted) {
      const thrown = await outcome.then(() => null).catch((error: unknown) => error);
      expect(thrown, trap.reason).toBeInstanceOf(WeirError);
      expect((thrown as WeirError).code, (thrown as WeirError).message).toBe(wanted.error);
      for (const words of wanted.says) expect((thrown as WeirError).message).toContain(words);
      return;
    }
    const [report] = (await outcome).files;
    expect(report?.table, trap.reason).toBe(wanted.table);
    expect(Object.values(report?.rows ?? {}), JSON.stringify(report)).toEqual(wanted.ledger);
    if (wanted.profile) expect(report?.profile).toBe(wanted.profile);
    if (wanted.encoding) expect(report?.encoding).toBe(wanted.encoding);
    if (wanted.headerLine) expect(report?.dialect.headerLine).toBe(wanted.headerLine);
    const stored = await workspace.sql.rows({ text: `SELECT * FROM ${identifier(wanted.table)} ORDER BY line` });
    expect(stored.map((row, index) => only(row, wanted.rows[index] ?? {}))).toEqual(wanted.rows);
    const noted = Object.fromEntries((report?.findings ?? []).map((each) => [each.code, each.count]));
    for (const free of FREE) if (!(free in (wanted.findings ?? {}))) delete noted[free];
    expect(noted).toEqual(wanted.findings ?? {});
    const rejects = await listRejects(workspace.sql);
    expect(rejects.map((each) => [each.line, each.column])).toEqual(
      (wanted.rejects ?? []).map(([line, column]) => [line, column]),
    );
    for (const [index, [, , words]] of (wanted.rejects ?? []).entries()) expect(rejects[index]?.reason).toContain(words);
  } finally {
    workspace.close();
  }
});

function only(row: object, wanted: object): object {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key in wanted));
}
