import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { csvText } from '../../analytics/contract/csv-text.ts';
import type { ImportEffect } from '../../analytics/contract/import-effect.ts';
import { isRehearsed } from '../../analytics/contract/import-report.ts';
import type { MethodInput } from '../../analytics/contract/methods.ts';
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

/** Saves what is in force for a file as a source profile. */
export function useProfileSave() {
  return useMutation({ mutationFn: (draft: MethodInput<'profile.save'>) => ask('profile.save', draft, 'imports') });
}

const EFFECT_VIEW = 'effect';

/**
 * What these imports would do to the metrics, each judged by itself against the workspace as it is. Not asked at once where
 * `atOnce` is false. Given up, in the engine too, once nobody waits for it any more.
 */
export function useImportEffects(requests: readonly MethodInput<'import.files'>[], atOnce: boolean) {
  const { dataVersion } = useWorkspace();
  const queryKey = ['import.effect', requests, dataVersion];
  const queries = useQueryClient();
  const answer = useQuery({
    queryKey,
    enabled: atOnce,
    gcTime: 0,
    retry: false,
    queryFn: async ({ signal }) => {
      signal.addEventListener('abort', () => shell().cancel('import.files', EFFECT_VIEW));
      const effects: ImportEffect[] = [];
      for (const request of requests) {
        const report = await ask('import.files', { ...request, dryRun: true }, EFFECT_VIEW);
        if (isRehearsed(report)) effects.push(report);
      }
      return effects;
    },
  });
  return { answer, stop: () => void queries.cancelQueries({ queryKey }) };
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
