import type { Where } from '../../../analytics/contract/dimensions.ts';
import { addMonths } from '../../../analytics/contract/period.ts';
import { queryMetrics } from '../../../analytics/query/index.ts';
import type { Workspace } from '../../../analytics/workspace/open.ts';
import { contextOf } from '../../../analytics/workspace/parts.ts';
import { bareView } from '../bare/facts.ts';
import { type Measure, timed } from '../measure.ts';
import { LAST_MONTH } from '../sizes.ts';

export const VIEW = 'all metrics, 24 months, 3 segments, compared';
const RUNS = 9;
/** So often each is asked before it is measured, on both sides: by then the engine's own code is compiled. */
const WARM_UPS = 12;

export const FILTERS: readonly { readonly name: string; readonly where: Where }[] = [
  { name: 'region', where: { region: ['North'] } },
  { name: 'product', where: { product: ['Pro'] } },
  { name: 'channel', where: { channel: ['web'] } },
  { name: 'crew', where: { crew: ['crew 3'] } },
  { name: 'region and product', where: { region: ['North', 'South'], product: ['Pro'] } },
];

/** Every key metric by month and segment over two years and the two before, asked without remembered answers. */
export async function views(workspace: Workspace): Promise<Measure[]> {
  const sql = workspace.readers.until(undefined);
  const context = await contextOf(workspace, sql, undefined);
  const ask = (where: Where) =>
    queryMetrics(sql, context, {
      from: addMonths(LAST_MONTH, -47),
      to: LAST_MONTH,
      grain: 'month',
      by: ['segment'],
      where,
    });
  const measures: Measure[] = [];
  for (const { name, where } of [{ name: '', where: {} }, ...FILTERS]) {
    const what = name === '' ? VIEW : `the same, filtered by ${name}`;
    measures.push(await warmed(what, 'weir', () => ask(where)));
    measures.push(await warmed(what, 'bare', await bareView(workspace.reader, where)));
  }
  return measures;
}

async function warmed(what: string, side: Measure['side'], work: () => Promise<unknown>): Promise<Measure> {
  await timed(what, side, { runs: WARM_UPS, work });
  return timed(what, side, { runs: RUNS, work });
}
