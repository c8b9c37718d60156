import type { DocumentFinding } from '../../contract/stage-model.ts';
import { finding } from '../finding-table.ts';
import type { TextLine } from './inline-text.ts';
import type { OutlineBlock, OutlineItem, OutlineRow } from './outline.ts';

/** The labels a field may have, the first being the one we recommend. */
const FIELD_LABELS = {
  streamId: ['Value Stream ID', 'Stream ID', 'ID', 'Value Stream Code'],
  name: ['Name', 'Value Stream Name', 'Stream Name', 'Value Stream'],
  parent: ['Parent Value Stream'],
  description: ['Description', 'Value Stream Description', 'Stream Description'],
  valueProposition: ['Value Proposition', 'Proposition'],
  triggeringStakeholder: ['Triggering Stakeholder', 'Triggering Stakeholders', 'Triggered by'],
  receivingStakeholder: ['Receiving Stakeholder', 'Receiving Stakeholders', 'Received by'],
  version: ['Document Version', 'Version'],
  date: ['Date', 'Document Date', 'Version Date', 'Last Updated'],
  entryCriteria: ['Entry Criteria', 'Entry Criterion', 'Entrance Criteria', 'Entry Conditions'],
  exitCriteria: ['Exit Criteria', 'Exit Criterion', 'Exit Conditions'],
  dependencies: ['Dependencies', 'Cross-Value Stream Dependencies', 'Value Stream Dependencies', 'Cross-Stream Dependencies'],
  reviewers: ['Reviewers', 'Reviewer', 'Reviewed by'],
  nextReview: ['Next Review', 'Next Review Date', 'Next Reviewed'],
} as const;

export type FieldKey = keyof typeof FIELD_LABELS;

export interface FieldValue {
  readonly text: string;
  readonly line: number;
}

export interface Field {
  readonly line: number;
  readonly values: readonly FieldValue[];
}

export interface HeaderFields {
  readonly fields: ReadonlyMap<FieldKey, Field>;
  readonly findings: readonly DocumentFinding[];
}

const LISTS: ReadonlySet<FieldKey> = new Set(['entryCriteria', 'exitCriteria', 'dependencies', 'reviewers']);
const KEY_OF_LABEL: ReadonlyMap<string, FieldKey> = new Map(
  (Object.keys(FIELD_LABELS) as FieldKey[]).flatMap((key) => FIELD_LABELS[key].map((label) => [folded(label), key] as const)),
);

/** Reads the labelled fields of a document, wherever they stand: in lines, in lists, under headings, in two-column tables. */
export function readHeaderFields(blocks: readonly OutlineBlock[]): HeaderFields {
  const reader = new FieldReader();
  for (const block of blocks) reader.take(block);
  return { fields: reader.fields, findings: reader.findings };
}

class FieldReader {
  readonly fields = new Map<FieldKey, { line: number; values: FieldValue[] }>();
  readonly findings: DocumentFinding[] = [];
  /** The field that what comes next belongs to; `null` after a label or heading that is none of ours. */
  #open: { key: FieldKey; values: FieldValue[]; line: number; depth: number } | null = null;

  take(block: OutlineBlock): void {
    if (block.kind === 'heading') this.#heading(block, block.depth);
    else if (block.kind === 'line') this.#line(block, block.startsParagraph);
    else if (block.kind === 'item') this.#item(block.item);
    else if (block.kind === 'table') this.#table([block.header, ...block.rows]);
  }

  #heading(heading: TextLine, depth: number): void {
    const label = labelOf({ ...heading, lead: heading.text });
    const section = /dependenc/i.test(heading.text) ? 'dependencies' : null;
    if (label?.key) this.#start(label.key, label.rest, heading.line, depth);
    else if (section) this.#start(section, '', heading.line, depth);
    else if (this.#open?.key !== 'dependencies' || depth <= this.#open.depth) this.#open = null;
  }

  #line(line: TextLine, startsParagraph: boolean): void {
    const label = labelOf(line);
    if (label?.key) this.#start(label.key, label.rest, line.line, 7);
    else if (label && !label.key && this.#open?.key !== 'dependencies') this.#open = null;
    else this.#append(line, startsParagraph);
  }

  #append(line: TextLine, startsParagraph: boolean): void {
    if (this.#open === null) return;
    const { key, values, depth } = this.#open;
    const last = values.at(-1);
    if (LISTS.has(key)) {
      if (last === undefined || (startsParagraph && key === 'dependencies')) values.push(line);
      else if (startsParagraph && depth > 6) this.#open = null;
      else if (startsParagraph) values.push(line);
      else values[values.length - 1] = { ...last, text: `${last.text} ${line.text}` };
    } else if (last === undefined || !startsParagraph || depth <= 6) values.push(line);
    else this.#open = null;
  }

