import { assertNever } from '../contract/errors.ts';
import { formatValue, periodLabel, ratingWord } from '../contract/format-value.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import type { SignalRule } from '../contract/signal.ts';
import { statedValue } from '../contract/small-n.ts';

/** What a control-chart rule saw, in words. */
export function signalSentence(rule: SignalRule): string {
  switch (rule) {
    case 'outsideLimits':
      return 'Outside the expected range (strong)';
    case 'movingRange':
      return 'Jump larger than the expected month-to-month range (strong)';
    case 'nearLimit':
      return 'Three of four months closer to a limit than to the centre (moderate)';
    case 'longRun':
      return 'Eight months in a row on one side of the centre (weak)';
    default:
      return assertNever(rule);
  }
}

/** Everything a reader may want to know of one value, a line each; the first names the period. */
export function valueLines(row: MetricRow, currency: string, rules: readonly SignalRule[] = []): string[] {
  const say = (value: number) => formatValue(value, row.unit, currency);
  const lines = [periodLabel(row.period)];
  const value = statedValue(row);
  if (value === null) lines.push(row.note ?? 'No value');
  else lines.push(`${row.kind === 'duration' ? 'Median' : 'Value'} ${say(value)}`);
  if (value !== null && row.low !== null && row.high !== null) lines.push(`95% interval ${say(row.low)} to ${say(row.high)}`);
  if (row.kind === 'duration' && row.p85 !== null) lines.push(`P85 ${say(row.p85)}`);
  lines.push(`n = ${row.n.toLocaleString('en-US')}`);
  if (row.rating !== null) lines.push(ratingWord(row.rating));
  if (row.provisional) lines.push(`Provisional: ${row.pending.toLocaleString('en-US')} still inside their window`);
  if (row.partial) lines.push('The period is not over');
  for (const rule of rules) lines.push(`Signal: ${signalSentence(rule)}`);
  return lines;
}

/** The lines as the markup of a chart's tooltip; text from data is escaped. */
export function tooltipMarkup(lines: readonly string[]): string {
  const [title = '', ...rest] = lines.map(escapeMarkup);
  return `<strong>${title}</strong><br>${rest.join('<br>')}`;
}

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
