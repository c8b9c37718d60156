import { stageIdSchema } from '../../contract/ids.ts';
import type { DocumentFinding, Stage } from '../../contract/stage-model.ts';
import { finding } from '../finding-table.ts';
import { cellCapabilities, cellItems } from './cell-items.ts';
import type { TextLine } from './inline-text.ts';
import type { OutlineBlock, OutlineRow } from './outline.ts';
import { type ColumnRole, columnRoles, ROLE_TITLES, STAGE_COLUMNS } from './stage-columns.ts';

/** A stage with the lines that its parts stand on. */
export interface LocatedStage {
  readonly stage: Stage;
  readonly line: number;
  readonly capabilityLines: readonly number[];
  readonly metricLines: readonly number[];
}

export interface StageTable {
  readonly line: number;
  readonly stages: readonly LocatedStage[];
  /** Columns that the table does not have: what they would hold is missing once, not once a stage. */
  readonly missing: readonly ColumnRole[];
  readonly findings: readonly DocumentFinding[];
}

type TableBlock = Extract<OutlineBlock, { kind: 'table' }>;
type Drafted = { -readonly [Key in keyof Stage]: Stage[Key] };
type Draft = { stage: Drafted; line: number; capabilityLines: number[]; metricLines: number[] };

/** The tables of stages among `blocks`: the fullest, and those of the same columns, which continue it. */
export function stageTables(blocks: readonly OutlineBlock[]): { tables: readonly TableBlock[]; ignored: readonly TableBlock[] } {
  const found = blocks
    .filter((block) => block.kind === 'table')
    .map((table) => ({ table, roles: new Set(columnRoles(table.header)) }))
    .filter(
      ({ roles }) => (roles.has('id') || roles.has('stage')) && STAGE_COLUMNS.filter((role) => roles.has(role)).length >= 2,
    );
  const width = (roles: ReadonlySet<ColumnRole | null>): number => STAGE_COLUMNS.filter((role) => roles.has(role)).length;
  const fullest = Math.max(...found.map(({ roles }) => width(roles)));
  return {
    tables: found.filter(({ roles }) => width(roles) === fullest).map(({ table }) => table),
    ignored: found.filter(({ roles }) => width(roles) !== fullest).map(({ table }) => table),
  };
}

/** The id of the first stage cell that holds one, for documents that name their stream nowhere else. */
export function firstStageId(tables: readonly TableBlock[]): { id: string; line: number } | null {
  for (const table of tables) {
    const column = idColumn(columnRoles(table.header));
    for (const row of table.rows) {
      const { id } = identity(row.cells[column] ?? []);
      if (id !== null && stageIdSchema.safeParse(id).success) return { id, line: row.line };
    }
  }
  return null;
}

/** Reads the stages of `stream` from its tables; rows without a stage id continue the stage above. */
export function readStages(blocks: readonly OutlineBlock[], stream: string): StageTable | null {
  const { tables, ignored } = stageTables(blocks);
  const [first] = tables;
  if (first === undefined) return null;
  const drafts: Draft[] = [];
  const findings = ignored.map((table) => finding('stage-table-ignored', table.header.line));
  for (const table of tables) for (const row of table.rows) readRow(row, table.header, { stream, drafts, findings });
  const present = new Set(columnRoles(first.header));
  const named = present.has('name') || present.has('stage');
  const missing = STAGE_COLUMNS.filter((role) => !present.has(role) && !(role === 'name' && named));
  findings.push(...missing.map((role) => finding('column-missing', first.header.line, { column: ROLE_TITLES[role] })));
  return { line: first.header.line, stages: drafts, missing, findings };
}

interface Reading {
  readonly stream: string;
  readonly drafts: Draft[];
  readonly findings: DocumentFinding[];
}

