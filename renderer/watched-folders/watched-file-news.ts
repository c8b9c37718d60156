import { notifications } from '@mantine/notifications';
import { watchedFileText } from '../../analytics/contract/format-watched.ts';
import type { WatchedFile } from '../../analytics/contract/watch.ts';
import { fileName } from '../frame/file-name.ts';

/** One notification tells of the latest file; each refusal has its own, which stays until it is closed. */
const LATEST = 'watched file';

/** Tells what became of a file of a watched folder, wherever in the window the user is. */
export function showWatchedFile(file: WatchedFile): void {
  const name = fileName(file.file);
  const message = watchedFileText(file);
  const id = `refused ${file.file}`;
  notifications.hide(id);
  if (file.outcome === 'refused') {
    notifications.show({ id, title: `${name} was refused`, message, color: 'red', autoClose: false });
    return;
  }
  notifications.hide(LATEST);
  const title = file.outcome === 'imported' ? `${name} was imported` : `${name} was read`;
  notifications.show({ id: LATEST, title, message, autoClose: 8000 });
}
