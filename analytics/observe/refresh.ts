import { UNKNOWN_MEMBER } from '../contract/dimensions.ts';
import type { Metric, UnavailableMetric } from '../contract/metric-definition.ts';
import { ENTITY_TABLE_COLUMN, OBSERVATION_COLUMNS } from '../contract/observation.ts';
import { type Day, monthIndex } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import { type Sql, type SqlStatement, usedParams } from '../contract/sql.ts';
import { FACT_TABLES, type FactTable, factTable } from '../tables/fact-tables.ts';
import { identifier } from '../tables/identifier.ts';
import { portDay } from '../tables/telemetry/port-day.ts';
import { type Affected, affectedMetrics, type DataChange } from './affected.ts';
import { asOfInstant } from './as-of.ts';
import { compileObservations } from './compile.ts';
import { refreshFacts, refreshTouchedFacts } from './facts.ts';
import { failedMetric } from './failed.ts';
import { addMatured } from './matured.ts';
import { hasOthers, intoEmptyPlaces, replaceAll, replaceMetrics, replaceMonths, STAGING, WHOLE } from './replace.ts';
import { shapesOf } from './shape/index.ts';
import { refreshSurvival } from './survival-facts.ts';
import { keepOverallValues, overallValues } from './together/overall.ts';
import { refreshUnusable } from './unusable.ts';

/**
 * Computes the metrics' observations as known on the day `asOf` (inclusive) and puts them and their facts in place of their
 * earlier ones, in one transaction. With a `change`, only what may differ by it is computed, and only months that differ are
 * written: the outcome is the same. A metric whose SELECT fails is answered with its reason; it loses its earlier
 * observations, which no longer hold, and harms no other. Only where a SELECT fails while running inside a transaction, of the
 * caller or, with a `change`, the one of this, which the database then ends, does this reject: with {@link MetricFailed}.
 */
export async function refreshObservations(
  sql: Sql,
  metrics: readonly Metric[],
  known: { readonly settings: Settings; readonly asOf: Day; readonly change?: DataChange | null },
): Promise<readonly UnavailableMetric[]> {
  const { settings, asOf, change = null } = known;
  const { affected, overall } = change
    ? await affectedMetrics(sql, metrics, { settings, asOf, change })
    : {
        affected: metrics.map((metric) => ({ metric, part: null })),
        overall: await overallValues(sql, metrics, { settings, asOf }),
      };
  const ids = affected.map((each) => each.metric.id);
  const isWhole = !change && !(await hasOthers(sql, ids));
  const added = change ? await intoEmptyPlaces(sql, affected) : [];
  const others = affected.filter((each) => !added.includes(each));
  const computedInto = isWhole ? WHOLE : STAGING;
  await makeEmpty(sql, computedInto, isWhole ? 'TABLE' : 'TEMP TABLE');
  const unavailable = await fill(sql, computedInto, { affected: others, settings, asOf });
  await sql.transaction(async () => {
    const failed = await fill(sql, 'observation', { affected: added, settings, asOf });
    unavailable.push(...failed);
    const isFailed = ({ metric }: Affected) => failed.some((each) => each.id === metric.id);
    const written = {
      affected: [...others, ...added.filter(isFailed)],
      added: added.filter((each) => !isFailed(each)),
      unavailable,
    };
    const request = { observations: 'observation', metrics, asOf };
    if (change) {
      const reach = await replaceMonths(sql, written);
      const hasMore =
        change.previousAsOf !== asOf && (await addMatured(sql, request, { before: change.previousAsOf, after: asOf }));
      await refreshTouchedFacts(sql, request, hasMore ? null : reach);
    } else {
      await (isWhole ? replaceAll(sql) : replaceMetrics(sql, ids));
      await refreshTouchedFacts(sql, request);
    }
    const computed = affected.map((each) => each.metric);
    await keepOverallValues(sql, overall);
    await refreshSurvival(sql, { ...request, metrics: computed });
    const aftermath = change && !change.rejectsGone ? { after: { settings, asOf, change }, computed: new Set(computed) } : null;
    await refreshUnusable(sql, { ...request, settings }, aftermath);
    if (!change || change.previousAsOf === asOf) return;
    const rest = metrics.filter((metric) => !computed.includes(metric));
    await refreshSurvival(sql, { ...request, metrics: rest, fromMonth: monthIndex(change.previousAsOf.slice(0, 7)) });
  });
  const parts = new Set(affected.flatMap((each) => each.part?.working ?? []));
  for (const table of [...(isWhole ? [] : [STAGING]), ...parts]) await sql.run({ text: `DROP TABLE ${identifier(table)}` });
  return unavailable;
}

