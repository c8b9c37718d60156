import { DIMENSIONS, type Dimension } from '../contract/dimensions.ts';
import { monthOfIndex } from '../contract/period.ts';
import type { WorkspaceDescription } from '../contract/workspace.ts';
import { factTable } from '../tables/fact-tables.ts';
import type { Workspace } from './open.ts';

/** What a window needs to know before it asks for numbers: streams, metrics, months with data, members of each dimension. */
export async function describeWorkspace(workspace: Workspace): Promise<WorkspaceDescription> {
  // Every observation stands in a sum kept by month and one dimension, of which there are few.
  const rows = await workspace.reader.rows<{ dimension: Dimension; member: string; first: number; last: number }>({
    text: `SELECT CASE WHEN dimension = '' THEN 'segment' ELSE dimension END AS dimension, CASE WHEN dimension = '' THEN segment ELSE member END AS member,
  min(month) AS first, max(month) AS last
FROM ${factTable('observation', '_rollup')} GROUP BY ALL ORDER BY member`,
  });
  const membersOf = (dimension: Dimension) => rows.filter((row) => row.dimension === dimension).map((row) => row.member);
  const months = rows.flatMap((row) => [row.first, row.last]);
  const monthAt = (index: number) => (months.length === 0 ? null : monthOfIndex(index));
  return {
    dir: workspace.dir,
    dataVersion: workspace.state.dataVersion,
    asOf: workspace.state.asOf,
    firstMonth: monthAt(Math.min(...months)),
    lastMonth: workspace.state.asOf?.slice(0, 7) ?? monthAt(Math.max(...months)),
    settings: workspace.settings,
    streams: workspace.streams.models,
    members: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, membersOf(dimension)])) as Record<Dimension, string[]>,
    metrics: workspace.catalogue.metrics.map(({ sql: _, ...header }) => header),
    unavailable: workspace.state.unavailable,
  };
}
