import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ImportEffect } from '../../analytics/contract/import-effect.ts';
import { isRehearsed } from '../../analytics/contract/import-report.ts';
import type { MethodInput } from '../../analytics/contract/methods.ts';
import { ask, shell } from '../engine/ask.ts';
import { useWorkspace } from '../engine/workspace.tsx';

/** Saves what is in force for a file as a source profile. */
export function useProfileSave() {
  return useMutation({ mutationFn: (draft: MethodInput<'profile.save'>) => ask('profile.save', draft, 'imports') });
}

/**
 * Takes a profile that someone shared into the workspace: the one that is given, or else one that the user chooses. Null where the
 * dialog is closed; `picked` is the file chosen last.
 */
export function useProfileBring() {
  const chosen = useRef<string | null>(null);
  const bring = useMutation({
    mutationFn: async (again: { readonly file: string; readonly replace: boolean } | null) => {
      const file = again?.file ?? (await shell().pickProfile());
      chosen.current = file;
      return file === null ? null : ask('profile.bring', { file, replace: again?.replace ?? false }, 'imports');
    },
  });
  return { ...bring, picked: () => chosen.current };
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
