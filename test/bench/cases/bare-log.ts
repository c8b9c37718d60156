import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../../analytics/warehouse/index.ts';
import { addDay, addLate, buildLayers, loadSorted } from '../bare/log.ts';
import { dayLog, lateLog, statusLog } from '../data/status-log.ts';
import { type Measure, sized, timed } from '../measure.ts';
import { FOLDER, type Size } from '../sizes.ts';
import { DAY, FILE, FIRST_BUILD, LATE } from './workspace.ts';

/** The floors of what is made from the log: bare tables, the best statements known. */
export async function bareLog(size: Size, runs: number): Promise<Measure[]> {
  const file = path.join(FOLDER, 'bare.duckdb');
  for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  const database = await openDatabase(file, { memoryLimit: '4GB', spillFolder: path.join(FOLDER, 'spill') });
  const sql = await database.connect();
  await loadSorted(sql, await statusLog(size));
  await sql.run({ text: 'CHECKPOINT' });
  const bytes = statSync(file).size;
  const measures = [
    sized(FILE, 'bare', bytes / 1e6),
    await timed(FIRST_BUILD, 'bare', { runs, work: () => buildLayers(sql) }),
    await timed(DAY, 'bare', { runs, work: async (run) => addDay(sql, await dayLog(size, run)) }),
    await timed(LATE, 'bare', { runs, work: async (run) => addLate(sql, await lateLog(size, run)) }),
  ];
  database.close();
  for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  return measures;
}
