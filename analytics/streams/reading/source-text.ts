import type { DocumentFinding } from '../../contract/stage-model.ts';
import { finding } from '../finding-table.ts';

/** Stage documents have a few kilobytes. The Markdown parser's worst cases grow with the square of the length, so the limit is near. */
export const LARGEST_DOCUMENT = 256 * 1024;
const LONGEST_LINE = 16_384;
const LONGEST_PARAGRAPH = 32_768;
const MOST_MARKS_IN_A_PARAGRAPH = 2_000;
const DEEPEST_PREFIX = 64;

export interface SourceText {
  /** `null` where the bytes are no document to be parsed. */
  readonly text: string | null;
  readonly findings: readonly DocumentFinding[];
}

/** The finding of a document of `bytes` bytes that is too large to be read. */
export function tooLarge(bytes: number): DocumentFinding {
  const size = bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
  return finding('too-large', 1, { size, limit: `${Math.floor(LARGEST_DOCUMENT / 1000)} kB` });
}

/** Text of a document's bytes, with line ends as `\n`; lines that would make the Markdown parser run away are blanked. */
export function sourceText(source: string | Uint8Array): SourceText {
  if (source.length > LARGEST_DOCUMENT) return { text: null, findings: [tooLarge(source.length)] };
  const decoded = typeof source === 'string' ? source : decode(source);
  if (decoded === null) return refused('its bytes are no valid UTF-8');
  const withoutMark = decoded.replace(/^\uFEFF/, '');
  const nul = withoutMark.indexOf('\0');
  if (nul >= 0) return refused(`it holds a NUL byte, as binary files do (line ${withoutMark.slice(0, nul).split('\n').length})`);
  const text = withoutMark.replace(/\r\n?/g, '\n');
  if (text.trim() === '') return { text: null, findings: [finding('empty-document', 1)] };
  return tamed(text);
}

function refused(reason: string): SourceText {
  return { text: null, findings: [finding('not-text', 1, { reason })] };
}

function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const label = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Blanks lines, never removes them: the line numbers of findings stay those of the file. */
function tamed(text: string): SourceText {
  const lines = text.split('\n');
  const blanked: number[] = [];
  let paragraph = { characters: 0, marks: 0 };
  const kept = lines.map((line, index) => {
    const ownBlock = line.trim() === '' || line.trimStart().startsWith('|');
    if (ownBlock) paragraph = { characters: 0, marks: 0 };
    const marks = line.match(/[*_[\]`<~!]/g)?.length ?? 0;
    paragraph = { characters: paragraph.characters + line.length, marks: paragraph.marks + marks };
    const wild =
      line.length > LONGEST_LINE ||
      paragraph.characters > LONGEST_PARAGRAPH ||
      paragraph.marks > MOST_MARKS_IN_A_PARAGRAPH ||
      prefixLength(line) > DEEPEST_PREFIX;
    if (!wild) return line;
    blanked.push(index + 1);
    paragraph = { characters: 0, marks: 0 };
    return '';
  });
  const [first] = blanked;
  if (first === undefined) return { text, findings: [] };
  return { text: kept.join('\n'), findings: [finding('too-complex', first, { count: blanked.length })] };
}

/** Length of what opens quotes, lists and footnotes at the start of a line: each mark there is a level of nesting. */
function prefixLength(line: string): number {
  if (/^\s*([-=_*])\1*\s*$/.test(line)) return 0;
  return /^(?:[\s>*+-]|\d+[.)]|\[\^[^\]]{0,99}\]:)*/.exec(line)?.[0].length ?? 0;
}
