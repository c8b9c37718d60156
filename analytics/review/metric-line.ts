import { RATING_BOX, RATING_SHAPES } from '../charts/rating-shapes.ts';
import { sparkline } from '../charts/sparkline.ts';
import { CHART_THEMES } from '../charts/theme.ts';
import { changeText, formatValue, ratingWord, unitWord } from '../contract/format-value.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow, Rating } from '../contract/metric-query.ts';
import { comparedValue } from '../contract/small-n.ts';
import type { MetricTile } from '../contract/stream-view.ts';
import { html, type Markup } from './html.ts';
import { svgChart } from './svg-chart.ts';

const SPARKLINE_SIZE = { width: 168, height: 36 } as const;

/** One row of a stage's table: value, target, rating, change against the month before, n, and 24 months as a line. */
export function metricLine(tile: MetricTile, metric: Metric | undefined, currency: string): Markup {
  const { current, previous } = tile;
  const [now, before] = [comparedValue(current), comparedValue(previous)];
  const last = tile.control.points.at(-1);
  const hasSignal = last !== undefined && last.period === current.period && last.rules.length > 0;
  return html`<tr>
    <td><b>${current.name}</b><span class="note">${metric?.meaning ?? ''}</span></td>
    <td class="number">${valueCell(current, metric, currency)}</td>
    <td class="number">${targetText(current, currency)}</td>
    <td>${ratingMark(current.rating)}${hasSignal ? html` <span class="signal">Signal</span>` : null}</td>
    <td class="number">${before === null || now === null ? '–' : changeText(now, before, current.unit, currency)}</td>
    <td class="number">${current.n.toLocaleString('en-US')}</td>
    <td>${svgChart(sparkline(tile.series, tile.control, { theme: CHART_THEMES.light, currency }), SPARKLINE_SIZE)}</td>
    <td>${current.note === null ? null : html`<span class="note">${current.note}</span>`}</td>
  </tr>`;
}

/** A target as text; `not set` where there is none. */
export function targetText(row: MetricRow, currency: string): string {
  if (row.target === null) return 'not set';
  if (typeof row.target === 'number') return formatValue(row.target, row.unit, currency);
  return `${formatValue(row.target.low, row.unit, currency)} to ${formatValue(row.target.high, row.unit, currency)}`;
}

function valueCell(row: MetricRow, metric: Metric | undefined, currency: string): Markup {
  if (row.value === null) return html`<span class="quiet">none</span>`;
  const interval =
    row.low === null || row.high === null
      ? null
      : `${formatValue(row.low, row.unit, currency)} to ${formatValue(row.high, row.unit, currency)}`;
  const percentile = row.kind === 'duration' && row.p85 !== null ? `P85 ${formatValue(row.p85, row.unit, currency)}` : null;
  const words = [unitWord(row.unit, metric?.scale), interval, percentile].filter((each) => each !== null).join(' · ');
  return html`<span class="value">${formatValue(row.value, row.unit, currency)}</span>${words === '' ? null : html`<span class="interval">${words}</span>`}`;
}

/** A rating as shape, colour and word. */
export function ratingMark(rating: Rating | null): Markup {
  if (rating === null) return html`<span class="rating none">${ratingWord(null)}</span>`;
  return html`<span class="rating ${rating}"><svg class="shape" viewBox="0 0 ${RATING_BOX} ${RATING_BOX}" aria-hidden="true"><path d="${RATING_SHAPES[rating]}" fill="currentColor"/></svg>${ratingWord(rating)}</span>`;
}
