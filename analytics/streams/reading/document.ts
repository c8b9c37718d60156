import type { DocumentFinding, StreamModel } from '../../contract/stage-model.ts';
import { finding } from '../finding-table.ts';
import { listed } from './cell-items.ts';
import { dependencyOf } from './dependencies.ts';
import { documentDate } from './document-date.ts';
import { type FieldKey, type HeaderFields, readHeaderFields } from './header-fields.ts';
import type { OutlineBlock } from './outline.ts';
import type { ColumnRole } from './stage-columns.ts';
import { type LocatedStage, readStages, stageTables } from './stage-table.ts';
import { streamIdentity } from './stream-identity.ts';

/** A model with the lines its parts stand on, which is what checks need. */
export interface LocatedModel {
  readonly model: StreamModel;
  readonly stages: readonly LocatedStage[];
  readonly missingColumns: readonly ColumnRole[];
  /** The line of a field, 1 where the document has none. */
  lineOf(key: FieldKey): number;
  /** The lines of the values of a list field, in the order of the model. */
  linesOf(key: FieldKey): readonly number[];
}

export interface ReadDocument {
  readonly located: LocatedModel | null;
  readonly findings: readonly DocumentFinding[];
}

/** Reads the model out of a document's outline; `located` is `null` where it names no stream or has no stages. */
export function readDocument(blocks: readonly OutlineBlock[]): ReadDocument {
  const header = readHeaderFields(blocks);
  const identity = streamIdentity(blocks, header);
  const table = identity.id === null ? null : readStages(blocks, identity.id);
  const findings = [...header.findings, ...identity.findings, ...(table?.findings ?? [])];
  for (const block of blocks) if (block.kind === 'open-comment') findings.push(finding('comment-open', block.line));
  if (table === null || table.stages.length === 0) {
    const found = stageTables(blocks).tables[0];
    if (found === undefined || table !== null) findings.push(finding('stage-table-missing', found?.header.line ?? 1));
    return { located: null, findings };
  }
  const date = readDate(header);
  findings.push(...date.findings);
  const model = modelOf(header, { id: identity.id ?? '', name: identity.name, date: date.date, stages: table.stages });
  const lineOf = (key: FieldKey): number => header.fields.get(key)?.line ?? 1;
  const linesOf = (key: FieldKey): readonly number[] => header.fields.get(key)?.values.map((value) => value.line) ?? [];
  return { located: { model, stages: table.stages, missingColumns: table.missing, lineOf, linesOf }, findings };
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly date: string | null;
  readonly stages: readonly LocatedStage[];
}

function modelOf({ fields }: HeaderFields, { id, name, date, stages }: Known): StreamModel {
  const texts = (key: FieldKey): string[] => fields.get(key)?.values.map((value) => value.text) ?? [];
  const text = (key: FieldKey): string => texts(key).join(' ');
  return {
    id,
    name,
    version: text('version'),
    date,
    description: text('description'),
    valueProposition: text('valueProposition'),
    triggeringStakeholder: text('triggeringStakeholder'),
    receivingStakeholder: text('receivingStakeholder'),
    entryCriteria: criteria(texts('entryCriteria')),
    exitCriteria: criteria(texts('exitCriteria')),
    stages: stages.map((located) => located.stage),
    dependencies: texts('dependencies').map((sentence) => dependencyOf(sentence, id)),
    reviewers: texts('reviewers').flatMap(listed),
    nextReview: text('nextReview'),
  };
}

/** A single line of criteria is a list when semicolons part it. */
function criteria(texts: readonly string[]): string[] {
  const [only] = texts;
  return texts.length === 1 && only?.includes(';') && !only.includes(':') ? listed(only) : [...texts];
}

function readDate({ fields }: HeaderFields): { date: string | null; findings: DocumentFinding[] } {
  const field = fields.get('date');
  const text = field?.values.map((value) => value.text).join(' ') ?? '';
  if (field === undefined || text === '') return { date: null, findings: [finding('date-missing', field?.line ?? 1)] };
  const date = documentDate(text);
  if (date === null) return { date, findings: [finding('date-malformed', field.line, { text })] };
  return { date, findings: date === text ? [] : [finding('date-unusual', field.line, { text, date })] };
}
