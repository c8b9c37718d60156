import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MemoryWorkspace, memoryWorkspace } from '../../support/memory-workspace.ts';
import { observe } from '../../support/observations.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace({ timeZone: 'America/New_York' });
  await workspace.insert('journey_case', [
    { case_id: 'C1', stream_id: 'NCV-01', opened_at: '2026-01-01', segment: 'residential', region: 'North' },
  ]);
  await workspace.insert('opportunity', [{ opp_id: 'O1', case_id: 'C1', created_at: '2026-01-02' }]);
});
afterEach(() => workspace.close());

test('a price exactly at the tolerance counts as accurate, one cent beyond does not', async () => {
  await workspace.insert('quote', [
    {
      quote_id: 'at',
      opp_id: 'O1',
      accepted_at: '2026-02-01',
      invoiced_at: '2026-03-05',
      amount_net: 1000,
      final_amount_net: 1100,
    },
    {
      quote_id: 'beyond',
      opp_id: 'O2',
      accepted_at: '2026-02-01',
      invoiced_at: '2026-03-05',
      amount_net: 1000,
      final_amount_net: 1100.01,
    },
    {
      quote_id: 'under',
      opp_id: 'O3',
      accepted_at: '2026-02-01',
      invoiced_at: '2026-03-05',
      amount_net: 1000,
      final_amount_net: 899,
    },
  ]);
  const rows = await observe(workspace, 'ncv-01.2/quote-accuracy');
  expect(rows.map((row) => [row.entity_id, row.num, row.den])).toEqual([
    ['at', 1, 1],
    ['beyond', 0, 1],
    ['under', 0, 1],
  ]);
});

test('the tolerance is exact in cents: 135.79 on 1,357.90 counts though its binary fraction lies a hair beyond', async () => {
  const accepted = { accepted_at: '2026-02-01', invoiced_at: '2026-03-05' };
  await workspace.insert('quote', [
    { quote_id: 'a', opp_id: 'O1', ...accepted, amount_net: 1234.5, final_amount_net: 1357.95 },
    { quote_id: 'b', opp_id: 'O2', ...accepted, amount_net: 1357.9, final_amount_net: 1493.69 },
  ]);
  expect((await observe(workspace, 'ncv-01.2/quote-accuracy')).map((row) => row.num)).toEqual([1, 1]);
});

test('of two accepted versions the last one is the price that was agreed', async () => {
  await workspace.insert('quote', [
    {
      quote_id: 'v1',
      opp_id: 'O1',
      version: 1,
      accepted_at: '2026-02-01',
      invoiced_at: '2026-03-05',
      amount_net: 1000,
      final_amount_net: 1500,
    },
    {
      quote_id: 'v2',
      opp_id: 'O1',
      version: 2,
      accepted_at: '2026-02-09',
      invoiced_at: '2026-03-05',
      amount_net: 1500,
      final_amount_net: 1500,
    },
    { quote_id: 'v3', opp_id: 'O1', version: 3, amount_net: 1700 },
  ]);
  const rows = await observe(workspace, 'ncv-01.2/quote-accuracy');
  expect(rows.map((row) => [row.entity_id, row.num])).toEqual([['v2', 1]]);
});

test('what the customer asked for afterwards is no error of the quote', async () => {
  await workspace.insert('quote', [
    {
      quote_id: 'Q',
      opp_id: 'O1',
      accepted_at: '2026-02-01',
      invoiced_at: '2026-03-01T03:00:00Z',
      amount_net: 1000,
      final_amount_net: 1400,
      customer_change_net: 350,
    },
  ]);
  const [row] = await observe(workspace, 'ncv-01.2/quote-accuracy');
  expect(row).toMatchObject({
    num: 1,
    day: '2026-02-28',
    segment: 'residential',
    region: 'North',
    product: 'unknown',
    entity_table: 'quote',
  });
});

test('quotes not invoiced by the as-of day, never accepted, or of zero are left out', async () => {
  await workspace.insert('quote', [
    { quote_id: 'open', opp_id: 'O1', accepted_at: '2026-02-01', amount_net: 1000 },
    {
      quote_id: 'later',
      opp_id: 'O2',
      accepted_at: '2026-02-01',
      invoiced_at: '2026-06-01',
      amount_net: 1000,
      final_amount_net: 1000,
    },
    { quote_id: 'zero', opp_id: 'O3', accepted_at: '2026-02-01', invoiced_at: '2026-03-01', amount_net: 0, final_amount_net: 10 },
    { quote_id: 'lost', opp_id: 'O4', invoiced_at: '2026-03-01', amount_net: 1000, final_amount_net: 1000 },
  ]);
  expect(await observe(workspace, 'ncv-01.2/quote-accuracy', '2026-05-01T00:00:00Z')).toEqual([]);
});