  #item(item: OutlineItem): void {
    const label = item.text === '' ? null : labelOf(item);
    if (label?.key && (item.lead !== null || !this.#inList())) {
      this.#start(label.key, label.rest, item.line, 7);
      for (const child of item.children) this.#item(child);
    } else if (
      this.#inList() &&
      !(label && item.lead !== null && this.#open?.key !== 'dependencies' && this.#open?.depth === 7)
    ) {
      if (item.text === '') for (const child of item.children) this.#item(child);
      else this.#open?.values.push({ text: wholeText(item), line: item.line });
    } else if (label && !label.key) {
      this.#open = null;
    } else if (this.#open && (this.#open.values.length === 0 || this.#open.depth <= 6)) {
      this.#open.values.push({ text: wholeText(item), line: item.line });
    } else for (const child of item.children) this.#item(child);
  }

  #table(rows: readonly OutlineRow[]): void {
    const labelled = rows.map((row) => ({ row, key: KEY_OF_LABEL.get(folded(cellText(row, 0))) }));
    if (labelled.filter(({ key }) => key !== undefined).length >= 2 && rows.every((row) => row.cells.length <= 3)) {
      for (const { row, key } of labelled) {
        if (key === undefined) continue;
        this.#start(key, '', row.line, 7);
        for (const line of row.cells[1] ?? []) this.#open?.values.push({ text: withoutBullet(line.text), line: row.line });
      }
      this.#open = null;
    } else if (this.#open?.key === 'dependencies') {
      for (const row of rows.slice(1)) {
        const text = row.cells.map((_, index) => cellText(row, index)).filter((cell) => cell !== '');
        if (text.length > 0) this.#open.values.push({ text: text.join(' '), line: row.line });
      }
    } else this.#open = null;
  }

  #inList(): boolean {
    return this.#open !== null && LISTS.has(this.#open.key);
  }

  /** The first of two fields counts; another one with another text is worth a word. Dependencies may have several sections. */
  #start(key: FieldKey, rest: string, line: number, depth: number): void {
    const known = this.fields.get(key);
    const values: FieldValue[] = rest === '' ? [] : [{ text: rest, line }];
    this.#open = { key, values, line, depth };
    if (known === undefined) this.fields.set(key, { line, values });
    else if (key === 'dependencies' || known.values.length === 0) {
      known.values.push(...values);
      this.#open.values = known.values;
    } else if (rest !== '' && folded(rest) !== folded(known.values.map((value) => value.text).join(' '))) {
      this.findings.push(finding('field-twice', line, { field: FIELD_LABELS[key][0], first: known.line }));
    }
  }
}

interface Label {
  readonly key: FieldKey | null;
  readonly rest: string;
}

function labelOf(line: TextLine): Label | null {
  const [, before = '', after = ''] = /^([^:：]{1,60})[:：]\s*(.*)$/.exec(line.text) ?? [];
  const key = KEY_OF_LABEL.get(folded(before));
  if (key) return { key, rest: after };
  const lead = line.lead ?? '';
  const leadKey = KEY_OF_LABEL.get(folded(lead));
  if (leadKey) return { key: leadKey, rest: line.text.slice(lead.length).replace(/^[\s:：–—-]+/, '') };
  if (line.lead !== null && (before.length > 0 || line.text === line.lead) && before.length <= lead.length)
    return { key: null, rest: after };
  if (/^[A-Z][\w &/()-]{0,40}$/.test(before) && before.split(' ').length <= 3) return { key: null, rest: after };
  return null;
}

/** A label without numbering, case, spaces and punctuation. */
function folded(label: string): string {
  return label
    .replace(/^\s*\d+(?:\.\d+)*[.)]?\s+/, '')
    .replace(/\(s\)/gi, 's')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

function wholeText(item: OutlineItem): string {
  const nested = item.children.map(wholeText).filter((text) => text !== '');
  if (nested.length === 0) return item.text;
  return `${item.text.replace(/[:;]$/, '')}: ${nested.join('; ')}`;
}

function cellText(row: OutlineRow, index: number): string {
  return (row.cells[index] ?? []).map((line) => withoutBullet(line.text)).join(' ');
}

function withoutBullet(text: string): string {
  return text.replace(/^[*•·‣◦–-]\s+/, '');
}
