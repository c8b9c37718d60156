import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import type { StreamModel } from '../../analytics/contract/stage-model.ts';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import { ask } from './ask.ts';
import { KEPT } from './kept.ts';

export const WORKSPACE_KEY = ['workspace.describe'] as const;

const WorkspaceContext = createContext<WorkspaceDescription | null>(null);

/**
 * Asks what the open workspace holds; asked again whenever the engine says that its data changed. Until the first answer
 * the kept description stands in. `answered` hears each answer before anything is drawn from it.
 */
export function useWorkspaceQuery(answered: (workspace: WorkspaceDescription) => void) {
  return useQuery({
    queryKey: WORKSPACE_KEY,
    queryFn: async () => {
      const workspace = await ask('workspace.describe', {}, 'workspace');
      answered(workspace);
      return workspace;
    },
    ...(KEPT === null ? {} : { placeholderData: KEPT.description }),
  });
}

export function WorkspaceProvider({ workspace, children }: { workspace: WorkspaceDescription; children: ReactNode }) {
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}

/** Whether the description is the kept one: the engine has not answered yet. */
export function isKept(workspace: WorkspaceDescription): boolean {
  return workspace === KEPT?.description;
}

/** The open workspace; only inside {@link WorkspaceProvider}. */
export function useWorkspace(): WorkspaceDescription {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error('useWorkspace needs a WorkspaceProvider above it.');
  return workspace;
}

export function streamOf(workspace: WorkspaceDescription, id: string): StreamModel | null {
  return workspace.streams.find((stream) => stream.id === id) ?? null;
}

export function metricOf(workspace: WorkspaceDescription, id: string): Omit<Metric, 'sql'> | null {
  return workspace.metrics.find((metric) => metric.id === id) ?? null;
}
