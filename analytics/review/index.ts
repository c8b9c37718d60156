import { dayLabel, periodLabel } from '../contract/format-value.ts';
import type { Metric } from '../contract/metric-definition.ts';
import { type MetricRow, RATINGS } from '../contract/metric-query.ts';
import type { Month } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import type { StreamModel } from '../contract/stage-model.ts';
import { type QueryContext, streamView } from '../query/index.ts';
import { html, type Markup, trusted } from './html.ts';
import { ratingMark } from './metric-line.ts';
import { type StreamPart, streamSection } from './stream-section.ts';
import { STYLE } from './style.ts';

/**
 * The monthly review pack: one self-contained HTML page with every stage of every stream, each metric with value, target,
 * rating, change against the month before and 24 months as a line, the signals, and the definitions behind the numbers.
 */
export async function reviewPage(sql: Sql, context: QueryContext, models: readonly StreamModel[], month: Month): Promise<string> {
  const metrics = new Map(context.metrics.map((metric) => [metric.id, metric]));
  const parts: StreamPart[] = [];
  for (const model of models) {
    const view = await streamView(sql, context, model, { stream: model.id, from: month, to: month, where: {} });
    parts.push({ model, view, metrics, currency: context.settings.currency });
  }
  const title = `Value-stream review, ${periodLabel(month)}`;
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${trusted(STYLE)}</style></head>
<body>
<h1>${title}</h1>
<p class="facts">Data until ${dayLabel(context.asOf)} · months in ${context.settings.timeZone} · money in ${context.settings.currency} without tax · intervals 95 %</p>
${summary(parts.flatMap((part) => part.view.tiles.map((tile) => tile.current)))}
${parts.map(streamSection)}
${definitions(parts)}
</body>
</html>`;
  return `${page.markup}\n`;
}

function summary(rows: readonly MetricRow[]): Markup {
  const counts = [...RATINGS, null].map((rating) => ({ rating, count: rows.filter((row) => row.rating === rating).length }));
  return html`<ul class="summary">${counts.map(({ rating, count }) => html`<li><b>${count}</b>${ratingMark(rating)}</li>`)}</ul>
<p class="quiet">A rating compares a value with its target. It is withheld where no target is set, where too few cases stand behind the value, and while cases are still inside their window. A signal is separate: it says that a value left the range its own past leads to expect.</p>`;
}

function definitions(parts: readonly StreamPart[]): Markup {
  const shown = parts.flatMap((part) => part.view.tiles.flatMap((tile) => part.metrics.get(tile.metric) ?? []));
  return html`<section><h2>Definitions</h2><dl>${shown.map(definition)}</dl></section>`;
}

function definition(metric: Metric): Markup {
  const maturity = metric.maturity ? ` Final after: ${metric.maturity}.` : '';
  return html`<dt>${metric.stage} ${metric.name}</dt><dd>${metric.formula}. Counted by ${metric.dateRule}.${maturity} Source: ${metric.source}.</dd>`;
}