/** Observations as known on another day. */
export interface ObservationsAsOf {
  /** The name of a temporary table in the form of `observation`, with its facts beside it, on the connection that made it. */
  readonly observations: string;
  readonly unavailable: readonly UnavailableMetric[];
}

/** Computes the metrics' observations as known on the day `asOf` into temporary tables, which a later call for that day replaces. */
export async function observationsAsOf(
  sql: Sql,
  metrics: readonly Metric[],
  settings: Settings,
  asOf: Day,
): Promise<ObservationsAsOf> {
  const observations = `observation_${asOf.replaceAll('-', '_')}`;
  const affected = metrics.map((metric) => ({ metric, part: null }));
  await makeEmpty(sql, observations, 'TEMP TABLE');
  const unavailable = await fill(sql, observations, { affected, settings, asOf });
  for (const table of Object.keys(FACT_TABLES) as FactTable[]) {
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE ${factTable(observations, table)} AS SELECT * FROM main.${factTable('observation', table)} LIMIT 0`,
    });
  }
  await refreshFacts(sql, { observations, metrics, asOf });
  await refreshUnusable(sql, { observations, metrics, asOf, settings });
  return { observations, unavailable };
}

interface Wanted {
  readonly affected: readonly Affected[];
  readonly settings: Settings;
  readonly asOf: Day;
}

/** Makes a table in the form of `observation`: of the workspace, or of the connection. */
async function makeEmpty(sql: Sql, table: string, kind: 'TABLE' | 'TEMP TABLE'): Promise<void> {
  await sql.run({ text: `CREATE OR REPLACE ${kind} ${identifier(table)} AS SELECT * FROM main.observation LIMIT 0` });
}

async function fill(sql: Sql, table: string, { affected, settings, asOf }: Wanted): Promise<UnavailableMetric[]> {
  if (affected.length === 0) return [];
  const instant = asOfInstant(asOf, settings);
  const unavailable: UnavailableMetric[] = [];
  const isInOrder = await givesDaysInOrder(sql, affected);
  for (const each of affected) {
    const { metric, part } = each;
    try {
      const observed = compileObservations(metric, settings, instant, part);
      await sql.run(fillStatement(table, each, { observed, isInOrder: isInOrder(each) }));
    } catch (thrown) {
      unavailable.push(await failedMetric(sql, metric, thrown));
    }
  }
  return unavailable;
}

/** Whether statements run within a transaction: then they have one number between them. */
async function isWithinTransaction(sql: Sql): Promise<boolean> {
  const number = async () =>
    (await sql.rows<{ number: string }>({ text: 'SELECT CAST(txid_current() AS VARCHAR) AS number' }))[0]?.number;
  const first = await number();
  return first === (await number());
}

/**
 * Whether observations come in order of days by themselves: row by row from all port days, which are stored so. Sorting them costs as much as
 * finding them. Within the transaction that makes port days the database does not know how many there are, and joins them out of order.
 */
async function givesDaysInOrder(sql: Sql, affected: readonly Affected[]): Promise<(each: Affected) => boolean> {
  const ofPortDays = affected
    .filter(({ metric, part }) => !part && metric.tables.join() === portDay.name)
    .map(({ metric }) => metric);
  if (ofPortDays.length === 0 || (await isWithinTransaction(sql))) return () => false;
  const shapeOf = await shapesOf(sql, ofPortDays);
  return ({ metric, part }) => !part && shapeOf(metric).rowWise === portDay.name;
}

/** Members that the SELECT leaves null read `unknown`, so that every observation belongs somewhere. */
function fillStatement(
  table: string,
  { metric, part }: Affected,
  { observed, isInOrder }: { readonly observed: SqlStatement; readonly isInOrder: boolean },
): SqlStatement {
  const members = new Set(['segment', 'region', 'product', 'channel', 'crew']);
  const columns = [...OBSERVATION_COLUMNS.map(([name]) => name), ENTITY_TABLE_COLUMN].map((name) =>
    members.has(name) ? `coalesce(${identifier(name)}, '${UNKNOWN_MEMBER}')` : identifier(name),
  );
  const wanted = part ? ` SEMI JOIN ${part.replaces.relation} p ON ${part.replaces.on}` : '';
  const text = `INSERT INTO ${identifier(table)} SELECT $observed_metric, ${columns.join(', ')} FROM (${observed.text}) o${wanted}${isInOrder ? '' : ' ORDER BY day'}`;
  return { text, params: usedParams(text, { ...observed.params, observed_metric: metric.id }) };
}
