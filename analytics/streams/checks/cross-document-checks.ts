import type { DocumentFinding, StreamModel } from '../../contract/stage-model.ts';
import { finding } from '../finding-table.ts';
import { isStreamId } from '../reading/dependencies.ts';
import type { LocatedModel } from '../reading/document.ts';
import { areNearSynonyms, foldedName, type MetricWords, metricWords } from './metric-names.ts';

interface NamedThing {
  readonly key: string;
  readonly name: string;
  readonly place: string;
  readonly line: number | null;
}

/** Of very many names alike, a few tell the reader enough. */
const MOST_SIMILAR = 5;

/** What one document says against itself and against others: names of capabilities, names of metrics, streams depended on. */
export function checkAcross(document: LocatedModel, others: readonly StreamModel[]): DocumentFinding[] {
  const foreign = others.filter((other) => other.id !== document.model.id);
  return [...capabilityNames(document, foreign), ...metricNames(document, foreign), ...unknownStreams(document, foreign)];
}

function capabilityNames(document: LocatedModel, others: readonly StreamModel[]): DocumentFinding[] {
  const own = document.stages.flatMap(({ stage, capabilityLines }) =>
    stage.capabilities.map(
      ({ id, name }, index): NamedThing => ({ key: id, name, place: stage.id, line: capabilityLines[index] ?? 1 }),
    ),
  );
  const foreign = others.flatMap((other) =>
    other.stages.flatMap((stage) =>
      stage.capabilities.map(({ id, name }): NamedThing => ({ key: id, name, place: other.id, line: null })),
    ),
  );
  const findings: DocumentFinding[] = [];
  const said = new Set<string>();
  own.forEach((capability, index) => {
    const { key, name } = capability;
    if (key === '' || name === '') return;
    const differs = (other: NamedThing): boolean =>
      other.key === key && other.name !== '' && bareName(other.name) !== bareName(name);
    const before = own.findIndex(differs);
    for (const other of [...(before >= 0 && before < index ? own.slice(before, before + 1) : []), ...foreign.filter(differs)]) {
      const once = [capability.key, bareName(capability.name), bareName(other.name), other.line === null ? other.place : ''].join(
        '|',
      );
      if (said.has(once)) continue;
      said.add(once);
      const facts = { id: capability.key, name: capability.name, other: other.name, place: other.place };
      findings.push(finding('capability-two-names', capability.line ?? 1, facts));
    }
  });
  return findings;
}

/** A capability's name without what brackets add to it, as in "Learning & Development (Installer Training)". */
function bareName(name: string): string {
  return foldedName(name.replace(/\s*\([^)]*\)/g, '')) || foldedName(name);
}

type NamedMetric = NamedThing & { readonly words: MetricWords };

function metricNames(document: LocatedModel, others: readonly StreamModel[]): DocumentFinding[] {
  const metric = (name: string, place: string, line: number | null): NamedMetric => ({
    key: foldedName(name),
    name,
    place,
    line,
    words: metricWords(name),
  });
  const foreign = others.flatMap((other) =>
    other.stages.flatMap((stage) => stage.metrics.map((name) => metric(name, stage.id, null))),
  );
  const own = document.stages.flatMap(({ stage, metricLines }) =>
    stage.metrics.map((name, index) => metric(name, stage.id, metricLines[index] ?? 1)),
  );
  const earlier = new Map<string, NamedMetric>();
  const seenInStage = new Set<string>();
  return own.flatMap((each) => {
    const line = each.line ?? 1;
    const facts = { metric: each.name, stage: each.place };
    const inStage = `${each.place}|${each.key}`;
    if (seenInStage.has(inStage)) return [finding('metric-twice-in-stage', line, facts)];
    seenInStage.add(inStage);
    const known = [...earlier.values(), ...foreign];
    const repeated = known.filter((other) => other.key === each.key);
    const similar = known
      .filter((other) => other.key !== each.key && areNearSynonyms(each.words, other.words))
      .slice(0, MOST_SIMILAR);
    if (!earlier.has(each.key)) earlier.set(each.key, each);
    return [
      ...repeated.map((other) => finding('metric-name-repeated', line, { ...facts, other: other.place })),
      ...similar.map((other) => finding('metric-name-similar', line, { ...facts, other: other.name, place: other.place })),
    ];
  });
}

/** Whether a stream exists can be judged only where there are other documents to look among. */
function unknownStreams({ model, linesOf }: LocatedModel, others: readonly StreamModel[]): DocumentFinding[] {
  if (others.length === 0) return [];
  const known = new Set(others.map((other) => other.id));
  const capabilityIds = new Set(
    [model, ...others].flatMap((each) => each.stages).flatMap((stage) => stage.capabilities.map(({ id }) => id)),
  );
  const lines = linesOf('dependencies');
  return model.dependencies.flatMap(({ ids }, index) =>
    ids
      .filter((id) => isStreamId(id, capabilityIds) && !known.has(id))
      .map((id) => finding('dependency-unknown-stream', lines[index] ?? 1, { id })),
  );
}
