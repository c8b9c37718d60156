import type { DocumentFinding, StreamCheck, StreamModel } from '../contract/stage-model.ts';
import { checkAcross } from './checks/cross-document-checks.ts';
import { checkModel } from './checks/model-checks.ts';
import { finding } from './finding-table.ts';
import { readDocument } from './reading/document.ts';
import { type OutlineBlock, readOutline } from './reading/outline.ts';
import { sourceText } from './reading/source-text.ts';

export interface StageDocumentOptions {
  /** Models of other documents, to compare names and ids with; one of the same id is passed over. */
  readonly others?: readonly StreamModel[];
}

/**
 * Parses a stage document and checks it. Gives the model, or `null` where the text names no stream or has no table of
 * stages, and findings in the order of lines. Never throws, whatever the content.
 */
export function checkStageDocument(source: string | Uint8Array, { others = [] }: StageDocumentOptions = {}): StreamCheck {
  const { text, findings } = sourceText(source);
  if (text === null) return { model: null, findings };
  const blocks = outlineOf(text);
  if (blocks === null) return { model: null, findings: [finding('too-complex', 1, { count: text.split('\n').length })] };
  const read = readDocument(blocks);
  const checks = read.located === null ? [] : [...checkModel(read.located), ...checkAcross(read.located, others)];
  return { model: read.located?.model ?? null, findings: inOrder([...findings, ...read.findings, ...checks]) };
}

function outlineOf(text: string): OutlineBlock[] | null {
  try {
    return readOutline(text);
  } catch (error) {
    // The parser overflows the stack on nesting that the guards did not foresee; anything else is our fault.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function inOrder(findings: readonly DocumentFinding[]): DocumentFinding[] {
  return [...findings].sort((one, other) => one.line - other.line);
}
