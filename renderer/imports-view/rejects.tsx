import { Button, Skeleton, Table } from '@mantine/core';
import { Failure, LoadState } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import { fileName } from '../import-review/ledger.ts';
import { useRejectExport, useRejects } from './import-queries.ts';
import styles from './imports-view.module.css';

const SHOWN = 500;

/** The rows that an import refused, as they stood in the file, each with the reason. */
export function Rejects({ batch, close }: { batch: number; close: () => void }) {
  const rejects = useRejects(batch);
  const save = useRejectExport(batch);
  return (
    <Panel
      title={`Rejected rows of import ${batch}`}
      aside={
        <>
          <Button
            size="compact-xs"
            variant="default"
            disabled={(rejects.data?.length ?? 0) === 0}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            Save as CSV to correct
          </Button>
          <Button size="compact-xs" variant="default" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      {save.error === null ? null : <Failure message={save.error.message} />}
      <LoadState
        answer={rejects}
        loading={<Skeleton h={120} />}
        empty={(rows) => (rows.length === 0 ? 'No row of this import was rejected.' : null)}
      >
        {(rows) => (
          <>
            <Table fz={12} verticalSpacing={3} aria-label={`Rejected rows of import ${batch}`}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  <Table.Th ta="right">Line</Table.Th>
                  <Table.Th>Column</Table.Th>
                  <Table.Th>Reason</Table.Th>
                  <Table.Th>Text</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.slice(0, SHOWN).map((row) => (
                  <Table.Tr key={`${row.file} ${row.line} ${row.column ?? ''} ${row.reason}`}>
                    <Table.Td title={row.file}>{fileName(row.file)}</Table.Td>
                    <Table.Td ta="right">{row.line.toLocaleString('en-US')}</Table.Td>
                    <Table.Td>{row.column ?? 'whole row'}</Table.Td>
                    <Table.Td>{row.reason}</Table.Td>
                    <Table.Td>
                      <code className={styles.raw} title={row.text}>
                        {row.text}
                      </code>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {rows.length > SHOWN ? (
              <p className={styles.quiet}>
                The first {SHOWN} of {rows.length.toLocaleString('en-US')} rows.
              </p>
            ) : null}
          </>
        )}
      </LoadState>
    </Panel>
  );
}
