import { Button, Table } from '@mantine/core';
import { watchedFileText } from '../../analytics/contract/format-watched.ts';
import type { WatchedFolder, WatchState } from '../../analytics/contract/watch.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { fileName } from '../frame/file-name.ts';
import { momentLabel } from '../frame/moment-label.ts';
import styles from './watched.module.css';

const STATES: Readonly<Record<WatchState, string>> = {
  stopped: 'not watched now',
  watching: 'watching',
  importing: 'importing',
  missing: 'not there',
};

/** One watched folder: how it stands, and what became of the file dealt with last. */
export function FolderRow({ folder, remove }: { folder: WatchedFolder; remove: () => void }) {
  const { timeZone } = useWorkspace().settings;
  const { path, state, reason, importing, waiting, last } = folder;
  const chosen = [folder.table, folder.profile, folder.full ? 'full exports' : undefined].filter((each) => each !== undefined);
  return (
    <Table.Tr>
      <Table.Td className={styles.path ?? ''} title={path}>
        {folder.folder}
        {chosen.length === 0 ? null : <span className={styles.chosen}>{chosen.join(', ')}</span>}
      </Table.Td>
      <Table.Td>
        <span className={styles.state} data-state={state}>
          {STATES[state]}
        </span>
        {importing === null ? null : ` ${fileName(importing)}`}
        {waiting === 0 ? null : `, ${waiting.toLocaleString('en-US')} waiting`}
        {reason === null ? null : <span className={styles.reason}>{reason}</span>}
      </Table.Td>
      <Table.Td title={last?.file ?? ''}>{last === null ? 'none yet' : fileName(last.file)}</Table.Td>
      <Table.Td>{last === null ? '' : momentLabel(last.at, timeZone)}</Table.Td>
      <Table.Td>{last === null ? '' : last.outcome === 'refused' ? 'refused' : watchedFileText(last)}</Table.Td>
      <Table.Td ta="right">
        <Button size="compact-xs" variant="default" onClick={remove} aria-label={`Stop watching ${folder.folder}`}>
          Stop watching
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
