import { Badge, Button, Group, Skeleton, Table } from '@mantine/core';
import { useState } from 'react';
import type { BatchSummary } from '../../analytics/contract/import-report.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { LoadState } from '../frame/load-state.tsx';
import { momentLabel } from '../frame/moment-label.ts';
import { Panel } from '../frame/panel.tsx';
import { fileName, LEDGER_COLUMNS, sumLedgers } from '../import-review/ledger.ts';
import { useBatches } from './import-queries.ts';
import styles from './imports-view.module.css';
import { Rejects } from './rejects.tsx';
import { UndoDialog } from './undo-dialog.tsx';

type Dialog = { readonly kind: 'undo'; readonly batch: BatchSummary } | null;

/** All imports, latest first: what each brought, its rejected rows, and undo. */
export function Batches() {
  const batches = useBatches();
  const [rejectsOf, setRejectsOf] = useState<number | null>(null);
  const [dialog, setDialog] = useState<Dialog>(null);
  return (
    <>
      <Panel title="Import history">
        <LoadState
          answer={batches}
          loading={<Skeleton h={140} />}
          empty={(all) =>
            all.length === 0 ? 'Nothing has been imported yet. Drop extracts on this window, or choose files above.' : null
          }
        >
          {(all) => (
            <Table fz={13} verticalSpacing={5} aria-label="Import history">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Import</Table.Th>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Files</Table.Th>
                  {LEDGER_COLUMNS.map(([column, label]) => (
                    <Table.Th key={column} ta="right">
                      {label}
                    </Table.Th>
                  ))}
                  <Table.Th ta="right">Actions</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {[...all]
                  .sort((a, b) => b.batch - a.batch)
                  .map((batch) => (
                    <BatchRow
                      key={batch.batch}
                      batch={batch}
                      showRejects={() => setRejectsOf(batch.batch)}
                      undo={() => setDialog({ kind: 'undo', batch })}
                    />
                  ))}
              </Table.Tbody>
            </Table>
          )}
        </LoadState>
      </Panel>
      {rejectsOf === null ? null : <Rejects key={rejectsOf} batch={rejectsOf} close={() => setRejectsOf(null)} />}
      <UndoDialog batch={dialog?.batch ?? null} close={() => setDialog(null)} />
    </>
  );
}

function BatchRow({ batch, showRejects, undo }: { batch: BatchSummary; showRejects: () => void; undo: () => void }) {
  const { timeZone } = useWorkspace().settings;
  const rows = sumLedgers(batch.files.map((file) => file.rows));
  const names = batch.files.map((file) => `${fileName(file.file)} (${file.table})`);
  return (
    <Table.Tr data-undone={batch.undoneAt !== null} className={styles.batch ?? ''}>
      <Table.Td>{batch.batch}</Table.Td>
      <Table.Td>
        {momentLabel(batch.importedAt, timeZone)}{' '}
        {batch.undoneAt === null ? null : (
          <Badge variant="default" size="sm" tt="none" title={momentLabel(batch.undoneAt, timeZone)}>
            undone
          </Badge>
        )}
      </Table.Td>
      <Table.Td title={names.join('\n')}>
        {names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')}
      </Table.Td>
      {LEDGER_COLUMNS.map(([column]) => (
        <Table.Td key={column} ta="right">
          {rows[column].toLocaleString('en-US')}
        </Table.Td>
      ))}
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            disabled={rows.rejected === 0}
            onClick={showRejects}
            aria-label={`Rejected rows of import ${batch.batch}`}
          >
            Rejected rows
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={batch.undoneAt !== null}
            onClick={undo}
            aria-label={`Undo import ${batch.batch}`}
          >
            Undo
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
