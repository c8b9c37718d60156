import { Alert, Button, Group } from '@mantine/core';
import { EngineError } from '../engine/ask.ts';
import { useImportRun } from '../engine/import-run.ts';
import { useProfileBring } from './review-queries.ts';

/** Takes a profile that someone shared into the workspace and reads the file by it; gives the button, and what went wrong. */
export function useBringProfile(file: string) {
  const bring = useProfileBring();
  const saySource = useImportRun((run) => run.saySource);
  const send = (again: { readonly file: string; readonly replace: boolean } | null) =>
    bring.mutate(again, {
      onSuccess: (saved) => (saved === null ? undefined : void saySource(file, { profile: saved.name })),
    });
  const button = (
    <Button size="compact-xs" variant="default" loading={bring.isPending} onClick={() => send(null)}>
      Use a profile file
    </Button>
  );
  const { error } = bring;
  if (error === null) return { button, failure: null };
  const taken = error instanceof EngineError && error.code === 'profile-exists' ? bring.picked() : null;
  const failure = (
    <Alert role="alert" color="red" variant="light" mb="sm" title="The profile was not taken in">
      {error.message}
      <Group gap="xs" mt={8}>
        {taken === null ? null : (
          <Button size="compact-xs" variant="default" onClick={() => send({ file: taken, replace: true })}>
            Replace it
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={bring.reset}>
          Close
        </Button>
      </Group>
    </Alert>
  );
  return { button, failure };
}
