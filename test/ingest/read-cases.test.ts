import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readTable } from '../../analytics/index.ts';

/** One damage: `NAME.csv` is the file as it is found, `NAME.json` what is to be understood of it. */
interface ReadCase {
  readonly reason: string;
  readonly expect: {
    readonly headers: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly dialect?: Readonly<Record<string, string | number | null>>;
    readonly encoding?: string;
    /** Codes of findings with their counts; others may occur besides, but none where this is empty. */
    readonly findings?: Readonly<Record<string, number>>;
    readonly footer?: number;
    readonly preamble?: number;
    readonly otherTables?: number;
  };
}

const folder = path.join(import.meta.dirname, 'read-cases');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

test.each(names)('%s', async (name) => {
  const { reason, expect: wanted } = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as ReadCase;
  const table = await readTable(path.join(folder, `${name}.csv`));
  try {
    const rows: (readonly string[])[] = [];
    for await (const row of table.rows()) rows.push(row);
    const ends = table.ends();
    if (wanted.dialect) expect(table.dialect, reason).toMatchObject(wanted.dialect);
    expect([table.headers, ...rows], reason).toEqual([wanted.headers, ...wanted.rows]);
    if (wanted.encoding) expect(table.encoding).toBe(wanted.encoding);
    const found = Object.fromEntries(ends.findings.map((each) => [each.code, each.count]));
    if (wanted.findings) expect(found).toMatchObject(wanted.findings);
    if (wanted.findings && Object.keys(wanted.findings).length === 0) expect(found).toEqual({});
    if (wanted.footer !== undefined) expect(ends.footer).toHaveLength(wanted.footer);
    if (wanted.preamble !== undefined) expect(ends.preamble).toHaveLength(wanted.preamble);
    if (wanted.otherTables !== undefined) expect(ends.otherTables).toHaveLength(wanted.otherTables);
  } finally {
    await table.close();
  }
});
