import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Sql } from '../../../analytics/contract/sql.ts';
import { openDatabase } from '../../../analytics/warehouse/index.ts';
import { addDay, addLate, buildLayers, buildLayersInTime, buildObservations, loadInTime, loadSorted } from '../bare/log.ts';
import { dayLog, lateLog, oneMessage, statusLog } from '../data/status-log.ts';
import { type Measure, sized, timed } from '../measure.ts';
import { FOLDER, type Size } from '../sizes.ts';
import { DAY, FILE, FIRST_BUILD, FIRST_BUILD_IN_TIME, FROM_FILE, LATE, ONE } from './workspace.ts';

/** The floors of what is made from the log: bare tables, the best statements known. */
export async function bareLog(size: Size, runs: number): Promise<Measure[]> {
  return [...(await sortedLog(size, runs)), ...(await logInTime(size, runs))];
}

async function sortedLog(size: Size, runs: number): Promise<Measure[]> {
  return withBare(async (sql, file) => {
    const log = await statusLog(size);
    let bytes = 0;
    const fromFile = async () => {
      await loadSorted(sql, log);
      await sql.run({ text: 'CHECKPOINT' });
      bytes = statSync(file).size;
      await buildLayers(sql);
      await sql.run({ text: 'CHECKPOINT' });
    };
    return [
      await timed(FROM_FILE, 'bare', { runs: 1, work: fromFile }),
      sized(FILE, 'bare', bytes / 1e6),
      await timed(FIRST_BUILD, 'bare', { runs, work: () => buildLayers(sql) }),
      await timed(DAY, 'bare', { runs, work: async (run) => addDay(sql, await dayLog(size, run)) }),
      await timed(LATE, 'bare', { runs, work: async (run) => addLate(sql, await lateLog(size, run)) }),
      await timed(ONE, 'bare', { runs, work: async (run) => addLate(sql, await oneMessage(size, run)) }),
    ];
  });
}

async function logInTime(size: Size, runs: number): Promise<Measure[]> {
  return withBare(async (sql) => {
    await loadInTime(sql, await statusLog(size));
    await sql.run({ text: 'CHECKPOINT' });
    const work = async () => {
      await buildLayersInTime(sql);
      await buildObservations(sql);
    };
    return [await timed(FIRST_BUILD_IN_TIME, 'bare', { runs, work })];
  });
}

/** Gives `work` a bare database of its own, in a file that is then removed. */
async function withBare(work: (sql: Sql, file: string) => Promise<Measure[]>): Promise<Measure[]> {
  const file = path.join(FOLDER, 'bare.duckdb');
  const clear = () => {
    for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  };
  clear();
  const database = await openDatabase(file, { memoryLimit: '4GB', spillFolder: path.join(FOLDER, 'spill') });
  try {
    return await work(await database.connect(), file);
  } finally {
    database.close();
    clear();
  }
}
