import { Button } from '@mantine/core';
import type { WatchedFile } from '../../analytics/contract/watch.ts';
import { fileName } from '../frame/file-name.ts';
import { Failure } from '../frame/load-state.tsx';
import { useRetryFile } from './watch-queries.ts';
import styles from './watched.module.css';

/** Files that lie refused in watched folders, each with the reason, and the way to try it again as it lies there. */
export function RefusedFiles({ files }: { files: readonly WatchedFile[] }) {
  const retry = useRetryFile();
  if (files.length === 0) return null;
  return (
    <>
      {retry.error === null ? null : <Failure message={retry.error.message} />}
      <ul className={styles.refused} aria-label="Refused files of watched folders">
        {files.map(({ file, message }) => (
          <li key={file}>
            <p>
              <b title={file}>{fileName(file)}</b> {message}
            </p>
            <Button
              size="compact-xs"
              variant="default"
              loading={retry.isPending && retry.variables === file}
              onClick={() => retry.mutate(file)}
              aria-label={`Try ${fileName(file)} again`}
            >
              Try again
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
