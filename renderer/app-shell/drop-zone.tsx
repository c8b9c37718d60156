import { Dropzone } from '@mantine/dropzone';
import { IconFileImport } from '@tabler/icons-react';
import { shell } from '../engine/ask.ts';
import { useImportRun } from '../engine/import-run.ts';
import styles from './app-shell.module.css';

/** Files dropped anywhere on the window are imported: only their paths leave it. */
export function DropZone() {
  const review = useImportRun((run) => run.review);
  return (
    <Dropzone.FullScreen
      withinPortal={false}
      useFsAccessApi={false}
      onDrop={(files) => void review(shell().pathsOfDroppedFiles(files))}
      inputProps={{ 'aria-label': 'Files to import' }}
    >
      <div className={styles.drop}>
        <IconFileImport size={44} stroke={1.4} aria-hidden="true" />
        <p>Drop extracts to import them</p>
      </div>
    </Dropzone.FullScreen>
  );
}
