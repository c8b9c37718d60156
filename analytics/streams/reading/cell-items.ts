import type { Capability } from '../../contract/stage-model.ts';
import type { TextLine } from './inline-text.ts';

const BULLET = /^(?:[*•·‣◦▪+–—-]|\(?\d{1,2}[.)](?=\s))\s*/;
const PLAIN_BULLET = /^(?:[*•·‣◦▪+]|[–—-](?=\s))\s*/;
const NOTHING = /^(?:[-–—]+|n\/?a|none|tbd|tbc|\?)?\.?$/i;
const CAPABILITY_ID = String.raw`(?:\d+(?:\.\d+)*|[A-Z][A-Z0-9]{0,9}(?:[-._][A-Z0-9]+)*[-._]\d+(?:\.\d+)*|[A-Z]{1,4}\d+(?:\.\d+)*)`;
const LEADING_ID = new RegExp(String.raw`^[[(]?(${CAPABILITY_ID})[\])]?(?:[.:]|\s*[–—-](?=\s))?(?:\s+(.*))?$`);
const TRAILING_ID = new RegExp(String.raw`^(.*\S)\s*[[(](${CAPABILITY_ID})[\])]$`);
const BEFORE_ID = new RegExp(
  String.raw`\s*[,;]\s*(?=${CAPABILITY_ID}[.:]?\s+\S)|\s+[*•·‣◦▪–—-]\s+(?=${CAPABILITY_ID}[.:]?\s+\S)`,
);

/** The texts that a cell lists: parted by bullets and line breaks, else by semicolons, else by commas outside brackets. */
export function cellItems(lines: readonly TextLine[]): string[] {
  const bulleted = lines.some((line) => BULLET.test(line.text));
  const texts = lines.flatMap((line) => line.text.split(/\s+[•·‣◦▪]\s+/)).map((text) => text.replace(BULLET, ''));
  return texts
    .flatMap((text) => (bulleted ? [text] : listed(text)))
    .map(tidy)
    .filter((text) => !NOTHING.test(text));
}

/** The parts of a sentence-like list: at semicolons where it has any, else at commas; brackets hold together. */
export function listed(text: string): string[] {
  const mark = text.includes(';') ? ';' : ',';
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (character === mark && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map(tidy).filter((part) => part !== '');
}

/** The capabilities that a cell lists; one whose id or name is not written has it empty. */
export function cellCapabilities(lines: readonly TextLine[]): Capability[] {
  const texts = lines
    .map((line) => line.text.replace(PLAIN_BULLET, ''))
    .flatMap((text) => text.split(BEFORE_ID))
    .map(tidy)
    .filter((text) => !NOTHING.test(text));
  const capabilities = texts.map(capabilityOf);
  if (capabilities.some((capability) => capability.id !== '')) return capabilities;
  return cellItems(lines).map(capabilityOf);
}

/** `10.2 Customer Account Management`, `CAP-3: Billing` or `Billing (CAP-3)` as id and name. */
export function capabilityOf(text: string): Capability {
  const leading = LEADING_ID.exec(text);
  if (leading) return { id: leading[1] ?? '', name: (leading[2] ?? '').replace(/^[:–—-]\s+/, '') };
  const trailing = TRAILING_ID.exec(text);
  if (trailing) return { id: trailing[2] ?? '', name: trailing[1] ?? '' };
  return { id: '', name: text };
}

function tidy(text: string): string {
  return text.trim().replace(/[,;]$/, '').trim();
}
