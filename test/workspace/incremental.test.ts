import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importInto, undoIn } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { openWorkspace, type Workspace } from '../../analytics/workspace/open.ts';
import { recompute } from '../../analytics/workspace/recompute.ts';
import { derived } from './derived-tables.ts';
import { randomExtract, randomNumbers } from './random-extract.ts';

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

/** What is done next to the data: an extract of a table, early, late or a correction as its seed has it, or the last import taken back. */
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ seed: fc.nat(1_000_000), days: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.constant('undo' as const) },
  ),
  { minLength: 5, maxLength: 9 },
);

test('what is brought up to date change by change equals what is made anew whole, to the last bit, in every layer', async () => {
  let observed = 0;
  let turn = 0;
  const property = fc.asyncProperty(steps, async (changes) => {
    turn += 1;
    const [kept, rebuilt] = [await workspaceAt(`kept ${turn}`), await workspaceAt(`rebuilt ${turn}`)];
    const batches: number[] = [];
    let day = 90;
    for (const [step, change] of [{ seed: turn, days: 0 }, ...changes].entries()) {
      const last = batches.at(-1);
      if (change === 'undo') {
        if (last === undefined) continue;
        batches.pop();
        for (const workspace of [kept, rebuilt]) await undoIn(workspace, last);
      } else {
        day += change.days;
        const { table, csv } = randomExtract(randomNumbers(change.seed), day, step === 0 ? 'asset' : undefined);
        const file = join(folder, `${turn}-${step}.csv`);
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
    observed += count;
    kept.close();
    rebuilt.close();
  });
  await fc.assert(property, { numRuns: 3, seed: Number(process.env.WEIR_PROPERTY_SEED ?? 11), endOnFailure: true });
  expect(observed).toBeGreaterThan(20);
}, 300_000);
