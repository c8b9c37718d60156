import { PageHeading } from '../frame/page-heading.tsx';
import { WatchedFolders } from '../watched-folders/watched-folders.tsx';
import { Batches } from './batches.tsx';
import { CurrentImport } from './current-import.tsx';
import styles from './imports-view.module.css';

/** Bringing extracts in, seeing what became of every row, and taking an import back. */
export function ImportsView() {
  return (
    <div className={styles.view}>
      <PageHeading>Imports</PageHeading>
      <CurrentImport />
      <WatchedFolders />
      <Batches />
    </div>
  );
}
