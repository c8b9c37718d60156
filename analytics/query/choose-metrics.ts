import { WeirError } from '../contract/errors.ts';
import { streamOfStage } from '../contract/ids.ts';
import type { Metric, UnavailableMetric } from '../contract/metric-definition.ts';
import type { StreamModel } from '../contract/stage-model.ts';

/** What may be asked of: the metrics that can be computed, and what is known besides. */
export interface Known {
  readonly metrics: readonly Metric[];
  /** Files that could not be used, so that asking for one says why. */
  readonly unavailable?: readonly UnavailableMetric[];
  /** Streams of the workspace; without them a stream is known by its metrics only. */
  readonly streams?: readonly StreamModel[];
}

/** Which metrics are meant. */
export interface Choice {
  readonly stream?: string | undefined;
  readonly stage?: string | undefined;
  readonly metrics?: readonly string[] | undefined;
}

/**
 * The metrics a query names, in the order of the catalogue: those with the ids given, or all key metrics, of the stream and
 * stage where given. Companions come only by name. Throws `stream-unknown`, `stage-unknown`, `metric-unknown`, `metric-unavailable`.
 */
export function chooseMetrics(known: Known, choice: Choice): readonly Metric[] {
  const streams = unique([
    ...(known.streams ?? []).map((each) => each.id),
    ...known.metrics.map((each) => streamOfStage(each.stage)),
  ]);
  const stages = unique([
    ...(known.streams ?? []).flatMap((each) => each.stages.map((stage) => stage.id)),
    ...known.metrics.map((each) => each.stage),
  ]);
  if (choice.stream !== undefined && !streams.includes(choice.stream)) {
    throw new WeirError('stream-unknown', { stream: choice.stream, known: streams.join(', ') });
  }
  if (choice.stage !== undefined && !stages.includes(choice.stage)) {
    throw new WeirError('stage-unknown', { stage: choice.stage, known: stages.join(', ') });
  }
  for (const id of choice.metrics ?? []) metricOf(known, id);
  const wanted = choice.metrics ? new Set(choice.metrics) : null;
  return known.metrics.filter(
    (metric) =>
      (wanted ? wanted.has(metric.id) : metric.companionOf === undefined) &&
      (choice.stream === undefined || streamOfStage(metric.stage) === choice.stream) &&
      (choice.stage === undefined || metric.stage === choice.stage),
  );
}

/** The metric with this id; throws `metric-unavailable` with the reason, or `metric-unknown` with the nearest id. */
export function metricOf(known: Known, id: string): Metric {
  const metric = known.metrics.find((each) => each.id === id);
  if (metric) return metric;
  const broken = known.unavailable?.find((each) => each.id === id);
  if (broken) throw new WeirError('metric-unavailable', { metric: id, reason: broken.reason });
  throw new WeirError('metric-unknown', {
    metric: id,
    hint: hintFor(
      id,
      known.metrics.map((each) => each.id),
    ),
  });
}

/** The id that was meant where one is near; else those of the stage, and where the stage is none, how to list all. */
function hintFor(id: string, ids: readonly string[]): string {
  const near = nearest(id, ids);
  if (near !== null) return `Did you mean ${near}?`;
  const stage = id.slice(0, id.indexOf('/') + 1);
  const siblings = ids.filter((each) => each.startsWith(stage));
  if (siblings.length > 0) return `Its stage has: ${siblings.join(', ')}.`;
  return ids.length > 0 ? 'A metric is named by its stage, such as ncv-01.5/first-time-fix-rate.' : 'No metric is loaded.';
}

/** The nearest text, where no more than a third of the letters differ. */
function nearest(text: string, among: readonly string[]): string | null {
  let best: { name: string; distance: number } | null = null;
  for (const name of among) {
    const distance = editDistance(text, name);
    if (!best || distance < best.distance) best = { name, distance };
  }
  return best && best.distance <= text.length / 3 ? best.name : null;
}

/** How many letters must be put in, left out or changed to turn one text into the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
