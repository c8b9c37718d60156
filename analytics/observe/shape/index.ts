import type { Metric } from '../../contract/metric-definition.ts';
import type { Sql } from '../../contract/sql.ts';
import { CLOCK } from './clock.ts';
import { type Group, groupOf } from './group.ts';
import { rowWiseTable } from './row-wise.ts';
import { aggregateNames, conditionTexts, parsedQueries, type Tree } from './tree.ts';
import { type Comparison, comparisonsOf, partsOf, type Turning, turningOf } from './turning.ts';

export { CLOCK } from './clock.ts';
export type { Turning } from './turning.ts';

/** What a metric's SELECT says of how far a change can reach; all of it is certain, and what is not certain is null. */
export interface MetricShape {
  /** See {@link rowWiseTable}; null, too, where {@link turnings} are. */
  readonly rowWise: string | null;
  /** What the SELECT itself asks of the as-of instant; none where it does not ask. See {@link comparisonsOf}. */
  readonly turnings: readonly Turning[] | null;
  /** Of each table read, and of the calendar, the rows that decide an observation together. See {@link groupOf}. */
  readonly groups: ReadonlyMap<string, Group>;
}

const UNKNOWN: MetricShape = { rowWise: null, turnings: null, groups: new Map() };

/** A shape depends on the metric alone, and the helpers' names on nothing. */
const shapes = new WeakMap<Metric, MetricShape>();
let aggregates: ReadonlySet<string> | null = null;

/** The shapes of metrics, each found once in a process. */
export async function shapesOf(sql: Sql, metrics: readonly Metric[]): Promise<(metric: Metric) => MetricShape> {
  const unknown = metrics.filter((metric) => !shapes.has(metric));
  if (unknown.length > 0) {
    aggregates ??= await aggregateNames(sql);
    const nodes = await parsedQueries(
      sql,
      unknown.map((metric) => metric.sql),
    );
    const asked = new Map<Metric, readonly Comparison[] | null>();
    for (const [index, metric] of unknown.entries()) {
      const node = nodes[index];
      asked.set(metric, node ? comparisonsOf(metric, node, aggregates) : null);
    }
    const parts = [...asked.values()].flatMap((each) => each ?? []).flatMap(partsOf);
    const texts = await conditionTexts(sql, parts);
    const textOf = (part: Tree) => texts[parts.indexOf(part)] ?? '';
    for (const [index, metric] of unknown.entries()) {
      const node = nodes[index];
      const turnings = asked.get(metric)?.map((each) => turningOf(each, textOf)) ?? null;
      shapes.set(metric, node ? shapeOf(metric, { node, aggregates, turnings }) : UNKNOWN);
    }
  }
  return (metric) => shapes.get(metric) ?? UNKNOWN;
}

function shapeOf(
  metric: Metric,
  known: { readonly node: Tree; readonly aggregates: ReadonlySet<string>; readonly turnings: readonly Turning[] | null },
): MetricShape {
  const groups = [...metric.tables, CLOCK].flatMap((table) => {
    const group = groupOf(metric, known.node, { table, aggregates: known.aggregates });
    return group === null ? [] : [[table, group] as const];
  });
  return {
    rowWise: known.turnings && rowWiseTable(metric, known.node, known.aggregates),
    turnings: known.turnings,
    groups: new Map(groups),
  };
}
