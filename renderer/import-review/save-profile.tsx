import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import { EngineError } from '../engine/ask.ts';
import { type FileDraft, previewOf } from '../engine/file-draft.ts';
import { useImportRun } from '../engine/import-run.ts';
import styles from './review.module.css';
import { useProfileSave } from './review-queries.ts';

interface SaveProfileProps {
  readonly draft: FileDraft;
  readonly preview: ImportPreview;
  readonly close: () => void;
}

/** Asks how what is in force for a file is to be called, and saves it as a source profile. */
export function SaveProfile({ draft, preview, close }: SaveProfileProps) {
  const own = preview.profiles.find((each) => each.own && each.name === preview.profile);
  const [title, setTitle] = useState(own?.title ?? '');
  const [typed, setTyped] = useState<string | null>(own?.name ?? null);
  const [replace, setReplace] = useState(false);
  const save = useProfileSave();
  const startOver = useImportRun((run) => run.startOver);
  const name = typed ?? nameOf(title);
  const { table } = previewOf(draft) ?? preview;
  if (table === null) return null;
  const saved = save.data;
  const taken = save.error instanceof EngineError && save.error.code === 'profile-exists';
  const columns = preview.columns.map(({ header, column }) => ({ header, column }));
  const send = () =>
    save.mutate(
      {
        name,
        title,
        basedOn: preview.profile,
        table,
        columns,
        choices: { ...preview.remembered, ...draft.choices },
        replace,
      },
      // What the file is read by is the profile now; what was said besides would only say it again.
      { onSuccess: () => void startOver(draft.file, { profile: name, table }) },
    );
  return (
    <Modal.Root opened onClose={close} centered>
      <Modal.Overlay />
      <Modal.Content>
        <div className={styles.dialogHead}>
          <Modal.Title fw={650}>Save as a source profile</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>
          {saved !== undefined ? (
            <Stack gap="md">
              <Text size="sm" role="status">
                Saved. Files with these headers are read by <b>{saved.name}</b> from now on, without being asked about. To share
                it, send this file to a colleague, who puts it into the same folder of another workspace:
              </Text>
              <code className={styles.path}>{saved.path}</code>
              <Group justify="flex-end">
                <Button onClick={close}>Done</Button>
              </Group>
            </Stack>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                send();
              }}
            >
              <Stack gap="sm">
                <Text size="sm">
                  What is said of this file (columns, order of dates, marks, zone) then holds for every file with these headers.
                </Text>
                <TextInput
                  label="What the source is"
                  placeholder="The CRM of our northern branch"
                  data-autofocus
                  value={title}
                  onChange={(event) => setTitle(event.currentTarget.value)}
                />
                <TextInput
                  label="Short name"
                  description="Small letters, digits and dashes"
                  value={name}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                  error={save.error === null ? null : save.error.message}
                  errorProps={{ role: 'alert' }}
                />
                {taken || replace ? (
                  <Checkbox
                    label="Replace the profile of that name"
                    checked={replace}
                    onChange={(event) => setReplace(event.currentTarget.checked)}
                  />
                ) : null}
                <Group justify="flex-end" gap="xs">
                  <Button variant="default" onClick={close}>
                    Cancel
                  </Button>
                  <Button type="submit" loading={save.isPending} disabled={name === ''}>
                    Save the profile
                  </Button>
                </Group>
              </Stack>
            </form>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** A name that a title suggests: `The CRM of Oslo` is `the-crm-of-oslo`. */
function nameOf(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60);
}
