import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../engine/ask.ts';
import { useWorkspace, WORKSPACE_KEY } from '../engine/workspace.tsx';

/** Every import of this workspace, undone ones too. */
export function useBatches() {
  const { dataVersion } = useWorkspace();
  return useQuery({
    queryKey: ['import.batches', dataVersion],
    queryFn: () => ask('import.batches', {}, 'imports'),
    placeholderData: (before) => before,
  });
}

/** The rows that one import refused. */
export function useRejects(batch: number) {
  const { dataVersion } = useWorkspace();
  return useQuery({
    queryKey: ['import.rejects', batch, dataVersion],
    queryFn: () => ask('import.rejects', { batch }, 'imports'),
  });
}

/** Takes one import back. */
export function useUndo() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (batch: number) => ask('import.undo', { batch }, 'imports'),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: WORKSPACE_KEY });
      await queries.invalidateQueries({ queryKey: ['import.batches'] });
    },
  });
}
