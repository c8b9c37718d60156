import type { Metric } from '../contract/metric-definition.ts';
import { monthOfIndex } from '../contract/period.ts';
import type { RecordRow, RecordSort, RecordsPage, RecordsQuery } from '../contract/records.ts';
import type { Sql, SqlStatement } from '../contract/sql.ts';
import { type SqlPart, whereCondition } from '../observe/index.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { DERIVED_TABLES, tableNamed } from '../tables/index.ts';
import { metricOf } from './choose-metrics.ts';
import { type PeriodSpan, periodOfLabel } from './periods.ts';
import { answer, type QueryContext } from './query-metrics.ts';

/**
 * The observations behind one metric's value in one period, pending ones included, by day unless another order is asked for, each with the batch, file and line
 * of its record. A rolling metric's are those of its whole window; of survival, all relations begun by the period's end.
 * Throws `metric-unknown` and `metric-unavailable`.
 */
export async function recordsBehind(sql: Sql, context: QueryContext, query: RecordsQuery): Promise<RecordsPage> {
  const metric = metricOf(context, query.metric);
  const periods = periodOfLabel(query.period, context.settings.fiscalYearStart);
  const period = periods.periods[0];
  if (!period) throw new Error(`No period ${query.period}`);
  const kept = keptObservations(metric, period, context);
  const where = whereCondition(query.where);
  const part: SqlPart = { text: `${kept.text}${where.text}`, params: { ...kept.params, ...where.params } };
  const tables = await sql.rows<{ entity_table: string; total: number }>({
    text: `SELECT entity_table, count(*) AS total FROM ${part.text} GROUP BY entity_table ORDER BY entity_table`,
    params: part.params,
  });
  const total = tables.reduce((sum, each) => sum + each.total, 0);
  const rows = await sql.rows<StoredRecord>(
    compileRecords(
      part,
      tables.map((each) => each.entity_table),
      { ...query, asOf: context.asOf, allMature: metric.kind === 'survival' },
    ),
  );
  const [value] = (await answer(sql, context, { metrics: [metric], periods, by: [], where: query.where })).rows;
  return {
    metric: metric.id,
    period: query.period,
    total,
    bounds: value?.bounds ?? null,
    rows: rows.map(recordRow),
  };
}

function keptObservations(metric: Metric, period: PeriodSpan, context: QueryContext): SqlPart {
  const isSurvival = metric.kind === 'survival';
  const first = metric.rollingMonths ? `${monthOfIndex(period.lastMonth - metric.rollingMonths + 1)}-01` : period.firstDay;
  return {
    text: `${identifier(context.observations ?? 'observation')}
WHERE metric = $metric AND ${isSurvival ? 'day <= CAST($last AS DATE)' : 'day BETWEEN CAST($first AS DATE) AND CAST($last AS DATE)'}`,
    params: { metric: metric.id, last: period.lastDay, ...(isSurvival ? {} : { first }) },
  };
}

/** What a column of records is in the database; `origin` is joined for the two that are not in an observation. */
const COLUMN_OF: Readonly<Record<RecordSort['column'], string>> = {
  entityId: 'observed.entity_id',
  day: 'observed.day',
  num: 'observed.num',
  den: 'observed.den',
  mature: 'observed.mature',
  file: "parse_filename(origin_file.path, false, 'both_slash')",
  line: 'origin.line',
  segment: 'observed.segment',
  region: 'observed.region',
  product: 'observed.product',
  channel: 'observed.channel',
  crew: 'observed.crew',
  entityTable: 'observed.entity_table',
};

const USUAL_ORDER = ['day', 'entity_table', 'entity_id', 'num', 'den', 'matures_on'].map((name) => `observed.${name}`).join(', ');

interface PageAsked {
  readonly asOf: string;
  readonly offset: number;
  readonly limit: number;
  readonly sort?: RecordSort | undefined;
  /** Whether all count, however young. */
  readonly allMature: boolean;
}

/** One page of the kept observations, joined to the canonical rows of each table that occurs among them. */
function compileRecords(kept: SqlPart, tables: readonly string[], asked: PageAsked): SqlStatement {
  const { sort } = asked;
  const byOrigin = sort?.column === 'file' || sort?.column === 'line';
  const order = sort ? `${COLUMN_OF[sort.column]} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, ${USUAL_ORDER}` : USUAL_ORDER;
  return {
    text: `WITH observed AS (
  SELECT *, ${asked.allMature ? 'true' : 'matures_on IS NULL OR matures_on <= CAST($as_of AS DATE)'} AS mature FROM ${kept.text}
), ${byOrigin ? `origin AS (\n  ${placesOf(tables, 'observed')}\n), ` : ''}kept AS (
  SELECT observed.*, row_number() OVER (ORDER BY ${order}) AS position FROM observed${byOrigin ? ORIGIN_JOINS : ''}
), page AS (
  SELECT * FROM kept WHERE position > $offset AND position <= $offset + $limit
), places AS (
  ${placesOf(tables, 'page')}
)
SELECT page.entity_table, entity_id, day, segment, region, product, channel, crew, num, den, mature,
  places.batch_id AS batch, import_file.path AS file, places.line AS line
FROM page
LEFT JOIN places ON places.entity_table = page.entity_table AND places.source_key = page.entity_id
LEFT JOIN main.import_file ON import_file.file_id = places.file_id
ORDER BY page.position`,
    params: {
      ...kept.params,
      ...(asked.allMature ? {} : { as_of: asked.asOf }),
      offset: asked.offset,
      limit: asked.limit,
    },
  };
}

const ORIGIN_JOINS = `
    LEFT JOIN origin ON origin.entity_table = observed.entity_table AND origin.source_key = observed.entity_id
    LEFT JOIN main.import_file origin_file ON origin_file.file_id = origin.file_id`;

/** Batch, file and line of the records of a relation, one row a record. */
function placesOf(tables: readonly string[], relation: 'observed' | 'page'): string {
  const places = tables.flatMap((name) => {
    const origin = originOf(name);
    return origin === null
      ? []
      : [
          `SELECT ${literal(name)} AS entity_table, source_key, min(batch_id) AS batch_id, min(file_id) AS file_id, min(line) AS line
  FROM main.${identifier(origin)} WHERE source_key IN (SELECT entity_id FROM ${relation}) GROUP BY source_key`,
        ];
  });
  const nowhere = 'SELECT NULL AS entity_table, NULL AS source_key, NULL AS batch_id, NULL AS file_id, NULL AS line WHERE false';
  return places.length > 0 ? places.join('\n  UNION ALL\n  ') : nowhere;
}

/** The imported table in which an observation's record stands: a derived table's rows come from what it links to. */
function originOf(name: string): string | null {
  const derived = DERIVED_TABLES.find((table) => table.name === name);
  return derived ? (derived.links[0]?.table ?? null) : (tableNamed(name)?.name ?? null);
}

interface StoredRecord {
  readonly entity_table: string;
  readonly entity_id: string;
  readonly day: string;
  readonly segment: string;
  readonly region: string;
  readonly product: string;
  readonly channel: string;
  readonly crew: string;
  readonly num: number | null;
  readonly den: number | null;
  readonly mature: boolean;
  readonly batch: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

function recordRow({ entity_table, entity_id, ...rest }: StoredRecord): RecordRow {
  return { entityTable: entity_table, entityId: entity_id, ...rest };
}
