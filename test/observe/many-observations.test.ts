import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../analytics/catalogue/index.ts';
import { refreshObservations } from '../../analytics/observe/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';

/** More than the database writes as one, so that it takes the way of large inserts. */
const PORTS = 300;
const DAYS = 600;

let folder: string;
let workspace: MemoryWorkspace;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-many-observations-'));
  workspace = await memoryWorkspace({ unassignedStream: 'every' }, { file: join(folder, 'many.duckdb'), threads: 2 });
  await workspace.sql.run({
    text: `INSERT INTO port_day SELECT 'P' || port, DATE '2024-01-01' + CAST(day AS INTEGER), 1440, 0, day % 7, 0, 0, 0
      FROM range(${DAYS}) days(day), range(${PORTS}) ports(port) ORDER BY day`,
  });
});
afterEach(async () => {
  workspace.close();
  await rm(folder, { recursive: true, force: true });
});

async function counted() {
  return workspace.sql.rows<{ metric: string; n: number; facts: number; back: number }>({
    text: `WITH told AS (SELECT metric, day, lag(day) OVER (PARTITION BY metric ORDER BY rowid) AS before FROM observation)
      SELECT metric, count(*) AS n, (SELECT CAST(sum(n) AS INTEGER) FROM observation_fact f WHERE f.metric = told.metric) AS facts,
        count(*) FILTER (WHERE day < before) AS back FROM told GROUP BY metric ORDER BY metric`,
  });
}

test('of many metrics, most without observations, those of many port days are all there within the transaction that computes them', async () => {
  const { metrics: builtIn } = await loadCatalogue(null);
  // Of one it cannot be told that its observations come in order, so that they are sorted.
  const sorted = builtIn
    .filter((metric) => metric.id === 'ncv-02.7/uptime-of-chargers')
    .map((metric) => ({
      ...metric,
      id: 'ncv-02.7/uptime-sorted',
      sql: `${metric.sql} AND day >= (SELECT min(day) FROM port_day)`,
    }));
  const metrics = [...builtIn.slice(0, 1), ...sorted, ...builtIn.slice(1)];
  const refresh = () => refreshObservations(workspace.sql, metrics, { settings: workspace.settings, asOf: '2026-01-01' });
  const expected = async (when: string) => {
    const rows = await counted();
    const all = rows.filter((row) => row.n === PORTS * DAYS);
    expect(
      all.map((row) => row.metric),
      when,
    ).toEqual(['ncv-02.7/uptime-of-chargers', 'ncv-02.7/uptime-sorted', 'ncv-02.7/uptime-without-exclusions']);
    expect(
      all.map((row) => row.facts),
      when,
    ).toEqual([PORTS * DAYS, PORTS * DAYS, PORTS * DAYS]);
    expect(Math.max(...rows.map((row) => row.back)), when).toBeLessThan(10);
  };
  await workspace.sql.transaction(async () => {
    expect(await refresh()).toEqual([]);
    await expected('within');
  });
  await expected('after');
  await refresh();
  await expected('again');
}, 60_000);
