import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { importInto } from '../../../analytics/workspace/change.ts';
import { createWorkspace } from '../../../analytics/workspace/create.ts';
import { openWorkspace, type Workspace } from '../../../analytics/workspace/open.ts';
import { recompute } from '../../../analytics/workspace/recompute.ts';
import { dayOfDeliveries, fillDeliveries } from '../data/deliveries.ts';
import { dayLog, lateLog, oneMessage, register, statusLog } from '../data/status-log.ts';
import { type Measure, peakMemory, sized, timed } from '../measure.ts';
import { FOLDER, type Size } from '../sizes.ts';
import { records } from './records.ts';
import { views } from './views.ts';

export const FROM_FILE = 'from the file to every layer';
export const FIRST_BUILD = 'first build of every layer of the log';
/**
 * The bare side of {@link FIRST_BUILD} makes stretches, port days and months from a log that is sorted by port. Here it makes what Weir does, observations and facts too,
 * from a log in the order in which it came.
 */
export const FIRST_BUILD_IN_TIME = 'the same, bare with observations, log as it came';
export const FIRST_BUILD_ALL = 'first build of everything';
export const DAY = "a day's batch";
export const DELIVERIES = "a day's leads, quotes, orders, visits and tickets";
export const LATE = 'late rows for 20 ports';
export const ONE = 'a single late message';
export const FILE = 'database file';
/** So long after the last import memory is read. */
const REST_MS = 5000;

/** A workspace of this size from nothing: what is imported, built, added to and asked of it. */
export async function workspaceOf(size: Size, runs: number): Promise<Measure[]> {
  const dir = path.join(FOLDER, 'workspace');
  rmSync(dir, { recursive: true, force: true });
  await createWorkspace(dir, { sample: false });
  const workspace = await openWorkspace(dir);
  const measures: Measure[] = [];
  try {
    await importInto(workspace, { files: [await register(size)], table: 'asset', dryRun: false }, {});
    const log = await statusLog(size);
    const fromFile = async () => {
      await added(workspace, log);
      await workspace.writer.run({ text: 'CHECKPOINT' });
    };
    measures.push(
      await timed(FROM_FILE, 'weir', { runs: 1, work: fromFile }),
      sized(FILE, 'weir', statSync(path.join(dir, 'weir.duckdb')).size / 1e6),
      sized('import with every layer: memory', 'weir', peakMemory()),
    );
    const build = await timed(FIRST_BUILD, 'weir', { runs, work: () => recompute(workspace.writer, workspace, null) });
    measures.push(build, { ...build, what: FIRST_BUILD_IN_TIME });
    await fillDeliveries(workspace.writer, size);
    measures.push(await timed(FIRST_BUILD_ALL, 'weir', { runs: 1, work: () => recompute(workspace.writer, workspace, null) }));
    await workspace.writer.run({ text: 'CHECKPOINT' });
    measures.push(...(await views(workspace)), ...(await records(workspace)));
    for (let run = 0; run < runs; run += 1) {
      await Promise.all([dayLog(size, run), lateLog(size, run), oneMessage(size, run), dayOfDeliveries(size, run)]);
    }
    measures.push(
      await timed(DAY, 'weir', { runs, work: async (run) => added(workspace, await dayLog(size, run)) }),
      await timed(DELIVERIES, 'weir', { runs, work: (run) => addedDeliveries(workspace, size, run) }),
      await timed(LATE, 'weir', { runs, work: async (run) => added(workspace, await lateLog(size, run)) }),
      await timed(ONE, 'weir', { runs, work: async (run) => added(workspace, await oneMessage(size, run)) }),
    );
    await new Promise((rested) => setTimeout(rested, REST_MS));
    measures.push(sized('memory at rest', 'weir', process.memoryUsage().rss / 1_048_576));
    return measures;
  } finally {
    workspace.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function added(workspace: Workspace, file: string): Promise<void> {
  await importInto(workspace, { files: [file], dryRun: false }, {});
}

/** One import for each table, as nine extracts of a day come. */
async function addedDeliveries(workspace: Workspace, size: Size, run: number): Promise<void> {
  for (const { table, file } of await dayOfDeliveries(size, run)) {
    await importInto(workspace, { files: [file], table, dryRun: false }, {});
  }
}
