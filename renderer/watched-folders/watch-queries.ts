import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { WatchedFolder } from '../../analytics/contract/watch.ts';
import { ask, shell } from '../engine/ask.ts';

export const WATCHED_FOLDERS_KEY = ['watch.folders'] as const;
const VIEW = 'watched folders';

/** The watched folders as they stand; asked again whenever the engine says that one stands otherwise. */
export function useWatchedFolders() {
  return useQuery({ queryKey: WATCHED_FOLDERS_KEY, queryFn: () => ask('watch.folders', {}, VIEW) });
}

/** Lets the user choose a folder and watches it; does nothing where the dialog is closed. */
export function useAddFolder() {
  return useFolderChange(async (_: undefined) => {
    const folder = await shell().pickFolder();
    return folder === null ? null : ask('watch.add', { folder }, VIEW);
  });
}

/** Ends watching a folder, named as in the settings. */
export function useRemoveFolder() {
  return useFolderChange((folder: string) => ask('watch.remove', { folder }, VIEW));
}

/** Tries a refused file again. */
export function useRetryFile() {
  return useFolderChange((file: string) => ask('watch.retry', { file }, `${VIEW}: ${file}`));
}

function useFolderChange<Input>(change: (input: Input) => Promise<readonly WatchedFolder[] | null>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (folders) => {
      if (folders !== null) queries.setQueryData(WATCHED_FOLDERS_KEY, folders);
    },
  });
}
