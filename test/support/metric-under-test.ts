import { afterAll, afterEach, beforeAll } from 'vitest';
import { identifier } from '../../analytics/tables/identifier.ts';
import { type MemoryWorkspace, memoryWorkspace, type Row } from './memory-workspace.ts';
import { type ObservedRow, observe } from './observations.ts';

/** One built-in metric over a workspace that each test fills anew. */
export interface MetricUnderTest {
  insert(table: string, rows: readonly Row[]): Promise<void>;
  /** Its observations, ordered by entity and day; `asOf` is the first instant after the as-of day. */
  observe(asOf?: string): Promise<ObservedRow[]>;
  /** What each entity contributes to the numerator; of several observations of one entity the last. */
  nums(asOf?: string): Promise<Record<string, number | null>>;
  /** Σnum and Σden. */
  totals(asOf?: string): Promise<{ num: number; den: number }>;
}

/** Days and months are those of New York unless `settings` says otherwise, so that UTC and local days differ. */
export function metricUnderTest(metricId: string, settings: object = {}): MetricUnderTest {
  let workspace: MemoryWorkspace;
  const filled = new Set<string>();
  beforeAll(async () => {
    workspace = await memoryWorkspace({ timeZone: 'America/New_York', ...settings });
  });
  afterEach(async () => {
    for (const table of filled) await workspace.sql.run({ text: `DELETE FROM ${identifier(table)}` });
    filled.clear();
  });
  afterAll(() => workspace.close());
  return {
    insert(table, rows) {
      filled.add(table);
      return workspace.insert(table, rows);
    },
    observe: (asOf) => observe(workspace, metricId, asOf),
    async nums(asOf) {
      const rows = await observe(workspace, metricId, asOf);
      return Object.fromEntries(rows.map((row) => [row.entity_id, row.num]));
    },
    async totals(asOf) {
      const rows = await observe(workspace, metricId, asOf);
      const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
      return { num: sum(rows.map((row) => row.num)), den: sum(rows.map((row) => row.den)) };
    },
  };
}
