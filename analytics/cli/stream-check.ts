import type { DocumentFinding, Stage, StreamCheck, StreamModel } from '../contract/stage-model.ts';

/** A checked stage document as text for a terminal: the model in outline, then the findings as `file:line`. Ends without a line end. */
export function formatStreamCheck(check: StreamCheck, file: string): string {
  const outline = check.model === null ? `${file} is no stage document.` : modelOutline(check.model);
  return `${outline}\n\n${findingList(check.findings, file)}`;
}

function modelOutline(model: StreamModel): string {
  const metrics = model.stages.reduce((sum, stage) => sum + stage.metrics.length, 0);
  const lines = [
    `${model.id} ${model.name}`.trim(),
    field('Version', [model.version, model.date].filter(Boolean).join(', ')),
    field('From', model.triggeringStakeholder),
    field('To', model.receivingStakeholder),
    field('Value', model.valueProposition),
    field('Description', model.description),
    field('Reviewers', model.reviewers.join('; ')),
    field('Next review', model.nextReview),
  ];
  return [
    ...lines,
    ...section('Entry criteria', model.entryCriteria),
    ...section('Exit criteria', model.exitCriteria),
    '',
    `${counted(model.stages.length, 'stage')}, ${counted(metrics, 'metric')}`,
    ...model.stages.flatMap(stageOutline),
    ...section(
      'Depends on',
      model.dependencies.map(({ ids, text }) => (ids.length === 0 ? text : `${ids.join(', ')}: ${text}`)),
    ),
  ].join('\n');
}

function stageOutline(stage: Stage): string[] {
  const capabilities = stage.capabilities.map(({ id, name }) => `${id} ${name}`.trim());
  return [
    '',
    `  ${stage.id}  ${stage.name}`.trimEnd(),
    ...(stage.description === '' ? [] : [`    ${stage.description}`]),
    `  ${field('Capabilities', capabilities.join('; '))}`,
    `  ${field('Inputs', stage.inputs.join('; '))}`,
    `  ${field('Outputs', stage.outputs.join('; '))}`,
    `  ${field('Metrics', stage.metrics.join('; '))}`,
  ];
}

function findingList(findings: readonly DocumentFinding[], file: string): string {
  if (findings.length === 0) return 'No findings.';
  const entries = findings.map(({ line, code, message, fix }) => `${file}:${line}  ${code}\n    ${message}\n    ${fix}`);
  return [`${counted(findings.length, 'finding')}:`, ...entries].join('\n');
}

function section(title: string, items: readonly string[]): string[] {
  return ['', title, ...(items.length === 0 ? ['  not set'] : items.map((item) => `  - ${item}`))];
}

function field(label: string, text: string): string {
  return `  ${label.padEnd(13)} ${text === '' ? 'not set' : text}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
