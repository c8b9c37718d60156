import type { StageFlow } from '../contract/flow.ts';
import { formatValue } from '../contract/format-value.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { StreamModel } from '../contract/stage-model.ts';
import type { MetricTile, StreamView } from '../contract/stream-view.ts';
import { html, type Markup } from './html.ts';
import { metricLine } from './metric-line.ts';
import { signalSentences } from './signal-sentence.ts';

/** What a section is made of. */
export interface StreamPart {
  readonly model: StreamModel;
  readonly view: StreamView;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly currency: string;
}

/** One stream's section: how it flowed, what is out of the ordinary, and every stage with its metrics. */
export function streamSection(part: StreamPart): Markup {
  const { model, view } = part;
  const signals = signalSentences(view.tiles, part.currency);
  return html`<section>
    <h2>${model.id} ${model.name}</h2>
    <p class="quiet">${model.valueProposition} Stage document version ${model.version}${model.date ? `, ${model.date}` : ''}. Next review: ${model.nextReview}.</p>
    <div class="flow">${view.flow.stages.map(flowStep)}</div>
    ${view.flow.notes.length === 0 ? null : html`<p class="quiet">${view.flow.notes.join(' ')}</p>`}
    <h3>Out of the ordinary</h3>
    ${
      signals.length === 0
        ? html`<p class="quiet">No metric left its expected range this month: no evidence of change.</p>`
        : html`<ul class="signals">${signals.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
    }
    ${model.stages.map((stage) =>
      stageTable(
        part,
        stage.id,
        stage.name,
        view.tiles.filter((tile) => tile.current.stage === stage.id),
      ),
    )}
  </section>`;
}

function flowStep(stage: StageFlow): Markup {
  const facts = [
    `${stage.entered.toLocaleString('en-US')} entered`,
    stage.conversion === null ? null : `${formatValue(stage.conversion, 'fraction', '')} passed`,
    stage.medianDays === null ? null : `median ${formatValue(stage.medianDays, 'days', '')}`,
    `${stage.wip.toLocaleString('en-US')} in progress`,
  ].filter((fact) => fact !== null);
  return html`<div><b>${stage.name}</b>${facts.map((fact) => html`${fact}<br>`)}</div>`;
}

function stageTable(part: StreamPart, id: string, name: string, tiles: readonly MetricTile[]): Markup {
  return html`<section class="stage">
    <h3><span class="id">${id}</span>${name}</h3>
    <table>
      <thead><tr><th>Metric</th><th class="number">Value</th><th class="number">Target</th><th>Rating</th><th class="number">Change</th><th class="number">n</th><th>24 months</th><th>Remark</th></tr></thead>
      <tbody>${tiles.map((tile) => metricLine(tile, part.metrics.get(tile.metric), part.currency))}</tbody>
    </table>
  </section>`;
}
