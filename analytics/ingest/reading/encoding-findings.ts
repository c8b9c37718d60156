import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, finding } from '../finding.ts';
import type { Encoding } from './encoding.ts';

/** What a user must know of the encoding that a file was read in: what was assumed, and what was mended. */
export function encodingFindings(encoding: Encoding): ImportFinding[] {
  const found: ImportFinding[] = [];
  if (encoding.assumed) {
    const message = `The bytes allow several readings; they were read as ${encoding.name}.`;
    const fix = 'Say the encoding (--encoding) or export as UTF-8 where letters look wrong.';
    found.push(finding('encoding-assumed', null, 1, { message, fix }));
  }
  if (encoding.mixed) {
    const message =
      'Some bytes look like UTF-8 and others are not: the file mixes encodings, and letters with accents may be wrong.';
    found.push(finding('encoding-mixed', null, 1, { message, fix: 'Export the file again in one encoding, best UTF-8.' }));
  }
  if (encoding.controls > 0) {
    const message = `${counted(encoding.controls, 'sign')} of Windows-1252 (curly quotation marks, dashes, the euro) stood as control characters; they were read as the signs.`;
    found.push(finding('encoding-mended', null, encoding.controls, { message }));
  }
  return found;
}
