import type { Metric } from '../contract/metric-definition.ts';
import { OBSERVATION_COLUMNS } from '../contract/observation.ts';
import type { Settings } from '../contract/settings.ts';
import { type SqlStatement, type SqlValue, usedParams } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { tableNamed } from '../tables/index.ts';
import type { Part } from './affected.ts';
import { CLOCK } from './shape/index.ts';
import { sourceRelation } from './source-relation.ts';

/**
 * The statement that yields a metric's observations as known at `asOf`, the first instant (ISO 8601 UTC) after the as-of day.
 * The file's SELECT sees each table it names as {@link sourceRelation} gives it. `$as_of` and the settings the
 * header names (in snake case) are its parameters. `part` restricts the rows that are read of tables and of the calendar. Columns: those of an observation, then `entity_table`.
 */
export function compileObservations(
  metric: Metric,
  settings: Settings,
  asOf: string,
  part: Pick<Part, 'rows'> | null = null,
): SqlStatement {
  const sources = sourcesOf(metric, part);
  const days = part?.rows.get(CLOCK);
  if (days !== undefined) sources.push(`${identifier(CLOCK)} AS (SELECT * FROM ${days} t)`);
  const select = metric.sql.replaceAll(/\$(\w+)/g, (param, name: string) =>
    name in metric.overall ? overallSql(metric, name) : param,
  );
  const columns = OBSERVATION_COLUMNS.map(([name, type]) => `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}`);
  const entityTable = /\bentity_table\b/i.test(metric.sql) ? 'entity_table' : `'${metric.entity}'`;
  const text = `WITH ${sources.join(',\n')}\nSELECT ${columns.join(', ')}, ${entityTable} AS entity_table\nFROM (\n${select}\n) observed\nWHERE day IS NOT NULL`;
  return metricStatement(text, { metrics: [metric], settings, instants: { as_of: asOf } });
}

/** The SQL of a value on which all observations of a metric depend: from all rows of its tables, whatever part of them is read beside it. */
export function overallSql(metric: Metric, name: string): string {
  return `(WITH ${sourcesOf(metric, null).join(',\n')}\n${metric.overall[name]})`;
}

/** A statement in which metrics' settings and instants may stand, `$as_of` as a time. */
export function metricStatement(
  text: string,
  known: {
    readonly metrics: readonly Metric[];
    readonly settings: Settings;
    readonly instants: Readonly<Record<string, string>>;
  },
): SqlStatement {
  const params: Record<string, SqlValue> = { ...known.instants };
  for (const metric of known.metrics) Object.assign(params, settingParams(metric, known.settings));
  return { text: text.replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)'), params: usedParams(text, params) };
}

/** Named queries of a metric's tables as its SELECT sees them. */
function sourcesOf(metric: Metric, part: Pick<Part, 'rows'> | null): string[] {
  return metric.tables.map((name) => {
    const table = tableNamed(name);
    if (!table) throw new Error(`No table ${name}`);
    const rows = part?.rows.get(name);
    return `${identifier(name)} AS (${sourceRelation(table, rows === undefined ? {} : { rows })})`;
  });
}

/** The settings that a metric names, as the parameters of its SELECT. */
function settingParams(metric: Metric, settings: Settings): Record<string, SqlValue> {
  return Object.fromEntries(metric.settings.map((name) => [snakeCase(name), settingValue(settings, name)]));
}

/** The value in force of a setting that a metric file names. */
export function settingValue(settings: Settings, name: string): number | boolean | string {
  if (name === 'uptimeProfile') return settings.uptime.profile;
  const value = (settings.rules as Readonly<Record<string, number | boolean>>)[name];
  if (value === undefined) throw new Error(`No rule ${name}`);
  return value;
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
