import type { ImportFinding } from '../contract/import-report.ts';

/** What an import did or noticed; `column` is the source's header, null where it concerns the whole file. */
export function finding(
  code: string,
  column: string | null,
  count: number,
  words: Pick<ImportFinding, 'message' | 'items'> & { readonly fix?: string },
): ImportFinding {
  const { message, fix = 'Nothing to do.', items } = words;
  return { code, column, count, message, fix, ...(items ? { items } : {}) };
}

/** A few examples as a reader sees them: each in quotation marks, shortened. */
export function examples(values: readonly string[]): string {
  return values.map((value) => `"${value.length > 40 ? `${value.slice(0, 39)}…` : value}"`).join(', ');
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
