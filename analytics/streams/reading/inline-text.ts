import type { Nodes } from 'mdast';

/** One line of text as the reader sees it: without markup, spaces folded; `lead` is what is set strong at its start. */
export interface TextLine {
  readonly text: string;
  readonly lead: string | null;
  readonly line: number;
}

interface Piece {
  readonly text: string;
  readonly strong: boolean;
  readonly line: number;
}

const BREAKING_TAG = /^<\/?(?:br|p|li|ul|ol|div)\b[^>]*>$/i;

/** The lines of inline nodes: parted at line ends, at hard breaks and at `<br>`, `<li>` and the like. */
export function textLines(nodes: readonly Nodes[]): TextLine[] {
  const lines: Piece[][] = [[]];
  for (const piece of nodes.flatMap((node) => pieces(node, false))) {
    const [head = '', ...rest] = piece.text.split('\n');
    lines.at(-1)?.push({ ...piece, text: head });
    rest.forEach((text, index) => {
      lines.push([{ ...piece, text, line: piece.line + index + 1 }]);
    });
  }
  return lines.map(joined).filter((line) => line.text !== '');
}

/** Text without invisible and control characters (a terminal would obey them), every run of spaces as one space. */
export function foldSpaces(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

function joined(parts: readonly Piece[]): TextLine {
  const seen = parts.filter((part) => part.text.trim() !== '');
  const plain = seen.findIndex((part) => !part.strong);
  const strong = seen.slice(0, plain === -1 ? seen.length : plain).map((part) => part.text);
  return {
    text: foldSpaces(parts.map((part) => part.text).join('')),
    lead: strong.length > 0 ? foldSpaces(strong.join('')) : null,
    line: seen[0]?.line ?? 1,
  };
}

function pieces(node: Nodes, strong: boolean): Piece[] {
  const line = node.position?.start.line ?? 1;
  if (node.type === 'text' || node.type === 'inlineCode') return [{ text: node.value, strong, line }];
  if (node.type === 'break') return [{ text: '\n', strong: true, line: line }];
  if (node.type === 'html') return BREAKING_TAG.test(node.value) ? [{ text: '\n', strong: true, line: line }] : [];
  if (node.type === 'image' || node.type === 'imageReference') return [{ text: node.alt ?? '', strong, line }];
  if ('children' in node) return node.children.flatMap((child) => pieces(child, strong || node.type === 'strong'));
  return [];
}
