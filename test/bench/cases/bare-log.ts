import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../../analytics/warehouse/index.ts';
import { addDay, addLate, buildLayers, loadSorted } from '../bare/log.ts';
import { dayLog, lateLog, statusLog } from '../data/status-log.ts';
import { type Measure, sized, timed } from '../measure.ts';
import { FOLDER, type Size } from '../sizes.ts';
import { DAY, FILE, FIRST_BUILD, FROM_FILE, LATE } from './workspace.ts';

/** The floors of what is made from the log: bare tables, the best statements known. */
export async function bareLog(size: Size, runs: number): Promise<Measure[]> {
  const file = path.join(FOLDER, 'bare.duckdb');
  for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  const database = await openDatabase(file, { memoryLimit: '4GB', spillFolder: path.join(FOLDER, 'spill') });
  const sql = await database.connect();
  const log = await statusLog(size);
  let bytes = 0;
  const fromFile = async () => {
    await loadSorted(sql, log);
    await sql.run({ text: 'CHECKPOINT' });
    bytes = statSync(file).size;
    await buildLayers(sql);
    await sql.run({ text: 'CHECKPOINT' });
  };
  const measures = [
    await timed(FROM_FILE, 'bare', { runs: 1, work: fromFile }),
    sized(FILE, 'bare', bytes / 1e6),
    await timed(FIRST_BUILD, 'bare', { runs, work: () => buildLayers(sql) }),
    await timed(DAY, 'bare', { runs, work: async (run) => addDay(sql, await dayLog(size, run)) }),
    await timed(LATE, 'bare', { runs, work: async (run) => addLate(sql, await lateLog(size, run)) }),
  ];
  database.close();
  for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  return measures;
}
