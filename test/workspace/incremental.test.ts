import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FACT_TABLES } from '../../analytics/tables/fact-tables.ts';
import { importInto, undoIn } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { openWorkspace, type Workspace } from '../../analytics/workspace/open.ts';
import { recompute } from '../../analytics/workspace/recompute.ts';
import { randomExtract, randomNumbers } from './random-extract.ts';

const STEPS = 7;
/** Everything that follows from the canonical tables. */
const DERIVED = ['port_day', 'port_state', 'observation', ...Object.keys(FACT_TABLES).map((table) => `observation${table}`)];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-incremental-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function workspaceAt(name: string): Promise<Workspace> {
  const dir = join(folder, name);
  await createWorkspace(dir, { sample: false });
  return openWorkspace(dir);
}

/** The rows of every derived table, each as text to the last bit, in an order that does not depend on how they are stored. */
async function derived({ writer }: Workspace): Promise<Record<string, readonly string[]>> {
  const tables: Record<string, readonly string[]> = {};
  for (const table of DERIVED) {
    const rows = await writer.rows<{ row: string }>({ text: `SELECT CAST(t AS VARCHAR) AS row FROM ${table} t ORDER BY row` });
    tables[table] = rows.map((each) => each.row);
  }
  return tables;
}

test.each([1, 2])(
  'what is brought up to date import by import equals what is made anew whole, to the last bit (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    const [kept, rebuilt] = [await workspaceAt('kept'), await workspaceAt('rebuilt')];
    const batches: number[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const last = batches.at(-1);
      if (last !== undefined && random() < 0.15) {
        batches.pop();
        for (const workspace of [kept, rebuilt]) await undoIn(workspace, last);
      } else {
        const { table, csv } = randomExtract(random, 90 + Math.floor((step * random()) / 2), step === 0 ? 'asset' : undefined);
        const file = join(folder, `${step}.csv`);
        await writeFile(file, csv);
        for (const workspace of [kept, rebuilt]) {
          const report = await importInto(workspace, { files: [file], table, dryRun: false }, {});
          if (workspace === kept && report.batch !== null) batches.push(report.batch);
        }
      }
      await recompute(rebuilt.writer, rebuilt, null);
      expect(await derived(kept), `after step ${step}`).toEqual(await derived(rebuilt));
    }
    const [{ count } = { count: 0 }] = await kept.writer.rows<{ count: number }>({
      text: 'SELECT count(*) AS count FROM observation',
    });
    expect(count).toBeGreaterThan(20);
    kept.close();
    rebuilt.close();
  },
  120_000,
);
