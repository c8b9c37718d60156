import { streamIdSchema, streamOfStage } from '../../contract/ids.ts';
import type { DocumentFinding } from '../../contract/stage-model.ts';
import { finding } from '../finding-table.ts';
import type { HeaderFields } from './header-fields.ts';
import type { OutlineBlock } from './outline.ts';
import { firstStageId, stageTables } from './stage-table.ts';

export interface StreamIdentity {
  readonly id: string | null;
  readonly name: string;
  readonly findings: readonly DocumentFinding[];
}

interface Place {
  readonly place: string;
  readonly id: string;
  readonly name: string;
  readonly line: number;
}

/** The stream's id and name: from their own lines, else from the title, the parent value stream or the first stage. */
export function streamIdentity(blocks: readonly OutlineBlock[], { fields }: HeaderFields): StreamIdentity {
  const findings: DocumentFinding[] = [];
  const places = [titleOf(blocks), parentOf(fields), stageOf(blocks)].filter((place) => place !== null);
  const field = fields.get('streamId');
  const written = field?.values.map((value) => value.text).join(' ') ?? '';
  const own = /^[[(]?([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)[\])]?(?=$|[\s:.,–—(])/
    .exec(written.replace(/[‐‑–]/g, '-'))?.[1]
    ?.toUpperCase();
  const valid = own !== undefined && streamIdSchema.safeParse(own).success ? own : null;
  if (field !== undefined && written !== '' && valid === null) {
    findings.push(finding('stream-id-malformed', field.line, { text: written }));
  }
  const id = valid ?? places[0]?.id ?? null;
  const name =
    fields
      .get('name')
      ?.values.map((value) => value.text)
      .join(' ') ||
    (places.find((place) => place.name !== '')?.name ?? '');
  if (id === null) findings.push(finding('stream-id-missing', 1));
  else if (valid === null && written === '') {
    findings.push(finding('stream-id-elsewhere', places[0]?.line ?? 1, { id, place: places[0]?.place ?? '' }));
  }
  for (const { place, id: found, line } of places) {
    if (id !== null && found !== id && place !== 'first stage id') {
      findings.push(finding('stream-id-differs', line, { place, found, id }));
    }
  }
  return { id, name, findings };
}

function titleOf(blocks: readonly OutlineBlock[]): Place | null {
  const heading = blocks.find((block) => block.kind === 'heading');
  return heading === undefined ? null : placed(heading.text, 'title', heading.line);
}

function parentOf(fields: HeaderFields['fields']): Place | null {
  const [value] = fields.get('parent')?.values ?? [];
  return value === undefined ? null : placed(value.text, 'Parent Value Stream', value.line);
}

function stageOf(blocks: readonly OutlineBlock[]): Place | null {
  const first = firstStageId(stageTables(blocks).tables);
  return first === null ? null : { place: 'first stage id', id: streamOfStage(first.id), name: '', line: first.line };
}

/** `NCV-01: Smart Home Solution Delivery - Stages` as id and name. */
function placed(text: string, place: string, line: number): Place | null {
  const [, id, rest = ''] =
    /^(?:value stream:?\s+)?([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[A-Z]?)\b[\s:–—-]*(.*)$/i.exec(text.replace(/[‐‑]/g, '-')) ?? [];
  if (id === undefined) return null;
  return { place, id: id.toUpperCase(), name: rest.replace(/\s*[-–—:(]\s*(?:value stream\s+)?stages\)?$/i, '').trim(), line };
}
