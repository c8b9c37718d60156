import { Button, Skeleton, Table } from '@mantine/core';
import { Failure, LoadState } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import { FolderRow } from './folder-row.tsx';
import { RefusedFiles } from './refused-files.tsx';
import { useAddFolder, useRemoveFolder, useWatchedFolders } from './watch-queries.ts';

/** The folders whose files are imported as they appear: how each stands, and what became of its files. */
export function WatchedFolders() {
  const folders = useWatchedFolders();
  const add = useAddFolder();
  const remove = useRemoveFolder();
  const failure = add.error ?? remove.error;
  return (
    <Panel
      title="Watched folders"
      aside={
        <Button size="compact-xs" variant="default" loading={add.isPending} onClick={() => add.mutate(undefined)}>
          Watch a folder
        </Button>
      }
    >
      {failure === null ? null : <Failure message={failure.message} />}
      <LoadState
        answer={folders}
        loading={<Skeleton h={60} />}
        empty={(all) =>
          all.length === 0
            ? 'No folder is watched. Files put into a watched folder are imported as soon as they are written.'
            : null
        }
      >
        {(all) => (
          <>
            <Table fz={13} verticalSpacing={5} aria-label="Watched folders">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Folder</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>Last file</Table.Th>
                  <Table.Th>When</Table.Th>
                  <Table.Th>What became of it</Table.Th>
                  <Table.Th ta="right">Actions</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map((folder) => (
                  <FolderRow key={folder.path} folder={folder} remove={() => remove.mutate(folder.folder)} />
                ))}
              </Table.Tbody>
            </Table>
            <RefusedFiles files={all.flatMap((folder) => folder.refused)} />
          </>
        )}
      </LoadState>
    </Panel>
  );
}
