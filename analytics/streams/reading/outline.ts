import type { ListItem, Nodes, Root, Table, TableCell, TableRow } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { type TextLine, textLines } from './inline-text.ts';

export interface OutlineItem extends TextLine {
  readonly children: readonly OutlineItem[];
}

export interface OutlineRow {
  readonly line: number;
  /** Per cell, its lines. */
  readonly cells: readonly (readonly TextLine[])[];
}

/** A document as a flat run of blocks in reading order, which is all that a stage document's meaning rests on. */
export type OutlineBlock =
  | ({ readonly kind: 'heading'; readonly depth: number } & TextLine)
  | ({ readonly kind: 'line'; readonly startsParagraph: boolean } & TextLine)
  | { readonly kind: 'item'; readonly item: OutlineItem }
  | { readonly kind: 'table'; readonly header: OutlineRow; readonly rows: readonly OutlineRow[] }
  | { readonly kind: 'open-comment'; readonly line: number };

const processor = unified().use(remarkParse).use(indentIsNoCode).use(remarkGfm, { singleTilde: false });

/** Reads Markdown into its outline; throws `RangeError` where the text is nested beyond the stack. */
export function readOutline(text: string): OutlineBlock[] {
  const root: Root = processor.parse(text);
  return root.children.flatMap(blocks);
}

/** In documents that people paste together, four spaces are an accident; read as code they would hide a table. */
function indentIsNoCode(this: { data(): object }): void {
  const data: { micromarkExtensions?: unknown[] } = this.data();
  data.micromarkExtensions ??= [];
  data.micromarkExtensions.push({ disable: { null: ['codeIndented'] } });
}

function blocks(node: Nodes): OutlineBlock[] {
  const line = node.position?.start.line ?? 1;
  if (node.type === 'paragraph') return paragraphBlocks(node.children);
  if (node.type === 'heading') {
    const lines = textLines(node.children);
    // A rule directly below a paragraph makes it a heading in Markdown; no author of a field list means that.
    const underlined = (node.position?.end.line ?? line) > line;
    if (underlined && (lines.length > 1 || lines[0]?.lead)) return paragraphBlocks(node.children);
    const [first] = lines;
    const text = lines.map((each) => each.text).join(' ');
    return first === undefined ? [] : [{ kind: 'heading', depth: node.depth, line: first.line, lead: null, text }];
  }
  if (node.type === 'list') {
    return node.children.flatMap((item): OutlineBlock[] => [
      { kind: 'item', item: outlineItem(item) },
      ...itemLines(item).labels.map((line): OutlineBlock => ({ kind: 'line', startsParagraph: true, ...line })),
      ...item.children.filter((child) => child.type === 'table' || child.type === 'blockquote').flatMap(blocks),
    ]);
  }
  if (node.type === 'table') return [tableBlock(node)];
  if (node.type === 'html' && node.value.startsWith('<!--') && !node.value.includes('-->'))
    return [{ kind: 'open-comment', line }];
  if (node.type === 'blockquote') return node.children.flatMap(blocks);
  return [];
}

function paragraphBlocks(children: readonly Nodes[]): OutlineBlock[] {
  return textLines(children).map((line, index) => ({ kind: 'line', startsParagraph: index === 0, ...line }));
}

function outlineItem(item: ListItem): OutlineItem {
  const [first] = item.children;
  const { lines } = itemLines(item);
  const nested = item.children.flatMap((child) => (child.type === 'list' ? child.children.map(outlineItem) : []));
  const line = item.position?.start.line ?? 1;
  // "* 11. Product Development" is a list within a list to Markdown; here 11 is a number that the author wrote.
  if (lines.length === 0 && first?.type === 'list' && first.ordered && nested[0] !== undefined) {
    const [head, ...rest] = nested;
    return { text: `${first.start ?? 1}. ${head.text}`, lead: null, line, children: [...head.children, ...rest] };
  }
  return { text: lines.map((each) => each.text).join(' '), lead: lines[0]?.lead ?? null, line, children: nested };
}

/** Without a blank line before it, Markdown takes a label below a list for a part of its last item. */
function itemLines(item: ListItem): { lines: TextLine[]; labels: TextLine[] } {
  const lines = item.children.flatMap((child) =>
    child.type === 'paragraph' || child.type === 'heading' ? textLines(child.children) : [],
  );
  const label = lines.findIndex(
    ({ lead, text }, index) => index > 0 && lead !== null && /^:|:$/.test(lead + text.charAt(lead.length)),
  );
  return label === -1 ? { lines, labels: [] } : { lines: lines.slice(0, label), labels: lines.slice(label) };
}

function tableBlock(table: Table): OutlineBlock {
  const [header, ...rows] = table.children.map(outlineRow);
  return { kind: 'table', header: header ?? { line: 1, cells: [] }, rows };
}

function outlineRow(row: TableRow): OutlineRow {
  return { line: row.position?.start.line ?? 1, cells: row.children.map((cell: TableCell) => textLines(cell.children)) };
}
