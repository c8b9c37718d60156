import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalogue, loadCatalogue } from '../../../analytics/catalogue/index.ts';
import { compileObservations } from '../../../analytics/observe/compile.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../../support/memory-workspace.ts';

/** The metric names of the stage document of NCV-01, verbatim. */
const DOCUMENT_METRICS = [
  ['NCV-01.1', 'Lead volume'],
  ['NCV-01.1', 'Lead quality'],
  ['NCV-01.1', 'Marketing spend ROI'],
  ['NCV-01.2', 'Quote accuracy'],
  ['NCV-01.2', 'Quote conversion rate'],
  ['NCV-01.3', 'Sales cycle time'],
  ['NCV-01.3', 'Contract value'],
  ['NCV-01.3', 'Win rate'],
  ['NCV-01.4', 'Scheduling efficiency'],
  ['NCV-01.4', 'Resource utilization'],
  ['NCV-01.5', 'Installation time'],
  ['NCV-01.5', 'First-time fix rate'],
  ['NCV-01.5', 'Safety incidents'],
  ['NCV-01.6', 'Platform activation rate'],
  ['NCV-01.6', 'Customer onboarding satisfaction'],
  ['NCV-01.7', 'Support resolution time'],
  ['NCV-01.7', 'Customer retention'],
] as const;

const catalogue: Catalogue = await loadCatalogue(null);
const ofStream = catalogue.metrics.filter((metric) => metric.stage.startsWith('NCV-01.'));
const keyMetrics = ofStream.filter((metric) => !metric.companionOf);
let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace();
});
afterAll(() => workspace.close());

test('no file of the stream is unavailable', () => {
  expect(catalogue.unavailable.filter((each) => each.id === null || each.id.startsWith('ncv-01'))).toEqual([]);
});

test('the key metrics are those of the stage document, no more and no fewer', () => {
  const listed = (pairs: readonly (readonly [string, string])[]) => pairs.map((pair) => pair.join(' ')).sort();
  expect(listed(keyMetrics.map((metric) => [metric.stage, metric.name] as const))).toEqual(listed(DOCUMENT_METRICS));
});

test('every companion stands beside a key metric of its own stage', () => {
  for (const companion of ofStream.filter((metric) => metric.companionOf)) {
    const beside = keyMetrics.find((metric) => metric.id === companion.companionOf);
    expect(beside?.stage, companion.id).toBe(companion.stage);
  }
});

describe.each(ofStream.map((metric) => [metric.id, metric] as const))('%s', (_, metric) => {
  test('yields no rows from empty tables, as a statement the database can bind', async () => {
    const statement = compileObservations(metric, workspace.settings, '2026-11-01T05:00:00Z');
    const rows = await workspace.sql.rows(statement).catch((thrown: Error) => {
      throw new Error(`${thrown.message}\n\n${statement.text}`);
    });
    expect(rows).toEqual([]);
  });

  test('names every setting its SELECT takes, and no other', () => {
    const taken = new Set(
      [...metric.sql.matchAll(/\$(\w+)/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => !(name in metric.overall))
        .map((name) => name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())),
    );
    taken.delete('asOf');
    expect([...taken].sort()).toEqual([...metric.settings].sort());
  });

  test('says how long a cohort takes to mature, where it is one', () => {
    expect(metric.maturity !== undefined).toBe(metric.basis === 'cohort');
  });

  test('reads its entities from a table it names', () => {
    expect(metric.tables).toContain(metric.entity);
  });
});

test('targets are those of the domain reference, and none is invented where the plan or the own baseline rules', () => {
  const targets = Object.fromEntries(
    keyMetrics.map((metric) => [metric.id, metric.targets.map((target) => target.value ?? [target.low, target.high])]),
  );
  expect(targets).toEqual({
    'ncv-01.1/lead-volume': [],
    'ncv-01.1/lead-quality': [],
    'ncv-01.1/marketing-spend-roi': [0],
    'ncv-01.2/quote-accuracy': [0.9],
    'ncv-01.2/quote-conversion-rate': [0.3],
    'ncv-01.3/sales-cycle-time': [42],
    'ncv-01.3/contract-value': [],
    'ncv-01.3/win-rate': [0.3],
    'ncv-01.4/scheduling-efficiency': [0.9],
    'ncv-01.4/resource-utilization': [[0.65, 0.85]],
    'ncv-01.5/installation-time': [],
    'ncv-01.5/first-time-fix-rate': [0.8],
    'ncv-01.5/safety-incidents': [2.3],
    'ncv-01.6/platform-activation-rate': [0.95],
    'ncv-01.6/customer-onboarding-satisfaction': [0.85],
    'ncv-01.7/support-resolution-time': [],
    'ncv-01.7/customer-retention': [0.88],
  });
});