function readRow(row: OutlineRow, header: OutlineRow, { stream, drafts, findings }: Reading): void {
  if (row.cells.every((cell) => cell.length === 0)) return;
  const roles = columnRoles(header);
  if (row.cells.length !== header.cells.length) {
    findings.push(finding('cell-count', row.line, { found: row.cells.length, expected: header.cells.length }));
  }
  const cell = (role: ColumnRole): readonly TextLine[] =>
    roles.flatMap((each, index) => (each === role ? (row.cells[index] ?? []) : []));
  const own = identity(row.cells[idColumn(roles)] ?? []);
  const written = textOf(cell('name')) || (roles.includes('name') ? '' : own.name);
  const name = isDitto(written) ? '' : written;
  const above = drafts.at(-1);
  let draft = above;
  if (own.id === null && own.name === '') {
    if (above === undefined) {
      findings.push(finding('row-without-stage', row.line));
      return;
    }
    if (name !== '' && name !== above.stage.name) {
      findings.push(finding('stage-id-absent', row.line, { name, stage: above.stage.id }));
    }
  } else {
    const stage = stageId(own.id, stream, drafts.length + 1);
    if (stage.malformed) {
      findings.push(finding('stage-id-malformed', row.line, { text: own.id ?? own.name, stage: stage.id }));
    }
    const same = drafts.find((each) => each.stage.id === stage.id);
    if (same !== undefined) findings.push(finding('stage-id-duplicate', row.line, { stage: stage.id, first: same.line }));
    const continues = same !== undefined && same === above && (name === '' || name === above.stage.name);
    if (!continues) {
      draft = {
        stage: { id: stage.id, name, description: '', capabilities: [], inputs: [], outputs: [], metrics: [] },
        line: row.line,
        capabilityLines: [],
        metricLines: [],
      };
      drafts.push(draft);
    }
  }
  if (draft !== undefined) fill(draft, row.line, cell);
}

function fill(draft: Draft, line: number, cell: (role: ColumnRole) => readonly TextLine[]): void {
  const { stage } = draft;
  const description = textOf(cell('description'));
  if (!isDitto(description) && description !== stage.description) {
    stage.description = stage.description === '' ? description : `${stage.description} ${description}`;
  }
  const capabilities = cellCapabilities(cell('capabilities'));
  const metrics = cellItems(cell('metrics'));
  stage.capabilities.push(...capabilities);
  draft.capabilityLines.push(...capabilities.map(() => line));
  stage.metrics.push(...metrics);
  draft.metricLines.push(...metrics.map(() => line));
  stage.inputs.push(...cellItems(cell('inputs')));
  stage.outputs.push(...cellItems(cell('outputs')));
}

function idColumn(roles: readonly (ColumnRole | null)[]): number {
  return roles.includes('id') ? roles.indexOf('id') : roles.indexOf('stage');
}

/** The id at the start of a stage's cell, and the name behind it where one column holds both. */
function identity(lines: readonly TextLine[]): { id: string | null; name: string } {
  const text = textOf(lines).replace(/^stage\s+(?=\d)/i, '');
  if (isDitto(text)) return { id: null, name: '' };
  const [, id, name = ''] = /^((?:[A-Za-z][\w‐‑–-]*)?\.?\d+(?:\.\d+)*)[.:)]?(?:[\s:–—-]+(.*))?$/.exec(text) ?? [];
  if (id === undefined) return { id: null, name: text };
  return { id: id.replace(/[‐‑–]/g, '-').toUpperCase(), name };
}

function stageId(written: string | null, stream: string, position: number): { id: string; malformed: boolean } {
  if (written !== null && stageIdSchema.safeParse(written).success) return { id: written, malformed: false };
  const number = /(\d+)$/.exec(written ?? '')?.[1];
  return { id: `${stream}.${number === undefined ? position : Number(number)}`, malformed: true };
}

function textOf(lines: readonly TextLine[]): string {
  return lines.map((line) => line.text).join(' ');
}

function isDitto(text: string): boolean {
  return /^(?:"|''|″|〃|\^|-+|–|—|ditto)?$/i.test(text);
}
