import { DIMENSIONS, type Dimension } from '../contract/dimensions.ts';
import type { WorkspaceDescription } from '../contract/workspace.ts';
import { identifier } from '../tables/identifier.ts';
import type { Workspace } from './open.ts';

/** What a window needs to know before it asks for numbers: streams, metrics, months with data, members of each dimension. */
export async function describeWorkspace(workspace: Workspace): Promise<WorkspaceDescription> {
  const members = {} as Record<Dimension, readonly string[]>;
  for (const dimension of DIMENSIONS) {
    const rows = await workspace.reader.rows<{ member: string }>({
      text: `SELECT DISTINCT ${identifier(dimension)} AS member FROM observation ORDER BY member`,
    });
    members[dimension] = rows.map((row) => row.member);
  }
  const [span] = await workspace.reader.rows<{ first: string | null; last: string | null }>({
    text: "SELECT strftime(min(day), '%Y-%m') AS first, strftime(max(day), '%Y-%m') AS last FROM observation",
  });
  return {
    dir: workspace.dir,
    dataVersion: workspace.state.dataVersion,
    asOf: workspace.state.asOf,
    firstMonth: span?.first ?? null,
    lastMonth: workspace.state.asOf?.slice(0, 7) ?? span?.last ?? null,
    settings: workspace.settings,
    streams: workspace.streams.models,
    members,
    metrics: workspace.catalogue.metrics.map(({ sql: _, ...header }) => header),
    unavailable: workspace.state.unavailable,
  };
}
