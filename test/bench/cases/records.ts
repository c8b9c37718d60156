import { recordsBehind } from '../../../analytics/query/index.ts';
import type { Workspace } from '../../../analytics/workspace/open.ts';
import { contextOf } from '../../../analytics/workspace/parts.ts';
import { type Measure, timed } from '../measure.ts';
import { LAST_MONTH } from '../sizes.ts';

export const RECORDS = 'records behind a number, first page';
const RUNS = 9;
const METRICS = ['ncv-02.7/uptime-of-chargers', 'ncv-01.1/lead-volume', 'ncv-01.5/first-time-fix-rate'];

/** The first page of a small, a large and a middling number, each with batch, file and line. */
export async function records(workspace: Workspace): Promise<Measure[]> {
  const context = await contextOf(workspace, workspace.reader, undefined);
  const known = METRICS.filter((id) => context.metrics.some((metric) => metric.id === id));
  const metricOf = (run: number) => known[run % known.length] ?? '';
  const ask = (run: number) =>
    recordsBehind(workspace.reader, context, { metric: metricOf(run), period: LAST_MONTH, where: {}, offset: 0, limit: 100 });
  const page = (run: number) =>
    workspace.reader.rows({
      text: `SELECT * FROM observation WHERE metric = $metric AND day BETWEEN DATE '2025-12-01' AND DATE '2025-12-31' ORDER BY day LIMIT 100`,
      params: { metric: metricOf(run) },
    });
  for (let run = 0; run < known.length; run += 1) await ask(run);
  return [await timed(RECORDS, 'weir', { runs: RUNS, work: ask }), await timed(RECORDS, 'bare', { runs: RUNS, work: page })];
}
