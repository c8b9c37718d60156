/** How many foldings are remembered: rows are judged under many marks, and each against every table. */
const MOST_REMEMBERED = 5000;
const remembered = new Map<string, string>();

/** A header without what spellings differ in: width and case of letters, spaces, underscores, punctuation, and the ending `__c`. */
export function foldHeader(header: string): string {
  const known = remembered.get(header);
  if (known !== undefined) return known;
  const folded = header
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/__c$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(header, folded);
  return folded;
}
