import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { csvText } from '../../analytics/contract/csv-text.ts';
import { ask, shell } from '../engine/ask.ts';
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

/** Saves the rejected rows of an import where the user chooses: a CSV, to correct and import again, for each header they had. */
export function useRejectExport(batch: number) {
  return useMutation({
    mutationFn: async () => {
      const tables = await ask('import.rejectTables', { batch }, 'imports');
      for (const [index, { headers, rows }] of tables.entries()) {
        const name = `rejected rows of import ${batch}${index === 0 ? '' : ` (${index + 1})`}.csv`;
        if ((await shell().saveFile(name, csvText([headers, ...rows]), 'csv')) === null) return;
      }
    },
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
