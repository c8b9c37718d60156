import { formatValue, periodLabel } from '../contract/format-value.ts';
import type { MetricRow } from '../contract/metric-query.ts';

/** A tick of a value axis, without the decimals that its round step does not need. */
export function axisValue(value: number, row: MetricRow | undefined, currency: string): string {
  if (row === undefined) return String(value);
  if (row.unit === 'currency' && value === 0) return formatValue(0, 'count', currency);
  const text = formatValue(value, row.unit, currency);
  return text.replace(/\.0+(?=\D*$)/, '').replace(/(\.\d*?[1-9])0+(?=\D*$)/, '$1');
}

/** A tick of a month axis: the month's name, with its year beneath at the start and in every January. */
export function axisPeriod(period: string, index: number): string {
  const [name = period, year] = periodLabel(period).split(' ');
  return year !== undefined && (index === 0 || name === 'Jan') ? `${name}\n${year}` : name;
}
