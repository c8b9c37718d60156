import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type BatchSummary, togetherSentence } from '../../analytics/contract/import-report.ts';
import { Failure } from '../frame/load-state.tsx';
import { sumLedgers } from '../import-review/ledger.ts';
import { useUndo } from './import-queries.ts';
import styles from './imports-view.module.css';

/** Asks before an import is taken back, and says what that means. */
export function UndoDialog({ batch, close }: { batch: BatchSummary | null; close: () => void }) {
  const undo = useUndo();
  const leave = () => {
    undo.reset();
    close();
  };
  const rows = batch === null ? null : sumLedgers(batch.files.map((file) => file.rows));
  const together = batch === null ? null : togetherSentence(batch);
  return (
    <Modal.Root opened={batch !== null} onClose={leave} centered>
      <Modal.Overlay />
      <Modal.Content>
        <div className={styles.dialogHead}>
          <Modal.Title fw={650}>Undo import {batch?.batch ?? ''}?</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>
          {batch === null || rows === null ? null : (
            <Stack gap="md">
              <Text size="sm">
                {rows.inserted.toLocaleString('en-US')} inserted rows are taken out and {rows.updated.toLocaleString('en-US')}{' '}
                updated rows go back to what they were. All metrics are measured anew.
              </Text>
              {together === null ? null : <Text size="sm">{together}</Text>}
              {undo.error === null ? null : <Failure message={undo.error.message} />}
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={leave} data-autofocus>
                  Keep it
                </Button>
                <Button color="red.9" loading={undo.isPending} onClick={() => undo.mutate(batch.batch, { onSuccess: leave })}>
                  Undo import
                </Button>
              </Group>
            </Stack>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
