import { streamOfStage } from '../../contract/ids.ts';
import type { DocumentFinding, Stage } from '../../contract/stage-model.ts';
import { type FindingCode, finding } from '../finding-table.ts';
import { isStreamId } from '../reading/dependencies.ts';
import type { LocatedModel } from '../reading/document.ts';
import type { FieldKey } from '../reading/header-fields.ts';
import { producedInside } from './entry-criteria.ts';

/** Everything that a document lacks or contradicts by itself, without looking at others. */
export function checkModel(document: LocatedModel): DocumentFinding[] {
  return [
    ...missingFields(document),
    ...stageOrder(document),
    ...incompleteStages(document),
    ...capabilities(document),
    ...entryCriteria(document),
    ...dependencies(document),
  ];
}

function missingFields({ model, lineOf }: LocatedModel): DocumentFinding[] {
  const fields: readonly (readonly [FindingCode, FieldKey, boolean])[] = [
    ['name-missing', 'name', model.name === ''],
    ['version-missing', 'version', model.version === ''],
    ['description-missing', 'description', model.description === ''],
    ['value-proposition-missing', 'valueProposition', model.valueProposition === ''],
    ['triggering-stakeholder-missing', 'triggeringStakeholder', model.triggeringStakeholder === ''],
    ['receiving-stakeholder-missing', 'receivingStakeholder', model.receivingStakeholder === ''],
    ['entry-criteria-missing', 'entryCriteria', model.entryCriteria.length === 0],
    ['exit-criteria-missing', 'exitCriteria', model.exitCriteria.length === 0],
    ['dependencies-missing', 'dependencies', model.dependencies.length === 0],
    ['reviewers-missing', 'reviewers', model.reviewers.length === 0],
    ['next-review-missing', 'nextReview', model.nextReview === ''],
  ];
  return fields.filter(([, , missing]) => missing).map(([code, key]) => finding(code, lineOf(key)));
}

function stageOrder({ model, stages }: LocatedModel): DocumentFinding[] {
  const findings: DocumentFinding[] = [];
  let before: { id: string; number: number } | null = null;
  for (const { stage, line } of stages) {
    if (streamOfStage(stage.id) !== model.id) {
      findings.push(finding('stage-id-foreign', line, { stage: stage.id, stream: model.id }));
      continue;
    }
    const number = Number(stage.id.slice(stage.id.lastIndexOf('.') + 1));
    const last = before?.number ?? 0;
    if (number < last) findings.push(finding('stage-id-order', line, { stage: stage.id, before: before?.id ?? '' }));
    if (number > last + 1 && !(before === null && number <= 1)) {
      findings.push(finding('stage-id-gap', line, { stage: stage.id, before: before?.id ?? `the start of ${model.id}` }));
    }
    before = { id: stage.id, number };
  }
  return findings;
}

function incompleteStages({ stages, missingColumns }: LocatedModel): DocumentFinding[] {
  const parts: readonly (readonly [FindingCode, keyof Stage])[] = [
    ['stage-without-name', 'name'],
    ['stage-without-description', 'description'],
    ['stage-without-capabilities', 'capabilities'],
    ['stage-without-inputs', 'inputs'],
    ['stage-without-outputs', 'outputs'],
    ['stage-without-metrics', 'metrics'],
  ];
  const columns: ReadonlySet<string> = new Set(missingColumns);
  return stages.flatMap(({ stage, line }) =>
    parts
      .filter(([, part]) => stage[part].length === 0 && !columns.has(part))
      .map(([code]) => finding(code, line, { stage: stage.id })),
  );
}

function capabilities({ stages }: LocatedModel): DocumentFinding[] {
  return stages.flatMap(({ stage, capabilityLines }) =>
    stage.capabilities.flatMap(({ id, name }, index) => {
      const line = capabilityLines[index] ?? 1;
      if (id === '') return [finding('capability-without-id', line, { name, stage: stage.id })];
      const found: DocumentFinding[] = name === '' ? [finding('capability-without-name', line, { id, stage: stage.id })] : [];
      const first = stage.capabilities.findIndex((each) => each.id === id && each.name === name);
      if (first < index) found.push(finding('capability-twice', line, { id, stage: stage.id }));
      return found;
    }),
  );
}

/** Each criterion is held against each stage; a document with more of them is no work of a person. */
const MOST_CRITERIA = 50;

function entryCriteria({ model, linesOf, lineOf }: LocatedModel): DocumentFinding[] {
  const lines = linesOf('entryCriteria');
  return model.entryCriteria.slice(0, MOST_CRITERIA).flatMap((criterion, index) => {
    const inside = producedInside(criterion, model);
    if (inside === null) return [];
    const facts = { criterion, stage: inside.stage.id, evidence: inside.evidence };
    return [finding('criterion-inside-stream', lines[index] ?? lineOf('entryCriteria'), facts)];
  });
}

const NONE = /^(?:there (?:are|is) )?(?:none|no(?: known)? (?:cross-value stream )?dependenc(?:y|ies)|n\/a)\b/i;

function dependencies({ model, linesOf }: LocatedModel): DocumentFinding[] {
  const capabilityIds = new Set(model.stages.flatMap((stage) => stage.capabilities.map((capability) => capability.id)));
  const lines = linesOf('dependencies');
  return model.dependencies.flatMap(({ ids, text }, index) => {
    const line = lines[index] ?? 1;
    if (ids.length > 0) {
      return ids.filter((id) => !isStreamId(id, capabilityIds)).map((id) => finding('dependency-no-stream', line, { id }));
    }
    if (text.includes(model.id)) return [finding('dependency-on-itself', line, { id: model.id })];
    return NONE.test(text) ? [] : [finding('dependency-without-id', line)];
  });
}
