import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetricAnswer, MetricRow } from '../../analytics/contract/metric-query.ts';
import { createWorkspace, openEngine } from '../../analytics/index.ts';

/** One cell as the sample's own program computed it from what it planted, by another road than the app's SQL. */
interface AnswerRow {
  readonly metric: string;
  readonly period: string;
  readonly segment: string | null;
  readonly value: number | null;
  readonly num: number | null;
  readonly den: number | null;
  readonly n: number | null;
  readonly median: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
  readonly pending: number | null;
  readonly provisional: boolean;
}

const RELATIVE_TOLERANCE = 1e-9;
const KEY_METRICS = 31;

let folder: string;
let answers: readonly AnswerRow[];
let computed: ReadonlyMap<string, MetricRow>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-sample-'));
  const dir = join(folder, 'sample');
  const report = await createWorkspace(dir, { sample: true });
  for (const { file, rows } of report?.files ?? []) {
    expect(rows.inserted + rows.updated + rows.unchanged + rows.duplicate + rows.rejected, file).toBe(rows.read);
    expect(rows.rejected, file).toBe(0);
  }
  const file = resolve(import.meta.dirname, '../../sample-data/answers/metrics.json');
  answers = (JSON.parse(await readFile(file, 'utf8')) as { rows: AnswerRow[] }).rows;
  const engine = await openEngine(dir, { progress: () => undefined, changed: () => undefined, watched: () => undefined });
  const rows = [...(await query(engine, [])), ...(await query(engine, ['segment']))];
  computed = new Map(rows.map((row) => [cellOf(row.metric, row.period, row.by.segment ?? null), row]));
  await engine.close();
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function query(engine: Awaited<ReturnType<typeof openEngine>>, by: readonly string[]): Promise<readonly MetricRow[]> {
  const outcome = await engine.call('metrics.query', { by, from: '2024-11', to: '2026-10' });
  if (!outcome.ok) throw new Error(outcome.error.message);
  const answer: MetricAnswer = outcome.value;
  expect(answer).toMatchObject({ asOf: '2026-10-31', timeZone: 'America/New_York' });
  return answer.rows;
}

function cellOf(metric: string, period: string, segment: string | null): string {
  return `${metric} ${period} ${segment ?? 'all segments'}`;
}

test('every metric of every month, in all and by segment, equals the answer computed by the other road', () => {
  const differences: string[] = [];
  for (const answer of answers) {
    const cell = cellOf(answer.metric, answer.period, answer.segment);
    const row = computed.get(cell);
    if (!row) differences.push(`${cell}: not computed`);
    else differences.push(...differencesOf(cell, answer, row));
  }
  expect(differences).toEqual([]);
  expect(new Set(answers.map((answer) => answer.metric)).size).toBe(KEY_METRICS);
});

/** The other road leaves null what it does not state; an unknown value has no counts to compare. */
function differencesOf(cell: string, answer: AnswerRow, row: MetricRow): string[] {
  const found: string[] = [];
  if (answer.value === null || row.value === null) {
    if (answer.value !== row.value) found.push(`${cell}: value ${row.value} instead of ${answer.value}`);
    return found;
  }
  for (const field of ['value', 'num', 'den', 'n', 'median', 'p85', 'p95', 'pending'] as const) {
    const expected = answer[field];
    const actual = row[field];
    if (expected === null) continue;
    if (actual === null || Math.abs(actual - expected) > RELATIVE_TOLERANCE * Math.max(1, Math.abs(expected))) {
      found.push(`${cell}: ${field} ${actual} instead of ${expected}`);
    }
  }
  return found;
}
