import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { PlainValue } from '../contract/sql.ts';

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * The plain form of a database value: whole numbers of any width become `number`, days `YYYY-MM-DD`,
 * timestamps ISO 8601 UTC with `Z`, nested values their JSON-like text.
 */
export function plainValue(value: DuckDBValue): PlainValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue) return new Date(value.days * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoTimestamp(value.micros);
  return value.toString();
}

function isoTimestamp(micros: bigint): string {
  const text = new Date(Number(micros / 1000n)).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}
