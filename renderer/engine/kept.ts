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

/** A view must have been on screen for so long, in ms, before it is kept: of many that follow each other only the last is. */
const SETTLED_MS = 600;
let last: KeptView | null = null;

/** Keeps a view for the next start, once it has settled and the window has nothing better to do; one that is kept already is left alone. */
export function keepView(view: KeptView): () => void {
  if (isSame(view, last)) return () => undefined;
  let later = 0;
  const settled = setTimeout(() => {
    later = requestIdleCallback(() => write(view), { timeout: 3000 });
  }, SETTLED_MS);
  return () => {
    clearTimeout(settled);
    cancelIdleCallback(later);
  };
}

function isSame(view: KeptView, other: KeptView | null): boolean {
  const isOf = view.answer === other?.answer && view.description === other.description;
  return isOf && view.choice.span === other.choice.span && view.choice.where === other.choice.where;
}

function write(view: KeptView): void {
  try {
    window.localStorage.setItem(SLOT, JSON.stringify({ ...view, build: BUILD } satisfies Slot));
    last = view;
  } catch {
    window.localStorage.removeItem(SLOT);
  }
}
