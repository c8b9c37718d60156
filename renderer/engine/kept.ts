import type { Where } from '../../analytics/contract/dimensions.ts';
import type { StreamView, StreamViewQuery } from '../../analytics/contract/stream-view.ts';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import type { SpanChoice } from '../place/period-span.ts';

/** The stream view that was shown last, with all that is needed to draw it again before the engine has answered. */
export interface KeptView {
  readonly choice: { readonly span: SpanChoice; readonly where: Where };
  readonly query: Required<StreamViewQuery>;
  readonly answer: StreamView;
  readonly description: WorkspaceDescription;
}

interface Slot extends KeptView {
  /** The build that wrote it: another build may expect another shape. */
  readonly build: string;
}

const SLOT = 'kept view';
const BUILD = import.meta.url;

/** What was kept when this window opened, if it is of the workspace that the window's address names; else null. */
export const KEPT: KeptView | null = readKept();

function readKept(): KeptView | null {
  try {
    const workspace = new URLSearchParams(window.location.search).get('workspace');
    const kept = JSON.parse(window.localStorage.getItem(SLOT) ?? 'null') as Slot | null;
    return kept !== null && kept.build === BUILD && kept.description.dir === workspace ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a view for the next start, once the window has nothing better to do. */
export function keepView(view: KeptView): () => void {
  const later = requestIdleCallback(
    () => {
      try {
        window.localStorage.setItem(SLOT, JSON.stringify({ ...view, build: BUILD } satisfies Slot));
      } catch {
        window.localStorage.removeItem(SLOT);
      }
    },
    { timeout: 3000 },
  );
  return () => cancelIdleCallback(later);
}
