import { array, assert, asyncProperty, constantFrom, dictionary, nat, oneof, record } from 'fast-check';
import { expect, test } from 'vitest';
import { WeirError } from '../../analytics/contract/errors.ts';
import { undoBatch } from '../../analytics/ingest/index.ts';
import { importBench } from './scratch-file.ts';

type Rows = Readonly<Record<string, string>>;
type Step = { readonly bring: Rows } | { readonly undo: number };

const step = oneof(
  {
    weight: 3,
    arbitrary: record({ bring: dictionary(constantFrom('A', 'B', 'C'), constantFrom('North', 'South'), { minKeys: 1 }) }),
  },
  { weight: 2, arbitrary: record({ undo: nat(6) }) },
);

/** What the standing imports come to, one after the other. */
function replay(standing: ReadonlyMap<number, Rows>): Rows {
  return Object.assign({}, ...standing.values());
}

test('whatever is imported and taken back in whatever order, the table holds what the standing imports come to', async () => {
  await assert(asyncProperty(array(step, { minLength: 3, maxLength: 9 }), holds), { numRuns: 12 });
}, 120_000);

async function holds(steps: readonly Step[]): Promise<void> {
  const bench = await importBench();
  const standing = new Map<number, Rows>();
  try {
    for (const [index, each] of steps.entries()) {
      if ('bring' in each) {
        // A line that tells the files apart, for the very same file is not taken twice.
        const lines = Object.entries(each.bring).map(([id, region]) => `${id},2026-01-01T00:00:00Z,${region}`);
        const { batch } = await bench.importFile(
          'f.csv',
          `lead_id,created_at,region\n${lines.join('\n')}\n${'\n'.repeat(index)}`,
        );
        if (batch !== null) standing.set(batch, each.bring);
        continue;
      }
      const batch = [...standing.keys()][each.undo % Math.max(1, standing.size)];
      if (batch === undefined) continue;
      const refused = await undoBatch(bench.sql, batch).then(
        () => false,
        (thrown: unknown) => thrown instanceof WeirError && thrown.code === 'batch-superseded',
      );
      if (!refused) standing.delete(batch);
      const rows = await bench.sql.rows<{ id: string; region: string }>({ text: 'SELECT lead_id AS id, region FROM lead' });
      expect(Object.fromEntries(rows.map((row) => [row.id, row.region]))).toEqual(replay(standing));
      expect(rows.length).toBe(Object.keys(replay(standing)).length);
    }
  } finally {
    bench.close();
  }
}
