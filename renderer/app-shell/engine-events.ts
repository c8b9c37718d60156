import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { assertNever } from '../../analytics/contract/errors.ts';
import { shell } from '../engine/ask.ts';
import { importPickedFiles, useImportRun } from '../engine/import-run.ts';
import { WORKSPACE_KEY } from '../engine/workspace.tsx';
import { WATCHED_FOLDERS_KEY } from '../watched-folders/watch-queries.ts';
import { showWatchedFile } from '../watched-folders/watched-file-news.ts';
import { exportReview } from './export-review.ts';

/** Hears the engine and the shell for as long as the window lives. Gives the workspace folder that is being made, if one is. */
export function useEngineEvents(): string | null {
  const queries = useQueryClient();
  const [preparing, setPreparing] = useState<string | null>(null);
  useEffect(
    () =>
      shell().onEvent((event) => {
        switch (event.kind) {
          case 'progress':
            useImportRun.getState().heard(event.progress);
            return;
          case 'changed':
            setPreparing(null);
            void queries.invalidateQueries({ queryKey: WORKSPACE_KEY });
            return;
          case 'watched':
            void queries.invalidateQueries({ queryKey: WATCHED_FOLDERS_KEY });
            if (event.file !== null) showWatchedFile(event.file);
            return;
          case 'preparing':
            setPreparing(event.dir);
            return;
          case 'restarted':
            setPreparing(null);
            if (event.error !== null) showError('The engine was started again', event.error.message);
            void queries.invalidateQueries();
            return;
          case 'failed':
            setPreparing(null);
            showError('Something failed', event.error.message);
            return;
          case 'command':
            void (event.command === 'import' ? importPickedFiles() : exportReview());
            return;
          default:
            assertNever(event);
        }
      }),
    [queries],
  );
  return preparing;
}

function showError(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: false });
}
