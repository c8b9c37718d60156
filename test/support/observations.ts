import { loadCatalogue } from '../../analytics/catalogue/index.ts';
import { compileObservations } from '../../analytics/observe/compile.ts';
import type { MemoryWorkspace } from './memory-workspace.ts';

/** One observation as a metric's SELECT yields it. */
export interface ObservedRow {
  readonly entity_id: string;
  readonly day: string;
  readonly segment: string;
  readonly region: string;
  readonly product: string;
  readonly channel: string;
  readonly crew: string;
  readonly num: number | null;
  readonly den: number | null;
  readonly matures_on: string | null;
  readonly entity_table: string;
}

/** The observations of one built-in metric, ordered by entity and day; `asOf` is the first instant after the as-of day. */
export async function observe(
  workspace: MemoryWorkspace,
  metricId: string,
  asOf = '2027-01-01T00:00:00Z',
): Promise<ObservedRow[]> {
  const { metrics, unavailable } = await loadCatalogue(null);
  const metric = metrics.find((each) => each.id === metricId);
  if (!metric) throw new Error(`No metric ${metricId}; unavailable: ${JSON.stringify(unavailable)}`);
  const { text, params } = compileObservations(metric, workspace.settings, asOf);
  return workspace.sql.rows<ObservedRow>({ text: `${text} ORDER BY entity_id, day, num`, ...(params ? { params } : {}) });
}
