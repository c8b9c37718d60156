import type { Metric } from '../../contract/metric-definition.ts';
import { identifier } from '../../tables/identifier.ts';
import type { MetricShape } from '../shape/index.ts';

/**
 * What rows have in common that decide observations together: by a name for it, the SQL of its value in a row `t` of each table. Rows
 * that share no value, themselves or through others, never meet in an observation; a value that is null is shared with none. Every
 * observation names by `entity_id` the source key of one of the rows that decide it.
 */
export type Bonds = Metric['together'];

/**
 * The bonds of a metric of which a change concerns these tables: as its file says or, where the change concerns one of them, as its
 * SELECT shows; null where nothing is certain.
 */
export function bondsOf(metric: Metric, { rowWise, groups }: MetricShape, concerned: readonly string[]): Bonds | null {
  if (Object.keys(metric.together).length > 0) return metric.together;
  const [table, ...others] = concerned;
  if (table === undefined || others.length > 0) return null;
  const column = rowWise === table ? 'source_key' : groups.get(table)?.column;
  if (column === undefined) return null;
  return { [column]: { [table]: column === 'source_key' ? column : `coalesce(${identifier(column)}, '')` } };
}

/** The tables of which bonds say what their rows share. */
export function bondedTables(bonds: Bonds): readonly string[] {
  return [...new Set(Object.values(bonds).flatMap((each) => Object.keys(each)))];
}

/** Bonds that no table has in common apart, each such part by itself: what happens in one does not reach the others. */
export function separateBonds(bonds: Bonds): readonly Bonds[] {
  const parts: { readonly tables: Set<string>; readonly bonds: Record<string, Bonds[string]> }[] = [];
  for (const [name, bond] of Object.entries(bonds)) {
    const tables = Object.keys(bond);
    const reached = parts.filter((part) => tables.some((table) => part.tables.has(table)));
    const merged = {
      tables: new Set([...tables, ...reached.flatMap((part) => [...part.tables])]),
      bonds: Object.assign({ [name]: bond }, ...reached.map((part) => part.bonds)),
    };
    parts.splice(0, parts.length, ...parts.filter((part) => !reached.includes(part)), merged);
  }
  return parts.map((part) => part.bonds);
}
