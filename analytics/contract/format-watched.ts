import type { WatchedFile } from './watch.ts';

const SAID_WHERE_NONE = new Set(['inserted', 'updated']);

/** What became of a file of a watched folder, for people: `2 inserted, 0 updated, 1 rejected, import 4`, or why it was refused. */
export function watchedFileText({ outcome, batch, rows, message }: WatchedFile): string {
  if (outcome === 'refused') return message ?? '';
  if (batch === null) return 'nothing in it is new';
  const { read: _, ...fates } = rows ?? { read: 0 };
  const counts = Object.entries(fates)
    .filter(([fate, count]) => count > 0 || SAID_WHERE_NONE.has(fate))
    .map(([fate, count]) => `${count.toLocaleString('en-US')} ${fate}`);
  return [...counts, `import ${batch}`].join(', ');
}
