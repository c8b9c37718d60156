/** A header without what spellings differ in: width and case of letters, spaces, underscores, punctuation, and the ending `__c`. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/__c$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
