import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../analytics/catalogue/index.ts';
import { compileObservations } from '../../../analytics/observe/compile.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../../support/memory-workspace.ts';

/** Stage and metric names as the stage document of NCV-02 writes them. */
const DOCUMENT = {
  'ncv-02.1': ['lead-conversion-rate', 'cost-per-lead'],
  'ncv-02.2': ['proposal-cycle-time', 'proposal-win-rate'],
  'ncv-02.3': ['sales-cycle-time', 'average-deal-size'],
  'ncv-02.4': ['installation-time', 'first-time-right-install-rate'],
  'ncv-02.5': ['commissioning-success-rate', 'time-to-activate'],
  'ncv-02.6': ['onboarding-completion-rate', 'customer-satisfaction'],
  'ncv-02.7': ['support-ticket-resolution-time', 'uptime-of-chargers'],
};

const { metrics, unavailable } = await loadCatalogue(null);
const own = metrics.filter((metric) => metric.stage.startsWith('NCV-02'));
let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace({ timeZone: 'America/New_York', regionTimeZones: { West: 'America/Los_Angeles' } });
});
afterAll(() => workspace.close());

test('every file can be used', () => {
  expect(unavailable).toEqual([]);
});

test('the key metrics are the fourteen of the stage document, no more and no fewer', () => {
  const named = Object.entries(DOCUMENT).flatMap(([stage, names]) => names.map((name) => `${stage}/${name}`));
  const keys = own.filter((metric) => metric.companionOf === undefined).map((metric) => metric.id);
  expect(named).toHaveLength(14);
  expect([...keys].sort()).toEqual([...named].sort());
});

test('a companion stands beside a key metric of its own stage', () => {
  for (const metric of own) {
    if (metric.companionOf === undefined) continue;
    const beside = own.find((each) => each.id === metric.companionOf);
    expect(beside?.stage, metric.id).toBe(metric.stage);
  }
});

test('a cohort metric says in words when it is final, an event metric is final at once', () => {
  const saying = own.filter((metric) => metric.maturity !== undefined).map((metric) => metric.id);
  const cohorts = own
    .filter((metric) => metric.basis === 'cohort' || metric.id.endsWith('twelve-months'))
    .map((metric) => metric.id);
  expect(saying).toEqual(cohorts);
});

describe.each(own.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  test('binds on empty tables', async () => {
    const { text, params } = compileObservations(metric, workspace.settings, '2026-11-01T04:00:00Z');
    const bound = workspace.sql.rows({ text: `EXPLAIN ${text}`, ...(params ? { params } : {}) });
    await expect(bound, `${id}\n${text}`).resolves.toBeDefined();
    expect(await workspace.sql.rows({ text, ...(params ? { params } : {}) })).toEqual([]);
  });
});
