import type { WatchedFile, WatchedFolder } from '../contract/watch.ts';

/** What became of a file of a watched folder, as one line for people. */
export function watchedLine({ file, outcome, batch, table, rows, message }: WatchedFile): string {
  switch (outcome) {
    case 'imported':
    case 'known': {
      const counts = rows ? Object.entries(rows).map(([word, count]) => `${word} ${count}`) : [];
      const end = batch === null ? 'nothing was new' : `import ${batch}`;
      return `${outcome.padEnd(8)}  ${file}  ${table ?? ''}  ${counts.join(', ')}  (${end})`;
    }
    case 'refused':
      return `${outcome.padEnd(8)}  ${file}  ${message ?? ''}`;
  }
}

/** Whether a folder is there, as one line for people. */
export function folderLine({ path, reason }: WatchedFolder): string {
  return reason ?? `The folder ${path} is watched.`;
}
