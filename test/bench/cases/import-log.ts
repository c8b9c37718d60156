import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { settingsSchema } from '../../../analytics/contract/settings.ts';
import { importFiles } from '../../../analytics/ingest/index.ts';
import { type Connection, createTables, installDialect, openDatabase } from '../../../analytics/warehouse/index.ts';
import { loadAsItComes } from '../bare/log.ts';
import { statusLog } from '../data/status-log.ts';
import { type Measure, peakMemory, sized, timed } from '../measure.ts';
import { FOLDER, type Size } from '../sizes.ts';

export const IMPORT = 'import the log';

/** The log into an empty database, with typing, rejects, ledger and keys, to the checkpoint. */
export function importLog(size: Size): Promise<Measure[]> {
  return intoEmpty('weir', async (sql) => {
    const settings = settingsSchema.parse({});
    await createTables(sql);
    await installDialect(sql, settings);
    return async () => {
      await importFiles(sql, { files: [await statusLog(size)], dryRun: false }, { settings });
    };
  });
}

/** The same file into a bare table: types given, no order kept, newest storage. */
export function importLogBare(size: Size): Promise<Measure[]> {
  return intoEmpty('bare', async (sql) => async () => loadAsItComes(sql, await statusLog(size)));
}

async function intoEmpty(side: Measure['side'], prepare: (sql: Connection) => Promise<() => Promise<void>>): Promise<Measure[]> {
  const file = path.join(FOLDER, `import-${side}.duckdb`);
  const clear = () => {
    for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  };
  clear();
  const database = await openDatabase(file, { memoryLimit: '2GB', spillFolder: path.join(FOLDER, 'spill') });
  const sql = await database.connect();
  const work = await prepare(sql);
  const time = await timed(IMPORT, side, {
    runs: 1,
    work: async () => {
      await work();
      await sql.run({ text: 'CHECKPOINT' });
    },
  });
  database.close();
  const measures = [
    time,
    sized(`${IMPORT}: memory`, side, peakMemory()),
    sized(`${IMPORT}: file`, side, statSync(file).size / 1e6),
  ];
  clear();
  return measures;
}
