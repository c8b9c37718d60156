import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANY_OTHER, type ColumnDefinition, type TableDefinition } from '../../analytics/tables/definition.ts';
import { TABLES, tableNamed } from '../../analytics/tables/index.ts';
import { manifest, rowsOf, SAMPLE } from './extract-reader.ts';

const fold = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const END = '2026-11-01T04:00:00';

function columnFor(table: TableDefinition, header: string): ColumnDefinition | null {
  return table.columns.find((column) => [column.name, ...column.aliases].some((name) => fold(name) === fold(header))) ?? null;
}

describe('the sample extracts', () => {
  it('fit into the repository', () => {
    const sizes = ['extracts', 'answers'].flatMap((folder) =>
      readdirSync(join(SAMPLE, folder)).map((name) => statSync(join(SAMPLE, folder, name)).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8 * 1024 * 1024);
  });

  it('are all in the manifest, so that none is forgotten on import', () => {
    const listed = manifest().map((each) => each.file.replace('extracts/', ''));
    expect([...listed].sort()).toEqual(readdirSync(join(SAMPLE, 'extracts')).sort());
    expect(new Set(manifest().map((each) => each.table)).size).toBe(19);
  });

  it.each(manifest())('$file is recognised as $table by its header alone', ({ file, table, rows }) => {
    const { header, rows: lines } = rowsOf(file);
    expect(lines).toHaveLength(rows);
    const scores = TABLES.map((each) => {
      const found = header.map((name) => columnFor(each, name)).filter((column) => column !== null);
      const complete = each.columns.every((column) => !column.required || found.includes(column));
      return { name: each.name, known: complete ? new Set(found).size : 0 };
    }).sort((a, b) => b.known - a.known);
    expect(scores[0]).toEqual({ name: table, known: header.length });
    expect(scores[1]?.known).toBeLessThan(header.length);
  });

  it.each(manifest())(
    '$file is clean: nothing after the last day, no unknown spelling, required cells filled',
    ({ file, table }) => {
      const definition = tableNamed(table) as TableDefinition;
      const { header, rows } = rowsOf(file);
      header.forEach((name, index) => {
        const column = columnFor(definition, name) as ColumnDefinition;
        const values = [...new Set(rows.map((row) => row[index] as string))].filter((value) => value !== '');
        if (column.required) expect(rows.every((row) => row[index] !== '')).toBe(true);
        if (column.type === 'timestamp') {
          expect(values.filter((value) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.000)?Z$/.test(value))).toEqual([]);
          if (!column.planned) expect(values.filter((value) => value >= END)).toEqual([]);
        }
        if (column.members !== null) {
          const known = Object.entries(column.members).flatMap(([member, others]) => [member, ...others]);
          const strange = values.filter((value) => !known.some((each) => fold(each) === fold(value)));
          if (!known.includes(ANY_OTHER)) expect(strange, name).toEqual([]);
        }
        const [low, high] = column.range ?? [null, null];
        if (low !== null) expect(values.every((value) => Number(value) >= low)).toBe(true);
        if (high !== null) expect(values.every((value) => Number(value) <= high)).toBe(true);
      });
    },
  );

  it.each(manifest())('$file has no key twice, save the charger messages that were sent twice', ({ file, table }) => {
    const definition = tableNamed(table) as TableDefinition;
    const { header, rows } = rowsOf(file);
    const places = definition.key.map((name) => header.findIndex((each) => columnFor(definition, each)?.name === name));
    const keys = new Map<string, string>();
    let repeated = 0;
    for (const row of rows) {
      const key = places.map((place) => row[place] ?? '').join('|');
      const before = keys.get(key);
      if (before === undefined) keys.set(key, row.join());
      else {
        expect(row.join()).toBe(before);
        repeated++;
      }
    }
    if (file.includes('ocpp')) expect(repeated).toBeGreaterThan(50);
    else expect(repeated).toBe(0);
  });
});
